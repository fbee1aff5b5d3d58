"""The fairest chances if people could be divided, and panels of whole people that give exactly these.

No mixture of panels can be fairer than seats handed out in fractions under the same quotas and limits, and those are found by a few
small linear problems. Then panels are taken out of that point one by one: a panel that keeps whatever is just kept at the point, as
much of it as leaves the rest within the limits. Each takes the rest to a smaller face, so there are at most as many panels as classes
and limits. All of it is reckoned in fractions, without rounding. Where a chance is no simple fraction, or a face holds no panel of
whole people, this gives up; `fairness` then generates panels.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import ceil, floor
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from mingtang.engines.lottery.classes import Counts, Problem
from mingtang.engines.lottery.solver import NEAR, Floats, UnsolvedError, incidence

PRICED = 1e-9  # a class cannot have more when its price is above this
BELOW = 1e-12  # floors are asked for with so much less, so that rounding cannot make them contradict each other
SIMPLE = 10**6  # the greatest denominator of a chance that is read off
NEARLY = 1e-6  # a limit is just kept when so little is left


def divisible(problem: Problem) -> tuple[Fraction, ...]:
    """The chance of each class, the least as great as can be, then the next, with people divided; no mixture of panels has more."""
    sizes = np.array(problem.sizes, dtype=float)
    members = incidence(problem)
    matrix = sparse.vstack([-sparse.diags_array(1 / sizes), members, -members])
    limits = [float(each.most) for each in problem.limits] + [-float(each.least) for each in problem.limits]
    floors = np.full(len(sizes), np.nan)
    levels = np.zeros(len(sizes), dtype=int)
    while np.isnan(floors).any():
        raised = np.isnan(floors)
        column = np.concatenate([raised.astype(float), np.zeros(len(limits))]).reshape(-1, 1)
        answer = linprog(
            np.append(np.zeros(len(sizes)), -1.0),
            A_ub=sparse.hstack([matrix, sparse.csr_array(column)], format="csr"),
            b_ub=np.concatenate([np.where(raised, 0.0, BELOW - np.nan_to_num(floors)), limits]),
            A_eq=np.append(np.ones(len(sizes)), 0.0).reshape(1, -1),
            b_eq=[problem.seats],
            bounds=[(0, size) for size in sizes] + [(0, 1)],
            method="highs-ds",
        )
        if answer.x is None:
            raise UnsolvedError(answer.message)
        stuck = raised & (-answer.ineqlin.marginals[: len(sizes)] > PRICED)
        levels[raised] += 1
        floors[stuck if stuck.any() else raised] = answer.x[-1]
    return _exact(problem, floors, levels - 1)


def _exact(problem: Problem, chances: Floats, levels: np.ndarray[Any, np.dtype[np.int_]]) -> tuple[Fraction, ...]:
    """The chances without rounding: every class of a level has the same, and the limits that are just kept say which.

    A level that no limit settles is read off as the simplest fraction near; `composed` looks whether all fits together.
    """
    count = int(levels.max()) + 1
    kept: list[tuple[Sequence[int], int]] = [(range(len(chances)), problem.seats)]
    for each in problem.limits:
        reached = sum(chances[place] * problem.sizes[place] for place in each.members)
        kept += [(each.members, bound) for bound in (each.least, each.most) if abs(reached - bound) < NEARLY]
    kept += [([int(place)], problem.sizes[place]) for place in np.flatnonzero(chances > 1 - NEARLY)]
    rows = []
    for members, bound in kept:
        row = [Fraction(0)] * count + [Fraction(bound)]
        for place in members:
            row[levels[place]] += problem.sizes[place]
        rows.append(row)
    known = _solved(rows, count)
    found = {int(level): chance for level, chance in zip(levels, chances, strict=True)}
    return tuple(known.get(int(level), Fraction(float(found[int(level)])).limit_denominator(SIMPLE)) for level in levels)


def _solved(rows: list[list[Fraction]], count: int) -> dict[int, Fraction]:
    """The unknowns that these equations settle, by elimination; the last column is what each comes to."""
    pivots: dict[int, list[Fraction]] = {}
    for row in rows:
        for place, pivot in pivots.items():
            if row[place]:
                row = [have - row[place] * used for have, used in zip(row, pivot, strict=True)]  # noqa: PLW2901 - reduced step by step
        first = next((place for place in range(count) if row[place]), None)
        if first is None:
            continue
        reduced = [each / row[first] for each in row]
        for other, pivot in pivots.items():
            pivots[other] = [have - pivot[first] * used for have, used in zip(pivot, reduced, strict=True)]
        pivots[first] = reduced
    return {place: row[-1] for place, row in pivots.items() if not any(row[other] for other in range(count) if other != place)}


def composed(problem: Problem, chances: Sequence[Fraction]) -> dict[Counts, Fraction]:
    """Panels with their shares that give exactly these chances; empty when it cannot be done this way."""
    rest = [chance * size for chance, size in zip(chances, problem.sizes, strict=True)]
    if not _is_kept(problem, rest):
        return {}
    shares: dict[Counts, Fraction] = {}
    left = Fraction(1)
    while left:
        panel = _panel(problem, [each / left for each in rest])
        if panel is None:
            return {}
        part = min(_rooms(problem, rest, left, panel), default=left)
        shares[panel] = shares.get(panel, Fraction(0)) + min(part, left)
        rest = [have - part * taken for have, taken in zip(rest, panel, strict=True)]
        left -= part
    return shares


def _is_kept(problem: Problem, expected: Sequence[Fraction]) -> bool:
    """Whether seats, classes and limits are kept exactly: chances read off a solver may be rounded wrongly."""
    return (
        sum(expected) == problem.seats
        and all(0 <= each <= size for each, size in zip(expected, problem.sizes, strict=True))
        and all(each.least <= sum(expected[place] for place in each.members) <= each.most for each in problem.limits)
    )


def _panel(problem: Problem, expected: Sequence[Fraction]) -> Counts | None:
    """A panel around a point: each class and limit rounded up or down, those with more chance first; None when there is none."""
    rows = [LinearConstraint(np.ones((1, len(expected))), problem.seats, problem.seats)]
    if problem.limits:
        sums = [sum(expected[place] for place in each.members) for each in problem.limits]
        rows.append(LinearConstraint(incidence(problem), [floor(each) for each in sums], [ceil(each) for each in sums]))
    chances: Floats = np.array([float(each) / size for each, size in zip(expected, problem.sizes, strict=True)])
    answer = milp(
        -np.log(np.maximum(chances, BELOW)),
        integrality=np.ones(len(expected)),
        bounds=Bounds([floor(each) for each in expected], [ceil(each) for each in expected]),
        constraints=rows,
        options={"mip_rel_gap": NEAR},
    )
    if answer.x is None:
        return None
    panel = tuple(round(each) for each in answer.x)
    return panel if problem.admits(panel) else None


def _rooms(problem: Problem, rest: Sequence[Fraction], left: Fraction, panel: Counts) -> Iterator[Fraction]:
    """How much of the panel each class and limit lets go, of the `left` that is to be composed."""
    yield left
    for have, size, taken in zip(rest, problem.sizes, panel, strict=True):
        if taken:
            yield have / taken
        if size > taken:
            yield (left * size - have) / (size - taken)
    for each in problem.limits:
        held, drawn = sum((rest[place] for place in each.members), Fraction(0)), sum(panel[place] for place in each.members)
        if drawn > each.least:
            yield (held - left * each.least) / (drawn - each.least)
        if each.most > drawn:
            yield (left * each.most - held) / (each.most - drawn)
