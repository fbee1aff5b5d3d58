"""Moments of a case: a day of the calendar, or one counted from the day of playing."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from mingtang.platform.clock import CHINA

STAMP = re.compile(r"^(?:(\d{4}-\d{2}-\d{2})|D([+-]\d+)) (\d{2}):(\d{2})$")


def read_moment(words: str, today: date) -> datetime | None:
    """``2026-07-06 09:00`` or ``D-12 09:00`` as a moment; None when it cannot be read."""
    found = STAMP.match(words)
    if not found:
        return None
    try:
        day = date.fromisoformat(found[1]) if found[1] else today + timedelta(days=int(found[2]))
        return datetime(day.year, day.month, day.day, int(found[3]), int(found[4]), tzinfo=CHINA)
    except (ValueError, OverflowError):
        return None


def moment(words: str, today: date) -> datetime:
    """A moment of the manifest; ValueError when it cannot be read."""
    found = read_moment(words, today)
    if found is None:
        msg = f"not a moment: {words!r}"
        raise ValueError(msg)
    return found
