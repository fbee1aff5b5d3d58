"""Meetings in lists: what comes, what was held, the month as a grid."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet

from mingtang.hearings.published.hearing import HearingRow
from mingtang.kernel.days import WorkCalendar
from mingtang.kernel.text import Text
from mingtang.meetings.models import Meeting
from mingtang.platform.clock import closing_of, day_of, local, opening_of
from mingtang.topics.rules import KIND_LABELS

SEEN = ("frozen", "convened", "running", "ended", "closed", "postponed", "cancelled")
ON_AGENDA = Count("items", filter=~Q(items__state="withdrawn"))


def seen(government_id: int) -> QuerySet[Meeting]:
    """What the public may see: meetings whose agenda was frozen at least once."""
    return Meeting.objects.filter(government_id=government_id, state__in=SEEN, version__gt=0)


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting in a list."""

    id: int
    title: Text
    kind: Text
    starts_at: datetime
    place: str
    state: str
    state_label: Text
    items: int
    broadcast: bool


def row_of(row: Meeting, items: int) -> MeetingRow:
    """A meeting as lists show it."""
    return MeetingRow(
        row.pk, row.title, row.kind_label, row.starts_at, row.place, row.state, row.state_label, items, bool(row.broadcast_url)
    )


def _rows(rows: Iterable[Meeting]) -> list[MeetingRow]:
    return [row_of(row, row.n) for row in rows]  # type: ignore[attr-defined]  # annotated by the callers


def upcoming(government_id: int, now: datetime, most: int = 6) -> list[MeetingRow]:
    """Meetings to come, the next on top."""
    rows = seen(government_id).filter(starts_at__gte=opening_of(day_of(now)), state__in=["frozen", "convened", "running", "postponed"])
    return _rows(rows.annotate(n=ON_AGENDA).order_by("starts_at", "id")[:most])


def last_held(government_id: int) -> MeetingRow | None:
    """The meeting held last."""
    rows = seen(government_id).filter(started_at__isnull=False).annotate(n=ON_AGENDA)
    return next(iter(_rows(rows.order_by("-starts_at", "-id")[:1])), None)


def announced(government_id: int, meeting_ids: Iterable[int]) -> dict[int, MeetingRow]:
    """Those of the meetings that are public, by id."""
    rows = seen(government_id).filter(pk__in=list(meeting_ids)).annotate(n=ON_AGENDA)
    return {each.id: each for each in _rows(rows)}


def named(government_id: int, words: str, most: int = 20) -> list[MeetingRow]:
    """Meetings by name, kind or number (“第 18 次”), the latest first."""
    digits = "".join(each for each in words if each.isascii() and each.isdecimal())[:6]
    kinds = [kind for kind, label in KIND_LABELS.items() if any(each in words or words in each for each in (label.zh, label.en))]
    wanted = Q(name__icontains=words) | Q(kind__in=kinds)
    wanted = wanted & Q(number=int(digits)) if digits and kinds else wanted | (Q(number=int(digits)) if digits else Q())
    return _rows(seen(government_id).filter(wanted).annotate(n=ON_AGENDA).order_by("-starts_at", "-id")[:most])


def month(government_id: int, first: date, kind: str = "") -> list[MeetingRow]:
    """The meetings of one month."""
    last = date(first.year, first.month, calendar.monthrange(first.year, first.month)[1])
    rows = seen(government_id).filter(starts_at__gte=opening_of(first), starts_at__lt=closing_of(last))
    rows = rows.filter(kind=kind) if kind else rows
    return _rows(rows.annotate(n=ON_AGENDA).order_by("starts_at", "id"))


@dataclass(frozen=True, slots=True)
class Day:
    """One cell of the month grid."""

    day: date
    inside: bool
    works: bool
    today: bool
    meetings: tuple[MeetingRow, ...]
    hearings: tuple[HearingRow, ...] = ()


def grid(first: date, rows: list[MeetingRow], work: WorkCalendar, today: date, heard: Iterable[HearingRow] = ()) -> list[list[Day]]:
    """The weeks of a month, Monday first, with its meetings and hearings."""
    by_day: dict[date, list[MeetingRow]] = {}
    for row in rows:
        by_day.setdefault(local(row.starts_at).date(), []).append(row)
    hearings: dict[date, list[HearingRow]] = {}
    for each in heard:
        if each.starts_at:
            hearings.setdefault(day_of(each.starts_at), []).append(each)
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    return [
        [
            Day(
                day,
                day.month == first.month,
                work.is_working_day(day),
                day == today,
                tuple(by_day.get(day, ())),
                tuple(hearings.get(day, ())),
            )
            for day in week
        ]
        for week in weeks
    ]


def open_meetings(government_id: int, year: int) -> int:
    """Meetings held in a year."""
    return Meeting.objects.filter(government_id=government_id, started_at__isnull=False, year=year).count()


def shift(first: date, months: int) -> date:
    """The first day of the month `months` away."""
    day = first.replace(day=15) + timedelta(days=30 * months)
    return day.replace(day=1)
