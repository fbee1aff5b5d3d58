"""Seats, answers, and the clock of the notice."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingtang.kernel.days import WorkCalendar
from mingtang.kernel.parameters import Figures, Setting
from mingtang.platform.clock import CHINA, day_of
from mingtang.representatives.rules import (
    FIGURES,
    INVITATION,
    NoticeFact,
    last_notice_moment,
    may_accept,
    may_answer,
    may_convene,
    may_invite,
    may_register,
    may_seat,
    may_select,
)
from tests.factories.refusing import codes

BY_KEY = {each.key: each for each in FIGURES}
STARTS = datetime(2026, 10, 22, 9, 0, tzinfo=CHINA)
NOW_FIGURES = Figures(BY_KEY, STARTS.date())
CALENDAR = WorkCalendar({date(2026, 10, 10): True}, frozenset({2026}))
MEETING_STATES = ("planned", "frozen", "convened", "running", "ended", "closed", "postponed", "cancelled")
ARROWS = {
    "invite": {"selected"},
    "accept": {"invited"},
    "decline": {"invited", "accepted", "noticed"},
    "notice": {"accepted", "noticed"},
    "check_in": {"accepted", "noticed", "absent"},
    "miss": {"accepted", "noticed"},
    "lapse": {"selected", "invited"},
    "revoke": {"selected", "invited", "accepted", "noticed"},
    "seat_again": {"declined", "revoked"},
    "admit": {"selected"},
}


@pytest.mark.parametrize("state", INVITATION.codes)
@pytest.mark.parametrize("name", ARROWS)
def test_an_invitation_takes_an_arrow_only_from_its_states(state, name):
    assert INVITATION.may(state, name, reason="撤换").allowed is (state in ARROWS[name])


def test_nobody_is_invited_without_house_rules_and_a_frozen_agenda():
    assert may_invite(rules_in_force=True, agenda_frozen=True).allowed
    assert codes(may_invite(rules_in_force=False, agenda_frozen=False)) == ["no_rules", "not_frozen"]


def test_a_seat_is_given_within_the_approved_audience_and_with_its_method():
    seats = {"public": 2, "expert": 1}
    assert may_select("public", seats, ["public", "expert"], "draw", "").allowed
    assert codes(may_select("public", seats, ["public", "public"], "draw", "")) == ["no_seat"]
    assert codes(may_select("media", seats, [], "draw", "")) == ["no_seat"]
    assert codes(may_select("public", seats, [], "nomination", " ")) == ["reason"]
    assert codes(may_select("public", seats, [], "friend", "认识")) == ["method"]


def test_two_days_ahead_means_until_midnight_of_the_second_day_before():
    assert last_notice_moment(STARTS, NOW_FIGURES, CALENDAR) == datetime(2026, 10, 21, 0, 0, tzinfo=CHINA)


def fact(**changes):
    given_fact = {
        "name": "张三",
        "posted_at": STARTS - timedelta(days=4),
        "delivered_at": STARTS - timedelta(days=3),
        "has_materials": True,
    }
    return NoticeFact(**{**given_fact, **changes})


def test_a_meeting_is_convened_when_everybody_was_told_in_time_with_papers():
    assert may_convene(STARTS, (fact(), fact(name="李四")), "", NOW_FIGURES, CALENDAR).allowed
    assert may_convene(STARTS, (), "", NOW_FIGURES, CALENDAR).allowed


@pytest.mark.parametrize("emergency", ["", "台风来袭"])
@pytest.mark.parametrize(
    ("changes", "code"),
    [({"posted_at": None}, "not_noticed"), ({"has_materials": False}, "not_noticed"), ({"delivered_at": None}, "not_delivered")],
)
def test_nobody_is_left_without_notice_papers_or_proof_even_in_an_emergency(changes, code, emergency):
    assert codes(may_convene(STARTS, (fact(), fact(**changes)), emergency, NOW_FIGURES, CALENDAR)) == [code]


@given(st.datetimes(datetime(2026, 10, 1), datetime(2026, 10, 22, 9)), st.datetimes(datetime(2026, 10, 15), datetime(2026, 10, 31)))
def test_a_notice_is_in_time_exactly_when_its_day_is_two_days_before_the_meeting_day(posted, starts):
    posted_at, starts_at = posted.replace(tzinfo=CHINA), starts.replace(tzinfo=CHINA)
    in_time = (day_of(starts_at) - day_of(posted_at)).days >= 2
    told = (fact(posted_at=posted_at),)
    assert may_convene(starts_at, told, "", NOW_FIGURES, CALENDAR).allowed is in_time
    assert may_convene(starts_at, told, "台风来袭", NOW_FIGURES, CALENDAR).allowed


@given(st.integers(2, 30), st.datetimes(datetime(2026, 10, 15), datetime(2026, 10, 31)))
def test_a_longer_local_period_moves_the_last_moment_by_whole_days(days, starts):
    starts_at = starts.replace(tzinfo=CHINA)
    longer = Figures(BY_KEY, starts_at.date(), (Setting("rep.notice_lead_days", days, date(2026, 1, 1)),))
    assert last_notice_moment(starts_at, NOW_FIGURES, CALENDAR) - last_notice_moment(starts_at, longer, CALENDAR) == timedelta(
        days=days - 2
    )


@pytest.mark.parametrize("state", MEETING_STATES)
def test_seats_answers_and_presence_have_their_time(state):
    before = state in {"planned", "frozen", "convened", "postponed"}
    assert may_seat(state, "open").allowed is before
    assert may_answer(state).allowed is before
    assert may_register(state).allowed is (state in {"convened", "running", "ended"})


def test_a_closed_item_has_no_seats():
    assert codes(may_seat("frozen", "closed")) == ["closed"]
    assert may_seat("frozen", "partly").allowed


def test_attending_means_accepting_the_rules():
    assert may_accept(accepted_rules=True).allowed
    assert codes(may_accept(accepted_rules=False)) == ["rules"]


def test_every_figure_of_representatives_has_a_first_day_and_a_source():
    assert {each.key for each in FIGURES} >= {"rep.notice_lead_days", "rep.min_invites_per_year"}
    assert all(each.since <= date(2026, 1, 1) and str(each.source) for each in FIGURES)
