"""How well groups agree with labels: B³, concentrated groups recovered, what suggestions would add."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

CONCENTRATED = 5
"""A labelled group of so many points counts as concentrated."""


@dataclass(frozen=True)
class Agreement:
    """B³ precision, recall and F1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.precision * self.recall / max(self.precision + self.recall, 1e-9)


def b_cubed(true: Sequence[Hashable], found: Sequence[Hashable]) -> Agreement:
    """B³ of `found` against `true`, both naming a group for each point."""
    trues, founds, both = Counter(true), Counter(found), Counter(zip(true, found, strict=True))
    count = max(len(true), 1)
    precision = sum(both[pair] ** 2 / founds[pair[1]] for pair in both) / count
    recall = sum(both[pair] ** 2 / trues[pair[0]] for pair in both) / count
    return Agreement(precision, recall)


def recovered(true: Sequence[Hashable], found: Sequence[Hashable], least: int = CONCENTRATED) -> float:
    """The share of labelled groups of at least `least` points of which one found group holds more than half, and little else."""
    trues, founds = Counter(true), Counter(found)
    big = [group for group, count in trues.items() if count >= least]
    both = Counter(zip(true, found, strict=True))
    good = {a for (a, b), count in both.items() if a in big and 2 * count > trues[a] and 2 * count > founds[b]}
    return len(good) / max(len(big), 1)


def accepted(true: Sequence[Hashable], found: Sequence[str], nearest: Mapping[str, Sequence[str]], most: int = 3) -> list[str]:
    """`found` after a person accepted, group by group, each of the `most` nearest groups whose commonest label is the group's own."""
    labels: dict[str, Counter[Hashable]] = {}
    for label, group in zip(true, found, strict=True):
        labels.setdefault(group, Counter())[label] += 1
    main = {group: min(counts, key=lambda each, c=counts: (-c[each], str(each))) for group, counts in labels.items()}  # type: ignore[misc]
    parent = {group: group for group in labels}

    def root(group: str) -> str:
        while parent[group] != group:
            group = parent[group]
        return group

    for group in sorted(labels):
        for other in nearest.get(group, ())[:most]:
            if main.get(other) == main[group]:
                parent[root(other)] = root(group)
    return [root(group) for group in found]
