"""The five statutory steps and the gate to the meeting."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from mingtang.kernel.holidays import shipped_calendar
from mingtang.kernel.parameters import national
from mingtang.topics.rules import FIGURES, STEP_LABELS, StatutoryFacts, StepFact, StepKind, may_be_tabled, steps_complete
from mingtang.topics.rules.steps import LEGALITY_OUTCOMES, PASSED, RISK_OUTCOMES, may_record_step

TODAY = date(2026, 11, 24)
NATIONAL = national(FIGURES, TODAY)
CALENDAR = shipped_calendar()
DONE = {
    "participation": StepFact("participation", "done"),
    "expert": StepFact("expert", "done", number=7),
    "risk": StepFact("risk", "done", outcome="low"),
    "legality": StepFact("legality", "done", date(2026, 11, 12), date(2026, 11, 23), "lawful"),
}


def tabled(kind="executive", **changed):
    return may_be_tabled(StatutoryFacts(is_major=True, steps={**DONE, **changed}), kind, NATIONAL, CALENDAR)


@pytest.mark.parametrize("kind", ["plenary", "executive"])
def test_a_major_decision_with_every_step_done_is_tabled(kind):
    assert tabled(kind)
    assert tabled(kind).warnings == ()


@pytest.mark.parametrize("kind", ["mayors_office", "other"])
def test_a_major_decision_is_not_tabled_in_a_smaller_meeting(kind):
    assert [each.code for each in tabled(kind).refusals] == ["meeting_kind"]


def test_a_matter_that_is_not_major_is_tabled_anywhere():
    assert may_be_tabled(StatutoryFacts(is_major=False), "other", NATIONAL, CALENDAR)


@pytest.mark.parametrize("kind", ["participation", "expert", "risk", "legality"])
@pytest.mark.parametrize("status", ["open", "under_way", "not_needed"])
def test_a_step_that_is_not_done_keeps_it_from_the_meeting(kind, status):
    assert f"step_{kind}" in [each.code for each in tabled(**{kind: StepFact(kind, status)}).refusals]


@pytest.mark.parametrize("kind", ["participation", "expert", "risk"])
def test_a_step_left_out_with_its_reason_does_not(kind):
    assert tabled(**{kind: StepFact(kind, "not_needed", reason="专业性不强")})


def test_legality_is_never_left_out_whatever_the_reason():
    assert [each.code for each in tabled(legality=StepFact("legality", "not_needed", reason="急")).refusals] == ["step_legality"]


def test_nothing_recorded_is_refused_four_times():
    answer = may_be_tabled(StatutoryFacts(is_major=True), "executive", NATIONAL, CALENDAR)
    assert [each.code for each in answer.refusals] == ["step_participation", "step_expert", "step_risk", "step_legality"]


@pytest.mark.parametrize("outcome", [*LEGALITY_OUTCOMES, ""])
def test_only_a_passed_legality_review_opens_the_meeting(outcome):
    answer = tabled(legality=replace(DONE["legality"], outcome=outcome))
    assert bool(answer) is (outcome in PASSED)


@pytest.mark.parametrize(
    ("started", "done", "allowed"),
    [
        (date(2026, 11, 12), date(2026, 11, 23), True),
        (date(2026, 11, 13), date(2026, 11, 23), False),
        (date(2026, 9, 23), date(2026, 10, 8), False),
        (date(2026, 9, 22), date(2026, 10, 10), True),
        (None, date(2026, 11, 23), False),
        (date(2026, 11, 12), None, False),
    ],
)
def test_a_legality_review_takes_seven_working_days_counted_from_the_day_after(started, done, allowed):
    answer = tabled(legality=StepFact("legality", "done", started, done, "lawful"))
    assert bool(answer) is allowed
    if not allowed:
        assert (answer.code, answer.clause) == ("legality_short", "713 Art.26")


@pytest.mark.parametrize("outcome", [*RISK_OUTCOMES, ""])
def test_only_a_controllable_risk_is_tabled(outcome):
    assert bool(tabled(risk=StepFact("risk", "done", outcome=outcome))) is (outcome in {"low", "medium"})


@pytest.mark.parametrize(("number", "warnings"), [(7, 0), (9, 0), (8, 1), (5, 1)])
def test_few_or_even_experts_are_said_but_do_not_block(number, warnings):
    answer = tabled(expert=StepFact("expert", "done", number=number))
    assert answer
    assert len(answer.warnings) == warnings


def test_every_refusal_teaches():
    for each in may_be_tabled(StatutoryFacts(is_major=True), "other", NATIONAL, CALENDAR).refusals:
        assert str(each.reason)
        assert each.clause
        assert str(each.remedy)


@pytest.mark.parametrize("kind", list(StepKind))
@pytest.mark.parametrize(
    ("status", "reason", "code"),
    [("done", "", ""), ("under_way", "", ""), ("not_needed", "", "reason_missing"), ("not_needed", "事项简单", "")],
)
def test_leaving_out_a_step_needs_a_reason_and_two_are_never_left_out(kind, status, reason, code):
    expected = "never_skipped" if status == "not_needed" and kind in {"legality", "collective"} else code
    assert may_record_step(kind, status, reason).code == expected


def test_the_steps_are_complete_with_all_five_and_not_before():
    facts = StatutoryFacts(is_major=True, steps=DONE)
    assert not steps_complete(facts)
    assert steps_complete(StatutoryFacts(is_major=True, steps={**DONE, "collective": StepFact("collective", "done")}))
    assert set(STEP_LABELS) == set(StepKind)
