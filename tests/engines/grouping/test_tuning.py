"""What the encoder learns: kept as it is used, the same forward way in learning as in use, and each draft judged by what never saw it."""

import json
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingtang.engines.grouping import encoder, taught, training, tuning
from mingtang.engines.grouping.boosting import Recipe
from mingtang.engines.grouping.evaluate import left_out
from mingtang.engines.grouping.lowrank import LowRank, Rows
from mingtang.engines.grouping.pairs import FIGURES
from mingtang.engines.grouping.scorer import read_scorer
from mingtang.engines.grouping.taught import Draft, Taught
from mingtang.engines.grouping.training import LABELLED, folded, labelled, trained_to_hear, written
from mingtang.engines.grouping.tuning import Tuning
from tests.engines.grouping.small_weights import LAYERS, SIZE, WIDE, Small

HOW = Tuning(steps=30, rank=4, layers=1, rate=1e-2, together=12)
TEXTS = ["上牌免费", "免费", "上牌要免费吗", "A免", "牌免费上牌免费", "费费费", "A：A", "吗上吗"]
GROUPS = ["甲", "甲", "乙", "乙", "丙", "丙", "丁", "戊"]


def by_chance(seed: int, size: float = 0.3) -> LowRank:
    dice = np.random.Generator(np.random.PCG64(seed))
    shapes = {"asked": (SIZE, 3 * SIZE), "out": (SIZE, SIZE), "widened": (SIZE, WIDE), "narrowed": (WIDE, SIZE)}
    made = {
        (LAYERS - 1, name): (
            (dice.standard_normal((taken, 3)) * size).astype(np.float32),
            (dice.standard_normal((3, many)) * size).astype(np.float32),
        )
        for name, (taken, many) in shapes.items()
    }
    return LowRank.of(made)


@given(st.integers(0, 2**32 - 1), st.floats(1e-6, 50))
def test_a_change_comes_back_from_its_file_to_the_bit(seed: int, size: float) -> None:
    change = by_chance(seed, size)
    again = LowRank.read(json.loads(json.dumps(change.as_data())))
    assert again.digest == change.digest
    for key, pair in change.pairs.items():
        assert (again.pairs[key].product == pair.product).all()


@given(st.integers(0, 2**32 - 1), st.floats(1e-30, 1e30))
def test_rows_are_rounded_by_less_than_a_hundredth_of_their_largest_number(seed: int, size: float) -> None:
    rows = (np.random.Generator(np.random.PCG64(seed)).standard_normal((4, 50)) * size).astype(np.float32)
    rows[2] = 0
    assert (np.abs(Rows.of(rows).numbers - rows) <= 0.01 * np.abs(rows).max(axis=1, keepdims=True)).all()


def test_a_changed_encoder_multiplies_by_the_changed_matrices(installed: Small) -> None:
    change = by_chance(4)
    plain = encoder.encoder()
    found = encoder.encoder(change).vectors(TEXTS)
    last = f"l{LAYERS - 1}"
    both = {key[1]: pair.product for key, pair in change.pairs.items()}
    for part, at in (("q", 0), ("k", SIZE), ("v", 2 * SIZE)):
        installed.tables[f"{last}.{part}.w"] = installed.tables[f"{last}.{part}.w"] + both["asked"][:, at : at + SIZE].T
    for part, name in (("ao", "out"), ("fi", "widened"), ("fo", "narrowed")):
        installed.tables[f"{last}.{part}.w"] = installed.tables[f"{last}.{part}.w"] + both[name].T
    pieces = [plain._packed.pieces.of("query: " + text) for text in TEXTS]
    assert np.abs(found - np.array([installed.vector_of([0, *each[:10], 2]) for each in pieces])).max() < 3e-4
    assert np.abs(found - plain.vectors(TEXTS)).max() > 0.01


@pytest.mark.usefixtures("installed")
def test_learning_goes_forward_as_use_does() -> None:
    plain, change = encoder.encoder(), by_chance(7)
    weights = {key: (pair.down.numbers.T, pair.up.numbers) for key, pair in change.pairs.items()}
    found = tuning._vectors(plain, weights, plain.states(TEXTS, LAYERS - HOW.layers), HOW)
    unit = found / np.linalg.norm(found, axis=1, keepdims=True)
    assert np.abs(unit - plain.turned(change).vectors(TEXTS)).max() < 2e-4


def test_the_slope_of_the_unit_is_what_a_small_step_shows() -> None:
    x = np.linspace(-6, 6, 121, dtype=np.float32)[:, None]
    step = np.float32(1e-2)
    seen = (encoder.bent(x + step) - encoder.bent(x - step)) / (2 * step)
    assert np.abs(tuning._bent_slope(None, x)(np.ones_like(x)) - seen).max() < 2e-3


