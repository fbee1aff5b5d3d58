"""The pair scorer: trained the same way twice, kept as numbers; measures with known answers."""

import json
import random
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from mingtang.engines.grouping import evaluate, lexical
from mingtang.engines.grouping.adapter import Adapter, Scatter
from mingtang.engines.grouping.agreement import USUAL, WEIGHT, agreeing
from mingtang.engines.grouping.boosting import Recipe, boosted
from mingtang.engines.grouping.folding import fold
from mingtang.engines.grouping.linkage import Edges, linked
from mingtang.engines.grouping.measures import Agreement, accepted, b_cubed, recovered
from mingtang.engines.grouping.pairs import FIGURES, Corpus
from mingtang.engines.grouping.scorer import read_scorer, shipped
from mingtang.engines.grouping.training import LABELLED, UNSEEN, drafts, labelled, trained, written

SMALL = Recipe(trees=8)


def made(seed: int):
    dice = np.random.Generator(np.random.PCG64(seed))
    figures = np.round(dice.random((600, 3)), 5)
    return figures, (figures[:, 0] + 0.2 * figures[:, 1] > 0.7).astype(np.int64)


def test_trees_learn_what_two_figures_tell_and_come_back_from_their_file(tmp_path: Path) -> None:
    figures, same = made(1)
    scorer = boosted(("a", "b", "c"), figures, same, np.ones(600), Recipe(trees=40), {"version": 0})
    written(scorer, tmp_path / "w.json")
    again = read_scorer(tmp_path / "w.json")
    unseen, truth = made(2)
    assert ((again.logits(unseen) > 0) == truth).mean() > 0.93
    assert again.logits(unseen) == pytest.approx(scorer.logits(unseen), abs=1e-3)


def test_training_twice_gives_the_same_file(tmp_path: Path) -> None:
    sets = [labelled(LABELLED / f"{name}.csv") for name in ("dogs", "library")]
    assert written(trained(sets, SMALL), tmp_path / "a.json") == written(trained(sets, SMALL), tmp_path / "b.json")


def test_drafts_of_a_training_are_chosen_by_name_and_a_slip_is_told() -> None:
    assert [path.stem for path in drafts(["waste", "dogs"])] == ["dogs", "waste"]
    assert {*LABELLED.glob("*.csv")} - {*drafts()} == {LABELLED / f"{name}.csv" for name in UNSEEN}
    assert drafts(UNSEEN) == [LABELLED / f"{name}.csv" for name in UNSEEN]
    with pytest.raises(ValueError, match="park"):
        drafts(["park"])


@pytest.mark.parametrize("mode", ["lexical", "semantic"])
def test_the_weights_in_the_package_are_small_and_fit_the_figures(mode: str) -> None:
    scorer = shipped(mode)
    assert scorer.names == FIGURES[mode]
    assert not set(scorer.about["sets"]) & set(UNSEEN)
    assert (scorer.about["version"], scorer.adapter is not None) == ((6, True) if mode == "semantic" else (3, False))
    assert len(json.dumps(scorer.as_data())) < 1_200_000


