"""Reading the outbox and a person's inbox."""

from __future__ import annotations

from datetime import datetime

from mingtang.platform.outbox.models import Notice
from mingtang.platform.outbox.rules import NOTICE
from mingtang.platform.paging import Page, page_of

STATES = NOTICE.choices


def notices(government_id: int, *, state: str = "", after: str = "") -> Page[Notice]:
    """One page of notices, newest first."""
    rows = Notice.objects.filter(government_id=government_id).select_related("person")
    return page_of(rows.filter(state=state) if state else rows, key=("-posted_at", "-id"), after=after)


def inbox(person_id: int | None, most: int = 20) -> list[Notice]:
    """The unread messages of a person, newest first."""
    return list(Notice.objects.filter(person_id=person_id or 0, read_at=None).order_by("-posted_at", "-id")[:most])


def mark_read(person_id: int | None, now: datetime) -> int:
    """Mark a person's messages as read; returns how many."""
    return Notice.objects.filter(person_id=person_id or 0, read_at=None).update(read_at=now)