@pytest.mark.usefixtures("installed")
def test_texts_of_one_demand_come_nearer_and_the_same_drafts_teach_the_same(tmp_path: Path) -> None:
    draft = Draft("拟", TEXTS, GROUPS, len(TEXTS))
    change = Taught(HOW).by([draft])
    same = np.equal.outer(np.array(GROUPS), np.array(GROUPS)) & ~np.eye(len(GROUPS), dtype=bool)

    def gap(change: LowRank | None) -> float:
        found = encoder.encoder(change).vectors(TEXTS)
        likeness = found @ found.T
        return float(likeness[same].mean() - likeness[~same & ~np.eye(len(GROUPS), dtype=bool)].mean())

    assert gap(change) > gap(None) + 0.05
    assert {layer for layer, _ in change.pairs} == {LAYERS - 1}
    assert Taught(HOW, tmp_path / "w").by([draft]).digest == change.digest
    assert Taught(replace(HOW, seed=2)).by([draft]).digest != change.digest


@pytest.mark.usefixtures("installed")
def test_what_was_learned_is_kept_in_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = Draft("拟", TEXTS, GROUPS, len(TEXTS))
    first = Taught(HOW, tmp_path)
    change = first.by([draft])
    vectors = first.vectors(draft, change)
    assert np.allclose(vectors, encoder.encoder(change).vectors(TEXTS), atol=1e-4)

    def never(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(taught, "tuned", never)
    monkeypatch.setattr(taught, "rounded", never)
    again = Taught(HOW, tmp_path)
    assert again.by([draft]).digest == change.digest
    assert (again.vectors(draft, again.by([draft])) == vectors).all()
    with pytest.raises(AssertionError):
        again.by([replace(draft, groups=GROUPS[::-1])])


@pytest.mark.usefixtures("installed")
def test_a_step_takes_no_more_of_one_demand_than_told_and_no_copies() -> None:
    begun = tuning.Begun.of(encoder.encoder(), TEXTS[:2] * 12, ["一", "二"] * 12, 20, HOW)
    states, same = begun.drawn(random.Random(1), replace(HOW, alike=4, together=100))
    assert (len(states), same.sum()) == (8, 2 * 4 * 3)
    assert not same.diagonal().any()
    alone = replace(begun, own=2).drawn(random.Random(1), replace(HOW, alike=4, together=100))
    assert (len(alone[0]), alone[1].sum()) == (2, 0)


class Noted(Taught):
    """Learns nothing; notes from what it would have."""

    def __init__(self) -> None:
        super().__init__(HOW)
        self.asked: list[tuple[str, ...]] = []
        self.seen: list[tuple[str, str]] = []

    def by(self, drafts: Sequence[Draft]) -> LowRank:
        self.asked.append(tuple(each.name for each in drafts))
        change = by_chance(len(drafts))
        self._changes["+".join(self.asked[-1])] = change
        return change

    def vectors(self, draft: Draft, change: LowRank) -> np.ndarray:
        """Stood in for by the characters of a text."""
        key = next(key for key, kept in self._changes.items() if kept is change)
        self.seen.append((draft.name, key))
        found = np.array([[text.count(sign) + 0.01 for sign in "狗图书馆不收费元时间点开放夜市"] for text in draft.texts], np.float32)
        return found / np.linalg.norm(found, axis=1, keepdims=True)


def test_trees_see_each_draft_by_an_encoder_and_an_adapter_that_never_saw_it(tmp_path: Path) -> None:
    folds = [["canteen", "library"], ["dogs"], ["nightmarket"]]
    noted = Noted()
    scorer = trained_to_hear([[labelled(LABELLED / f"{name}.csv") for name in fold] for fold in folds], Recipe(trees=4), noted)
    names = tuple(sorted(name for fold in folds for name in fold))
    others = [tuple(name for name in names if name not in fold) for fold in folds]
    assert noted.asked == [*others, names]
    for fold, seen in zip(folds, others, strict=True):
        assert {draft for draft, key in noted.seen if key == "+".join(seen)} == {*seen, *fold}
    assert scorer.names == FIGURES["semantic"]
    assert scorer.change is noted._changes["+".join(names)]
    assert scorer.about["tuning"]["rank"] == HOW.rank
    written(scorer, tmp_path / "semantic.json")
    again = read_scorer(tmp_path / "semantic.json")
    assert again.change is not None
    assert again.change.digest == scorer.change.digest


def test_each_draft_is_judged_by_what_learned_from_other_folds_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training, "FOLDS", 3)
    paths = [LABELLED / f"{name}.csv" for name in ("canteen", "dogs", "library", "nightmarket")]
    noted = Noted()
    judged = {path.stem: scorer for path, scorer in left_out(paths, "semantic", noted, Recipe(trees=2))}
    folds = [["canteen", "nightmarket"], ["dogs"], ["library"]]
    assert [[each.draft.name for each in fold] for fold in folded([labelled(path) for path in paths])] == folds
    for fold in folds:
        for name in fold:
            learned = next(key for key, kept in noted._changes.items() if kept is judged[name].change)
            assert learned.split("+") == sorted({path.stem for path in paths} - set(fold))
            assert set(judged[name].about["sets"]) == {path.stem for path in paths} - set(fold)
    assert set(judged) == {path.stem for path in paths}
