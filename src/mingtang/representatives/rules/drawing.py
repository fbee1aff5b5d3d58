"""When a draw may be frozen, corrected, filled up; when its applicants are forgotten."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from hashlib import sha256
from unicodedata import normalize

from mingtang.kernel.decision import YES, Decision, no
from mingtang.kernel.parameters import Figures
from mingtang.kernel.text import t
from mingtang.platform.drawing.rules import may_name_day


def may_freeze(state: str, closes_on: date | None, source_day: date | None, figures: Figures, today: date) -> Decision:
    """The list is frozen after the closing day, and the randomness comes on a later day than that of freezing."""
    if state != "open" or closes_on is None or today <= closes_on:
        return no(
            t("报名截止以后才能冻结。", "The list is frozen after the closing day."),
            "3.2c",
            t("等到 {day} 以后。", "Wait until {day} is over.", day=closes_on or today),
            code="not_over",
        )
    hours = figures.number("rep.signup_close_hours")
    return may_name_day(source_day, max(today, closes_on + timedelta(hours=hours)), "3.2c")


def may_correct(*, anybody_seated: bool, is_same: bool) -> Decision:
    """Figures typed wrongly are corrected before anybody drawn has a seat, by other figures."""
    if anybody_seated:
        return no(
            t("已经有人安排了席位，不能再更正。", "Somebody drawn has a seat already; the draw stands."),
            "3.2c",
            t("请报监督部门处理，经过写进公开说明。", "Tell those who supervise the draw, and say in public what happened."),
            code="seated",
        )
    if is_same:
        return no(
            t("填的数和原来一样。", "These are the same figures."),
            "3.2c",
            t("请对照原出处，填公布的数。", "Enter the figures as their source published them."),
            code="same",
        )
    return YES


def household_mark(salt: str, word: str) -> str:
    """The mark under which those who live together stand in the frozen list; nothing for nothing.

    The same word (whatever its width, case and spaces) gives the same mark within a call and another one in another call;
    without the call's salt, which is not published, no word can be tried against it.
    """
    plain = "".join(normalize("NFKC", word).casefold().split())
    return sha256(f"mingtang household\n{salt}\n{plain}".encode()).hexdigest()[:16] if plain else ""


def is_forgotten(over_at: datetime | None, days: int, now: datetime) -> bool:
    """Whether the data of people without a seat have been kept long enough."""
    return over_at is not None and now > over_at + timedelta(days=days)


def may_fill(state: str, invitation_state: str) -> Decision:
    """A reserve moves up when somebody drawn withdrew, or refused the invitation, lost it or let it lapse."""
    if state == "withdrawn" or invitation_state in {"declined", "revoked", "lapsed"}:
        return YES
    return no(
        t("这个席位没有空出来。", "This seat is not free."),
        "3.2c",
        t(
            "本人谢绝、撤回，或邀请撤销、未答复后才递补。",
            "Reserves move up after a refusal, a withdrawal, or an invitation revoked or lapsed.",
        ),
        code="not_free",
    )
