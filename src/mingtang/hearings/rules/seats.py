"""Seats by category that must add up, who may sit in them, and when they are drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil

from mingtang.hearings.rules.figures import PRESETS
from mingtang.hearings.rules.life import AFFECTED, ART16, CATEGORY_LABELS, CONSUMERS, METHOD_LABELS
from mingtang.kernel.decision import YES, Decision, all_of, no, warn
from mingtang.kernel.obligations import carries
from mingtang.kernel.parameters import Figures
from mingtang.kernel.text import Text, t
from mingtang.platform.drawing.rules import may_name_day, within_reach


@dataclass(frozen=True, slots=True)
class SeatSum:
    """The seats a notice names in total, and what its categories come to."""

    stated: int
    parts: int
    observers: int = 0

    @property
    def difference(self) -> int:
        """By how many seats the total stands above (or below) its parts."""
        return self.stated - self.parts

    @property
    def adds_up(self) -> bool:
        """Whether the parts come to the total."""
        return self.difference == 0

    @property
    def says(self) -> Text:
        """The sentence for the page: that it adds up, or by how much it does not."""
        if self.adds_up:
            return t("各类席位合计 {n} 席，与总数一致。", "The categories come to {n} seats, as stated.", n=self.parts)
        words = t(
            "公告总数 {total} 席，各类席位合计 {n} 席，相差 {d} 席。",
            "{total} seats are stated, the categories come to {n}: a difference of {d}.",
            total=self.stated,
            n=self.parts,
            d=abs(self.difference),
        )
        if self.observers and self.difference == self.observers:
            return t("{words}差数与旁听席相同。", "{words} It equals the observers' seats.", words=words)
        return words


def may_stand_seats(total: SeatSum, explanation: str) -> Decision:
    """The seats by category add up to the total, or the notice says in public why they do not."""
    if not total.parts:
        return no(
            t("还没有分配席位。", "No seats are given to categories yet."),
            ART16,
            t("按类别填写席位数和产生方式。", "Give each category its seats and how they are filled."),
            code="no_seats",
        )
    if total.adds_up or explanation.strip():
        return YES if total.adds_up else warn(total.says)
    return no(
        total.says,
        ART16,
        t("改正席位数；确有原因的，写明说明，说明会公开。", "Correct the seats, or explain the difference in public."),
        code="sum",
    )


@carries("2.1d", "1.3b", title=t("听证席位的构成", "Composition of a hearing"))
def composition(seats: Mapping[str, int], preset: str, figures: Figures) -> Decision:
    """Enough participants, enough of them affected; consumers in price hearings (law.md 1.10)."""
    total = sum(seats.values())
    return all_of(
        _consumers(seats, total, preset, figures), _enough(total, figures), _affected(seats, total, figures), _poor(seats, preset)
    )


def _consumers(seats: Mapping[str, int], total: int, preset: str, figures: Figures) -> Decision:
    least, have = figures.ratio("hearing.min_consumer_ratio"), sum(seats.get(each, 0) for each in CONSUMERS)
    if not PRESETS[preset].is_price or have >= least * total:
        return YES
    return no(
        t(
            "价格听证的消费者应占 {r} 以上，{total} 席中只有 {n} 席。",
            "Consumers make up at least {r} of a price hearing; {n} of {total} seats are theirs.",
            r=str(least),
            total=total,
            n=have,
        ),
        "2.1d",
        t("把消费者增加到 {n} 席。", "Give consumers {n} seats.", n=ceil(least * total)),
        code="consumers",
    )


def _enough(total: int, figures: Figures) -> Decision:
    least = figures.number("hearing.min_participants")
    if total >= least:
        return YES
    return warn(t("参加人 {n} 席，宜不少于 {least} 席。", "{n} seats; at least {least} are advised.", n=total, least=least))


def _affected(seats: Mapping[str, int], total: int, figures: Figures) -> Decision:
    least: Fraction = figures.ratio("hearing.min_affected_ratio")
    affected, public = sum(seats.get(each, 0) for each in AFFECTED), seats.get("public", 0)
    warnings = []
    if affected + public < least * total:
        warnings.append(
            t("利害关系人和公众不足 {r}。", "Affected parties and the public are fewer than {r}.", r=str(least)),
        )
    if public and affected <= public:
        warnings.append(t("利害关系人宜多于社会公众。", "Affected parties should outnumber the general public."))
    return warn(*warnings) if warnings else YES


def _poor(seats: Mapping[str, int], preset: str) -> Decision:
    if not PRESETS[preset].is_price or seats.get("low_income", 0):
        return YES
    return warn(t("消费者中宜有低收入群体的席位。", "Low-income people should have seats among the consumers."))


def may_enrol(
    state: str, seats: Mapping[str, int], category: str, *, over: bool, of_age: bool, reachable: bool, figures: Figures
) -> Decision:
    """Who meets the published conditions and can be reached may enrol while enrolment is open; all that a person lacks is told at once."""
    if state != "enrolling" or over:
        return no(
            t("现在不在报名期。", "Enrolment is not open now."),
            ART16,
            t("报名期写在公告里；仍可在会后提交书面意见。", "The notice says when it is; written opinions are welcome after the hearing."),
            code="not_enrolling",
        )
    if not seats.get(category, 0):
        return no(
            t("这一类没有向社会报名的席位。", "This category has no seats to enrol for."),
            ART16,
            t("请从公告列出的类别里选。", "Choose one of the categories of the notice."),
            code="category",
        )
    return all_of(_old_enough(least_age(figures), of_age=of_age), within_reach(reachable=reachable, clause=ART16))


def least_age(figures: Figures) -> int:
    """How old participants are at least, in years (figure ``hearing.min_age``)."""
    return figures.number("hearing.min_age")


def _old_enough(least: int, *, of_age: bool) -> Decision:
    if of_age:
        return YES
    return no(
        t(
            "报名人须年满 {n} 周岁并具有完全民事行为能力。",
            "Participants are at least {n} years old and of full legal capacity.",
            n=least,
        ),
        ART16,
        t("未满的可以直接在征求意见页提意见。", "Younger people are welcome to comment on the draft."),
        code="age",
    )


def civil_servant(category: str, figures: Figures, *, serving: bool) -> Decision:
    """1.9: serving civil servants do not sit as participants, save for departments' own seats."""
    if not serving or category in {"department", "npc_deputy", "cppcc_member"} or not figures.on("hearing.exclude_civil_servants"):
        return YES
    return warn(t("报名人是现职公务员，不宜作为这一类参加人。", "A serving civil servant should not sit in this category."))


