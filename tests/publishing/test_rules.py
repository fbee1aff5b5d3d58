"""When a release may go to review, and by when it is due."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from mingtang.kernel.days import WorkCalendar
from mingtang.kernel.parameters import Figures
from mingtang.publishing.rules import FIGURES, RELEASE, ReleaseFacts, due_days, interpretation_due, may_correct, may_submit
from tests.factories.refusing import codes

READY = ReleaseFacts("结果", "会议原则通过。", "result", decided=True, reported_if_consulted=True, public_matter=True)


def test_a_decided_reported_public_matter_may_be_released():
    assert may_submit(READY)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"title": " "}, "empty"),
        ({"body": ""}, "empty"),
        ({"decided": False}, "undecided"),
        ({"reported_if_consulted": False}, "not_reported"),
        ({"public_matter": False}, "not_public"),
        ({"kind": "decision", "decided": False}, "undecided"),
    ],
)
def test_a_release_that_lacks_one_thing_is_refused_for_it(change, code):
    assert codes(may_submit(replace(READY, **change))) == [code]


@pytest.mark.parametrize("kind", ["interpretation", "improvement"])
def test_an_interpretation_or_improvement_needs_no_decision(kind):
    assert may_submit(replace(READY, kind=kind, decided=False))


@pytest.mark.parametrize(
    ("state", "same", "allowed"),
    [("published", True, True), ("published", False, False), ("withdrawn", True, False), ("drafting", True, False)],
)
def test_only_what_was_published_on_the_matter_is_corrected(state, same, allowed):
    assert bool(may_correct(state, same_matter=same)) is allowed


def test_due_days_count_working_days_from_the_decision():
    figures, calendar = Figures({each.key: each for each in FIGURES}, date(2026, 12, 4)), WorkCalendar({}, frozenset({2026, 2027}))
    due, last = due_days(date(2026, 12, 4), figures, calendar)
    assert (due.day, last.day) == (date(2026, 12, 11), date(2027, 1, 1))
    assert interpretation_due(date(2026, 12, 4), figures, calendar).day == date(2026, 12, 9)


def test_reviews_stand_in_their_order():
    assert [each.code for each in RELEASE.states] == ["drafting", "review_1", "review_2", "review_3", "ready", "published", "withdrawn"]
    for state in ("drafting", "review_1", "review_2", "review_3", "withdrawn"):
        assert not RELEASE.may(state, "publish")
