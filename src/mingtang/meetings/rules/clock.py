"""The meeting day by the clock: planned minutes against real ones, and about when each item will come."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

STEP = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Slot:
    """An item on the clock: how many minutes it was given, when it began and was decided."""

    item: int
    state: str
    minutes: int
    began_at: datetime | None = None
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Pause:
    """A break: since when, for how many minutes it is meant, until when it really was."""

    began_at: datetime
    minutes: int
    ended_at: datetime | None = None


def planned(slots: Iterable[Slot], starts_at: datetime) -> dict[int, datetime]:
    """When each item was to begin, had everything gone to plan."""
    found, at = {}, starts_at
    for each in slots:
        found[each.item] = at
        at += timedelta(minutes=each.minutes)
    return found


def expected(
    slots: Iterable[Slot], *, starts_at: datetime, started_at: datetime | None, now: datetime, pause: Pause | None = None
) -> dict[int, datetime]:
    """When each item still to come will begin, by what happened until `now`.

    A meeting that should have begun begins now; an item over its time ends now; an open break ends when it was
    meant to, or now.
    """
    cursor = max(now, starts_at) if started_at is None else now
    if pause is not None and pause.ended_at is None:
        cursor = max(cursor, pause.began_at + timedelta(minutes=pause.minutes))
    rows, found = list(slots), {}
    for each in rows:
        if each.state == "running" and each.began_at is not None:
            away = max(cursor - now, timedelta())
            cursor = max(now, each.began_at + timedelta(minutes=each.minutes)) + away
    for each in rows:
        if each.state == "listed":
            found[each.item] = cursor
            cursor += timedelta(minutes=each.minutes)
    return found


def about(at: datetime) -> datetime:
    """The time people are told: the nearest five minutes, with 2:30 going up."""
    seconds = (at.minute % 5) * 60 + at.second
    down = at - timedelta(seconds=seconds, microseconds=at.microsecond)
    return down + STEP if seconds * 2 >= STEP.total_seconds() else down


def taken(slot: Slot, pauses: Sequence[Pause], now: datetime) -> int | None:
    """Minutes an item really took so far, breaks left out and begun minutes dropped; None before it began."""
    if slot.began_at is None:
        return None
    end = slot.decided_at or now
    away = timedelta()
    for each in pauses:
        inside = min(each.ended_at or now, end) - max(each.began_at, slot.began_at)
        away += max(inside, timedelta())
    return int((end - slot.began_at - away).total_seconds() // 60)
