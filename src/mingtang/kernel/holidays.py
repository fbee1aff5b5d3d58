"""Working-day exceptions of 2025 and 2026, each year with its State Council notice.

Facts of the General Office's notices; later years are imported (command `holidays`, page
`/workspace/figures/calendar/`), never guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from mingtang.kernel.days import WorkCalendar


@dataclass(frozen=True, slots=True)
class YearNotice:
    """One year's notice: its number and day, spans of days off (first, last) and days worked instead."""

    year: int
    source: str
    off: tuple[tuple[date, date], ...]
    worked: tuple[date, ...]

    def exceptions(self) -> dict[date, bool]:
        """Each day that differs from, or confirms against, the rule of the week."""
        days = {first + timedelta(days=offset): False for first, last in self.off for offset in range((last - first).days + 1)}
        days.update(dict.fromkeys(self.worked, True))
        return days


def _d(year: int, month: int, day: int) -> date:
    return date(year, month, day)


NOTICE_2025 = YearNotice(
    2025,
    "国务院办公厅关于2025年部分节假日安排的通知,国办发明电〔2024〕12号,2024-11-12",
    (
        (_d(2025, 1, 1), _d(2025, 1, 1)),
        (_d(2025, 1, 28), _d(2025, 2, 4)),
        (_d(2025, 4, 4), _d(2025, 4, 6)),
        (_d(2025, 5, 1), _d(2025, 5, 5)),
        (_d(2025, 5, 31), _d(2025, 6, 2)),
        (_d(2025, 10, 1), _d(2025, 10, 8)),
    ),
    (_d(2025, 1, 26), _d(2025, 2, 8), _d(2025, 4, 27), _d(2025, 9, 28), _d(2025, 10, 11)),
)

NOTICE_2026 = YearNotice(
    2026,
    "国务院办公厅关于2026年部分节假日安排的通知,2025-11-04",
    (
        (_d(2026, 1, 1), _d(2026, 1, 3)),
        (_d(2026, 2, 15), _d(2026, 2, 23)),
        (_d(2026, 4, 4), _d(2026, 4, 6)),
        (_d(2026, 5, 1), _d(2026, 5, 5)),
        (_d(2026, 6, 19), _d(2026, 6, 21)),
        (_d(2026, 9, 25), _d(2026, 9, 27)),
        (_d(2026, 10, 1), _d(2026, 10, 7)),
    ),
    (
        _d(2026, 1, 4),
        _d(2026, 2, 14),
        _d(2026, 2, 28),
        _d(2026, 5, 9),
        _d(2026, 9, 20),
        _d(2026, 10, 10),
    ),
)

NOTICES = (NOTICE_2025, NOTICE_2026)


def shipped_calendar() -> WorkCalendar:
    """The calendar of the shipped years."""
    exceptions: dict[date, bool] = {}
    for notice in NOTICES:
        exceptions.update(notice.exceptions())
    return WorkCalendar(exceptions, frozenset(notice.year for notice in NOTICES))
