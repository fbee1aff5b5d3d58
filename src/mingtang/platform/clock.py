"""From instants to the days people live by: Asia/Shanghai."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")


def local(at: datetime) -> datetime:
    """The instant on a clock in China."""
    return at.astimezone(CHINA)


def day_of(at: datetime) -> date:
    """The day in China on which the instant falls."""
    return local(at).date()


def opening_of(day: date) -> datetime:
    """00:00 of a day in China."""
    return datetime.combine(day, time(), CHINA)


def closing_of(day: date) -> datetime:
    """24:00 of a day in China: the first instant that no longer belongs to it."""
    return opening_of(day + timedelta(days=1))


def at_hour(day: date, hour: int, minute: int = 0) -> datetime:
    """A time of day in China."""
    return datetime.combine(day, time(hour, minute), CHINA)
