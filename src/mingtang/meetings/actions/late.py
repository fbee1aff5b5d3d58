"""Late items: the reason asked for, a leader's approval (law.md 1.18)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mingtang.meetings import policy, queries
from mingtang.meetings.actions.planning import planning, touch_meeting
from mingtang.meetings.models import AgendaItem
from mingtang.meetings.rules import may_ask_late
from mingtang.platform.actor import Actor
from mingtang.platform.audit.acts import record
from mingtang.platform.guard.gate import require_plain


@transaction.atomic
def ask_late_item(item_id: int, *, actor: Actor, now: datetime, reason: str) -> AgendaItem:
    """Ask a leader to let a late item in; another reason asks anew."""
    item = queries.item_for_update(item_id)
    meeting = planning(item.meeting_id, actor)
    reason = reason.strip()
    if item.late_reason == reason and reason:
        return item
    may_ask_late(reason, queries.lateness_of(meeting, [item])[item.pk]).require()
    require_plain(reason, actor=actor)
    item.late_reason, item.late_asked_by_id = reason, actor.person_id
    item.late_approved_at = item.late_approved_by_id = None
    item.save(update_fields=["late_reason", "late_asked_by", "late_approved_at", "late_approved_by"])
    record("meeting.ask_late", meeting, actor=actor, now=now, reason=reason, clause="1.1", data={"item": item.pk})
    return item


@transaction.atomic
def approve_late_item(item_id: int, *, actor: Actor, now: datetime) -> AgendaItem:
    """A leader lets the late item in; the reason becomes public with the next version of the agenda."""
    item = queries.item_for_update(item_id)
    policy.may_approve_late(actor, item).require()
    meeting = planning(item.meeting_id, actor, policy.may_waive)
    if item.late_approved_at:
        return item
    may_ask_late(item.late_reason, queries.lateness_of(meeting, [item])[item.pk]).require()
    item.late_approved_at, item.late_approved_by_id = now, actor.person_id
    item.save(update_fields=["late_approved_at", "late_approved_by"])
    record("meeting.approve_late", meeting, actor=actor, now=now, reason=item.late_reason, clause="1.1", data={"item": item.pk})
    touch_meeting(meeting)
    return item
