"""Average linkage on the probability of "the same demand", in a fixed order, never across what must stay apart."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence

Edge = tuple[int, int, float]


def linked(start: Sequence[int], edges: Iterable[Edge], apart: Mapping[int, set[int]], named: Iterable[int], cut: float) -> list[int]:
    """The cluster of each item. `start`: the clusters to begin with; `apart`: which may never meet; `named`: no two of these may meet.

    Pairs that have no edge count as probability 0. Clusters are named by their smallest name in `start`; ties fall to smaller names.
    """
    links = Links(start, edges, apart, named)
    links.join(cut)
    return [links.root(cluster) for cluster in start]


class Links:
    """Clusters, the sums of the probabilities between them, and the pairs waiting to be joined."""

    def __init__(self, start: Sequence[int], edges: Iterable[Edge], apart: Mapping[int, set[int]], named: Iterable[int]) -> None:
        self._parent: dict[int, int] = {cluster: cluster for cluster in start}
        self._size: dict[int, int] = dict.fromkeys(self._parent, 0)
        for cluster in start:
            self._size[cluster] += 1
        self._sums: dict[int, dict[int, float]] = {cluster: {} for cluster in self._parent}
        self._apart = {cluster: set(others) for cluster, others in apart.items()}
        self._named = set(named)
        for one, other, likely in edges:
            a, b = start[one], start[other]
            if a != b:
                self._sums[a][b] = self._sums[b][a] = self._sums[a].get(b, 0.0) + likely

    def root(self, cluster: int) -> int:
        """The cluster that `cluster` is now part of."""
        while self._parent[cluster] != cluster:
            self._parent[cluster] = self._parent[self._parent[cluster]]
            cluster = self._parent[cluster]
        return cluster

    def average(self, a: int, b: int) -> float:
        """The average probability between two clusters, rounded, so that the order of adding up does not matter."""
        return round(self._sums[a].get(b, 0.0) / (self._size[a] * self._size[b]), 9)

    def join(self, cut: float) -> None:
        """Join the closest pair until none reaches `cut`."""
        waiting = [(-self.average(a, b), a, b) for a, others in self._sums.items() for b in others if a < b and self.average(a, b) >= cut]
        heapq.heapify(waiting)
        while waiting:
            likely, a, b = heapq.heappop(waiting)
            if self._parent[a] != a or self._parent[b] != b or -likely != self.average(a, b) or not self.may_meet(a, b):
                continue
            self._merge(a, b)
            for other in self._sums[a]:
                if self.average(a, other) >= cut:
                    heapq.heappush(waiting, (-self.average(a, other), min(a, other), max(a, other)))

    def may_meet(self, a: int, b: int) -> bool:
        """Whether no decision stands between two clusters."""
        return b not in self._apart.get(a, ()) and not (a in self._named and b in self._named)

    def _merge(self, a: int, b: int) -> None:
        """B into a, the smaller name."""
        self._parent[b] = a
        self._size[a] += self._size.pop(b)
        if b in self._named:
            self._named.add(a)
        sums = self._sums.pop(b)
        sums.pop(a, None)
        self._sums[a].pop(b, None)
        for other, total in sums.items():
            self._sums[other].pop(b)
            self._sums[a][other] = self._sums[other][a] = self._sums[a].get(other, 0.0) + total
        for other in self._apart.pop(b, ()):
            self._apart[other].discard(b)
            self._apart[other].add(a)
            self._apart.setdefault(a, set()).add(other)
