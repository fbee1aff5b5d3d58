"""What it tells of two texts that both are about one clause: nothing where a clause is not known, and nearness among the texts of the clause."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.labelling_agreement import read

from mingtang.engines.grouping.about import ABOUT, INSIDE, About
from mingtang.engines.grouping.augmenting import with_copies
from mingtang.engines.grouping.folding import fold
from mingtang.engines.grouping.grouping import group
from mingtang.engines.grouping.measures import b_cubed
from mingtang.engines.grouping.model import Config, Row
from mingtang.engines.grouping.pairs import LEXICAL, Corpus
from mingtang.engines.grouping.training import KNOWN, LABELLED, THIN, UNSEEN, labelled


def by_chance(count: int, seed: int) -> np.ndarray:
    rows = np.random.Generator(np.random.PCG64(seed)).standard_normal((count, 12)).astype(np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True))


@given(st.lists(st.sampled_from(["", "1", "2", "附则"]), min_size=2, max_size=12), st.integers(0, 2**32 - 1))
def test_only_pairs_known_to_be_about_one_clause_are_told_anything(clauses: list[str], seed: int) -> None:
    about = About(clauses, by_chance(len(clauses), seed))
    left, right = np.triu_indices(len(clauses), 1)
    same, peers, inside = about.figures(left, right)
    for one, other, is_same, size, near in zip(left.tolist(), right.tolist(), same.tolist(), peers.tolist(), inside.tolist(), strict=True):
        meant = clauses[one] == clauses[other] != ""
        assert is_same == meant
        assert size == pytest.approx(np.log1p(clauses.count(clauses[one])) if meant else 0)
        assert -1.000001 <= near <= 1.000001
        assert meant or near == 0


def test_what_all_texts_of_a_clause_share_does_not_bring_them_near() -> None:
    of_it = np.array([1.0, 0, 0, 0])
    own = np.eye(4)[[1, 1, 2, 2]]
    vectors = of_it * 3 + own
    vectors = np.vstack([vectors / np.linalg.norm(vectors, axis=1, keepdims=True)] * 5)
    inside = About(["7"] * 20, vectors).figures(np.array([0, 0]), np.array([1, 2]))[2]
    assert inside[0] == pytest.approx(1)
    assert inside[1] < vectors[0] @ vectors[2] - 0.3


def test_the_figures_stand_at_the_end_of_those_of_a_corpus() -> None:
    folded = fold(["上牌免费", "上牌不要收费", "多设站点"])
    left, right = np.array([0, 0]), np.array([1, 2])
    for vectors, more in ((None, ABOUT), (by_chance(3, 1), ABOUT + INSIDE)):
        plain, told = Corpus(folded, vectors), Corpus(folded, vectors, ["3", "3", ""])
        assert told.names[-len(more) :] == more
        assert (plain.figures(left, right)[:, -len(more) :] == 0).all()
        assert told.figures(left, right)[:, -len(more)].tolist() == [1, 0]
        assert (plain.figures(left, right)[:, : -len(more)] == told.figures(left, right)[:, : -len(more)]).all()


def test_a_draft_is_learned_from_as_if_no_clause_were_known_and_once_more_with_it() -> None:
    each = labelled(LABELLED / "dogs.csv")
    figures, same, weights = each.read()
    plain = len(each.same)
    known = figures[plain:, len(LEXICAL)]
    assert (figures[:plain, len(LEXICAL) :] == 0).all()
    assert (known == 1).all()
    assert 0 < len(known) < plain
    assert (same[:plain] == each.same).all()
    assert weights[:plain].sum() == pytest.approx(1)
    assert weights[plain:].sum() == pytest.approx(KNOWN)
    assert weights[:plain][each.same == 0].min() == pytest.approx(THIN * weights[:plain][each.same == 1].max())


def test_a_copy_is_about_what_its_original_is_about() -> None:
    texts, origins = with_copies(["上牌登记应当免收费用", "短", "充电桩要装到每一栋楼下面"], 1.0, 3)
    assert origins == [0, 1, 2, 0, 2]
    assert len(texts) == 5
    each = labelled(LABELLED / "dogs.csv")
    assert len(each.clauses) == len(each.draft.texts) == len(each.draft.groups) > each.draft.own


@pytest.mark.parametrize("name", UNSEEN)
def test_a_draft_that_was_never_learned_from_is_grouped_better_where_clauses_are_known(name: str) -> None:
    rows = read(LABELLED / f"{name}.csv")
    true = [row["group"] for row in rows]

    def agreement(*, known: bool) -> float:
        said = [Row(row["id"], row["text"], clause=row["clause"] if known else "") for row in rows]
        found = group(said, Config(points="whole", meaning="lexical"))
        return b_cubed(true, [point.group for point in found.points]).f1

    assert agreement(known=True) > agreement(known=False) + 0.05
