"""Convening, the meeting day, and what stops a meeting."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mingtang.kernel.decision import no
from mingtang.kernel.text import t
from mingtang.meetings import policy, queries
from mingtang.meetings.actions.floor import close_floor, note_statement, open_floor
from mingtang.meetings.actions.planning import touch_meeting
from mingtang.meetings.models import AgendaItem, Break, Meeting
from mingtang.meetings.rules import ITEM, MEETING, SETTLING, may_begin, may_convene_agenda, may_decide, may_end_debate, may_pause
from mingtang.platform.actor import Actor
from mingtang.platform.audit.acts import record, require_own
from mingtang.platform.guard.gate import require_plain
from mingtang.platform.moves import move
from mingtang.topics import actions as topic_actions


def _meeting(meeting_id: int, actor: Actor) -> Meeting:
    row = queries.for_update(meeting_id)
    require_own(row, actor)
    return row


def _item(item_id: int, actor: Actor) -> AgendaItem:
    """The item and its meeting, locked: two people at once act one after the other."""
    item = queries.item_for_update(item_id)
    require_own(item, actor)
    policy.may_plan(actor).require()
    return item


@transaction.atomic
def convene_meeting(meeting_id: int, *, actor: Actor, now: datetime) -> Meeting:
    """3.2d: convene on the agenda as frozen; listeners (the notices of representatives) may refuse.

    Representatives sit later in the chain, so their check runs as a reaction to ``meeting.convene``.
    """
    row = _meeting(meeting_id, actor)
    policy.may_convene(actor).require()
    if row.state == "convened":
        return row
    MEETING.may(row.state, "convene").require()
    may_convene_agenda(as_frozen=queries.as_frozen(row)).require()
    move(row, MEETING, "convene", actor=actor, now=now, convened_at=now)
    touch_meeting(row)
    return row


@transaction.atomic
def record_emergency(meeting_id: int, *, actor: Actor, now: datetime, reason: str) -> Meeting:
    """3.2d: a leader waives the notice period of a meeting not yet convened; the reason is public."""
    row = _meeting(meeting_id, actor)
    policy.may_waive(actor).require()
    if not reason.strip():
        no(
            t("要写明紧急的理由，理由会公开。", "Give the reason; it is published."),
            "3.2d",
            t("请写明为什么等不到期限届满。", "Say why the period cannot be waited for."),
            code="reason",
        ).require()
    if row.emergency_reason == reason.strip():
        return row
    MEETING.may(row.state, "convene").require()
    row.emergency_reason = reason.strip()
    row.save(update_fields=["emergency_reason"])
    record("meeting.emergency", row, actor=actor, now=now, reason=reason, clause="3.2d")
    touch_meeting(row)
    return row


@transaction.atomic
def start_meeting(meeting_id: int, *, actor: Actor, now: datetime) -> Meeting:
    """Open the meeting; twice changes nothing."""
    row = _meeting(meeting_id, actor)
    policy.may_plan(actor).require()
    if row.state == "running":
        return row
    move(row, MEETING, "start", actor=actor, now=now, started_at=now)
    touch_meeting(row)
    return row


@transaction.atomic
def take_break(meeting_id: int, *, actor: Actor, now: datetime, minutes: int) -> Break:
    """Begin a break of about `minutes`; during one, the break there is."""
    row = _meeting(meeting_id, actor)
    policy.may_plan(actor).require()
    open_break = row.breaks.filter(ended_at=None).first()
    if open_break:
        return open_break
    may_pause(row.state, minutes).require()
    made = Break.objects.create(meeting=row, began_at=now, minutes=minutes)
    record("meeting.break", row, actor=actor, now=now, clause="2.2", data={"minutes": minutes})
    touch_meeting(row)
    return made


@transaction.atomic
def resume_meeting(meeting_id: int, *, actor: Actor, now: datetime) -> Meeting:
    """End the break; without one nothing happens."""
    row = _meeting(meeting_id, actor)
    policy.may_plan(actor).require()
    if row.breaks.filter(ended_at=None).update(ended_at=now):
        record("meeting.resume", row, actor=actor, now=now, clause="2.2")
        touch_meeting(row)
    return row


@transaction.atomic
def begin_item(item_id: int, *, actor: Actor, now: datetime) -> AgendaItem:
    """Begin an item; only while the meeting runs and no other item does. Twice changes nothing."""
    item = _item(item_id, actor)
    if item.state == "running":
        return item
    running = AgendaItem.objects.filter(meeting_id=item.meeting_id, state="running").exists()
    may_begin(item.meeting.state, other_running=running, on_break=queries.pause_of(item.meeting) is not None).require()
    move(item, ITEM, "begin", actor=actor, now=now, began_at=now)
    open_floor(item, now, consulted=queries.consulted(item.topic_id))
    touch_meeting(item.meeting)
    return item


@transaction.atomic
def give_statement(item_id: int, *, actor: Actor, now: datetime, by: str, text: str = "") -> AgendaItem:
    """2.2c: the drafting department gives its statement on solicitation and adoption at this moment.

    `text` is what the room screen and the public page show of it.
    """
    item = _item(item_id, actor)
    if item.statement_at:
        return item
    require_plain(text, actor=actor)
    by = by.strip() or str(item.topic.department)
    move(item, ITEM, "state_adoption", actor=actor, now=now, statement_at=now, statement_by=by, statement_text=text.strip())
    note_statement(item, now, by)
    touch_meeting(item.meeting)
    return item


@transaction.atomic
def decide_item(item_id: int, *, actor: Actor, now: datetime, outcome: str, text: str = "") -> AgendaItem:
    """Record the decision on an item; a major decision's collective step is done with it (713 Art.30).

    The same decision a second time changes nothing; another one is refused.
    """
    item = _item(item_id, actor)
    if item.state == "decided" and (item.outcome, item.outcome_text) == (outcome, text.strip()):
        return item
    ITEM.may(item.state, "decide").require()
    may_decide(outcome, consulted=queries.consulted(item.topic_id), statement_given=item.statement_at is not None).require()
    may_end_debate(**queries.debate(item.pk)).require()
    close_floor(item, now)
    move(item, ITEM, "decide", actor=actor, now=now, reason=text, decided_at=now, outcome=outcome, outcome_text=text.strip())
    if outcome in SETTLING:
        topic_actions.complete_collective_step(item.topic_id, actor=actor, now=now)
    touch_meeting(item.meeting)
    return item


@transaction.atomic
def end_meeting(meeting_id: int, *, actor: Actor, now: datetime) -> Meeting:
    """End the meeting; every item that began has its decision, the others are adjourned."""
    row = _meeting(meeting_id, actor)
    policy.may_plan(actor).require()
    if row.state == "ended":
        return row
    MEETING.may(row.state, "end").require()
    left = queries.items(row.pk)
    if any(each.state == "running" for each in left):
        no(
            t("还有一项正在审议。", "An item is still running."), "2.2", t("先记录它的决定。", "Record its decision first."), code="running"
        ).require()
    for each in left:
        if each.state == "listed":
            move(each, ITEM, "adjourn", actor=actor, now=now)
    row.breaks.filter(ended_at=None).update(ended_at=now)
    move(row, MEETING, "end", actor=actor, now=now, ended_at=now)
    touch_meeting(row)
    return row


@transaction.atomic
def close_meeting(meeting_id: int, *, actor: Actor, now: datetime) -> Meeting:
    """Put the meeting away once its minutes and results are out; twice changes nothing."""
    row = _meeting(meeting_id, actor)
    policy.may_plan(actor).require()
    if row.state == "closed":
        return row
    move(row, MEETING, "close", actor=actor, now=now)
    touch_meeting(row)
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
    row = _meeting(meeting_id, actor)
    policy.may_plan(actor).require()
    if row.state == MEETING.arrow(name).target:
        return row
    require_plain(reason, actor=actor)
    move(row, MEETING, name, actor=actor, now=now, reason=reason, change_reason=reason)
    touch_meeting(row)
    return row
