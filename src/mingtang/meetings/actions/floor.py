"""The list of speakers: asking, order, the floor given and taken back (713 Art.30)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from mingtang.meetings import policy, queries
from mingtang.meetings.actions.planning import touch_meeting
from mingtang.meetings.models import AgendaItem, Speech
from mingtang.meetings.rules import STATEMENT, may_ask, may_take_floor
from mingtang.platform.actor import Actor
from mingtang.platform.audit.acts import record, require_own
from mingtang.platform.clock import day_of
from mingtang.platform.figures.lookup import figures_for

LONGEST = 60


@transaction.atomic
def add_speech(
    item_id: int, *, actor: Actor, now: datetime, kind: str, speaker: str, minutes: int | None = None, seat: int | None = None
) -> Speech:
    """Put somebody on the list of an item; who waits there already is not put on twice.

    `seat` is the invitation of a representative who asks by their personal link; everybody else is put on by the
    operator. `minutes` is the time budget, `meeting.speech_minutes` when not given.
    """
    item = queries.item_for_update(item_id)
    require_own(item, actor)
    if seat is None:
        policy.may_plan(actor).require()
    may_ask(item.meeting.state, item.state, item.attendance, kind, speaker).require()
    speaker = speaker.strip()[:60]
    waiting = item.speeches.filter(began_at=None, withdrawn_at=None)
    there = (waiting.filter(seat=seat) if seat else waiting.filter(kind=kind, speaker=speaker)).first()
    if there:
        return there
    made = Speech.objects.create(
        item=item,
        position=(item.speeches.aggregate(last=Max("position"))["last"] or 0) + 1,
        kind=kind,
        speaker=speaker,
        seat=seat,
        minutes=min(minutes or figures_for(item.government_id, day_of(now)).number("meeting.speech_minutes"), LONGEST),
        asked_at=now,
    )
    record("speech.ask", item, actor=actor, now=now, clause="2.2", data={"position": made.position, "kind": kind})
    return made


def _turn(speech_id: int, actor: Actor, seat: int | None = None) -> Speech:
    """A turn, its item and meeting locked; whoever holds its seat needs no office."""
    found = queries.speech(speech_id)
    item = queries.item_for_update(found.item_id)
    require_own(item, actor)
    if seat is None or seat != found.seat:
        policy.may_plan(actor).require()
    found.refresh_from_db()
    found.item = item
    return found


@transaction.atomic
def give_floor(speech_id: int, *, actor: Actor, now: datetime) -> Speech:
    """Give somebody the floor; whoever had it at this item has ended. The head comes last (713 Art.30)."""
    row = _turn(speech_id, actor)
    if row.began_at or row.withdrawn_at:
        return row
    others = row.item.speeches.filter(began_at=None, withdrawn_at=None).exclude(pk=row.pk).count()
    may_take_floor(row.kind, item_running=row.item.state == "running", others_waiting=others).require()
    _end_turns(row.item, now)
    row.began_at = now
    row.save(update_fields=["began_at"])
    record("speech.begin", row.item, actor=actor, now=now, clause="713 Art.30", data={"position": row.position, "kind": row.kind})
    touch_meeting(row.item.meeting)
    return row


@transaction.atomic
def end_speech(speech_id: int, *, actor: Actor, now: datetime) -> Speech:
    """Take the floor back; a second time the first moment stays."""
    row = _turn(speech_id, actor)
    if row.began_at and not row.ended_at:
        row.ended_at = now
        row.save(update_fields=["ended_at"])
        record("speech.end", row.item, actor=actor, now=now, data={"position": row.position, "kind": row.kind})
        touch_meeting(row.item.meeting)
    return row


@transaction.atomic
def withdraw_speech(speech_id: int, *, actor: Actor, now: datetime, seat: int | None = None) -> Speech:
    """Take somebody who still waits off the list, or oneself by one's `seat`; the line stays, crossed out."""
    row = _turn(speech_id, actor, seat)
    if row.waits:
        row.withdrawn_at = now
        row.save(update_fields=["withdrawn_at"])
        record("speech.withdraw", row.item, actor=actor, now=now, data={"position": row.position, "kind": row.kind})
    return row


@transaction.atomic
def move_speech(speech_id: int, *, actor: Actor, now: datetime, up: bool) -> Speech:
    """Let somebody who waits come before or after the one next to them; at the end of the list nothing happens."""
    row = _turn(speech_id, actor)
    order = [each for each in row.item.speeches.all() if each.waits]
    at = next((n for n, each in enumerate(order) if each.pk == row.pk), -1)
    other = at - 1 if up else at + 1
    if at < 0 or not 0 <= other < len(order):
        return row
    row.position, order[other].position = order[other].position, row.position
    for each in (row, order[other]):
        each.save(update_fields=["position"])
    record("speech.move", row.item, actor=actor, now=now, data={"position": row.position, "up": up})
    return row


def _end_turns(item: AgendaItem, now: datetime) -> None:
    item.speeches.filter(began_at__isnull=False, ended_at=None).update(ended_at=now)


def open_floor(item: AgendaItem, now: datetime, *, consulted: bool) -> None:
    """With the item begun, the statement on adoption is due first (2.2c); it stands on the list by itself."""
    if consulted and not item.speeches.filter(kind=STATEMENT).exists():
        place = (item.speeches.aggregate(first=Max("position"))["first"] or 0) + 1
        Speech.objects.create(item=item, position=place, kind=STATEMENT, speaker=str(item.topic.department)[:60], minutes=5, asked_at=now)


def note_statement(item: AgendaItem, now: datetime, by: str) -> None:
    """The statement has been given: its turn on the list has begun, and who spoke is named there too."""
    turn = item.speeches.filter(kind=STATEMENT, began_at=None, withdrawn_at=None).first()
    if turn:
        _end_turns(item, now)
        turn.began_at, turn.speaker = now, by[:60]
        turn.save(update_fields=["began_at", "speaker"])


def close_floor(item: AgendaItem, now: datetime) -> None:
    """With the decision nobody has the floor, and who still waited is crossed out."""
    _end_turns(item, now)
    item.speeches.filter(began_at=None, withdrawn_at=None).update(withdrawn_at=now)
