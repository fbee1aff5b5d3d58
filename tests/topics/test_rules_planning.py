"""The planner: never earlier than any law's minimum, and what blocks is named."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingtang.consultations.rules import FIGURES as CONSULT
from mingtang.hearings.rules import FIGURES as HEARINGS
from mingtang.kernel.days import days_between
from mingtang.kernel.holidays import shipped_calendar
from mingtang.kernel.parameters import Figures, Level, Parameter, Setting, Unit, table
from mingtang.kernel.text import t
from mingtang.topics.rules import FIGURES, StatutoryFacts, StepFact, may_be_tabled, plan
from mingtang.topics.rules.planning import Needs

CALENDAR = shipped_calendar()
DAY = timedelta(days=1)
LEADS = tuple(
    Parameter(key, t("提前", "Ahead"), value, Unit.DAYS, date(2026, 1, 1), t("制度", "Regulation"), Level.WARN)
    for key, value in (("agenda.materials_lead_days", 3), ("rep.notice_lead_days", 2))
)
KNOWN = table(*FIGURES, *CONSULT, *HEARINGS, *LEADS)
DAYS = st.dates(date(2025, 6, 1), date(2026, 12, 31))
NEEDS = st.builds(
    Needs,
    approval=st.booleans(),
    consultation=st.sampled_from(["", "major", "market", "rule_draft", "normdoc", "other"]),
    hearing=st.booleans(),
    report=st.booleans(),
    legality=st.booleans(),
    attendance=st.booleans(),
)


def figures(*settings: Setting) -> Figures:
    return Figures(KNOWN, date(2026, 11, 24), settings)


def planned(start=date(2026, 11, 24), wished=None, needs=None, settings=()):
    return plan(start, wished, needs or Needs(), figures(*settings), CALENDAR)


def row(of, code):
    return next(each for each in of.rows if each.code == code)


def test_a_major_matter_begun_on_24_november_may_meet_in_january():
    found = planned()
    assert [(each.code, each.first, each.last) for each in found.rows] == [
        ("approval", date(2026, 11, 24), date(2026, 11, 26)),
        ("consultation", date(2026, 11, 27), date(2026, 12, 27)),
        ("report", date(2026, 12, 28), date(2026, 12, 30)),
        ("legality", date(2026, 12, 31), date(2027, 1, 11)),
        ("materials", date(2027, 1, 12), date(2027, 1, 14)),
    ]
    assert found.earliest == date(2027, 1, 15)
    assert found.provisional
    assert found.feasible
    assert found.spare == 0


def test_what_is_done_is_left_out():
    needs = Needs(approval=False, consultation="", report=False, legality=False)
    assert [each.code for each in planned(needs=needs).rows] == ["materials"]


def test_the_papers_alone_take_the_longer_of_the_two_leads():
    settings = (Setting("rep.notice_lead_days", 5, date(2026, 1, 1)),)
    needs = Needs(approval=False, consultation="", report=False, legality=False)
    assert planned(needs=needs, settings=settings).earliest == date(2026, 11, 30)
    without = Needs(approval=False, consultation="", report=False, legality=False, attendance=False)
    assert planned(needs=without, settings=settings).earliest == date(2026, 11, 27)


def test_a_wished_day_too_soon_is_refused_and_every_blocking_row_named():
    found = planned(wished=date(2026, 12, 17))
    assert not found.feasible
    assert [each.code for each in found.blockers] == ["consultation", "report", "legality", "materials"]
    assert found.spare == (date(2026, 12, 17) - found.earliest).days < 0


def test_a_wished_day_late_enough_gives_the_last_lawful_days_backwards():
    found = planned(wished=date(2027, 1, 29))
    assert found.feasible
    assert found.blockers == ()
    assert (row(found, "materials").latest_first, row(found, "materials").latest_last) == (date(2027, 1, 26), date(2027, 1, 28))
    assert row(found, "consultation").latest_last < row(found, "report").latest_first


def test_a_hearing_runs_beside_the_consultation_and_what_follows_waits_for_both():
    found = planned(wished=date(2027, 1, 29), needs=Needs(consultation="normdoc", hearing=True))
    listening, heard = row(found, "consultation"), row(found, "hearing")
    assert (heard.first, heard.last) == (listening.first, date(2026, 12, 27))
    assert str(heard.law) == "提前 30 日公告，《决策条例》第十六条"
    assert row(found, "report").first == heard.last + DAY > listening.last + DAY
    assert (heard.latest_last, listening.latest_last) == (row(found, "report").latest_first - DAY,) * 2
    assert row(found, "approval").latest_last == min(heard.latest_first, listening.latest_first) - DAY
    short = (Setting("hearing.notice_min_days", 1, date(2026, 1, 1)), Setting("hearing.list_publish_min_days", 1, date(2026, 1, 1)))
    alone = Needs(approval=False, consultation="", hearing=True)
    assert row(planned(needs=alone, settings=short), "hearing").last == date(2026, 12, 2)  # a day of enrolment, papers seven days ahead


@pytest.mark.parametrize(("kind", "last"), [("normdoc", date(2026, 12, 3)), ("major", date(2026, 12, 24)), ("market", date(2026, 12, 24))])
def test_a_consultation_takes_the_period_of_its_kind(kind, last):
    found = planned(needs=Needs(approval=False, consultation=kind))
    assert row(found, "consultation").last == last


@pytest.mark.parametrize(
    ("kind", "law"), [("major", "满 30 日，《决策条例》第十五条"), ("normdoc", "满 7 个工作日"), ("other", "满 15 日")]
)
def test_the_decree_is_named_for_major_decisions_only(kind, law):
    assert str(row(planned(needs=Needs(consultation=kind)), "consultation").law) == law


@given(DAYS, NEEDS)
def test_the_earliest_day_is_never_before_any_minimum_of_the_law(start, needs):
    found = planned(start, needs=needs)
    assert CALENDAR.is_working_day(found.earliest)
    for before, after in zip(found.rows, found.rows[1:], strict=False):
        beside = (before.code, after.code) == ("consultation", "hearing")
        ended = max(each.last for each in found.rows[: found.rows.index(after)])
        assert after.first == (before.first if beside else ended + DAY)
    if needs.hearing:
        heard = row(found, "hearing")
        assert days_between(heard.first, heard.last) >= 30
    for each in found.rows:
        assert each.first <= each.last < found.earliest
    if needs.consultation == "major":
        consultation = row(found, "consultation")
        assert days_between(consultation.first, consultation.last) >= 30
    if needs.consultation == "normdoc":
        consultation = row(found, "consultation")
        assert CALENDAR.working_days_between(consultation.first, consultation.last) >= 7
    if needs.attendance:
        assert (found.earliest - row(found, "materials").first).days >= 2


@given(DAYS)
def test_a_legality_review_planned_at_its_fastest_passes_the_gate(start):
    review = row(planned(start), "legality")
    facts = StatutoryFacts(is_major=True, steps={"legality": StepFact("legality", "done", review.first, review.last, "lawful")})
    codes = [each.code for each in may_be_tabled(facts, "executive", figures(), CALENDAR).refusals]
    assert "legality_short" not in codes


@given(DAYS, NEEDS, st.integers(1, 30))
def test_a_later_start_never_meets_earlier(start, needs, days):
    assert planned(start + days * DAY, needs=needs).earliest >= planned(start, needs=needs).earliest


@given(
    DAYS,
    NEEDS,
    st.sampled_from(["consult.min_days_major", "legal.min_workdays", "plan.report_days", "agenda.materials_lead_days"]),
    st.integers(0, 20),
)
def test_a_longer_period_never_meets_earlier(start, needs, key, more):
    longer = Setting(key, KNOWN[key].value + more, date(2026, 1, 1))
    assert planned(start, needs=needs, settings=(longer,)).earliest >= planned(start, needs=needs).earliest


@given(DAYS, NEEDS, st.integers(0, 200))
def test_a_wished_day_that_cannot_be_kept_has_a_blocker_or_is_no_working_day(start, needs, ahead):
    found = planned(start, start + ahead * DAY, needs)
    if found.feasible:
        assert found.blockers == ()
        assert all(each.latest_first >= each.first for each in found.rows if CALENDAR.is_working_day(found.wished))
    else:
        assert found.blockers or not CALENDAR.is_working_day(found.wished)


@given(DAYS, NEEDS, st.none() | st.integers(-5, 120))
def test_the_drawing_keeps_within_its_width_and_has_every_row(start, needs, ahead):
    found = planned(start, None if ahead is None else start + ahead * DAY, needs)
    drawing = found.drawing()
    assert len(drawing["rows"]) == len(found.rows)
    for each in drawing["rows"]:
        assert 132 <= each["begin"] <= 1176
        assert each["begin"] + each["width"] <= 1177
    assert drawing["ticks"]
    assert drawing["earliest_x"] <= 1176


def test_a_blocked_row_is_split_at_the_wished_day_in_the_drawing():
    rows = planned(wished=date(2026, 12, 17)).drawing()["rows"]
    consultation, legality = rows[1], rows[3]
    assert consultation["rest_x"] is not None
    assert not consultation["blocked"]
    assert consultation["late"]
    assert legality["blocked"]
    assert legality["rest_x"] is None
