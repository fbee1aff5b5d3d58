"""Reads for the entry screen."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from mingtang.consultations.models import Entry
from mingtang.platform.actor import Actor
from mingtang.platform.clock import closing_of, opening_of

LAST = 8


def entry_of(consultation_id: int, number: str, place: int) -> Entry | None:
    """What was keyed in from this paper about this clause and stands."""
    rows = Entry.objects.filter(consultation_id=consultation_id, number=number, place=place, undone_at=None).exclude(number="")
    return rows.select_related("opinion").first()


def entered_today(actor: Actor, consultation_id: int, today: date) -> tuple[int, list[Entry]]:
    """How many of today's entries of this person stand, and the last few of them, newest first."""
    rows = _of(actor, consultation_id).filter(entered_at__gte=opening_of(today), entered_at__lt=closing_of(today))
    return rows.count(), list(rows.select_related("opinion__clause")[:LAST])


def _of(actor: Actor, consultation_id: int) -> QuerySet[Entry]:
    return Entry.objects.filter(entered_by_id=actor.person_id, consultation_id=consultation_id, undone_at=None).order_by(
        "-entered_at", "-id"
    )
