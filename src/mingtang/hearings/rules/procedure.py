"""When a hearing may be decided, announced, listed, served, opened, confirmed and reported (713 Art.16–17)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil

from mingtang.hearings.rules.figures import Periods
from mingtang.hearings.rules.life import ART16, ART17
from mingtang.kernel.decision import YES, Decision, all_of, no, warn
from mingtang.kernel.obligations import carries
from mingtang.kernel.parameters import Figures
from mingtang.kernel.text import Text, t
from mingtang.platform.clock import day_of

FIELDS: tuple[tuple[str, Text], ...] = (
    ("purpose", t("听证事项和目的", "subject and purpose")),
    ("basis", t("举行听证的依据", "basis")),
    ("place", t("地点", "place")),
    ("conditions", t("参加人条件", "conditions")),
    ("selection", t("参加人产生办法", "how participants are found")),
    ("how_to_enrol", t("报名办法", "how to enrol")),
    ("contact", t("联系方式", "contact")),
    ("host", t("听证主持人", "host")),
    ("presenter", t("听证陈述人", "presenter")),
    ("recorder", t("记录人", "recorder")),
)


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """What the gate to the announcement needs to know."""

    missing: tuple[Text, ...]
    starts_at: datetime | None
    enrol_until: date | None
    draws: bool
    draw_source: str
    papers_public: frozenset[str]
    takes_points: bool


def lead(starts_at: datetime, day: date) -> int:
    """Whole days from a day to the day of the hearing."""
    return (day_of(starts_at) - day).days


@carries("2.1d", title=t("听证公告的内容和期限", "Contents and lead time of the notice"))
def may_announce(facts: NoticeFacts, periods: Periods, today: date) -> Decision:
    """713 Art.16: draft, explanation, time and place in advance, with how the participants are found."""
    return all_of(_papers(facts), _fields(facts), _source(facts), _days(facts, periods, today))


def _papers(facts: NoticeFacts) -> Decision:
    wanted = (("draft", t("决策草案", "draft")), ("explanation", t("起草说明", "explanation")))
    lacking = tuple(label for kind, label in wanted if kind not in facts.papers_public)
    if lacking:
        return no(
            t("还没有公布{what}。", "Not yet public: {what}.", what=lacking),
            ART16,
            t("先开始征求意见，草案和说明随之公布。", "Open the consultation first; draft and explanation are published with it."),
            code="papers",
        )
    if not facts.takes_points:
        return no(
            t(
                "这件议题的意见已经汇总报批或公布，听证意见无处可归。",
                "The opinions of this matter are already reported; points would have no place.",
            ),
            "2.1e",
            t("听证要在采纳情况报告报批之前举行。", "Hold the hearing before the adoption report is signed."),
            code="too_late",
        )
    return YES


def _fields(facts: NoticeFacts) -> Decision:
    if not facts.missing:
        return YES
    return no(
        t("公告还缺：{what}。", "The notice lacks: {what}.", what=facts.missing),
        ART16,
        t("在“公告”里补齐。", "Complete the notice."),
        code="missing",
    )


def _source(facts: NoticeFacts) -> Decision:
    if not facts.draws or facts.draw_source.strip():
        return YES
    return no(
        t("有抽签产生的席位，公告没有写明随机数的来源。", "Seats are drawn by lot, but the source of the randomness is not named."),
        ART16,
        t("写明到时才知道、人人能查的数，例如某日公布的开奖号码。", "Name a value nobody knows yet and everybody can look up."),
        code="draw_source",
    )


def _days(facts: NoticeFacts, periods: Periods, today: date) -> Decision:
    if facts.starts_at is None or facts.enrol_until is None:
        return no(
            t("没有填听证时间或报名截止日期。", "The day of the hearing or of enrolment is missing."),
            ART16,
            t("填写后再公告。", "Fill them in first."),
            code="no_day",
        )
    ahead = lead(facts.starts_at, today)
    latest = day_of(facts.starts_at) - timedelta(days=periods.papers)
    if facts.enrol_until < today or facts.enrol_until > latest:
        return no(
            t(
                "报名截止 {day} 不在公告之后、材料最迟送达日 {latest} 之前。",
                "Enrolment until {day} is not between today and {latest}, the last day for the papers.",
                day=facts.enrol_until,
                latest=latest,
            ),
            ART16,
            t("把报名截止提前，或把听证会推后。", "Close enrolment earlier or hold the hearing later."),
            code="deadline",
        )
    if ahead >= periods.notice:
        return YES
    return warn(
        t("公告距听证会 {n} 日，所选做法要求 {least} 日。", "{n} days' notice; the preset asks for {least}.", n=ahead, least=periods.notice)
    )


@carries("2.1d", title=t("名单提前公布", "The list is published in advance"))
def may_publish_list(starts_at: datetime, periods: Periods, today: date) -> Decision:
    """713 Art.16: the list of participants is public before the day; the preset says how long."""
    ahead = lead(starts_at, today)
    if ahead < 1:
        return no(
            t("名单要在听证会之前公布。", "The list is published before the day of the hearing."),
            ART16,
            t("延期，另定时间。", "Postpone and set another day."),
            code="too_late",
        )
    if ahead < periods.listing:
        return warn(
            t(
                "名单提前 {n} 日公布，所选做法要求 {least} 日。",
                "Listed {n} days ahead; the preset asks for {least}.",
                n=ahead,
                least=periods.listing,
            )
        )
    return YES


@dataclass(frozen=True, slots=True)
class ServedFact:
    """The papers of one participant: sent, and when it is known that they arrived."""

    name: str
    sent_at: datetime | None
    arrived_at: datetime | None


@carries("2.1d", title=t("材料提前 7 日送达", "Papers seven days ahead"))
def may_finish_serving(starts_at: datetime, people: Sequence[ServedFact], periods: Periods) -> Decision:
    """713 Art.16: papers reach each participant at least seven days before; that they arrived is proved."""
    if not people:
        return no(t("没有参加人。", "There are no participants."), ART16, t("先产生参加人。", "Find them first."), code="nobody")
    return all_of(*(_arrived(starts_at, each, periods.papers) for each in people))


def _arrived(starts_at: datetime, each: ServedFact, days: int) -> Decision:
    if each.sent_at is None:
        return no(
            t("还没有向{name}送材料。", "{name} has not been sent the papers.", name=each.name),
            ART16,
            t("先送达材料。", "Send them first."),
            code="not_sent",
        )
    if each.arrived_at is None:
        return no(
            t("没有送达{name}的记录。", "Nothing shows that the papers reached {name}.", name=each.name),
            ART16,
            t("当面或邮寄签收后记录，或等本人打开链接。", "Record the signature, or wait until they open the link."),
            code="not_delivered",
        )
    ahead = lead(starts_at, day_of(each.arrived_at))
    if ahead < days:
        return no(
            t(
                "材料会前 {n} 日才送达{name}，至少要 {d} 日。",
                "The papers reached {name} {n} days ahead; {d} are required.",
                name=each.name,
                n=ahead,
                d=days,
            ),
            ART16,
            t("延期，另定时间。", "Postpone and set another day."),
            code="late",
        )
    return YES


def quorum(chosen: int, figures: Figures) -> int:
    """How many participants must be present."""
    return ceil(figures.ratio("hearing.quorum_ratio") * chosen)


@carries("2.1d", title=t("到会人数", "Quorum"))
def may_open(starts_at: datetime, now: datetime, present: int, chosen: int, figures: Figures) -> Decision:
    """1.10: on the day, with the quorum present; otherwise it is postponed."""
    if day_of(now) < day_of(starts_at):
        return no(
            t("听证会定在 {at}。", "The hearing is set for {at}.", at=starts_at),
            ART17,
            t("到时再开；要改期请先延期。", "Open it then; postpone it to change the day."),
            code="too_early",
        )
    need = quorum(chosen, figures)
    if present >= max(need, 1):
        return YES
    return no(
        t(
            "应到 {all} 人，实到 {n} 人，不足 {need} 人。",
            "{n} of {all} participants are present; {need} are needed.",
            all=chosen,
            n=present,
            need=max(need, 1),
        ),
        "2.1d",
        t("人数不足应当延期：写明理由，另定时间。", "Postpone it with the reason and set another day."),
        code="quorum",
    )


def may_check_in(state: str, seat: str, served: bool) -> Decision:  # noqa: FBT001 - a fact of the row
    """On the day; participants only with their papers."""
    if state not in {"served", "running"}:
        return no(
            t("现在不能签到。", "Nobody can be checked in now."),
            ART17,
            t("材料全部送达后、听证会当天签到。", "Check in on the day, once all papers are delivered."),
            code="not_the_day",
        )
    if seat == "participant" and not served:
        return no(
            t("没有提前收到材料的人不能作为参加人到会。", "Nobody sits as a participant without papers in time."),
            ART16,
            t("可以旁听，会后提交书面意见。", "They may observe and write afterwards."),
            code="no_papers",
        )
    return YES


@carries("2.1d", title=t("笔录逐人确认，拒绝的写明理由", "The record confirmed by each, or a refusal with its reason"))
def may_confirm_record(text: str, unsigned: Iterable[str]) -> Decision:
    """713 Art.17: each participant confirms the record or says why not."""
    if not text.strip():
        return no(t("还没有写笔录。", "There is no record yet."), ART17, t("先整理笔录。", "Write it first."), code="no_record")
    names = tuple(unsigned)
    if names:
        return no(
            t("还没有确认笔录：{names}。", "Not yet confirmed by: {names}.", names=names),
            ART17,
            t(
                "请本人通过链接确认，或上传签名扫描件；拒绝的，记下理由。",
                "Have them confirm by link or on paper; note the reason of a refusal.",
            ),
            code="unsigned",
        )
    return YES


def may_edit_record(signed: int) -> Decision:
    """What somebody has confirmed stays as it is."""
    if not signed:
        return YES
    return no(
        t("已有 {n} 人确认，笔录不能再改。", "{n} people have confirmed it; the record does not change any more.", n=signed),
        ART17,
        t("需要更正的，写进听证报告。", "Put corrections into the report."),
        code="signed",
    )


def may_report(report: str, points: int, unplaced: int) -> Decision:
    """1.12: the report has words, and each point stands among the opinions of the matter."""
    if not report.strip():
        return no(t("还没有写听证报告。", "There is no report yet."), "2.1d", t("先写报告。", "Write it first."), code="no_report")
    if unplaced:
        return no(
            t(
                "{all} 条听证意见中还有 {n} 条没有归入征求意见。",
                "{n} of {all} points are not among the opinions yet.",
                all=points,
                n=unplaced,
            ),
            "2.1e",
            t("征求意见开始后会自动归入；已报批的先退回报告。", "They are taken in while the consultation is open or being studied."),
            code="unplaced",
        )
    return YES
