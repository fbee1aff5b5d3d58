"""Answers of rules: yes, or no with everything a reader needs."""

from __future__ import annotations

import pytest

from mingtang.kernel.decision import YES, Refused, all_of, no, warn
from mingtang.kernel.text import t

SHORT = no(t("不满 30 日。", "Less than 30 days."), "2.1", t("请延长。", "Extend it."), code="short")
NO_DRAFT = no(t("没有草案。", "No draft."), "2.1a", code="draft")
SHY = warn(t("专家偏少。", "Few experts."))


def test_yes_is_true_has_no_refusals_and_requires_nothing():
    assert YES
    assert YES.refusals == ()
    YES.require()


def test_no_raises_refused_that_says_clause_reason_and_remedy():
    with pytest.raises(Refused) as caught:
        SHORT.require()
    assert caught.value.decision is SHORT
    assert str(caught.value) == "[2.1] 不满 30 日。 请延长。"


def test_all_of_nothing_is_yes():
    assert all_of() == YES


def test_all_of_keeps_every_refusal_in_order_and_every_warning():
    both = all_of(YES, SHORT, SHY, NO_DRAFT)
    assert not both
    assert [each.code for each in both.refusals] == ["short", "draft"]
    assert both.warnings == SHY.warnings


def test_all_of_flattens_refusals_that_hold_others():
    nested = all_of(all_of(SHORT, NO_DRAFT), SHORT)
    assert [each.code for each in nested.refusals] == ["short", "draft", "short"]


def test_all_of_allowed_answers_keeps_their_warnings():
    assert all_of(YES, SHY) == SHY


def test_at_adds_the_place_to_mend_it():
    assert SHORT.at("/workspace/").url == "/workspace/"
    assert SHORT.url == ""


def test_as_dict_gives_plain_words_in_the_language_asked_for():
    assert all_of(SHORT, NO_DRAFT, SHY).as_dict("en") == {
        "allowed": False,
        "reason": "Less than 30 days.",
        "clause": "2.1",
        "remedy": "Extend it.",
        "code": "short",
        "url": "",
        "also": [
            {
                "allowed": False,
                "reason": "No draft.",
                "clause": "2.1a",
                "remedy": "",
                "code": "draft",
                "url": "",
                "also": [],
                "warnings": [],
            }
        ],
        "warnings": ["Few experts."],
    }
