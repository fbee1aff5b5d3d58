"""Average linkage on the probability of "the same demand", in a fixed order, never across what must stay apart.

In every round all pairs of clusters are joined that are each other's closest. An average never grows beyond the larger of its parts, so this ends where
joining the closest pair of all one by one ends, in some dozens of rounds instead of one for each pair.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

Places = NDArray[np.int64]
WHOLE = 1_000_000
"""Probabilities are added up as whole millionths, so that the order of adding does not matter."""


class Edges(NamedTuple):
    """Pairs of items, each once, and how probable it is that both ask for the same thing, in millionths."""

    left: Places
    right: Places
    likely: Places

    @staticmethod
    def of(left: Places, right: Places, likely: NDArray[np.float64]) -> Edges:
        """From probabilities of 0 to 1."""
        return Edges(left, right, np.round(likely * WHOLE).astype(np.int64))


def linked(start: Sequence[int], edges: Edges, apart: Mapping[int, set[int]], named: Iterable[int], cut: float) -> list[int]:
    """The cluster of each item. `start`: the clusters to begin with; `apart`: which may never meet; `named`: no two of these may meet.

    Pairs that have no edge count as probability 0. Clusters are named by their smallest name in `start`; ties fall to smaller names.
    """
    names, number = np.unique(np.array(start, np.int64), return_inverse=True)
    links = Links(names, np.bincount(number, minlength=len(names)), apart, named)
    links.begin(number[edges.left], number[edges.right], edges.likely)
    while links.join(cut):
        pass
    return [int(each) for each in names[links.roots()[number]]]


class Links:
    """Clusters by number in the order of their names, and the sums of the probabilities between them."""

    def __init__(self, names: Places, sizes: Places, apart: Mapping[int, set[int]], named: Iterable[int]) -> None:
        self._count = len(names)
        self._sizes = sizes.astype(np.int64)
        self._parent = np.arange(self._count)
        self._named = np.isin(names, np.array(sorted(named), np.int64))
        pairs = [(one, other) for one, others in apart.items() for other in others]
        told = np.array(pairs, np.int64).reshape(-1, 2)
        self._apart = np.searchsorted(names, told[np.isin(told, names).all(axis=1)])

    def begin(self, left: Places, right: Places, likely: Places) -> None:
        """The sums between the clusters to begin with."""
        self._keys, self._sums = summed(self._keyed(left, right), likely)
        self._forget(*self._ends())

    def roots(self) -> Places:
        """The number of the cluster that each is now part of."""
        return self._parent

    def join(self, cut: float) -> bool:
        """Join every pair that is each other's closest and reaches `cut`; whether there was one."""
        left, right = self._ends()
        average = np.round(self._sums / (self._sizes[left] * self._sizes[right]) / WHOLE, 9)
        near = np.flatnonzero(average >= cut)
        if not near.size:
            return False
        one, other = left[near], right[near]
        rank = np.empty(len(near), np.int64)
        rank[np.lexsort((self._keys[near], -average[near]))] = np.arange(len(near))
        best = np.full(self._count, len(near))
        np.minimum.at(best, one, rank)
        np.minimum.at(best, other, rank)
        both = (best[one] == rank) & (best[other] == rank)
        self._only_reachable(left, right, one, other)
        self._merge(one[both], other[both])
        return True

    def _only_reachable(self, left: Places, right: Places, one: Places, other: Places) -> None:
        """Forget sums between clusters that no chain of pairs near enough connects: they never meet."""
        graph = coo_matrix((np.ones(len(one), np.bool_), (one, other)), shape=(self._count, self._count))
        part = connected_components(graph, directed=False)[1]
        kept = part[left] == part[right]
        self._keys, self._sums = self._keys[kept], self._sums[kept]

    def _merge(self, kept: Places, gone: Places) -> None:
        """Each of `gone` into its one of `kept`, the smaller name."""
        into = np.arange(self._count)
        into[gone] = kept
        self._sizes[kept] += self._sizes[gone]
        self._named[kept] |= self._named[gone]
        self._parent = into[self._parent]
        self._apart = into[self._apart]
        changed = np.zeros(self._count, np.bool_)
        changed[kept] = changed[gone] = True
        left, right = self._ends()
        touched = changed[left] | changed[right]
        keys, sums = summed(self._keyed(into[left[touched]], into[right[touched]]), self._sums[touched])
        self._keys, self._sums = np.concatenate([self._keys[~touched], keys]), np.concatenate([self._sums[~touched], sums])
        self._forget(*self._ends())

    def _forget(self, left: Places, right: Places) -> None:
        """Forget sums within one cluster and between those that may not meet."""
        out = (left == right) | (self._named[left] & self._named[right])
        if len(self._apart):
            out |= np.isin(self._keys, self._keyed(self._apart[:, 0], self._apart[:, 1]))
        self._keys, self._sums = self._keys[~out], self._sums[~out]

    def _keyed(self, left: Places, right: Places) -> Places:
        return np.asarray(np.minimum(left, right) * self._count + np.maximum(left, right))

    def _ends(self) -> tuple[Places, Places]:
        return self._keys // self._count, self._keys % self._count


def summed(keys: Places, values: Places) -> tuple[Places, Places]:
    """The distinct keys, rising, and the sum of the values of each."""
    if not len(keys):
        return keys, values
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    first = np.flatnonzero(np.diff(ordered, prepend=ordered[0] - 1))
    return ordered[first], np.add.reduceat(values[order], first)
