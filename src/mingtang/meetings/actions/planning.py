"""Planning a meeting and its agenda, up to the frozen version."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import Max, QuerySet

from mingtang.kernel.decision import Decision, all_of, no
from mingtang.kernel.text import t
from mingtang.meetings import policy, queries
from mingtang.meetings.models import AgendaItem, AgendaVersion, Meeting
from mingtang.meetings.rules import ITEM, MEETING, may_be_listed, may_freeze
from mingtang.platform.accounts.models import Government
from mingtang.platform.actor import Actor
from mingtang.platform.audit.acts import record, require_own
from mingtang.platform.clock import day_of
from mingtang.platform.events import Happened, announce
from mingtang.platform.moves import move
from mingtang.platform.web.versions import touch
from mingtang.topics import queries as topic_queries

PLANNING = frozenset({"planned", "frozen", "postponed"})


@transaction.atomic
def plan_meeting(
    *,
    actor: Actor,
    now: datetime,
    kind: str,
    starts_at: datetime,
    place: str,
    chair: str,
    number: int | None = None,
    name: str = "",
    broadcast_url: str = "",
) -> Meeting:
    """Plan a meeting; its number within kind and year follows the last one unless given.

    The same kind, moment and place again gives the meeting already planned.
    """
    policy.may_plan(actor).require()
    Government.objects.select_for_update().get(pk=actor.government_id)
    same = {"kind": kind, "starts_at": starts_at, "place": place, "name": name}
    there = Meeting.objects.filter(government_id=actor.government_id, state="planned", **same).first()
    if there and number in (None, there.number):
        return there
    year = day_of(starts_at).year
    if number and _of_kind(actor.government_id, kind, year).filter(number=number).exists():
        no(
            t("今年已有第 {n} 次这类会议。", "There is already a meeting no. {n} of this kind this year.", n=number),
            "1.1",
            t("请改编号。", "Choose another number."),
            code="number",
        ).require()
    row = Meeting.objects.create(
        government_id=actor.government_id,
        kind=kind,
        year=year,
        number=number or next_number(actor.government_id, kind, year),
        name=name,
        starts_at=starts_at,
        place=place,
        chair=chair,
        broadcast_url=broadcast_url,
        planned_by_id=actor.person,
        created_at=now,
    )
    record("meeting.plan", row, actor=actor, now=now, clause="1.1")
    touch_meeting(row)
    return row


def _of_kind(government_id: int, kind: str, year: int) -> QuerySet[Meeting]:
    return Meeting.objects.filter(government_id=government_id, kind=kind, year=year)


def next_number(government_id: int, kind: str, year: int) -> int:
    """The number after the last of this kind and year."""
    return int(_of_kind(government_id, kind, year).aggregate(last=Max("number"))["last"] or 0) + 1


def touch_meeting(row: Meeting) -> None:
    """Say that the public pages showing this meeting changed."""
    keys = [f"topic:{each.topic_id}" for each in row.items.all()]
    touch(row.government_id, "home", "calendar", f"meeting:{row.pk}", *keys)


def planning(meeting_id: int, actor: Actor, may: Callable[[Actor], Decision] = policy.may_plan) -> Meeting:
    """The meeting, locked, while its agenda can still be changed by whom `may` lets."""
    row = queries.for_update(meeting_id)
    require_own(row, actor)
    may(actor).require()
    if row.state not in PLANNING:
        no(
            t("会议现在是“{state}”，议程不能改。", "The meeting is “{state}”; its agenda cannot be changed.", state=row.state_label),
            "1.1",
            t("需要改的先延期。", "Postpone it first if it must change."),
            code="wrong_state",
        ).require()
    return row


@transaction.atomic
def change_meeting(
    meeting_id: int, *, actor: Actor, now: datetime, starts_at: datetime, place: str, chair: str, broadcast_url: str = ""
) -> Meeting:
    """Change day, place, chair while planning; who is invited already is told of another time or place.

    A meeting moved into another year takes the next number of that year.
    """
    row = planning(meeting_id, actor)
    moved = (row.starts_at, row.place) != (starts_at, place)
    row.starts_at, row.place, row.chair, row.broadcast_url = starts_at, place, chair, broadcast_url
    if day_of(starts_at).year != row.year:
        row.year = day_of(starts_at).year
        row.number = next_number(row.government_id, row.kind, row.year)
    row.save(update_fields=["starts_at", "place", "chair", "broadcast_url", "year", "number"])
    record("meeting.change", row, actor=actor, now=now)
    if moved:
        announce(Happened("meeting.change", row, actor, now))
    touch_meeting(row)
    return row


@transaction.atomic
def add_item(
    meeting_id: int, topic_id: int, *, actor: Actor, now: datetime, attendance: str = "open", minutes: int = 30, closing_ground: str = ""
) -> AgendaItem:
    """Put a matter on the agenda; refused with every unmet duty. A second call gives the item there."""
    row = planning(meeting_id, actor)
    found = AgendaItem.objects.filter(meeting=row, topic_id=topic_id).first()
    if found and found.state != "withdrawn":
        return found
    topic = topic_queries.get(row.government_id, topic_id)  # refuses a matter of another government
    queries.gate_of(topic_id, row.kind, day_of(row.starts_at), row.government_id, meeting_id=row.pk).require()
    may_be_listed(attendance, closing_ground, named=topic.is_named).require()
    place = len(queries.items(row.pk)) + 1
    if found:
        move(
            found,
            ITEM,
            "relist",
            actor=actor,
            now=now,
            position=place,
            attendance=attendance,
            planned_minutes=minutes,
            closing_ground=closing_ground,
            listed_at=now,
            late_reason="",
            late_asked_by=None,
            late_approved_at=None,
            late_approved_by=None,
        )
    else:
        found = AgendaItem.objects.create(
            government_id=row.government_id,
            meeting=row,
            topic_id=topic_id,
            position=place,
            attendance=attendance,
            planned_minutes=minutes,
            closing_ground=closing_ground,
            listed_at=now,
        )
        record("meeting.add_item", row, actor=actor, now=now, clause="2.2", data={"topic": topic_id})
    touch_meeting(row)
    return found


@transaction.atomic
def remove_item(item_id: int, *, actor: Actor, now: datetime) -> None:
    """Take a matter off the agenda while planning; listeners may refuse (representatives already invited for it)."""
    item = queries.item_for_update(item_id)
    row = planning(item.meeting_id, actor)
    if item.state == "withdrawn":
        return
    move(item, ITEM, "withdraw", actor=actor, now=now)
    for position, each in enumerate(queries.items(row.pk), 1):
        AgendaItem.objects.filter(pk=each.pk).update(position=position)
    touch_meeting(row)


@transaction.atomic
def move_item(item_id: int, *, actor: Actor, now: datetime, up: bool) -> None:
    """Move an item one place up or down; at the end of the list nothing happens."""
    item = queries.item_for_update(item_id)
    row = planning(item.meeting_id, actor)
    order = queries.items(row.pk)
    at = next((n for n, each in enumerate(order) if each.pk == item_id), -1)
    other = at - 1 if up else at + 1
    if at < 0 or not 0 <= other < len(order):
        return
    order[at], order[other] = order[other], order[at]
    for position, each in enumerate(order, 1):
        AgendaItem.objects.filter(pk=each.pk).update(position=position)
    record("meeting.move_item", row, actor=actor, now=now, data={"item": item_id, "up": up})
    touch_meeting(row)


@transaction.atomic
def freeze_agenda(meeting_id: int, *, actor: Actor, now: datetime) -> Meeting:
    """Freeze the agenda as its next version; every item passes its gate, a late one with a leader's approval.

    An agenda that is frozen already and has not changed since stays the version it is.
    """
    row = queries.for_update(meeting_id)
    require_own(row, actor)
    policy.may_plan(actor).require()
    MEETING.may(row.state, "freeze").require()
    order = queries.items(row.pk)
    lines = queries.as_lines(order)
    if row.state == "frozen" and queries.as_frozen(row, lines=lines):
        return row
    gates, late = queries.gates(row, order), queries.late_gates(row, order)
    listed = {each.pk: may_be_listed(each.attendance, each.closing_ground, named=each.topic.is_named) for each in order}
    may_freeze(row.starts_at, now, tuple(all_of(gates[each.pk], late[each.pk], listed[each.pk]) for each in order)).require()
    version = row.version + 1
    AgendaVersion.objects.create(meeting=row, number=version, frozen_at=now, starts_at=row.starts_at, place=row.place, lines=lines)
    move(row, MEETING, "freeze", actor=actor, now=now, version=version)
    touch_meeting(row)
    return row
