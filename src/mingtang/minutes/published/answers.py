"""After the meeting, for outsiders: whether the minutes are due, who was answered by when; and, by link, one's own outcome."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mingtang.consultations.rules.drafting import Piece, compare
from mingtang.kernel.text import Text, same
from mingtang.minutes.models import Minutes, MinutesVersion, Suggestion, Told
from mingtang.minutes.published.bulletin import without_names
from mingtang.minutes.rules import LISTS, Clock, answer_clock, issue_clock
from mingtang.platform.clock import day_of
from mingtang.platform.figures.lookup import figures_for, work_calendar
from mingtang.representatives import queries as representative_queries
from mingtang.representatives.published import withheld_names


@dataclass(frozen=True, slots=True)
class Afterwards:
    """What is owed after a meeting: the minutes, an answer to every representative who came."""

    minutes: Clock
    issued: bool
    answers: Clock
    present: int
    told: int

    @property
    def minutes_late(self) -> bool:
        """Whether the minutes are overdue."""
        return not self.issued and self.minutes.is_late

    @property
    def answers_late(self) -> bool:
        """Whether somebody waits for an answer longer than the period."""
        return self.told < self.present and self.answers.is_late


def afterwards(government_id: int, meeting_id: int, ended_at: datetime | None, now: datetime) -> Afterwards | None:
    """The clocks of a meeting that is over; None before."""
    if ended_at is None:
        return None
    ended, today = day_of(ended_at), day_of(now)
    figures = figures_for(government_id, ended)
    return Afterwards(
        issue_clock(ended, figures, today),
        Minutes.objects.filter(meeting_id=meeting_id, first_issued_at__isnull=False).exists(),
        answer_clock(ended, figures, work_calendar(), today),
        len(representative_queries.present_at(meeting_id)),
        Told.objects.filter(meeting_id=meeting_id).count(),
    )


@dataclass(frozen=True, slots=True)
class OwnSuggestion:
    """One's own suggestion and what became of it; nothing about it before the minutes are issued."""

    text: str
    judged: bool
    reasonable: bool
    reason: str
    reply: str


@dataclass(frozen=True, slots=True)
class OwnOutcome:
    """What the holder of a personal link is told after the meeting."""

    token: str
    name: str
    meeting: Text
    meeting_id: int
    topic: str
    issued: bool
    number: str
    decision: Text
    decision_text: str
    suggestions: tuple[OwnSuggestion, ...]
    clock: Clock | None
    told_at: datetime | None


def own_outcome(government_id: int, token: str, now: datetime) -> OwnOutcome | None:
    """The outcome for whoever holds an invitation's link and was present; None for anybody else."""
    row = representative_queries.by_token(token)
    if row is None or row.government_id != government_id or row.state != "present":
        return None
    minutes = Minutes.objects.filter(meeting_id=row.meeting_id, first_issued_at__isnull=False).first()
    issued_at = minutes.issued_at if minutes else None
    told = Told.objects.filter(invitation=row).first()
    ended = day_of(row.meeting.ended_at) if row.meeting.ended_at else None
    clock = answer_clock(ended, figures_for(government_id, ended), work_calendar(), day_of(now)) if ended else None
    return OwnOutcome(
        token,
        row.representative.name,
        row.meeting.title,
        row.meeting_id,
        str(row.item.topic),
        minutes is not None,
        minutes.official_no if minutes else "",
        row.item.outcome_label if minutes else same(""),
        row.item.outcome_text if minutes else "",
        tuple(_own(each, issued_at) for each in Suggestion.objects.filter(invitation=row).order_by("id")),
        clock,
        told.told_at if told else None,
    )


def _own(each: Suggestion, issued_at: datetime | None) -> OwnSuggestion:
    known = issued_at is not None and each.judged_at is not None and each.judged_at <= issued_at
    return OwnSuggestion(each.text, known, bool(each.reasonable), each.reason if known else "", each.reply if known else "")


@dataclass(frozen=True, slots=True)
class VersionView:
    """An issued version of the minutes: why it was corrected, and what changed against the one before."""

    number: int
    issued_at: datetime
    correction: str
    changes: tuple[Piece, ...]


def versions(meeting_id: int) -> list[VersionView]:
    """Every issued version, the newest first; names that stay unpublished are left out of old texts too."""
    hidden = withheld_names(meeting_id)
    rows = list(MinutesVersion.objects.filter(minutes__meeting_id=meeting_id).order_by("version"))
    found = []
    before = ""
    for row in rows:
        words = without_names("\n\n".join(each for each in (row.body, *(getattr(row, key) for key in LISTS)) if each), hidden)
        found.append(VersionView(row.version, row.issued_at, row.correction, compare(before, words) if before else ()))
        before = words
    return found[::-1]
