"""Who has been told what became of their suggestions, who waits, and until when."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Count
from django.urls import reverse

from mingtang.kernel.decision import Decision
from mingtang.kernel.text import Text, t
from mingtang.meetings import queries as meeting_queries
from mingtang.minutes.models import Minutes, Suggestion, Told
from mingtang.minutes.policy import may_judge
from mingtang.minutes.rules import Clock, answer_clock, issue_clock, may_tell
from mingtang.platform.clock import day_of
from mingtang.platform.figures.lookup import figures_for, figures_over, work_calendar
from mingtang.platform.web.desk import DeskItem
from mingtang.representatives import queries as representative_queries

if TYPE_CHECKING:
    from mingtang.meetings.models import Meeting
    from mingtang.platform.actor import Actor
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


def answers_to_give(actor: Actor, now: datetime) -> list[DeskItem]:
    """Meetings whose representatives wait for an answer, for their departments and the office; five queries in all."""
    rows = [each for each in meeting_queries.meetings(actor.government_id, state="ended").rows if each.ended_at]
    ids = [each.pk for each in rows]
    waiting = representative_queries.present_count(ids, may=lambda department: bool(may_judge(actor, department)))
    if not waiting:
        return []
    told: Counter[int] = Counter()
    done = Told.objects.filter(meeting_id__in=ids).order_by().values_list("meeting_id", "invitation__item__topic__department_id")
    for meeting_id, department_id, n in done.annotate(n=Count("pk")):
        told[meeting_id] += n if may_judge(actor, department_id) else 0
    calendar, figures = work_calendar(), figures_over(actor.government_id)
    found = []
    for row in rows:
        assert row.ended_at is not None
        left = waiting.get(row.pk, 0) - told[row.pk]
        if left <= 0:
            continue
        ended = day_of(row.ended_at)
        clock = answer_clock(ended, figures(ended), calendar, day_of(now))
        found.append(
            DeskItem(
                t("答复列席代表：还有 {n} 人", "Answer the representatives: {n} wait", n=left),
                str(row),
                reverse("workspace:minutes", args=[row.pk]) + "#tell",
                t("去答复", "Answer"),
                "3.2e",
                due_on=clock.due_on,
                began_on=ended,
                provisional=clock.provisional,
            )
        )
    return found
