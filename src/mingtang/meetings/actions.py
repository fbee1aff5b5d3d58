"""Every write on meetings: one function, one transaction per use case."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from mingtang.kernel.decision import no
from mingtang.kernel.text import t
from mingtang.meetings import policy, queries
from mingtang.meetings.models import AgendaItem, AgendaVersion, Meeting
from mingtang.meetings.rules import ITEM, MEETING, may_decide, may_freeze
from mingtang.platform.accounts.models import Government
from mingtang.platform.actor import Actor
from mingtang.platform.audit.acts import record
from mingtang.platform.clock import day_of
from mingtang.platform.moves import move
from mingtang.platform.web.versions import touch
from mingtang.topics import actions as topic_actions

PLANNING = frozenset({"planned", "frozen", "postponed"})


@transaction.atomic
def plan_meeting(  # noqa: PLR0913 - every fact of the meeting by name
    *, actor: Actor, now: datetime, kind: str, starts_at: datetime, place: str, chair: str, number: int | None = None,
    name: str = "", broadcast_url: str = "",
) -> Meeting:
    """Plan a meeting; its number within kind and year follows the last one unless given."""
    policy.may_plan(actor).require()
    Government.objects.select_for_update().get(pk=actor.government_id)
    year = day_of(starts_at).year
    same_kind = Meeting.objects.filter(government_id=actor.government_id, kind=kind, year=year)
    if number and same_kind.filter(number=number).exists():
        no(t("今年已有第 {n} 次这类会议。", "There is already a meeting no. {n} of this kind this year.", n=number), "1.1", t("请改编号。", "Choose another number."), code="number").require()
    last = same_kind.aggregate(last=Max("number"))["last"] or 0
    row = Meeting.objects.create(
        government_id=actor.government_id, kind=kind, year=year, number=number or last + 1, name=name, starts_at=starts_at, place=place,
        chair=chair, broadcast_url=broadcast_url, planned_by_id=actor.person_id, created_at=now,
    )
    record("meeting.plan", row, actor=actor, now=now, clause="1.1")
    _touch(row)
    return row


def _touch(row: Meeting) -> None:
    keys = [f"topic:{each.topic_id}" for each in row.items.all()]
    touch(row.government_id, "home", "calendar", f"meeting:{row.pk}", *keys)


def _planning(meeting_id: int, actor: Actor) -> Meeting:
    row = queries.for_update(meeting_id)
    policy.may_plan(actor).require()
    if row.state not in PLANNING:
        no(t("会议现在是“{state}”，议程不能改。", "The meeting is “{state}”; its agenda cannot be changed.", state=row.state_label), "1.1", t("需要改的先延期。", "Postpone it first if it must change."), code="wrong_state").require()
    return row


@transaction.atomic
def change_meeting(meeting_id: int, *, actor: Actor, now: datetime, starts_at: datetime, place: str, chair: str, broadcast_url: str = "") -> Meeting:
    """Change day, place, chair while planning."""
    row = _planning(meeting_id, actor)
    row.starts_at, row.place, row.chair, row.broadcast_url = starts_at, place, chair, broadcast_url
    row.save(update_fields=["starts_at", "place", "chair", "broadcast_url"])
    record("meeting.change", row, actor=actor, now=now)
    _touch(row)
    return row


@transaction.atomic
def add_item(meeting_id: int, topic_id: int, *, actor: Actor, now: datetime, attendance: str = "open", minutes: int = 30, closing_ground: str = "") -> AgendaItem:
    """Put a matter on the agenda; refused with every unmet duty. A second call gives the item there."""
    row = _planning(meeting_id, actor)
    found = AgendaItem.objects.filter(meeting=row, topic_id=topic_id).first()
    if found:
        return found
    queries.gate(topic_id, row).require()
    if attendance != "open" and not closing_ground:
        no(t("不开放或部分开放的议程项要写明法定依据。", "An item that is not fully open needs its legal ground."), "1.2a", t("请选择依据。", "Choose the ground."), code="ground").require()
    last = AgendaItem.objects.filter(meeting=row).aggregate(last=Max("position"))["last"] or 0
    item = AgendaItem.objects.create(
        government_id=row.government_id, meeting=row, topic_id=topic_id, position=last + 1, attendance=attendance, planned_minutes=minutes, closing_ground=closing_ground
    )
    record("meeting.add_item", row, actor=actor, now=now, clause="2.2", data={"topic": topic_id})
    _touch(row)
    return item


@transaction.atomic
def remove_item(item_id: int, *, actor: Actor, now: datetime) -> None:
    """Take a matter off the agenda while planning."""
    item = AgendaItem.objects.filter(pk=item_id).first()
    if item is None:
        return
    row = _planning(item.meeting_id, actor)
    record("meeting.remove_item", row, actor=actor, now=now, data={"topic": item.topic_id})
    item.delete()
    for position, each in enumerate(queries.items(row.pk), 1):
        AgendaItem.objects.filter(pk=each.pk).update(position=position)
    touch(row.government_id, f"topic:{item.topic_id}")
    _touch(row)


@transaction.atomic
def move_item(item_id: int, *, actor: Actor, now: datetime, up: bool) -> None:
    """Move an item one place up or down."""
    item = queries.item_for_update(item_id)
    row = _planning(item.meeting_id, actor)
    order = queries.items(row.pk)
    at = next(n for n, each in enumerate(order) if each.pk == item_id)
    other = at - 1 if up else at + 1
    if not 0 <= other < len(order):
        return
    order[at], order[other] = order[other], order[at]
    for position, each in enumerate(order, 1):
        AgendaItem.objects.filter(pk=each.pk).update(position=position)
    record("meeting.move_item", row, actor=actor, now=now, data={"item": item_id, "up": up})
    _touch(row)


@transaction.atomic
def freeze_agenda(meeting_id: int, *, actor: Actor, now: datetime) -> Meeting:
    """Freeze the agenda as its next version; every item must still pass its gate."""
    row = queries.for_update(meeting_id)
    policy.may_plan(actor).require()
    MEETING.may(row.state, "freeze").require()
    order = queries.items(row.pk)
    may_freeze(len(order), tuple(queries.gate(each.topic_id, row) for each in order)).require()
    version = row.version + 1
    lines = [{"position": each.position, "topic": each.topic_id, "title": str(each.topic), "attendance": each.attendance, "minutes": each.planned_minutes} for each in order]
    AgendaVersion.objects.create(meeting=row, number=version, frozen_at=now, lines=lines)
    move(row, MEETING, "freeze", actor=actor, now=now, version=version)
    _touch(row)
    return row


@transaction.atomic
def convene_meeting(meeting_id: int, *, actor: Actor, now: datetime) -> Meeting:
    """3.2d: convene; listeners (the notices of representatives) may refuse.

    Representatives sit later in the chain, so their check runs as a reaction to ``meeting.convene``.
    """
    row = queries.for_update(meeting_id)
    policy.may_convene(actor).require()
    move(row, MEETING, "convene", actor=actor, now=now, convened_at=now)
    _touch(row)
    return row


@transaction.atomic
def record_emergency(meeting_id: int, *, actor: Actor, now: datetime, reason: str) -> Meeting:
    """3.2d: a leader waives the notice period for this meeting; the reason is public."""
    row = queries.for_update(meeting_id)
    policy.may_waive(actor).require()
    if not reason.strip():
        no(t("要写明紧急的理由，理由会公开。", "Give the reason; it is published."), "3.2d", code="reason").require()
    row.emergency_reason = reason.strip()
    row.save(update_fields=["emergency_reason"])
    record("meeting.emergency", row, actor=actor, now=now, reason=reason, clause="3.2d")
    _touch(row)
    return row


@transaction.atomic
def start_meeting(meeting_id: int, *, actor: Actor, now: datetime) -> Meeting:
    """Open the meeting."""
    row = queries.for_update(meeting_id)
    policy.may_plan(actor).require()
    move(row, MEETING, "start", actor=actor, now=now, started_at=now)
    _touch(row)
    return row


@transaction.atomic
def begin_item(item_id: int, *, actor: Actor, now: datetime) -> AgendaItem:
    """Begin an item; only while the meeting runs and no other item does. Twice changes nothing."""
    item = queries.item_for_update(item_id)
    policy.may_plan(actor).require()
    if item.state == "running":
        return item
    if item.meeting.state != "running":
        MEETING.may(item.meeting.state, "end").require()
    if AgendaItem.objects.filter(meeting_id=item.meeting_id, state="running").exists():
        no(t("上一项还没有结束。", "Another item is still running."), "2.2", t("先记录上一项的决定。", "Record its decision first."), code="running").require()
    move(item, ITEM, "begin", actor=actor, now=now, began_at=now)
    _touch(item.meeting)
    return item


@transaction.atomic
def give_statement(item_id: int, *, actor: Actor, now: datetime, by: str) -> AgendaItem:
    """2.2c: the drafting department gives its statement on solicitation and adoption at this moment."""
    item = queries.item_for_update(item_id)
    policy.may_plan(actor).require()
    if item.statement_at:
        return item
    move(item, ITEM, "state_adoption", actor=actor, now=now, statement_at=now, statement_by=by.strip() or str(item.topic.department))
    _touch(item.meeting)
    return item


@transaction.atomic
def decide_item(item_id: int, *, actor: Actor, now: datetime, outcome: str, text: str = "") -> AgendaItem:
    """Record the decision on an item; a major decision's collective step is done with it (713 Art.30)."""
    item = queries.item_for_update(item_id)
    policy.may_plan(actor).require()
    ITEM.may(item.state, "decide").require()
    may_decide(outcome, consulted=queries.consulted(item.topic_id), statement_given=item.statement_at is not None).require()
    move(item, ITEM, "decide", actor=actor, now=now, reason=text, decided_at=now, outcome=outcome, outcome_text=text.strip())
    topic_actions.complete_collective_step(item.topic_id, actor=actor, now=now)
    _touch(item.meeting)
    return item


