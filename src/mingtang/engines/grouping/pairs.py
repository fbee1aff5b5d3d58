"""Pairs of texts that may ask for the same thing, and the figures by which the scorer judges them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mingtang.engines.grouping.about import ABOUT, INSIDE, About
from mingtang.engines.grouping.folding import Folded
from mingtang.engines.grouping.lexical import SAMPLE, Grams, grams, neighbours
from mingtang.engines.grouping.signs import COLUMNS, signs
from mingtang.engines.grouping.sketches import distinct

Floats = NDArray[np.float64]
Places = NDArray[np.int64]
NEAR = 24
"""So many neighbours of each text are looked at."""
ALL = 700
"""Up to so many texts every pair is looked at."""
LEXICAL = (
    *("ones", "twos", "mixed", "z_low", "z_high", "rank_low", "rank_high", "csls", "contained", "rarest", "shared"),
    *(
        "short",
        "long",
        "ratio",
        "opposed",
        "agreed",
        "stance",
        "negations",
        "mood",
        "moods",
        "figures_same",
        "figures_other",
        "figures_one",
    ),
    *("cited_same", "cited_other"),
)
SEMANTIC = ("raw", "centred", "s_z_low", "s_z_high", "s_rank_low", "s_rank_high", "s_csls")
FIGURES = {"lexical": LEXICAL + ABOUT, "semantic": LEXICAL + SEMANTIC + ABOUT + INSIDE}
"""What the scorer of each mode judges by, in this order."""
BATCH = 1 << 15


@dataclass(frozen=True)
class Near:
    """How near texts are by one kind of vectors: neighbours, and what is usual for each text."""

    places: Places
    usual: Floats
    spread: Floats
    crowd: Floats


class Spoken:
    """What sentence vectors say of pairs. `vectors`: one row of unit length for each text."""

    def __init__(self, vectors: NDArray[np.float32]) -> None:
        self._vectors = vectors
        centred = vectors - vectors.mean(axis=0)
        self.centred = centred / np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 1e-9)
        self.near = self._nearest(len(vectors))

    def figures(self, left: Places, right: Places) -> list[Floats]:
        """The columns `SEMANTIC`."""
        raw = np.einsum("ij,ij->i", self._vectors[left], self._vectors[right])
        centred = np.einsum("ij,ij->i", self.centred[left], self.centred[right])
        return [raw, centred, *_relative(self.near, left, right, centred)]

    def _nearest(self, count: int) -> Near:
        places = np.full((count, NEAR), -1, np.int64)
        cosines = np.zeros((count, NEAR))
        for start in range(0, count, 1024):
            block = self.centred[start : start + 1024] @ self.centred.T
            block[np.arange(len(block)), np.arange(start, start + len(block))] = -2
            most = min(NEAR, count - 1)
            best = np.argpartition(-block, most - 1, axis=1)[:, :most]
            values = np.take_along_axis(block, best, axis=1)
            order = np.lexsort((best, -values), axis=1)
            places[start : start + 1024, :most] = np.take_along_axis(best, order, axis=1)
            cosines[start : start + 1024, :most] = np.take_along_axis(values, order, axis=1)
        sample = _sampled(count)
        turned = self.centred[sample].T
        return _near(places, cosines, lambda low, high: self.centred[low:high] @ turned, sample)


class Corpus:
    """The texts to compare. `vectors`: one row of unit length for each text, or None in the lexical mode; `clauses`: "" where none is known."""

    def __init__(self, folded: Folded, vectors: NDArray[np.float32] | None = None, clauses: Sequence[str] = ()) -> None:
        self.folded = folded
        self.count = len(folded)
        self._lengths = folded.lengths.astype(np.float64)
        self._grams: Grams = grams(folded)
        self._signs = signs(folded.text(place) for place in range(self.count))
        self._sample = _sampled(self.count)
        self._lexical = self._near_lexically()
        self._spoken = None if vectors is None else Spoken(vectors)
        self.about = About(clauses or [""] * self.count, self._spoken.centred if self._spoken else None)

    def candidates(self) -> tuple[Places, Places]:
        """Pairs (smaller, larger) worth a judgement: all of few texts, else the neighbours."""
        if self.count <= ALL:
            left, right = np.triu_indices(self.count, 1)
            return left.astype(np.int64), right.astype(np.int64)
        lists = [self._lexical.places] + ([self._spoken.near.places] if self._spoken else [])
        both = []
        for places in lists:
            one = np.repeat(np.arange(self.count), places.shape[1])
            other = places.ravel()
            one, other = one[other >= 0], other[other >= 0]
            both.append(np.minimum(one, other) * self.count + np.maximum(one, other))
        pair = distinct(np.concatenate(both).astype(np.uint64)).astype(np.int64)
        return pair // self.count, pair % self.count

    @property
    def names(self) -> tuple[str, ...]:
        """The columns of `figures`."""
        return FIGURES["semantic" if self._spoken else "lexical"]

    def figures(self, left: Places, right: Places) -> Floats:
        """One row for each pair, columns as in `names`, rounded so that the last bits of a machine do not count."""
        parts = [self._batch(left[at : at + BATCH], right[at : at + BATCH]) for at in range(0, len(left), BATCH)]
        return np.asarray(np.round(np.concatenate(parts), 5) if parts else np.zeros((0, len(self.names))), np.float64)

    def _near_lexically(self) -> Near:
        matrix = self._grams.twos
        places, cosines = neighbours(matrix, self._grams.documents, NEAR)
        turned = matrix[self._sample].T.tocsc()
        return _near(places, cosines, lambda low, high: (matrix[low:high] @ turned).toarray(), self._sample)

    def _batch(self, left: Places, right: Places) -> Floats:
        columns = self._lexical_figures(left, right) + self._sign_figures(left, right)
        if self._spoken:
            columns += self._spoken.figures(left, right)
        return np.column_stack(columns + self.about.figures(left, right))

    def _lexical_figures(self, left: Places, right: Places) -> list[Floats]:
        ones = row_sums(self._grams.ones[left].multiply(self._grams.ones[right]))
        product = self._grams.twos[left].multiply(self._grams.twos[right]).tocsr()
        twos = row_sums(product)
        shared = product.copy()
        shared.data = self._grams.rarity[shared.indices]
        total = self._weights[left], self._weights[right]
        contained = row_sums(shared) / np.maximum(np.minimum(*total), 1e-9)
        top = np.log(self.count + 1)
        rarest = np.asarray(shared.max(axis=1).todense()).ravel() / top if shared.nnz else np.zeros(len(left))
        lengths = self._lengths[left], self._lengths[right]
        relative = _relative(self._lexical, left, right, twos)
        return [
            *(ones, twos, 0.4 * ones + 0.6 * twos, *relative, contained, rarest, row_sums(shared) / top),
            *(np.log1p(np.minimum(*lengths)), np.log1p(np.maximum(*lengths)), np.minimum(*lengths) / np.maximum(np.maximum(*lengths), 1)),
        ]

    @property
    def _weights(self) -> Floats:
        if not hasattr(self, "_total"):
            held = self._grams.twos.copy()
            held.data = self._grams.rarity[held.indices]
            self._total = row_sums(held)
        return self._total

    def _sign_figures(self, left: Places, right: Places) -> list[Floats]:
        one = dict(zip(COLUMNS, self._signs[left].T, strict=True))
        other = dict(zip(COLUMNS, self._signs[right].T, strict=True))
        opposed = (one["plus"] & other["minus"]) | (one["minus"] & other["plus"])
        agreed = (one["plus"] & other["plus"]) | (one["minus"] & other["minus"])
        figures = one["figures"], other["figures"]
        both = (figures[0] != 0) & (figures[1] != 0)
        cited = (one["cited"] > 0) & (other["cited"] > 0)
        made = [
            *(np.bitwise_count(opposed & ~agreed), np.bitwise_count(agreed & ~opposed), one["stance"] * other["stance"]),
            *(
                np.abs(one["negations"] - other["negations"]),
                np.abs(one["mood"] - other["mood"]),
                np.sign(one["mood"]) * np.sign(other["mood"]),
            ),
            *(both & (figures[0] == figures[1]), both & (figures[0] & figures[1] == 0), (figures[0] != 0) ^ (figures[1] != 0)),
            *(cited & (one["cited"] == other["cited"]), cited & (one["cited"] != other["cited"])),
        ]
        return [np.asarray(each, np.float64) for each in made]


def _near(places: Places, cosines: Floats, against: Callable[[int, int], Floats], sample: Places) -> Near:
    """`against`: the cosines of some texts, from one to before another, with those of the sample."""
    usual, spread = np.zeros(len(places)), np.ones(len(places))
    for low in range(0, len(places), BATCH):
        high = min(low + BATCH, len(places))
        near = np.asarray(against(low, high), np.float64)
        itself = np.searchsorted(sample, np.arange(low, high))
        own = np.flatnonzero((itself < len(sample)) & (sample[np.minimum(itself, len(sample) - 1)] == np.arange(low, high)))
        near[own, itself[own]] = np.nan
        if len(sample) > 1:
            usual[low:high], spread[low:high] = np.nanmean(near, axis=1), np.nanstd(near, axis=1)
    return Near(places, usual, np.maximum(spread, 1e-3), cosines[:, :10].mean(axis=1))


def _sampled(count: int) -> Places:
    return np.linspace(0, count - 1, min(count, SAMPLE)).astype(np.int64)


def _relative(near: Near, left: Places, right: Places, cosine: Floats) -> list[Floats]:
    """z-scores (lower, higher), ranks (lower, higher; logarithms), and the cosine less the crowds around both."""
    z = (cosine - near.usual[left]) / near.spread[left], (cosine - near.usual[right]) / near.spread[right]
    ranks = _rank(near.places, left, right), _rank(near.places, right, left)
    csls = 2 * cosine - near.crowd[left] - near.crowd[right]
    return [np.minimum(*z), np.maximum(*z), np.log1p(np.minimum(*ranks)), np.log1p(np.maximum(*ranks)), csls]


def _rank(places: Places, whose: Places, who: Places) -> Floats:
    hit = places[whose] == who[:, None]
    return np.asarray(np.where(hit.any(axis=1), hit.argmax(axis=1), places.shape[1]), np.float64)


def row_sums(matrix: object) -> Floats:
    """The sum of each row of a sparse matrix."""
    return np.asarray(matrix.sum(axis=1), np.float64).ravel()  # type: ignore[attr-defined]