def may_freeze_seats(state: str, *, over: bool, waiting: int, source_day: date | None, today: date) -> Decision:
    """The list is frozen after enrolment, when somebody waits to be drawn, for the randomness of a later day."""
    return all_of(_enrolment_over(state, over=over), _somebody(waiting), may_name_day(source_day, today, ART16))


def may_seat_in_order(state: str, *, over: bool, waiting: int, to_draw: int) -> Decision:
    """Seats go in the order of enrolment by themselves only where no seat is drawn; else together with the draw."""
    if not to_draw:
        return all_of(_enrolment_over(state, over=over), _somebody(waiting))
    return no(
        t("还有 {n} 人等抽签。", "{n} people wait to be drawn.", n=to_draw),
        ART16,
        t("先冻结名单，到随机数那天由另一人填入，一并入席。", "Freeze the list; on the day of the randomness all are seated together."),
        code="lots",
    )


def may_correct_draw(state: str, *, is_same: bool) -> Decision:
    """Figures typed wrongly are corrected before the participants are settled, by other figures."""
    if state != "enrolling":
        return no(
            t("参加人已经确定并告知，不能再更正。", "The participants are settled and told; the draw stands."),
            ART16,
            t("请报监督部门处理，经过写进公开说明。", "Tell those who supervise the draw, and say in public what happened."),
            code="seated",
        )
    if is_same:
        return no(
            t("填的数和原来一样。", "These are the same figures."),
            ART16,
            t("请对照原出处，填公布的数。", "Enter the figures as their source published them."),
            code="same",
        )
    return YES


def _enrolment_over(state: str, *, over: bool) -> Decision:
    if state == "enrolling" and over:
        return YES
    return no(
        t("报名期还没有结束。", "Enrolment has not ended."),
        ART16,
        t("报名截止后再抽签。", "Draw after it has closed."),
        code="not_over",
    )


def _somebody(waiting: int) -> Decision:
    if waiting:
        return YES
    return no(
        t("没有等待的报名人。", "Nobody waits."),
        ART16,
        t("直接确定参加人。", "Settle the participants."),
        code="nobody",
    )


def may_choose(category: str, seats: Mapping[str, int], taken: Iterable[str], method: str, reason: str) -> Decision:
    """Selection by rule or nomination fills a free seat and is given a written reason."""
    if method in {"rule", "nomination"} and not reason.strip():
        return no(
            t("“{how}”要写明理由或推荐单位。", "“{how}” needs a reason or the nominating body.", how=METHOD_LABELS[method]),
            ART16,
            t("理由会公开。", "It is published."),
            code="reason",
        )
    have, used = seats.get(category, 0), Counter(taken)[category]
    if used < have:
        return YES
    return no(
        t(
            "“{who}”共 {n} 席，已满。",
            "All {n} seats of “{who}” are taken.",
            who=CATEGORY_LABELS.get(category, t("这一类", "this category")),
            n=have,
        ),
        ART16,
        t("可列为候补。", "Hold them in reserve."),
        code="full",
    )


@carries("2.1d", title=t("参加人按公布的办法产生", "Participants are found in the way announced"))
def may_settle(seats: Mapping[str, int], taken: Sequence[str], undecided: int, reason: str) -> Decision:
    """Everybody enrolled knows where they stand, and seats left empty are explained in public."""
    if undecided:
        return no(
            t("还有 {n} 位报名人没有结果。", "{n} people enrolled have no answer yet.", n=undecided),
            ART16,
            t("先抽签，或按条件选定、列为候补。", "Draw, choose or hold in reserve first."),
            code="undecided",
        )
    counts = Counter(taken)
    short = [
        t("{who}缺 {n} 席", "{who} lack {n}", who=CATEGORY_LABELS[each], n=wanted - counts[each])
        for each, wanted in seats.items()
        if counts[each] < wanted
    ]
    if not short or reason.strip():
        return warn(*short) if short else YES
    return no(
        t("席位没有满：{which}。", "Seats are left: {which}.", which=tuple(short)),
        ART16,
        t("延长报名、请推荐单位补足，或写明理由，理由会公开。", "Extend enrolment, ask for nominations, or explain in public."),
        code="seats_left",
    )
