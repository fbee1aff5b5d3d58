"""About when an item comes: planned minutes, what really happened, breaks."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingtang.meetings.rules import Pause, Slot, about, expected, planned, taken
from mingtang.platform.clock import CHINA

NINE = datetime(2026, 11, 26, 9, tzinfo=CHINA)


def at(hour, minute=0, second=0):
    return NINE.replace(hour=hour, minute=minute, second=second)


WAITING = [Slot(1, "listed", 30), Slot(2, "listed", 20), Slot(3, "listed", 10)]


def test_the_plan_adds_the_minutes_up_from_the_start():
    assert planned(WAITING, NINE) == {1: NINE, 2: at(9, 30), 3: at(9, 50)}


def test_before_the_meeting_the_plan_is_expected_and_a_late_start_moves_all():
    given = {"starts_at": NINE, "started_at": None}
    assert expected(WAITING, now=at(8, 0), **given) == planned(WAITING, NINE)
    assert expected(WAITING, now=at(9, 12), **given) == {1: at(9, 12), 2: at(9, 42), 3: at(10, 2)}


def test_an_item_faster_than_planned_brings_the_next_forward():
    rows = [Slot(1, "decided", 30, NINE, at(9, 10)), Slot(2, "listed", 20), Slot(3, "listed", 10)]
    assert expected(rows, starts_at=NINE, started_at=NINE, now=at(9, 10)) == {2: at(9, 10), 3: at(9, 30)}


def test_a_running_item_ends_when_planned_and_one_over_its_time_ends_now():
    rows = [Slot(1, "running", 30, NINE), Slot(2, "listed", 20)]
    assert expected(rows, starts_at=NINE, started_at=NINE, now=at(9, 5)) == {2: at(9, 30)}
    assert expected(rows, starts_at=NINE, started_at=NINE, now=at(9, 47)) == {2: at(9, 47)}


def test_an_open_break_puts_off_what_comes_and_one_over_its_time_ends_now():
    rows = [Slot(1, "decided", 30, NINE, at(9, 30)), Slot(2, "listed", 20)]
    day = {"starts_at": NINE, "started_at": NINE}
    assert expected(rows, now=at(9, 35), pause=Pause(at(9, 30), 15), **day) == {2: at(9, 45)}
    assert expected(rows, now=at(9, 50), pause=Pause(at(9, 30), 15), **day) == {2: at(9, 50)}
    assert expected(rows, now=at(9, 50), pause=Pause(at(9, 30), 15, at(9, 48)), **day) == {2: at(9, 50)}


def test_minutes_taken_leave_breaks_out():
    row = Slot(1, "decided", 30, NINE, at(10, 0))
    assert taken(row, [Pause(at(9, 10), 15, at(9, 25)), Pause(at(10, 5), 5, at(10, 10))], at(11)) == 45
    assert taken(Slot(1, "running", 30, NINE), [Pause(at(9, 10), 15)], at(9, 30)) == 10
    assert taken(Slot(1, "listed", 30), [], at(9, 30)) is None


@pytest.mark.parametrize(
    ("moment", "said"),
    [(at(9, 2, 29), NINE), (at(9, 2, 30), at(9, 5)), (at(9, 5), at(9, 5)), (at(9, 58), at(10, 0)), (at(9, 57, 29), at(9, 55))],
)
def test_people_are_told_the_nearest_five_minutes(moment, said):
    assert about(moment) == said


@given(st.lists(st.integers(1, 90), min_size=1, max_size=8), st.integers(0, 300))
def test_nobody_is_expected_in_the_past_and_the_order_is_kept(minutes, passed):
    rows, now = [Slot(n, "listed", each) for n, each in enumerate(minutes)], NINE + timedelta(minutes=passed)
    found = list(expected(rows, starts_at=NINE, started_at=NINE, now=now).values())
    assert found == sorted(found)
    assert found[0] == now
