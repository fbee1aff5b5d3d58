"""Days, figures and workflows under whatever comes: the properties that hold for every value."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingtang.consultations.rules import CONSULTATION, OPINION
from mingtang.kernel.holidays import shipped_calendar
from mingtang.kernel.parameters import Bound
from mingtang.kernel.workflow import Workflow
from mingtang.meetings.rules import ITEM, MEETING
from mingtang.minutes.rules import MINUTES
from mingtang.platform.figures.lookup import parameters
from mingtang.platform.outbox.rules import NOTICE
from mingtang.publishing.rules import RELEASE
from mingtang.representatives.rules import INVITATION
from mingtang.topics.rules import TOPIC

CALENDAR = shipped_calendar()
KNOWN = st.dates(date(2025, 2, 1), date(2026, 10, 1))
WORKFLOWS = [TOPIC, CONSULTATION, OPINION, MEETING, ITEM, INVITATION, MINUTES, RELEASE, NOTICE]


@given(KNOWN, st.integers(1, 40))
def test_working_days_counted_forward_are_found_again_between_the_two_days(day, n):
    end = CALENDAR.add_working_days(day, n).day
    assert CALENDAR.is_working_day(end)
    assert CALENDAR.working_days_between(day, end) == n


@given(KNOWN, st.integers(1, 40))
def test_counting_back_undoes_counting_forward_from_a_working_day(day, n):
    start = CALENDAR.working_day_on_or_after(day).day
    assert CALENDAR.add_working_days(CALENDAR.add_working_days(start, n).day, -n).day == start


@given(KNOWN, st.integers(0, 20), st.integers(0, 20))
def test_a_longer_period_never_ends_earlier_and_periods_add_up(day, n, more):
    first = CALENDAR.add_working_days(day, n).day
    assert CALENDAR.add_working_days(day, n + more).day >= first
    if n:
        assert CALENDAR.add_working_days(first, more).day == CALENDAR.add_working_days(day, n + more).day


@given(KNOWN)
def test_the_next_working_day_is_the_first_one_not_before(day):
    found = CALENDAR.working_day_on_or_after(day).day
    assert CALENDAR.is_working_day(found)
    assert not any(CALENDAR.is_working_day(day + timedelta(days=n)) for n in range((found - day).days))


@pytest.mark.parametrize("key", sorted(parameters()))
@given(value=st.integers(-100, 100_000))
def test_a_national_floor_is_never_lowered(key, value):
    """Whatever a district sets: what is permitted is never weaker than the law."""
    figure = parameters()[key]
    if figure.floor is None or isinstance(figure.floor, bool) or not isinstance(figure.floor, int):
        return
    allowed = bool(figure.permits(value))
    if figure.bound is Bound.AT_LEAST:
        assert not allowed or value >= figure.floor
    elif figure.bound is Bound.AT_MOST:
        assert not allowed or value <= figure.floor
    else:
        assert not allowed or value == figure.floor
    assert figure.permits(figure.value)


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda each: each.name)
def test_every_state_can_be_reached_and_only_a_final_one_is_a_dead_end(workflow: Workflow):
    assert workflow.reachable() == set(workflow.codes)
    for state in workflow.states:
        assert state.final or workflow.arrows_from(state.code)


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda each: each.name)
@given(choices=st.lists(st.integers(0, 50), max_size=30))
def test_a_walk_never_leaves_the_table_and_every_refusal_names_what_can_be_done(workflow: Workflow, choices: list[int]):
    state = workflow.initial
    for n in choices:
        arrow = workflow.arrows[n % len(workflow.arrows)]
        answer = workflow.may(state, arrow.name, reason="因为")
        assert bool(answer) is (state in arrow.sources)
        if answer:
            state = arrow.target
        else:
            assert str(answer.reason)
            assert str(answer.remedy)
    assert state in workflow.codes


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda each: each.name)
def test_an_arrow_that_needs_a_reason_is_refused_without_one_from_every_source(workflow: Workflow):
    for arrow in workflow.arrows:
        for state in arrow.sources:
            answer = workflow.may(state, arrow.name)
            assert bool(answer) is not arrow.reason_required
            assert workflow.may(state, arrow.name, reason="因为")
