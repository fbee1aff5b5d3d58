"""The tables of a meeting and its items, the gates to the agenda, the lead times."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingtang.kernel.days import WorkCalendar
from mingtang.kernel.decision import YES, no
from mingtang.kernel.parameters import Figures
from mingtang.kernel.text import t
from mingtang.meetings.rules import (
    FIGURES,
    ITEM,
    MEETING,
    OUTCOME_LABELS,
    ItemFacts,
    forecast,
    may_begin,
    may_convene_agenda,
    may_decide,
    may_freeze,
    may_put_on_agenda,
    timing,
    version_letter,
)
from mingtang.platform.clock import CHINA
from tests.factories.refusing import codes

READY = ItemFacts(
    approved=True, has_forms=True, consulted=True, needs_consultation=True, reported=True, has_statement=True, has_material=True
)
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=CHINA)
FIGURES_NOW = Figures({each.key: each for each in FIGURES}, NOW.date())

ARROWS = {
    "freeze": {"planned", "frozen", "postponed"},
    "convene": {"frozen"},
    "start": {"convened"},
    "end": {"running"},
    "close": {"ended"},
    "postpone": {"planned", "frozen", "convened"},
    "cancel": {"planned", "frozen", "convened", "postponed"},
}


@pytest.mark.parametrize("state", MEETING.codes)
@pytest.mark.parametrize("name", ARROWS)
def test_a_meeting_takes_an_arrow_only_from_its_states(state, name):
    assert MEETING.may(state, name, reason="大风停课").allowed is (state in ARROWS[name])


@pytest.mark.parametrize("name", ["postpone", "cancel"])
def test_a_meeting_is_not_stopped_without_a_reason(name):
    assert codes(MEETING.may("frozen", name)) == ["reason_missing"]


@pytest.mark.parametrize(
    ("state", "names"),
    [
        ("listed", ["begin", "adjourn", "withdraw"]),
        ("running", ["state_adoption", "decide"]),
        ("decided", []),
        ("adjourned", []),
        ("withdrawn", ["relist"]),
    ],
)
def test_an_item_takes_the_arrows_of_its_state(state, names):
    assert [each.name for each in ITEM.arrows_from(state)] == names


def test_an_item_may_be_put_on_when_every_duty_is_met():
    assert may_put_on_agenda(READY, YES).allowed


@pytest.mark.parametrize(
    ("change", "code", "clause"),
    [
        ({"approved": False}, "not_approved", "3.2a"),
        ({"has_forms": False}, "not_approved", "3.2a"),
        ({"on_agenda_elsewhere": True}, "elsewhere", "1.1"),
        ({"consulted": False}, "not_consulted", "2.1a"),
        ({"reported": False}, "not_reported", "2.1e"),
        ({"has_statement": False}, "no_statement", "2.2c"),
        ({"has_material": False}, "no_material", "3.2"),
    ],
)
def test_an_item_is_refused_for_one_unmet_duty(change, code, clause):
    decision = may_put_on_agenda(replace(READY, **change), YES)
    assert (decision.code, decision.clause) == (code, clause)
    assert str(decision.reason)
    assert str(decision.remedy)


def test_every_unmet_duty_is_named_at_once_with_the_five_steps():
    tabled = no(t("没有法制审核。", "No legality review."), "3.1", code="legality")
    facts = ItemFacts(False, False, False, True, False, False, False, True)
    assert codes(may_put_on_agenda(facts, tabled)) == ["not_approved", "elsewhere", "not_consulted", "legality", "no_material"]


def test_a_matter_nobody_was_asked_about_needs_no_statement():
    facts = replace(READY, consulted=False, needs_consultation=False, reported=False, has_statement=False)
    assert may_put_on_agenda(facts, YES).allowed


def test_an_agenda_is_not_frozen_when_empty_or_in_the_past():
    assert codes(may_freeze(NOW, NOW - timedelta(days=1), ())) == ["empty"]
    assert codes(may_freeze(NOW, NOW, (YES,))) == ["past"]
    assert may_freeze(NOW, NOW - timedelta(seconds=1), (YES, YES)).allowed


def test_a_meeting_is_convened_on_the_agenda_the_public_has_seen():
    assert may_convene_agenda(as_frozen=True).allowed
    assert codes(may_convene_agenda(as_frozen=False)) == ["not_frozen"]


@pytest.mark.parametrize("outcome", OUTCOME_LABELS)
def test_a_consulted_matter_is_decided_after_the_statement_only(outcome):
    assert codes(may_decide(outcome, consulted=True, statement_given=False)) == ["no_statement"]
    assert may_decide(outcome, consulted=True, statement_given=True).allowed
    assert may_decide(outcome, consulted=False, statement_given=False).allowed


def test_an_unknown_outcome_is_refused():
    assert codes(may_decide("maybe", consulted=False, statement_given=False)) == ["outcome"]


def test_items_begin_one_at_a_time_while_the_meeting_runs():
    assert may_begin("running", other_running=False).allowed
    assert codes(may_begin("running", other_running=True)) == ["running"]
    assert codes(may_begin("convened", other_running=False)) == ["wrong_state"]


@pytest.mark.parametrize(("number", "letter"), [(1, "A"), (2, "B"), (26, "Z"), (27, "AA"), (52, "AZ"), (0, "")])
def test_versions_are_named_by_letters(number, letter):
    assert version_letter(number) == letter


@given(st.integers(1, 20000))
def test_every_version_has_a_letter_of_its_own(number):
    assert version_letter(number) != version_letter(number + 1)
    assert version_letter(number).isalpha()


@pytest.mark.parametrize(
    ("attended", "today", "allowed"),
    [
        (0, date(2026, 1, 5), True),
        (0, date(2026, 11, 1), False),
        (1, date(2026, 7, 1), True),
        (1, date(2026, 12, 31), False),
        (2, date(2026, 12, 30), True),
        (3, date(2026, 12, 31), True),
    ],
)
def test_the_year_is_behind_when_its_pace_is_a_whole_meeting_late(attended, today, allowed):
    assert forecast(attended, 3, today).allowed is allowed


WEEKDAYS = WorkCalendar({}, frozenset({2026}))


def test_lead_times_kept_give_no_warning():
    assert timing(NOW + timedelta(days=10), NOW, NOW, FIGURES_NOW, WEEKDAYS).warnings == ()


def test_lead_times_missed_are_warned_of_and_do_not_refuse():
    decision = timing(NOW + timedelta(days=1), NOW, NOW, FIGURES_NOW, WEEKDAYS)
    assert decision.allowed
    assert len(decision.warnings) == 3


def test_a_meeting_without_papers_is_not_warned_about_them():
    assert len(timing(NOW + timedelta(days=1), NOW, None, FIGURES_NOW, WEEKDAYS).warnings) == 2
