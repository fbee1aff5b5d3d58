"""When a consultation may open, extend, take opinions; what an opinion may be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingtang.consultations.rules import (
    CONSULTATION,
    CONSULTATION_KINDS,
    FIGURES,
    OPINION,
    OpeningFacts,
    low_response,
    masked,
    may_extend,
    may_open,
    may_receive,
    may_restore,
    may_stand,
    may_take_opinions,
    minimum_closing_day,
    names_a_number,
)
from mingtang.consultations.rules.opinions import CHANNEL_LABELS, STANCE_LABELS, WITHHOLD_CLAUSES, WITHHOLD_LABELS, may_withhold
from mingtang.kernel.days import WorkCalendar
from mingtang.kernel.holidays import NOTICES
from mingtang.kernel.parameters import national
from tests.factories.refusing import codes

OPENS = date(2026, 11, 24)
F = national(FIGURES, OPENS)
CALENDAR = WorkCalendar(
    {day: worked for notice in NOTICES for day, worked in notice.exceptions().items()}, frozenset(notice.year for notice in NOTICES)
)
GOOD = OpeningFacts(
    kind="other",
    documents=frozenset({"draft", "basis", "explanation"}),
    clauses=3,
    summary="装电梯",
    effects=1,
    contact="电话",
    channels=2,
    closes_on=OPENS + timedelta(days=15),
    shorten_reason="",
    topic_approved=True,
)


def test_everything_there_may_open():
    decision = may_open(GOOD, OPENS, F, CALENDAR)
    assert decision
    assert not decision.warnings


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"topic_approved": False}, "not_approved"),
        ({"is_major": True}, "kind"),
        ({"documents": frozenset({"basis", "explanation"})}, "no_draft"),
        ({"documents": frozenset({"draft", "explanation"})}, "no_basis"),
        ({"documents": frozenset({"draft", "basis"})}, "no_explanation"),
        ({"clauses": 0}, "no_clauses"),
        ({"summary": "  "}, "no_summary"),
        ({"effects": 0}, "no_summary"),
        ({"contact": " "}, "no_contact"),
        ({"closes_on": None}, "no_closing"),
        ({"closes_on": OPENS + timedelta(days=14)}, "too_short"),
        ({"closes_on": OPENS, "shorten_reason": "急"}, "backwards"),
    ],
)
def test_one_thing_missing_is_named(change, code):
    decision = may_open(replace(GOOD, **change), OPENS, F, CALENDAR)
    assert codes(decision) == [code]
    assert all(each.remedy for each in decision.refusals if code != "backwards")


def test_everything_missing_is_named_at_once():
    bare = OpeningFacts("other", frozenset(), 0, "", 0, "", 0, None, "", topic_approved=False)
    assert codes(may_open(bare, OPENS, F, CALENDAR)) == [
        "not_approved",
        "no_draft",
        "no_basis",
        "no_explanation",
        "no_clauses",
        "no_summary",
        "no_contact",
        "no_closing",
    ]


def test_a_shorter_period_needs_a_public_reason():
    short = replace(GOOD, closes_on=OPENS + timedelta(days=3))
    assert codes(may_open(short, OPENS, F, CALENDAR)) == ["too_short"]
    assert may_open(replace(short, shorten_reason="汛期将至，须立即施行"), OPENS, F, CALENDAR)


def test_a_single_channel_is_warned_of_and_not_refused():
    decision = may_open(replace(GOOD, channels=1), OPENS, F, CALENDAR)
    assert decision
    assert len(decision.warnings) == 1


@pytest.mark.parametrize(
    ("kind", "least"),
    [
        ("major", date(2026, 12, 24)),
        ("market", date(2026, 12, 24)),
        ("rule_draft", date(2026, 12, 24)),
        ("other", date(2026, 12, 9)),
        ("normdoc", date(2026, 12, 3)),
    ],
)
def test_the_period_counts_from_the_day_after_opening(kind, least):
    assert minimum_closing_day(kind, OPENS, F, CALENDAR).day == least


def test_working_days_leave_out_the_new_year_holiday():
    counted = minimum_closing_day("normdoc", date(2026, 9, 29), F, CALENDAR).day
    assert counted > date(2026, 10, 8)


def test_every_kind_has_a_name_and_a_period():
    assert all(minimum_closing_day(kind, OPENS, F, CALENDAR).day > OPENS for kind in CONSULTATION_KINDS)


@given(st.sampled_from(sorted(CONSULTATION_KINDS)), st.integers(0, 700), st.integers(0, 90))
def test_no_period_below_the_minimum_opens_without_a_reason(kind, start, span):
    opens = date(2026, 1, 5) + timedelta(days=start)
    decision = may_open(replace(GOOD, kind=kind, closes_on=opens + timedelta(days=span)), opens, F, CALENDAR)
    long_enough = opens + timedelta(days=span) >= minimum_closing_day(kind, opens, F, CALENDAR).day
    assert bool(decision) == long_enough


@pytest.mark.parametrize(
    ("state", "closes", "wanted", "today", "code"),
    [
        ("open", OPENS, OPENS + timedelta(days=5), OPENS, ""),
        ("open", OPENS, OPENS + timedelta(days=5), OPENS + timedelta(days=1), "over"),
        ("open", OPENS, OPENS, OPENS, "shorter"),
        ("open", OPENS, OPENS - timedelta(days=1), OPENS, "shorter"),
        ("reviewed", OPENS, OPENS + timedelta(days=5), OPENS + timedelta(days=3), ""),
    ],
)
def test_a_running_period_is_only_made_longer(state, closes, wanted, today, code):
    assert codes(may_extend(state, closes, wanted, today)) == ([code] if code else [])


@pytest.mark.parametrize("state", CONSULTATION.codes)
@pytest.mark.parametrize("offline", [False, True])
@pytest.mark.parametrize("late", [False, True])
def test_opinions_are_taken_in_the_period_and_keyed_in_until_the_report(state, offline, late):
    today = OPENS + timedelta(days=1 if late else 0)
    taken = bool(may_take_opinions(state, OPENS, today, offline=offline))
    assert taken == ((state == "open" and (offline or not late)) or (state == "closed" and offline))


@pytest.mark.parametrize(("day", "received", "few"), [(7, 0, False), (8, 4, True), (8, 5, False), (15, 0, True)])
def test_few_opinions_at_half_time_are_noticed(day, received, few):
    assert low_response(OPENS, OPENS + timedelta(days=15), OPENS + timedelta(days=day), received, F) is few


def test_an_opinion_has_words_and_not_too_many():
    assert may_receive("好", 2000)
    assert may_receive("好" * 2000, 2000)
    assert codes(may_receive(" \n", 2000)) == ["empty"]
    assert codes(may_receive("好" * 2001, 2000)) == ["too_long"]


def test_an_opinion_comes_through_a_known_door():
    assert all(may_stand(stance, channel) for stance in STANCE_LABELS for channel in CHANNEL_LABELS)
    assert codes(may_stand("maybe", "web")) == ["unknown"]
    assert codes(may_stand("for", "pigeon")) == ["unknown"]
    assert codes(may_stand("for", "web", "because")) == ["reason"]
    assert may_stand("for", "web", "abuse")


def test_every_reason_to_withhold_names_its_clause():
    assert set(WITHHOLD_CLAUSES) == set(WITHHOLD_LABELS)
    assert all(may_withhold(code) for code in WITHHOLD_LABELS)
    assert codes(may_withhold("")) == ["reason"]


@pytest.mark.parametrize("state", CONSULTATION.codes)
def test_nothing_comes_back_into_a_signed_report(state):
    assert codes(may_restore(state)) == ([] if state in {"open", "closed", "cancelled"} else ["report_done"])


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("请打 13812345678 找我", "请打 138████5678 找我"),
        ("138-1234-5678", "138████5678"),
        ("138 1234 5678", "138████5678"),
        ("身份证110101199003078515。", "身份证110101████████████。"),
        ("卡号6222020200112233445", "卡号6222████████3445"),
        ("补助 200000 元，2026-11-24 起，电话 0000-0000001", "补助 200000 元，2026-11-24 起，电话 0000-0000001"),
        ("第13条", "第13条"),
    ],
)
def test_numbers_that_name_a_person_are_blacked_out(words, shown):
    assert masked(words) == shown
    assert names_a_number(words) == (words != shown)


@given(st.text(max_size=80))
def test_masking_twice_changes_nothing_more(words):
    assert masked(masked(words)) == masked(words)


def test_every_figure_stands_once_and_keeps_its_own_floor():
    assert len({each.key for each in FIGURES}) == len(FIGURES)
    assert all(each.permits(each.value) for each in FIGURES)


def test_the_workflows_end_where_nothing_more_can_happen():
    assert {state.code for state in CONSULTATION.states if state.final} == {"reported", "cancelled"}
    assert not CONSULTATION.arrows_from("reported")
    assert OPINION.initial == "received"
