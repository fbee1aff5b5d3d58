"""The mixture in whole numbers: weights that come to exactly `TOTAL`, and the chance of everybody as a fraction of whole numbers."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from mingtang.engines.lottery.classes import Counts, Problem

TOTAL = 10**11  # small enough for the whole numbers a browser reads exactly


@dataclass(frozen=True, slots=True)
class Fair:
    """Panels and the share of each as the solver found them, before they are written in whole numbers."""

    panels: tuple[Counts, ...]
    shares: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Distribution:
    """Panels as counts of each class, sorted, and a weight for each; the weights come to `total`."""

    panels: tuple[Counts, ...]
    weights: tuple[int, ...]

    @property
    def total(self) -> int:
        """The sum of the weights."""
        return sum(self.weights)

    def chances(self, problem: Problem) -> tuple[Fraction, ...]:
        """The exact chance of each person of each class: the seats the class can expect, shared evenly among its people."""
        expected = [0] * len(problem.classes)
        for panel, weight in zip(self.panels, self.weights, strict=True):
            for place, count in enumerate(panel):
                expected[place] += weight * count
        return tuple(Fraction(sum_, self.total * size) for sum_, size in zip(expected, problem.sizes, strict=True))


def whole(fair: Fair, total: int = TOTAL) -> Distribution:
    """Largest remainders: every weight is its share rounded down, the units left go to the largest remainders, then to the first."""
    shares = [Fraction(each) for each in fair.shares]
    exact = [share * total / sum(shares) for share in shares]
    floors = [int(each) for each in exact]
    order = sorted(range(len(exact)), key=lambda place: (floors[place] - exact[place], place))
    for place in order[: total - sum(floors)]:
        floors[place] += 1
    kept = [(panel, weight) for panel, weight in zip(fair.panels, floors, strict=True) if weight]
    return Distribution(tuple(panel for panel, _ in kept), tuple(weight for _, weight in kept))
