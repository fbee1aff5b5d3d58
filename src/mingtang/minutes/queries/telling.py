"""Who has been told what became of their suggestions, who waits, and until when."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from mingtang.kernel.decision import Decision
from mingtang.kernel.text import Text
from mingtang.minutes.models import Minutes, Suggestion, Told
from mingtang.minutes.rules import Clock, answer_clock, issue_clock, may_tell
from mingtang.platform.clock import day_of
from mingtang.platform.figures.lookup import figures_for, work_calendar
from mingtang.representatives import queries as representative_queries

if TYPE_CHECKING:
    from mingtang.meetings.models import Meeting
    from mingtang.representatives.models import Invitation


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one representative is told: the decision on the item, each suggestion with its fate."""

    invitation: Invitation
    issued: bool
    minutes_no: str
    decision: Text
    decision_text: str
    suggestions: tuple[Suggestion, ...]

    @property
    def unanswered(self) -> tuple[str, ...]:
        """The words of suggestions nobody answered yet."""
        return tuple(each.text for each in self.suggestions if not each.reply)


def outcome_for(row: Invitation) -> Outcome:
    """The outcome of the item of an invitation, for whoever sat there."""
    minutes = Minutes.objects.filter(meeting_id=row.meeting_id, first_issued_at__isnull=False).first()
    said = Suggestion.objects.filter(invitation=row).order_by("id")
    return Outcome(
        row, minutes is not None, minutes.official_no if minutes else "", row.item.outcome_label, row.item.outcome_text, tuple(said)
    )


@dataclass(frozen=True, slots=True)
class ToTell:
    """One representative who was present: told, or what stands in the way."""

    invitation_id: int
    name: str
    item: str
    department_id: int
    told: Told | None
    may: Decision
    has_address: bool


def to_tell(meeting_id: int) -> list[ToTell]:
    """Everybody who was present, with what they were told; the same few queries however many there are."""
    issued = Minutes.objects.filter(meeting_id=meeting_id, first_issued_at__isnull=False).exists()
    told = {each.invitation_id: each for each in Told.objects.filter(meeting_id=meeting_id).select_related("told_by")}
    unanswered: defaultdict[int, list[str]] = defaultdict(list)
    for invitation_id, text in (
        Suggestion.objects.filter(item__meeting_id=meeting_id, reply="").order_by("id").values_list("invitation_id", "text")
    ):
        unanswered[invitation_id].append(text)
    rows = representative_queries.present_at(meeting_id)
    return [
        ToTell(
            row.pk,
            row.representative.name,
            str(row.item),
            row.item.topic.department_id,
            told.get(row.pk),
            may_tell(issued, unanswered[row.pk]),
            bool(representative_queries.address_of(row)),
        )
        for row in rows
    ]


def clock_of(meeting: Meeting, now: datetime) -> Clock | None:
    """rep.feedback_workdays from the end of the meeting; None before it."""
    if meeting.ended_at is None:
        return None
    ended = day_of(meeting.ended_at)
    return answer_clock(ended, figures_for(meeting.government_id, ended), work_calendar(), day_of(now))


def issue_clock_of(meeting: Meeting, now: datetime) -> Clock | None:
    """minutes.due_days from the end of the meeting; None before it."""
    if meeting.ended_at is None:
        return None
    ended = day_of(meeting.ended_at)
    return issue_clock(ended, figures_for(meeting.government_id, ended), day_of(now))
