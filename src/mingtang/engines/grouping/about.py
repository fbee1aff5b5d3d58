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
        self._centred = None if centred is None else self._inside(centred, number.ravel())

    def figures(self, left: Places, right: Places) -> list[Floats]:
        """1 where both are about one clause; the logarithm of how many are; how near they lie among these. All 0 where one clause is not known, or another."""
        same = (self._number[left] == self._number[right]) & (self._number[left] >= 0)
        found = [same.astype(np.float64), np.where(same, np.log1p(self._sizes[self._number[left]]), 0.0)]
        if self._centred is not None:
            found.append(np.where(same, np.einsum("ij,ij->i", self._centred[left], self._centred[right]), 0.0))
        return found

    def _inside(self, centred: NDArray[np.floating], number: Places) -> Floats:
        """The vectors less the mean of their clause, of unit length."""
        sums = np.zeros((len(self._sizes), centred.shape[1]))
        np.add.at(sums, number, centred)
        less = centred - (sums / (self._sizes + FEW)[:, None])[number]
        return np.asarray(less / np.maximum(np.linalg.norm(less, axis=1, keepdims=True), 1e-9), np.float64)
