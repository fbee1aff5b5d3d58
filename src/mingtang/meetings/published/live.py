"""What happens in a meeting right now, for the room, for who waits outside, for machines: nothing personal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Prefetch

from mingtang.consultations import published as consultations_published
from mingtang.consultations.published import AdoptionCounts
from mingtang.kernel.text import NOTHING, Text
from mingtang.meetings.models import AgendaItem, Meeting, Speech
from mingtang.meetings.published.listing import seen
from mingtang.meetings.published.page import as_frozen
from mingtang.meetings.rules import STATEMENT, Pause, Slot, about, expected, planned, taken
from mingtang.topics import published as topics_published


@dataclass(frozen=True, slots=True)
class LiveItem:
    """One item on the clock; `title` is empty when it is closed."""

    id: int
    position: int
    title: str
    state: str
    state_label: Text
    minutes: int
    planned_at: datetime
    expected_at: datetime | None
    began_at: datetime | None
    decided_at: datetime | None
    taken: int | None
    outcome: Text


@dataclass(frozen=True, slots=True)
class LiveView:
    """A meeting at this moment; `speaking` names a part, never a person."""

    id: int
    title: Text
    place: str
    state: str
    state_label: Text
    starts_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    pause_until: datetime | None
    items: tuple[LiveItem, ...]
    current: LiveItem | None
    following: LiveItem | None
    speaking: Text
    speaking_since: datetime | None
    speaking_minutes: int
    stating: bool
    statement_at: datetime | None
    statement_text: str
    counts: AdoptionCounts | None
    as_of: datetime

    @property
    def late(self) -> int:
        """Minutes the next item is behind its plan; nothing when it is not."""
        nxt = self.following
        if nxt is None or nxt.expected_at is None:
            return 0
        return max(int((nxt.expected_at - nxt.planned_at).total_seconds() // 60), 0)


def live(government_id: int, meeting_id: int, now: datetime) -> LiveView | None:
    """The meeting at `now`; None when there is no public one at this address."""
    order = Prefetch("items", AgendaItem.objects.exclude(state="withdrawn").select_related("topic"))
    row = seen(government_id).prefetch_related(order, "versions", "breaks").filter(pk=meeting_id).first()
    if row is None:
        return None
    rows = as_frozen(row)
    items = _clock(row, rows, now)
    running = next((each for each in rows if each.state == "running"), None)
    turn = Speech.objects.filter(item=running, began_at__isnull=False, ended_at=None).first() if running else None
    shown = running if running and running.attendance != "closed" else None
    stating = bool(shown and turn and turn.kind == STATEMENT)
    counts = consultations_published.adoption_counts([shown.topic_id]).get(shown.topic_id) if shown and stating else None
    return LiveView(
        row.pk,
        row.title,
        row.place,
        row.state,
        row.state_label,
        row.starts_at,
        row.started_at,
        row.ended_at,
        _until(row, now),
        items,
        next((each for each in items if each.state == "running"), None),
        next((each for each in items if each.state == "listed"), None) if row.ended_at is None else None,
        turn.kind_label if turn else NOTHING,
        turn.began_at if turn else None,
        turn.minutes if turn else 0,
        stating,
        shown.statement_at if shown else None,
        shown.statement_text if shown else "",
        counts,
        now,
    )


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody stands on the list of speakers: waiting as the nth, speaking, or done."""

    waits: int
    speaking: bool
    spoke: bool
    minutes: int


def place_of(item_id: int, seat: int) -> Place:
    """The place of one's own seat on the list of an item; nobody else's is told."""
    waits, speaking, spoke, minutes, n = 0, False, False, 0, 0
    for each in Speech.objects.filter(item_id=item_id, withdrawn_at=None):
        n += each.waits
        if each.seat == seat:
            minutes = each.minutes
            waits = waits or (n if each.waits else 0)
            speaking = speaking or (each.began_at is not None and each.ended_at is None)
            spoke = spoke or each.ended_at is not None
    return Place(waits, speaking, spoke, minutes)


def _until(row: Meeting, now: datetime) -> datetime | None:
    pause = next((each for each in row.breaks.all() if each.ended_at is None), None)
    return about(max(pause.began_at + timedelta(minutes=pause.minutes), now)) if pause else None


def _clock(row: Meeting, rows: list[AgendaItem], now: datetime) -> tuple[LiveItem, ...]:
    slots = [Slot(each.pk, each.state, each.planned_minutes, each.began_at, each.decided_at) for each in rows]
    pauses = [Pause(each.began_at, each.minutes, each.ended_at) for each in row.breaks.all()]
    pause = next((each for each in pauses if each.ended_at is None), None)
    over = row.ended_at is not None or row.state in {"cancelled", "postponed"}
    due = {} if over else expected(slots, starts_at=row.starts_at, started_at=row.started_at, now=now, pause=pause)
    plan = planned(slots, row.starts_at)
    return tuple(
        LiveItem(
            each.pk,
            each.position,
            "" if each.attendance == "closed" else topics_published.plain_title(each.topic),
            each.state,
            each.state_label,
            each.planned_minutes,
            plan[each.pk],
            about(due[each.pk]) if each.pk in due else None,
            each.began_at,
            each.decided_at,
            taken(slot, pauses, now),
            NOTHING if each.attendance == "closed" else each.outcome_label,
        )
        for each, slot in zip(rows, slots, strict=True)
    )
