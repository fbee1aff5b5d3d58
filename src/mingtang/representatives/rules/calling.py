"""A call for representatives and its draw: the states, and when each step may be taken (5.1–5.3 of the domain notes)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from mingtang.kernel.decision import YES, Decision, all_of, no
from mingtang.kernel.parameters import Figures
from mingtang.kernel.text import Text, t
from mingtang.kernel.workflow import State, Workflow, arrow
from mingtang.platform.drawing.rules import within_reach
from mingtang.topics.rules import AUDIENCE_LABELS

CALL = Workflow(
    "call",
    t("代表征集", "The call"),
    (
        State("preparing", t("准备中", "Being prepared")),
        State("open", t("报名", "Open for applications")),
        State("frozen", t("已冻结，待随机数", "Frozen, waiting for the randomness")),
        State("drawn", t("已抽签", "Drawn")),
        State("cancelled", t("已取消", "Cancelled"), final=True),
    ),
    (
        arrow("publish", "preparing", "open", t("公布征集", "publish"), "2.2a"),
        arrow("freeze", "open", "frozen", t("冻结名单和方案", "freeze"), "3.2c"),
        arrow("annul", "frozen", "open", t("作废本次冻结", "annul what was frozen"), "3.2c", reason_required=True),
        arrow("draw", "frozen", "drawn", t("填入随机数并抽签", "enter the randomness"), "3.2c"),
        arrow("correct", "drawn", "drawn", t("更正填错的随机数", "correct wrong figures"), "3.2c", reason_required=True),
        arrow("cancel", ("preparing", "open"), "cancelled", t("取消征集", "cancel"), "3.2c", reason_required=True),
    ),
)
APPLICATION = Workflow(
    "application",
    t("报名", "The application"),
    (
        State("received", t("已收到", "Received")),
        State("excluded", t("不参加抽签", "Not in the draw")),
        State("drawn", t("抽中", "Drawn")),
        State("reserve", t("候补", "Reserve")),
        State("not_drawn", t("未抽中", "Not drawn")),
        State("seated", t("已安排席位", "Has a seat")),
        State("withdrawn", t("已撤回", "Withdrawn"), final=True),
    ),
    (
        arrow("exclude", "received", "excluded", t("不列入抽签", "leave out of the draw"), "3.2c", reason_required=True),
        arrow("admit", "excluded", "received", t("重新列入抽签", "take into the draw again"), "3.2c"),
        arrow("draw", "received", "drawn", t("抽中", "draw"), "3.2c"),
        arrow("hold", "received", "reserve", t("列为候补", "hold in reserve"), "3.2c"),
        arrow("pass_over", "received", "not_drawn", t("未抽中", "pass over"), "3.2c"),
        arrow("reset", ("drawn", "reserve", "not_drawn"), "received", t("随机数更正，重新排定", "draw again after a correction"), "3.2c"),
        arrow("seat", ("drawn", "reserve"), "seated", t("安排席位", "seat"), "3.2c"),
        arrow("withdraw", ("received", "excluded", "drawn", "reserve", "not_drawn"), "withdrawn", t("撤回报名", "withdraw"), "2.2a"),
    ),
)
AUDIENCE = "audience"
AUDIENCE_WORDS = t("代表类别", "Audience")
CHANNELS: dict[str, Text] = {
    "web": t("网上", "Web"),
    "paper": t("纸质", "Paper"),
    "phone": t("电话", "Phone"),
    "on_site": t("现场", "In person"),
}
GROUNDS: dict[str, Text] = {
    "conflict": t("有利益冲突", "Conflict of interest"),
    "unfit": t("不符合公布的条件", "Does not meet the published conditions"),
}
MARKS = frozenset("=,~#%")  # a receipt's line is written with them
IN_THE_DOCUMENT = ("received", "excluded")


@dataclass(frozen=True, slots=True)
class QuotaLine:
    """At least and at most so many of those drawn have `value` in `category`; `category` AUDIENCE: `value` is an audience."""

    category: str
    value: str
    least: int
    most: int


def seats_of(quotas: Iterable[QuotaLine]) -> dict[str, int]:
    """The seats to be drawn, by audience."""
    return {each.value: each.most for each in quotas if each.category == AUDIENCE}


def may_publish(quotas: Sequence[QuotaLine], free: Mapping[str, int], closes_on: date | None, today: date) -> Decision:
    """1.3b: seats the declaration was approved with and nobody has taken; quotas that add up; a closing day ahead."""
    return all_of(_seats(seats_of(quotas), free), *_categories(quotas), _ahead(closes_on, today))


def _seats(seats: Mapping[str, int], free: Mapping[str, int]) -> Decision:
    if not sum(seats.values()):
        return no(
            t("还没有写明抽几席。", "No seats are to be drawn yet."),
            "3.2c",
            t("在名额里按代表类别填席位数。", "Give the seats of each audience among the quotas."),
            code="no_seats",
        )
    over = [
        t("{who}可用 {n} 席", "{who}: {n} are free", who=AUDIENCE_LABELS[key], n=free.get(key, 0))
        for key, n in seats.items()
        if n > free.get(key, 0)
    ]
    if not over:
        return YES
    return no(
        t("抽签席位超过申报表批准而未用的席位：{which}。", "More seats than were approved and are free: {which}.", which=tuple(over)),
        "1.3b",
        t("减少席位，或在申报表中变更席位并重新报批。", "Draw fewer, or change the seats on the declaration and have it approved anew."),
        code="no_seat",
    )


def _categories(quotas: Sequence[QuotaLine]) -> list[Decision]:
    seats = sum(seats_of(quotas).values())
    found: dict[str, list[QuotaLine]] = {}
    for each in quotas:
        if each.category != AUDIENCE:
            found.setdefault(each.category, []).append(each)
    return [_adds_up(category, lines, seats) for category, lines in found.items()]


def _adds_up(category: str, lines: Sequence[QuotaLine], seats: int) -> Decision:
    least, most = sum(each.least for each in lines), sum(each.most for each in lines)
    if len(lines) > 1 and least <= seats <= most:
        return YES
    return no(
        t(
            "“{c}”有 {k} 个值，下限合计 {a}，上限合计 {b}，与 {n} 席对不上。",
            "“{c}” has {k} values, at least {a} and at most {b} in all, which does not fit {n} seats.",
            c=category,
            k=len(lines),
            a=least,
            b=most,
            n=seats,
        ),
        "3.2c",
        t(
            "写全这一类的各个值（至少两个），使下限合计不多于席位、上限合计不少于席位。",
            "List every value of the category (two at least), so that the leasts come to no more than the seats and the mosts to no fewer.",
        ),
        code="adds_up",
    )


def _ahead(closes_on: date | None, today: date) -> Decision:
    if closes_on is not None and closes_on >= today:
        return YES
    return no(
        t("报名截止日要在今天或以后。", "The closing day is today or later."),
        "2.2a",
        t("改一个截止日。", "Choose another closing day."),
        code="closes_on",
    )


def may_set_quota(line: QuotaLine) -> Decision:
    """A quota has a value without the marks that receipts are written with, and its least is not above its most."""
    marks = sorted(set(line.category + line.value) & MARKS)
    if marks:
        return no(
            t("类别和值里不能有这些符号：{marks}。", "Category and value may not hold: {marks}.", marks=" ".join(marks)),
            "3.2c",
            t("改用汉字或顿号。", "Use words instead."),
            code="marks",
        )
    if line.value.strip() and line.category.strip() and 0 <= line.least <= line.most:
        return YES
    return no(
        t("这一条名额不成立：下限 {a}，上限 {b}。", "This quota makes no sense: at least {a}, at most {b}.", a=line.least, b=line.most),
        "3.2c",
        t("写明类别和值，下限不得大于上限，也不得为负。", "Name category and value; the least is neither negative nor above the most."),
        code="quota",
    )


def may_relax(before: QuotaLine, least: int, most: int, reason: str) -> Decision:
    """Once published a quota is only widened, with a public reason, and the seats of an audience stay."""
    if before.category == AUDIENCE or least > before.least or most < before.most or least < 0:
        return no(
            t("公布以后名额只能放宽，席位不变。", "Once published a quota may only be widened; seats stay."),
            "3.2c",
            t("降低下限或提高上限；要收紧的，取消后重新征集。", "Lower the least or raise the most; to narrow it, cancel and call anew."),
            code="narrower",
        )
    return YES if reason.strip() else _why()


def _why() -> Decision:
    return no(
        t("要写明理由。", "A reason is needed."),
        "3.2c",
        t("理由会公开。", "It is published."),
        code="reason",
    )


def may_extend(state: str, before: date, closes_on: date, reason: str, today: date) -> Decision:
    """An open call is extended to a later day, with a public reason."""
    if state != "open" or closes_on <= before or closes_on < today:
        return no(
            t("只能在冻结以前把截止日往后延。", "The closing day is moved to a later one, before anything is frozen."),
            "2.2a",
            t("选一个比 {day} 更晚、也不早于今天的日子。", "Choose a day after {day} and not before today.", day=before),
            code="closes_on",
        )
    return YES if reason.strip() else _why()


def may_apply(state: str, closes_on: date | None, today: date, *, offline: bool = False) -> Decision:
    """Applications are taken while the call is open; the desk may key in afterwards, until the list is frozen."""
    if state == "open" and (offline or (closes_on is not None and today <= closes_on)):
        return YES
    return no(
        t("现在不在报名期。", "Applications are not taken now."),
        "2.2a",
        t("可以在征求意见页直接提意见，或留意下一次征集。", "Opinions are taken on the consultation's page; watch for the next call."),
        code="not_open",
    )


def may_be_taken(answers: Mapping[str, str], quotas: Sequence[QuotaLine], *, of_age: bool, reachable: bool, figures: Figures) -> Decision:
    """Somebody of age who can be reached and has one of the listed values in every category."""
    least = figures.number("rep.min_age")
    return all_of(may_apply_at(least, of_age=of_age), may_be_reached(reachable=reachable), _answers(answers, quotas))


def may_apply_at(least: int, *, of_age: bool) -> Decision:
    """Applicants are at least so many years old (figure ``rep.min_age``)."""
    if of_age:
        return YES
    return no(
        t("报名人须年满 {n} 周岁。", "Applicants are at least {n} years old.", n=least),
        "2.2a",
        t("未满的可以直接在征求意见页提意见。", "Younger people are welcome to comment on the draft."),
        code="age",
    )


def may_be_reached(*, reachable: bool) -> Decision:
    """Applicants leave a name and a phone number or an address."""
    return within_reach(reachable=reachable, clause="2.2a")


def _answers(answers: Mapping[str, str], quotas: Sequence[QuotaLine]) -> Decision:
    listed: dict[str, list[str]] = {}
    for each in quotas:
        listed.setdefault(each.category, []).append(each.value)
    wrong = [
        AUDIENCE_WORDS if category == AUDIENCE else category for category, values in listed.items() if answers.get(category) not in values
    ]
    if not wrong:
        return YES
    return no(
        t("请选：{which}。", "Please choose: {which}.", which=tuple(wrong)),
        "3.2c",
        t("从列出的选项里选。", "Choose from the list."),
        code="answers",
    )
