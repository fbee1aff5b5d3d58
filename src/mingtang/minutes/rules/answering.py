"""After the meeting: every representative hears what was decided and what became of each suggestion."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from mingtang.kernel.days import WorkCalendar
from mingtang.kernel.decision import YES, Decision, all_of, no
from mingtang.kernel.obligations import carries
from mingtang.kernel.parameters import Figures
from mingtang.kernel.text import Text, t

TOLD_DOORS: dict[str, Text] = {
    "email": t("邮件", "e-mail"),
    "phone": t("电话", "telephone"),
    "post": t("邮寄", "post"),
    "hand": t("当面", "by hand"),
}


@dataclass(frozen=True, slots=True)
class Clock:
    """A period after the meeting: its last day, whether the calendar of that year is known, how many days it is over."""

    due_on: date
    provisional: bool
    days_late: int

    @property
    def is_late(self) -> bool:
        """Whether the last day has passed."""
        return self.days_late > 0


def answer_clock(ended_on: date, figures: Figures, calendar: WorkCalendar, today: date) -> Clock:
    """rep.feedback_workdays: working days after the meeting within which a representative is answered."""
    counted = calendar.add_working_days(ended_on, figures.number("rep.feedback_workdays"))
    return Clock(counted.day, counted.provisional, max(0, (today - counted.day).days))


def issue_clock(ended_on: date, figures: Figures, today: date) -> Clock:
    """minutes.due_days: days after the meeting within which the minutes are issued."""
    due = ended_on + timedelta(days=figures.number("minutes.due_days"))
    return Clock(due, provisional=False, days_late=max(0, (today - due).days))


@carries("3.2e", title=t("答复每位代表", "Every representative is answered"))
def may_tell(issued: bool, unanswered: Iterable[str]) -> Decision:  # noqa: FBT001 - the state of the minutes itself
    """A representative is told once the minutes are issued and each of their suggestions has an answer."""
    if not issued:
        return no(
            t("纪要还没有印发。", "The minutes are not issued yet."),
            "3.2e",
            t("先印发纪要。", "Issue the minutes first."),
            code="not_issued",
        )
    return all_of(YES, *(_unanswered(each) for each in unanswered))


def _unanswered(words: str) -> Decision:
    return no(
        t("这条建议还没有答复：“{what}”。", "This suggestion has no answer: “{what}”.", what=words[:40]),
        "3.2e",
        t("先在纪要页面逐条答复。", "Answer it on the page of the minutes first."),
        code="unanswered",
    )


def may_tell_whom(present: bool, name: str) -> Decision:  # noqa: FBT001 - whether they were there
    """Whoever was present is told; nobody else sat in."""
    if present:
        return YES
    return no(
        t("{name}没有到会。", "{name} was not present.", name=name),
        "3.2f",
        t("只需告知到会的代表。", "Only those who were present are told."),
        code="absent",
    )


def may_note_door(door: str) -> Decision:
    """Whoever has no address is told by telephone, by post or by hand, and the clerk says how."""
    if door in TOLD_DOORS:
        return YES
    return no(
        t("请选择怎样告知的。", "Say how they were told."),
        "3.2e",
        t("邮件、电话、邮寄或当面。", "By e-mail, telephone, post or hand."),
        code="door",
    )
