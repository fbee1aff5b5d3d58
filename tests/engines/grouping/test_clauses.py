"""Clauses guessed by the words of the draft: certain where told, of use where not, and of no account without a draft."""

import numpy as np
import pytest

from mingtang.engines.grouping.clauses import guessed, met
from mingtang.engines.grouping.evaluate import articles
from mingtang.engines.grouping.folding import fold
from mingtang.engines.grouping.grouping import group
from mingtang.engines.grouping.model import Config, Row
from mingtang.engines.grouping.training import LABELLED

DRAFT = {"3": "养犬应当登记，每年缴纳管理费三百元。", "7": "每日七时至二十时，禁止携犬进入公园、广场。"}
SAID = ["管理费三百元太贵了", "登记收管理费没道理", "公园为什么不让狗进去", "公园、广场都禁止，狗往哪里走", "我看挺好"]


def test_an_opinion_is_likeliest_about_the_clause_whose_words_it_uses_and_about_none_where_it_uses_none() -> None:
    shares = guessed(fold(SAID), [""] * 5, DRAFT)
    assert shares.sum(axis=1) == pytest.approx(1)
    assert (shares[:4].argmax(axis=1).tolist(), shares[4].tolist()) == ([0, 0, 1, 1], [0.5, 0.5])


def test_a_known_clause_is_certain_and_one_that_the_draft_has_not_is_guessed() -> None:
    shares = guessed(fold(SAID), ["7", "", "12", "", ""], DRAFT)
    assert shares[0].tolist() == [0, 1]
    assert 0 < shares[2][0] < shares[2][1]


def test_a_pair_gains_by_the_same_guess_loses_by_another_and_keeps_its_logit_where_nothing_is_to_guess() -> None:
    clauses = ["", "", "", "", ""]
    shares = guessed(fold(SAID), clauses, DRAFT)
    left, right = np.array([0, 0, 0]), np.array([1, 2, 4])
    same, other, none = met(shares, clauses, left, right)
    assert (same > 0, other < 0, none) == (True, True, 0)
    assert met(shares, ["3", "3", "7", "", ""], left, right)[:2].tolist() == [0, 0]
    assert met(shares, clauses, left[:0], right[:0]).tolist() == []


def test_the_draft_moves_the_suggestions_and_no_point_is_lost() -> None:
    said = [Row(f"r{place}", text) for place, text in enumerate(SAID)]
    config = Config(points="whole", meaning="lexical")
    plain, helped = group(said, config), group(said, config, draft=DRAFT)
    assert sorted(point.id for point in helped.points) == sorted(row.id for row in said)
    assert plain.groups != helped.groups
    assert set(group(said[::-1], config, draft=dict(reversed(DRAFT.items()))).points) == set(helped.points)
    told = [row._replace(clause="3") for row in said]
    assert group(told, config, draft=DRAFT).groups == group(told, config).groups


def test_the_articles_of_a_labelled_draft_are_read_by_number() -> None:
    found = articles(LABELLED / "dogs.md")
    assert (len(found), found["4"]) == (14, "每户限养一只犬。")
    assert articles(LABELLED / "none.md") == {}
