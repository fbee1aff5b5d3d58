"""The matrix, computed when asked for one government and one period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mingtang.kernel.obligations import EVIDENCE, OBLIGATIONS, PAGES, RULES, Carrier, Evidence, Obligation
from mingtang.oversight.rules import STATE_LABELS, STATE_SHAPES, DutyState, duty_state
from mingtang.representatives import queries as representatives
from mingtang.representatives.queries import Year


@dataclass(frozen=True, slots=True)
class Duty:
    """One row of the matrix."""

    obligation: Obligation
    state: DutyState
    evidence: Evidence
    rules: tuple[Carrier, ...]
    pages: tuple[Carrier, ...]

    @property
    def label(self) -> object:
        """The state's name."""
        return STATE_LABELS[self.state]

    @property
    def shape(self) -> str:
        """The shape that stands for the state."""
        return STATE_SHAPES[self.state]


def matrix(government_id: int, first: date, last: date) -> list[Duty]:
    """Every duty with what carries it and what happened between two days."""
    return [_duty(each, government_id, first, last) for each in OBLIGATIONS]


def _duty(obligation: Obligation, government_id: int, first: date, last: date) -> Duty:
    counts = EVIDENCE.get(obligation.id, [])
    found = [count(government_id, first, last) for count in counts]
    evidence = Evidence(
        sum(each.kept for each in found),
        sum(each.broken for each in found),
        tuple(example for each in found for example in each.examples)[:5],
    )
    rules, pages = tuple(RULES.get(obligation.id, ())), tuple(PAGES.get(obligation.id, ()))
    state = duty_state(carriers=len(rules) + len(pages), counts=len(counts), evidence=evidence)
    return Duty(obligation, state, evidence, rules, pages)


def attended(government_id: int, day: date) -> Year:
    """2.2b: meetings of the year that representatives attended, those planned, what is asked, how it looks."""
    return representatives.year_so_far(government_id, day)


def tally(duties: list[Duty]) -> dict[str, int]:
    """How many duties are in which state."""
    return {state.value: sum(each.state is state for each in duties) for state in DutyState}
