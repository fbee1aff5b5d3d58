"""Counting days the way the law does."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mingtang.kernel.days import PROVISIONAL, Counted, WorkCalendar, days_between
from mingtang.kernel.holidays import NOTICES, shipped_calendar

CALENDAR = shipped_calendar()
DAYS = st.dates(date(2025, 1, 1), date(2026, 12, 31))


def test_thirty_days_published_on_the_24th_close_on_the_24th_of_the_next_month():
    assert CALENDAR.add_days(date(2026, 11, 24), 30) == Counted(date(2026, 12, 24))
    assert days_between(date(2026, 11, 24), date(2026, 12, 24)) == 30


def test_seven_working_days_over_national_day_leave_out_the_holiday_and_count_the_worked_saturday():
    assert CALENDAR.add_working_days(date(2026, 9, 30), 3).day == date(2026, 10, 10)
    assert CALENDAR.is_working_day(date(2026, 10, 10))
    assert not CALENDAR.is_working_day(date(2026, 10, 1))


def test_counting_backwards_leaves_out_the_same_days():
    assert CALENDAR.add_working_days(date(2026, 10, 10), -3).day == date(2026, 9, 30)


def test_counting_no_working_days_stays_where_it_is():
    assert CALENDAR.add_working_days(date(2026, 10, 3), 0) == Counted(date(2026, 10, 3))


def test_a_count_into_a_year_without_a_notice_is_provisional_and_says_so():
    counted = CALENDAR.add_working_days(date(2026, 12, 31), 1)
    assert counted == Counted(date(2027, 1, 1), provisional=True)
    assert counted.remark == PROVISIONAL
    assert not Counted(date(2026, 1, 5)).remark


def test_the_next_working_day_after_spring_festival_eve_is_after_the_holiday():
    assert CALENDAR.working_day_on_or_after(date(2026, 2, 15)) == Counted(date(2026, 2, 24))
    assert CALENDAR.working_day_on_or_after(date(2026, 2, 14)) == Counted(date(2026, 2, 14))
    assert CALENDAR.working_day_on_or_after(date(2027, 1, 2)) == Counted(date(2027, 1, 4), provisional=True)


def test_working_days_between_counts_the_last_day_and_not_the_first():
    assert CALENDAR.working_days_between(date(2026, 11, 23), date(2026, 11, 27)) == 4
    assert CALENDAR.working_days_between(date(2026, 11, 27), date(2026, 11, 23)) == -4


def test_spans_unknown_when_a_year_of_the_span_has_no_notice():
    assert CALENDAR.spans_unknown(date(2026, 12, 1), date(2027, 1, 5))
    assert not CALENDAR.spans_unknown(date(2025, 12, 1), date(2026, 1, 5))
    assert CALENDAR.knows(date(2026, 5, 1))


@given(DAYS, st.integers(1, 60))
def test_counting_there_and_between_agree(start: date, days: int):
    end = CALENDAR.add_working_days(start, days).day
    assert CALENDAR.working_days_between(start, end) == days
    assert CALENDAR.is_working_day(end)


@given(DAYS, st.integers(0, 60))
def test_a_longer_count_never_ends_earlier(start: date, days: int):
    assert CALENDAR.add_working_days(start, days + 1) > CALENDAR.add_working_days(start, days)


@given(DAYS, st.integers(0, 40))
def test_a_later_start_never_ends_earlier(start: date, days: int):
    tomorrow = start + timedelta(days=1)
    assert CALENDAR.add_working_days(tomorrow, days).day >= CALENDAR.add_working_days(start, days).day


def test_every_worked_day_of_a_notice_is_a_weekend_and_no_day_is_both():
    for notice in NOTICES:
        exceptions = notice.exceptions()
        assert all(day.year == notice.year for day in exceptions)
        assert all(exceptions[day] and day.weekday() >= 5 for day in notice.worked)
        off = [day for day, worked in exceptions.items() if not worked]
        assert len(off) == sum((last - first).days + 1 for first, last in notice.off)


def test_the_shipped_years_have_the_lawful_number_of_working_days():
    for year, days in ((2025, 248), (2026, 248)):
        assert CALENDAR.working_days_between(date(year - 1, 12, 31), date(year, 12, 31)) == days


def test_an_own_calendar_overrules_the_week():
    own = WorkCalendar({date(2026, 11, 28): True}, frozenset({2026}))
    assert own.working_day_on_or_after(date(2026, 11, 28)).day == date(2026, 11, 28)
