"""The days of a draw, who enters it and who enters its figures: what is the same for every draw. No Django."""

from __future__ import annotations

from datetime import date, timedelta

from mingtang.kernel.decision import YES, Decision, no
from mingtang.kernel.text import t


def may_name_day(source_day: date | None, frozen_on: date, clause: str) -> Decision:
    """The randomness comes on a later day than the freezing; None asks before a day is chosen."""
    first = frozen_on + timedelta(days=1)
    if source_day is None or source_day >= first:
        return YES
    return no(
        t("随机数的日子要在冻结之后。", "The randomness comes after the freezing."),
        clause,
        t("选 {day} 或更晚的一天，那天的数现在谁也不知道。", "Choose {day} or later: nobody knows that day's figures now.", day=first),
        code="source_day",
    )


def may_reveal(source_day: date, today: date, clause: str) -> Decision:
    """The randomness is entered on its day or later."""
    if today >= source_day:
        return YES
    return no(
        t("随机数要到 {day} 才产生。", "The randomness comes on {day}.", day=source_day),
        clause,
        t("到那一天再填。", "Enter it on that day."),
        code="too_early",
    )


def four_eyes(*, froze_it: bool, clause: str) -> Decision:
    """Who froze the list never enters the randomness."""
    if not froze_it:
        return YES
    return no(
        t("名单是您冻结的，随机数须由另一人填入。", "You froze the list; somebody else must enter the randomness."),
        clause,
        t("请由会务人员、区政府办审核人或本部门另一人填入。", "A meeting operator, an office reviewer or a colleague does it."),
        code="own_work",
    )


def within_reach(*, reachable: bool, clause: str) -> Decision:
    """Whoever asks for a seat leaves a name and a phone number or an address."""
    if reachable:
        return YES
    return no(
        t("要写姓名和一种联系方式。", "A name and a way to reach you are needed."),
        clause,
        t("电话或邮箱，只用于联系和核对。", "Phone or e-mail, used to reach you and to check only."),
        code="contact",
    )
