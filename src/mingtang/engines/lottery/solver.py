"""The two questions put to HiGHS (through SciPy): the best panel by given weights, the best mixture of panels.

Everything is sorted and the options are fixed, so that one machine gives one answer; what is decided later uses whole numbers only.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from mingtang.engines.lottery.classes import Counts, Problem

Floats = NDArray[np.float64]
EXACT, NEAR = 0.0, 0.02
SCALE = 1000.0  # HiGHS stops at an absolute gap of 1e-6: objectives are brought to this size first


class UnsolvedError(RuntimeError):
    """HiGHS gave up on a problem that has an answer."""


@dataclass(frozen=True)
class Panels:
    """The panels of a problem, as HiGHS sees them."""

    problem: Problem

    def constraints(self) -> list[LinearConstraint]:
        """Seats and limits."""
        count = len(self.problem.classes)
        rows = [LinearConstraint(sparse.csr_array(np.ones((1, count))), self.problem.seats, self.problem.seats)]
        if self.problem.limits:
            least = [each.least for each in self.problem.limits]
            most = [each.most for each in self.problem.limits]
            rows.append(LinearConstraint(incidence(self.problem), least, most))
        return rows

    def best(self, weights: Floats, gap: float = EXACT) -> Counts | None:
        """The panel with the greatest sum of weights, to a relative gap; None when there is no panel at all."""
        values = weights * (SCALE / max(float(np.abs(weights).max(initial=0)), 1e-300)) if weights.any() else weights
        answer = milp(
            -values,
            integrality=np.ones(len(values)),
            bounds=Bounds(0, np.asarray(self.problem.sizes, dtype=float)),
            constraints=self.constraints(),
            options={"mip_rel_gap": gap},
        )
        if answer.x is None:
            return None
        counts = tuple(round(each) for each in answer.x)
        if not self.problem.admits(counts):
            raise UnsolvedError(answer.message)
        return counts

    def bound(self) -> float:
        """The greatest least chance if people could be divided: no mixture of panels has more."""
        sizes = np.array(self.problem.sizes, dtype=float)
        count = len(sizes)
        upper = [sparse.hstack([-sparse.eye_array(count), sizes.reshape(-1, 1)])]
        bounds = [np.zeros(count)]
        if self.problem.limits:
            members = incidence(self.problem)
            column = sparse.csr_array((len(self.problem.limits), 1))
            upper += [sparse.hstack([members, column]), sparse.hstack([-members, column])]
            bounds += [np.array([each.most for each in self.problem.limits]), -np.array([each.least for each in self.problem.limits])]
        answer = linprog(
            np.append(np.zeros(count), -1.0),
            A_ub=sparse.vstack(upper, format="csr"),
            b_ub=np.concatenate(bounds),
            A_eq=np.append(np.ones(count), 0.0).reshape(1, -1),
            b_eq=[self.problem.seats],
            bounds=[(0, size) for size in sizes] + [(0, 1)],
            method="highs-ds",
        )
        if answer.x is None:
            raise UnsolvedError(answer.message)
        return float(answer.x[-1])


def incidence(problem: Problem) -> sparse.csr_array:
    """Limits × classes: one where the class counts for the limit."""
    rows = [row for row, each in enumerate(problem.limits) for _ in each.members]
    columns = [place for each in problem.limits for place in each.members]
    return sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(problem.limits), len(problem.classes)))


@dataclass(frozen=True)
class Mixture:
    """The best shares of the panels at hand: the chance reached, the price of each class, the share of each panel."""

    reached: float
    prices: Floats
    shares: Floats


def mixture(chances: Floats, floors: Floats) -> Mixture:
    """Raise the chance of the classes without a floor (NaN) as far as those with one allow.

    `chances`: panels × classes, the chance each panel gives to each person of a class.
    """
    panels, classes = chances.shape
    open_ones = np.isnan(floors)
    matrix = np.hstack([-chances.T, open_ones.astype(float).reshape(classes, 1)])
    bounds = np.where(open_ones, 0.0, -np.nan_to_num(floors))
    answer = linprog(
        np.append(np.zeros(panels), -1.0),
        A_ub=matrix,
        b_ub=bounds,
        A_eq=np.append(np.ones(panels), 0.0).reshape(1, panels + 1),
        b_eq=[1.0],
        bounds=[(0, None)] * panels + [(None, None)],
        method="highs-ds",
    )
    if answer.x is None:
        raise UnsolvedError(answer.message)
    prices = np.maximum(-np.asarray(answer.ineqlin.marginals), 0.0)
    return Mixture(float(answer.x[-1]), prices, np.maximum(answer.x[:-1], 0.0))