@transaction.atomic
def end_meeting(meeting_id: int, *, actor: Actor, now: datetime) -> Meeting:
    """End the meeting; every item that began has its decision."""
    row = queries.for_update(meeting_id)
    policy.may_plan(actor).require()
    if AgendaItem.objects.filter(meeting=row, state="running").exists():
        no(t("还有一项正在审议。", "An item is still running."), "2.2", t("先记录它的决定。", "Record its decision first."), code="running").require()
    move(row, MEETING, "end", actor=actor, now=now, ended_at=now)
    _touch(row)
    return row


@transaction.atomic
def postpone_meeting(meeting_id: int, *, actor: Actor, now: datetime, reason: str) -> Meeting:
    """Postpone with a public reason."""
    return _stop(meeting_id, "postpone", actor, now, reason)


@transaction.atomic
def cancel_meeting(meeting_id: int, *, actor: Actor, now: datetime, reason: str) -> Meeting:
    """Cancel with a public reason."""
    return _stop(meeting_id, "cancel", actor, now, reason)


def _stop(meeting_id: int, name: str, actor: Actor, now: datetime, reason: str) -> Meeting:
    row = queries.for_update(meeting_id)
    policy.may_plan(actor).require()
    move(row, MEETING, name, actor=actor, now=now, reason=reason, change_reason=reason)
    _touch(row)
    return row

