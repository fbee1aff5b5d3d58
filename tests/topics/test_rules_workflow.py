"""The table of a declaration's states, its levels, its lists."""

from __future__ import annotations

import pytest

from mingtang.topics.models import Topic
from mingtang.topics.rules import ACT_LABELS, FIGURES, NEXT, TOPIC
from mingtang.topics.rules import kinds as lists

FROM = {
    "submit": {"drafting", "returned"},
    "give_level": {"submitted"},
    "approve": {"submitted"},
    "return": {"submitted"},
    "reopen": {"approved"},
    "withdraw": {"drafting", "submitted", "returned", "approved"},
}


@pytest.mark.parametrize("state", TOPIC.codes)
@pytest.mark.parametrize("name", list(FROM))
def test_each_arrow_leaves_its_states_and_no_other(state, name):
    assert bool(TOPIC.may(state, name, reason="理由")) is (state in FROM[name])


@pytest.mark.parametrize("name", ["return", "reopen", "withdraw"])
def test_returning_reopening_and_withdrawing_need_a_reason(name):
    assert TOPIC.may(next(iter(FROM[name])), name).code == "reason_missing"


def test_every_arrow_and_state_has_words_for_people():
    assert {f"topic.{name}" for name in FROM} <= set(ACT_LABELS)
    assert set(NEXT) == set(TOPIC.codes)


@pytest.mark.parametrize(
    ("labels", "codes", "number"),
    [
        (lists.KIND_LABELS, lists.MeetingKind, 4),
        (lists.FOCUS_LABELS, lists.FocusArea, 11),
        (lists.FORM_LABELS, lists.OpennessForm, 6),
        (lists.AUDIENCE_LABELS, lists.Audience, 7),
        (lists.STEP_LABELS, lists.StepKind, 5),
        (lists.STATUS_LABELS, lists.StepStatus, 4),
        (lists.DISCLOSURE_LABELS, lists.Disclosure, 3),
        (lists.DOCUMENT_LABELS, lists.DocumentKind, 11),
    ],
)
def test_the_regulations_lists_are_whole_and_in_both_languages(labels, codes, number):
    assert list(labels) == list(codes)
    assert len(labels) == number
    assert all(each.zh and each.en for each in labels.values())


def test_the_index_number_is_empty_before_submission():
    assert Topic().index_no == ""


def test_every_figure_of_the_declaration_permits_itself_and_keeps_its_floor():
    assert all(each.permits(each.value) for each in FIGURES)
    legal = next(each for each in FIGURES if each.key == "legal.min_workdays")
    assert not legal.permits(6)
