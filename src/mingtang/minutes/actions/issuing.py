"""Circulating, returning, issuing and correcting the minutes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from mingtang.meetings import queries as meeting_queries
from mingtang.minutes import policy, queries, rules
from mingtang.minutes.actions.writing import row_of
from mingtang.minutes.models import Minutes, MinutesVersion
from mingtang.minutes.rules import MINUTES
from mingtang.platform.accounts.models import Government
from mingtang.platform.actor import Actor
from mingtang.platform.clock import day_of
from mingtang.platform.guard.gate import require_clean
from mingtang.platform.moves import move
from mingtang.platform.web.versions import touch


@transaction.atomic
def circulate_minutes(meeting_id: int, *, actor: Actor, now: datetime) -> Minutes:
    """Send the draft to the government office; it must pass the gate already."""
    policy.may_draft(actor).require()
    row = row_of(meeting_id, actor, now)
    MINUTES.may(row.state, "circulate").require()
    rules.may_issue(queries.issue_facts(row)).require()
    move(row, MINUTES, "circulate", actor=actor, now=now, drafted_by_id=actor.person)
    return row


@transaction.atomic
def return_minutes(meeting_id: int, *, actor: Actor, now: datetime, reason: str) -> Minutes:
    """The office returns the draft with a reason."""
    row = row_of(meeting_id, actor, now)
    policy.may_issue(actor, row, queries.writers(row)).require()
    move(row, MINUTES, "return", actor=actor, now=now, reason=reason)
    return row


@transaction.atomic
def recall_minutes(meeting_id: int, *, actor: Actor, now: datetime) -> Minutes:
    """Take circulated minutes back to work comments in; they go round again afterwards."""
    row = row_of(meeting_id, actor, now)
    policy.may_draft(actor).require()
    move(row, MINUTES, "recall", actor=actor, now=now)
    return row


@transaction.atomic
def issue_minutes(meeting_id: int, *, actor: Actor, now: datetime) -> Minutes:
    """3.2e–f: issue; the number is drawn once and stays through corrections."""
    row = row_of(meeting_id, actor, now)
    MINUTES.may(row.state, "issue").require()
    policy.may_issue(actor, row, queries.writers(row)).require()
    rules.may_issue(queries.issue_facts(row)).require()
    rules.comments_settled(queries.open_comments(row.pk)).require()
    require_clean(queries.material(row.government_id, meeting_id), actor=actor, now=now)
    number: dict[str, Any] = {} if row.number else _next_number(row, now)
    move(row, MINUTES, "issue", actor=actor, now=now, issued_at=now, first_issued_at=row.first_issued_at or now, **number)
    MinutesVersion.objects.create(
        minutes=row,
        version=row.version,
        body=row.body,
        attendees=row.attendees,
        excused=row.excused,
        observers=row.observers,
        correction=row.correction,
        issued_at=now,
    )
    topics = [f"topic:{each.topic_id}" for each in meeting_queries.items(meeting_id)]
    touch(row.government_id, "home", f"meeting:{meeting_id}", *topics)
    return row


def _next_number(row: Minutes, now: datetime) -> dict[str, int]:
    Government.objects.select_for_update().get(pk=row.government_id)
    year = day_of(now).year
    last = Minutes.objects.filter(government_id=row.government_id, year=year).aggregate(last=Max("number"))["last"]
    return {"year": year, "number": (last or 0) + 1}


@transaction.atomic
def correct_minutes(meeting_id: int, *, actor: Actor, now: datetime, reason: str) -> Minutes:
    """711 Art.6: open a new version for a correction; the issued one stays public until then."""
    row = row_of(meeting_id, actor, now)
    policy.may_draft(actor).require()
    move(row, MINUTES, "correct", actor=actor, now=now, reason=reason, version=row.version + 1, correction=reason)
    return row