def test_an_adapter_learns_which_directions_demands_differ_in_and_comes_back_from_its_file(tmp_path: Path) -> None:
    dice = np.random.Generator(np.random.PCG64(3))
    groups = [str(place // 4) for place in range(80)]

    def spoken(seed: int) -> np.ndarray:
        """Four texts for each demand: alike in the first three of twelve directions, told apart by noise in the others."""
        centres = np.random.Generator(np.random.PCG64(seed)).normal(size=(20, 3)).repeat(4, axis=0)
        made = np.hstack([centres, 3 * dice.normal(size=(80, 9))])
        return (made / np.linalg.norm(made, axis=1, keepdims=True)).astype(np.float32)

    adapter = Adapter.learned([Scatter.of(spoken(seed), groups) for seed in (1, 2)])
    unseen = spoken(9)
    same = np.equal.outer(np.array(groups), np.array(groups)) & ~np.eye(80, dtype=bool)

    def gap(vectors: np.ndarray) -> float:
        likeness = vectors @ vectors.T
        return float(likeness[same].mean() - likeness[~same].mean())

    assert gap(adapter.applied(unseen)) > 1.5 * gap(unseen - unseen.mean(axis=0))
    assert np.allclose(np.linalg.norm(adapter.applied(unseen), axis=1), 1, atol=1e-6)
    figures, truth = made(1)
    scorer = replace(boosted(("a", "b", "c"), figures, truth, np.ones(600), SMALL, {"version": 0}), adapter=adapter)
    written(scorer, tmp_path / "w.json")
    again = read_scorer(tmp_path / "w.json").adapter
    assert again is not None
    assert (again.applied(unseen) == adapter.applied(unseen)).all()
    assert read_scorer(tmp_path / "w.json").as_data() == json.loads((tmp_path / "w.json").read_text(encoding="utf-8"))


def test_a_corpus_with_vectors_gives_figures_for_every_pair_of_few_texts() -> None:
    folded = fold(["上牌免费", "上牌不要收费", "多设站点", ""])
    found = Corpus(folded, np.eye(4, 8, dtype=np.float32))
    left, right = found.candidates()
    assert (len(left), found.figures(left, right).shape) == (6, (6, len(FIGURES["semantic"])))
    assert np.isfinite(found.figures(left, right)).all()


def test_average_linkage_joins_the_nearest_and_never_what_stays_apart() -> None:
    edges = edges_of([(0, 1, 0.9), (1, 2, 0.8), (0, 2, 0.3), (3, 4, 0.9)])
    assert linked([0, 1, 2, 3, 4], edges, {}, (), 0.5) == [0, 0, 0, 3, 3]
    assert linked([0, 1, 2, 3, 4], edges, {}, (), 0.6) == [0, 0, 2, 3, 3]
    assert linked([0, 1, 2, 3, 4], edges, {0: {1}, 1: {0}}, (3, 4), 0.5) == [0, 1, 1, 3, 4]
    assert linked([7, 7, 9], edges_of([]), {7: {8}}, (1,), 0.5) == [7, 7, 9]


def edges_of(told: Sequence[tuple[int, int, float]]) -> Edges:
    """The edges of a list."""
    left, right, likely = zip(*told, strict=True) if told else ((), (), ())
    return Edges.of(np.array(left, np.int64), np.array(right, np.int64), np.array(likely, np.float64))


def one_by_one(count: int, told: dict[tuple[int, int], float], apart: set[tuple[int, int]], cut: float) -> list[int]:
    """Average linkage as it is defined: the closest pair of all is joined, again and again."""
    clusters = [{place} for place in range(count)]

    def average(pair: tuple[set[int], set[int]]) -> float:
        between = [(min(a, b), max(a, b)) for a in pair[0] for b in pair[1]]
        return -1 if apart & set(between) else sum(told.get(each, 0.0) for each in between) / len(between)

    while len(clusters) > 1:
        one, other = max(combinations(clusters, 2), key=average)
        if average((one, other)) < cut:
            break
        clusters = [each for each in clusters if each not in (one, other)] + [one | other]
    return [min(next(each for each in clusters if place in each)) for place in range(count)]


@pytest.mark.parametrize("seed", range(12))
def test_joining_all_mutually_closest_pairs_at_once_ends_where_one_by_one_does(seed: int) -> None:
    dice = random.Random(seed)
    pairs = dice.sample(list(combinations(range(24), 2)), 120)
    told = {pair: round(dice.random(), 6) for pair in pairs}
    apart = set(dice.sample(pairs, 5))
    stays: dict[int, set[int]] = {}
    for one, other in apart:
        stays.setdefault(one, set()).add(other)
    edges = edges_of([(one, other, likely) for (one, other), likely in told.items()])
    assert linked(range(24), edges, stays, (), 0.3) == one_by_one(24, told, apart, 0.3)


def test_all_nodes_at_once_give_the_leaves_that_walking_the_trees_gives() -> None:
    scorer = shipped("lexical")
    figures = np.round(np.random.Generator(np.random.PCG64(4)).normal(size=(40, len(FIGURES["lexical"]))), 5)
    walked = np.full(40, scorer.base)
    for feature, threshold, leaf in zip(scorer.feature, scorer.threshold, scorer.leaf, strict=True):
        for row, each in enumerate(figures):
            at = 0
            while at < len(feature):
                at = 2 * at + 1 + int(each[feature[at]] > threshold[at])
            walked[row] += leaf[at - len(feature)]
    assert (scorer.logits(figures) == walked).all()


def test_a_search_goes_by_the_rarest_columns_and_reaches_no_further_than_it_may(monkeypatch: pytest.MonkeyPatch) -> None:
    found = lexical.grams(fold([f"{first}路{last}桥" for first in "甲乙丙丁戊己庚辛" for last in "东南西北"]))
    monkeypatch.setattr(lexical, "SEARCHED", 10)
    wide, _ = lexical.neighbours(found.twos, found.documents, 12)
    assert ((wide >= 0).sum(axis=1) == 3 + 7).all()
    monkeypatch.setattr(lexical, "REACH", 5)
    narrow, _ = lexical.neighbours(found.twos, found.documents, 12)
    assert [sorted(each[each >= 0]) for each in narrow[:2]] == [[1, 2, 3], [0, 2, 3]]
    monkeypatch.setattr(lexical, "REACH", 1)
    assert (lexical.neighbours(found.twos, found.documents, 12)[0] == narrow).all()


def test_the_measures_give_known_answers() -> None:
    true, found = ["a"] * 6 + ["b"], ["x"] * 4 + ["y"] * 2 + ["z"]
    assert b_cubed(true, true) == Agreement(1, 1)
    assert b_cubed(true, found) == Agreement(1, pytest.approx((4 * 4 / 6 + 2 * 2 / 6 + 1) / 7))
    assert recovered(true, found) == 1
    assert recovered(true, list("xxxyyyz")) == 0
    assert accepted(true, found, {"x": ["z", "y"]}) == ["x"] * 6 + ["z"]


def test_every_pair_of_ours_comes_out_as_it_should_but_the_one_that_is_known() -> None:
    lines = [line for line in evaluate.contrasts([evaluate.PAIRS / "pairs.csv"]) if "%" in line]
    assert [line for line in lines if "100%" not in line] == ["| pairs | number format | 11 (92%) | 12 |"]
    assert sum(int(line.split("|")[-2]) for line in lines) >= 200


def test_the_evaluation_prints_a_row_for_a_draft_and_for_the_speed(tmp_path: Path) -> None:
    paths = [LABELLED / "dogs.csv", LABELLED / "library.csv"]
    lines = list(evaluate.drafts(paths, "lexical"))
    assert [line.split(" | ")[0] for line in lines[2:-1]] == [
        *(["| dogs"] * 3),
        *(["| library"] * 3),
        *(["| mean"] * 4),
    ]
    assert [line.split(" | ")[1] for line in lines[2:5]] == ["no", "guessed", "yes"]
    (tmp_path / "texts").write_text("甲甲甲\n乙乙乙\n", encoding="utf-8")
    assert next(evaluate.speed(tmp_path / "texts")).startswith("2 texts: ")


def test_pairs_that_agree_about_third_texts_are_likelier_and_others_less() -> None:
    """A square of four texts all alike, and a pair on its own: all judged as likely to begin with."""
    alike = [(left, right) for left in range(4) for right in range(left + 1, 4)] + [(4, 5)]
    left, right = (np.array(ends) for ends in zip(*alike, strict=True))
    found = agreeing(Edges.of(left, right, np.full(len(alike), 0.5)), 6)
    assert (found.left.tolist(), found.right.tolist()) == (left.tolist(), right.tolist())
    met = (2 * 0.5 + 2 * 0.25) / (1 + 3 * 0.25), (2 * 0.5) / (1 + 0.25)
    expected = [1 / (1 + np.exp(-WEIGHT * (each - USUAL))) for each in met]
    assert found.likely[:6] / 1e6 == pytest.approx(expected[0], abs=1e-5)
    assert found.likely[6] / 1e6 == pytest.approx(expected[1], abs=1e-5)
    assert found.likely[0] > found.likely[6]


def test_sure_pairs_stay_sure_and_no_pairs_are_none() -> None:
    sure = agreeing(Edges.of(np.array([0]), np.array([1]), np.array([1.0])), 2)
    assert sure.likely.tolist() == [1_000_000]
    none = agreeing(Edges.of(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0)), 3)
    assert len(none.likely) == 0
