"""Counting days the way Chinese law does.

Periods in days count from the day after (民法典 art. 201; law.md 1.4) and end at 24:00 of the last day.
Working days follow the State Council's yearly notice; beyond the years it covers a result is
provisional and says so (暂按周末推算).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from mingtang.kernel.text import Text, t

ONE_DAY = timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True, order=True, slots=True)
class Counted:
    """A day reached by counting; `provisional` when it leans on a year without a notice."""

    day: date
    provisional: bool = False

    @property
    def remark(self) -> Text:
        """What to print beside a provisional day; empty otherwise."""
        return PROVISIONAL if self.provisional else t("", "")


PROVISIONAL = t("暂按周末推算", "counted by weekends for now")


@dataclass(frozen=True)
class WorkCalendar:
    """Days that are off or worked against the rule of the week, for whole years.

    `exceptions` maps a day to True (a working day) or False (a day off); `years` names the years the
    notices cover.
    """

    exceptions: Mapping[date, bool]
    years: frozenset[int]

    def is_working_day(self, day: date) -> bool:
        """Whether `day` is worked; a year without a notice is read by its weekends."""
        return self.exceptions.get(day, day.weekday() < SATURDAY)

    def knows(self, day: date) -> bool:
        """Whether a notice covers the year of `day`."""
        return day.year in self.years

    def add_days(self, start: date, days: int) -> Counted:
        """The last day of a period of `days` calendar days that begins the day after `start`."""
        return Counted(start + days * ONE_DAY)

    def add_working_days(self, start: date, days: int) -> Counted:
        """The `days`-th working day after `start` (before it, when negative)."""
        step = ONE_DAY if days >= 0 else -ONE_DAY
        day, left, provisional = start, abs(days), False
        while left:
            day += step
            provisional = provisional or not self.knows(day)
            if self.is_working_day(day):
                left -= 1
        return Counted(day, provisional)

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`; negative when `end` comes first."""
        if end < start:
            return -self.working_days_between(end, start)
        span = (start + (offset + 1) * ONE_DAY for offset in range((end - start).days))
        return sum(1 for day in span if self.is_working_day(day))

    def working_day_on_or_after(self, day: date) -> Counted:
        """`day` itself when it is worked, else the next working day."""
        provisional = not self.knows(day)
        while not self.is_working_day(day):
            day += ONE_DAY
            provisional = provisional or not self.knows(day)
        return Counted(day, provisional)

    def spans_unknown(self, start: date, end: date) -> bool:
        """Whether counting working days from `start` to `end` leans on a year without a notice."""
        return any(year not in self.years for year in range(start.year, end.year + 1))


def days_between(start: date, end: date) -> int:
    """Whole days of a period published on `start` and closing at 24:00 of `end`."""
    return (end - start).days
