"""The fairest mixture of panels: the least chance as great as can be, then the next (leximin).

First the chances are found that divided people would have, and panels that give exactly these (`dividing`); that nearly always works,
and nothing can be fairer. Where it does not, panels are generated as needed.

After Flanigan et al., "Fair algorithms for selecting citizens' assemblies", Nature 596 (2021), on classes instead of people: the
master problem mixes the panels known so far, its prices ask for the panel that would help most, until none helps.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from mingtang.engines.lottery.classes import Counts, Problem
from mingtang.engines.lottery.distribution import Fair
from mingtang.engines.lottery.dividing import composed, divisible
from mingtang.engines.lottery.model import LEXIMIN
from mingtang.engines.lottery.solver import EXACT, NEAR, Floats, Mixture, Panels, mixture

SAME = 1e-9  # two chances are the same when they differ by less than this part
CLOSE = 1e-7  # a panel helps only when it raises a chance by more than this part of it
SLACK = 1e-10  # floors are asked for with so much less, so that rounding cannot make them contradict each other
ROUNDS, FADING = 60, 0.8


@dataclass
class _Master:
    """The panels known so far."""

    source: Panels
    sizes: Floats
    known: dict[Counts, None] = field(default_factory=dict)

    def add(self, panel: Counts | None) -> bool:
        """Take a panel in; whether it is new."""
        if panel is None or panel in self.known:
            return False
        self.known[panel] = None
        return True

    @property
    def chances(self) -> Floats:
        """Panels × classes: the chance each panel gives to each person of a class."""
        return np.array(list(self.known), dtype=float) / self.sizes

    def solve(self, floors: Floats, most: float = np.inf) -> Mixture:
        """The best mixture of all panels there are, generating them as needed; done at once when it reaches `most`."""
        while True:
            found = mixture(self.chances, floors)
            if found.reached >= most * (1 - SAME) or not self._help(found):
                return found

    def _help(self, found: Mixture) -> bool:
        """Add a panel that is worth more than those known at these prices; an easy one first, the best one to be sure."""
        worth = float((self.chances @ found.prices).max()) * (1 + CLOSE)
        prices = found.prices / self.sizes
        for gap in (NEAR, EXACT):
            panel = self.source.best(prices, gap)
            if panel is not None and float(np.array(panel) @ prices) > worth and self.add(panel):
                return True
        return False


def fairest(problem: Problem, goal: str = LEXIMIN) -> Fair:
    """The fairest mixture; empty when no panel keeps the quotas (ask `feasibility` why)."""
    source = Panels(problem)
    master = _Master(source, np.array(problem.sizes, dtype=float))
    if not master.add(source.best(np.zeros(len(problem.classes)))):
        return Fair((), ())
    if shares := composed(problem, divisible(problem)):
        return _sorted({panel: float(share) for panel, share in shares.items()})
    _spread(master)
    found = _leximin(master) if goal == LEXIMIN else master.solve(_no_floors(master), source.bound())
    return _kept(master, found)


def _no_floors(master: _Master) -> Floats:
    return np.full(len(master.sizes), np.nan)


def _spread(master: _Master) -> None:
    """Begin with panels that reach different people: whoever was taken counts less in the next round."""
    weights = 1.0 / master.sizes
    for _ in range(ROUNDS):
        panel = master.source.best(weights, NEAR)
        if panel is None:
            return
        master.add(panel)
        weights = weights * np.power(FADING, np.array(panel) / master.sizes)
        weights = weights / weights.mean()


def _leximin(master: _Master) -> Mixture:
    """Fix the chance of those who cannot have more, and raise the others; again until everybody's is fixed.

    Who cannot have more is told by the prices, and only once no panel helps: reaching the bound would not do here.
    """
    floors = _no_floors(master)
    while True:
        found = master.solve(floors)
        bound = np.isnan(floors) & (found.prices > CLOSE)
        floors[bound] = found.reached - SLACK
        if not np.isnan(floors).any() or not bound.any():
            return found


def _kept(master: _Master, found: Mixture) -> Fair:
    return _sorted({panel: float(share) for panel, share in zip(master.known, found.shares, strict=True) if share > 0})


def _sorted(shares: Mapping[Counts, float]) -> Fair:
    pairs = sorted(shares.items())
    return Fair(tuple(panel for panel, _ in pairs), tuple(share for _, share in pairs))
