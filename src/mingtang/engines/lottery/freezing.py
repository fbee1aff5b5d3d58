"""Freezing a draw: the only step that needs the solver."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mingtang.engines.lottery.classes import problem_of
from mingtang.engines.lottery.distribution import whole
from mingtang.engines.lottery.fairness import fairest
from mingtang.engines.lottery.feasibility import can_be_met
from mingtang.engines.lottery.model import Pool, may_draw
from mingtang.engines.lottery.randomness import may_announce
from mingtang.engines.lottery.record import Document, as_document


def freeze(pool: Pool, randomness: Mapping[str, Any]) -> Document:
    """The document to publish before the day of the randomness; refuses what cannot be drawn and says why."""
    may_draw(pool).require()
    may_announce(randomness).require()
    can_be_met(pool).require()
    problem = problem_of(pool)
    return as_document(pool, problem, whole(fairest(problem, pool.goal)), randomness)
