"""The public version of the matrix: the same rows, with links outsiders may open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from mingtang.oversight import queries
from mingtang.oversight.queries import Duty
from mingtang.representatives.queries import Year


def matrix(government_id: int, first: date, last: date) -> list[Duty]:
    """Every duty; examples that lead into the workspace are named without a link."""
    return [_public(duty) for duty in queries.matrix(government_id, first, last)]


def _public(duty: Duty) -> Duty:
    examples = tuple(each if "/workspace/" not in each.url else replace(each, url="") for each in duty.evidence.examples)
    return replace(duty, evidence=replace(duty.evidence, examples=examples))


def attended(government_id: int, day: date) -> Year:
    """2.2b: the year's attended meetings."""
    return queries.attended(government_id, day)


def tally(duties: list[Duty]) -> dict[str, int]:
    """How many duties are in which state."""
    return queries.tally(duties)
