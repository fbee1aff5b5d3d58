"""What it tells of a pair of texts that both were said to be about one clause."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Places = NDArray[np.int64]
ABOUT, INSIDE = ("about", "peers"), ("inside",)
"""The figures; the last of sentence vectors alone."""
FEW = 4.0
"""The mean of a clause counts as if so many texts of the usual mean were in it."""


class About:
    """The texts by the clause that was said; "" where none was. `centred`: one row of unit length for each text, less what is usual."""

    def __init__(self, clauses: Sequence[str], centred: NDArray[np.floating] | None = None) -> None:
        names, number = np.unique(np.array(clauses, np.str_), return_inverse=True)
        self._number = np.where(names[number.ravel()] == "", -1, number.ravel())
        self._sizes = np.bincount(number.ravel(), minlength=len(names))
        self._hears = centred is not None
        self._inside = np.zeros((0, 0)) if centred is None or (self._number < 0).all() else self._less_its_clause(centred, number.ravel())

    def one(self, left: Places, right: Places) -> NDArray[np.bool_]:
        """Which pairs are known to be about one clause."""
        return np.asarray((self._number[left] == self._number[right]) & (self._number[left] >= 0))

    def two(self, left: Places, right: Places) -> NDArray[np.bool_]:
        """Which pairs are known to be about two."""
        return np.asarray((self._number[left] != self._number[right]) & (self._number[left] >= 0) & (self._number[right] >= 0))

    def figures(self, left: Places, right: Places) -> list[Floats]:
        """1 where both are about one clause; the logarithm of how many are; how near they lie among these. All 0 where one clause is not known, or another."""
        one = self.one(left, right)
        found = [one.astype(np.float64), np.where(one, np.log1p(self._sizes[self._number[left]]), 0.0)]
        if self._hears:
            near = np.zeros(len(left))
            near[one] = np.einsum("ij,ij->i", self._inside[left[one]], self._inside[right[one]]) if one.any() else 0.0
            found.append(near)
        return found

    def _less_its_clause(self, centred: NDArray[np.floating], number: Places) -> Floats:
        """The vectors less the mean of their clause, of unit length."""
        sums = np.zeros((len(self._sizes), centred.shape[1]))
        np.add.at(sums, number, centred)
        less = centred - (sums / (self._sizes + FEW)[:, None])[number]
        return np.asarray(less / np.maximum(np.linalg.norm(less, axis=1, keepdims=True), 1e-9), np.float64)
