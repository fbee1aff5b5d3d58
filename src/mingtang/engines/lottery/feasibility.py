"""Whether any panel keeps all quotas; if none does, a smallest set of quotas to relax and by how much.

Smallest means: as few quotas as possible, and of those sets one that changes them by as little as possible in all. Seats, people and
households are never relaxed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from mingtang.engines.lottery.classes import Problem, problem_of
from mingtang.engines.lottery.model import Pool, Quota
from mingtang.engines.lottery.solver import EXACT, Floats, Panels, UnsolvedError, incidence
from mingtang.kernel.decision import YES, Decision, no
from mingtang.kernel.text import Text, t


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A quota and what it has to become."""

    quota: Quota
    least: int
    most: int

    @property
    def says(self) -> Text:
        """The sentence: which quota, from what to what."""
        names = {"c": self.quota.category, "v": self.quota.value}
        if self.least < self.quota.least:
            return t(
                "“{c}：{v}”的下限由 {a} 降到 {b}",
                "lower the least of “{c}: {v}” from {a} to {b}",
                a=self.quota.least,
                b=self.least,
                **names,
            )
        return t(
            "“{c}：{v}”的上限由 {a} 升到 {b}",
            "raise the most of “{c}: {v}” from {a} to {b}",
            a=self.quota.most,
            b=self.most,
            **names,
        )


def can_be_met(pool: Pool) -> Decision:
    """Yes when some panel keeps all quotas; otherwise which quotas to relax, by how much."""
    problem = problem_of(pool)
    if not problem.classes or sum(problem.sizes) < pool.seats:
        return _too_few(pool)
    if Panels(problem).best(np.zeros(len(problem.classes))) is not None:
        return YES
    changes = smallest_relaxation(problem)
    if not changes:
        return _too_few(pool)
    return no(
        t("这些名额不能同时满足。", "These quotas cannot be met together."),
        "",
        t(
            "至少要改 {n} 条名额，最小的改法之一：{which}。",
            "At least {n} must change; a smallest way: {which}.",
            n=len(changes),
            which=tuple(each.says for each in changes),
        ),
        code="quotas",
    )


def relaxed(pool: Pool, changes: tuple[Relaxation, ...]) -> Pool:
    """The pool with the quotas changed as said."""
    becomes = {each.quota: Quota(each.quota.category, each.quota.value, each.least, each.most) for each in changes}
    return replace(pool, quotas=tuple(becomes.get(each, each) for each in pool.quotas))


def _too_few(pool: Pool) -> Decision:
    return no(
        t(
            "可以抽取的只有 {n} 人（已除去 {x} 人），按每户上限坐不满 {s} 席。",
            "Only {n} people may be drawn ({x} are excluded); within the limit on households they cannot fill {s} seats.",
            n=len(pool.eligible),
            x=len(pool.excluded),
            s=pool.seats,
        ),
        "",
        t("减少席位，延长报名，或放宽每户上限。", "Have fewer seats, extend enrolment, or ease the limit on households."),
        code="people",
    )


def smallest_relaxation(problem: Problem) -> tuple[Relaxation, ...]:
    """The changes; empty when nothing needs to change, or when no change of quotas helps."""
    rows = [place for place, each in enumerate(problem.limits) if each.quota is not None]
    quotas = [each.quota for each in problem.limits if each.quota is not None]
    fewest = _relax(problem, rows, counts=True, most_changed=len(rows))
    if fewest is None:
        return ()
    changed = round(sum(fewest[1]))
    amounts = _relax(problem, rows, counts=False, most_changed=changed)
    if amounts is None:
        raise UnsolvedError("the smallest relaxation was lost")
    return tuple(
        Relaxation(quota, quota.least - round(down), quota.most + round(up))
        for quota, down, up in zip(quotas, amounts[2], amounts[3], strict=True)
        if round(down) or round(up)
    )


def _relax(problem: Problem, rows: list[int], *, counts: bool, most_changed: int) -> tuple[Floats, ...] | None:
    """Solve for (panel, changed, down, up), with as few changed quotas or as little change as can be."""
    people, quotas = len(problem.classes), len(rows)
    nothing, one = np.zeros(quotas), np.ones(quotas)
    goal = np.concatenate([np.zeros(people), one, nothing, nothing] if counts else [np.zeros(people), nothing, one, one])
    most = np.array([problem.limits[row].most for row in rows] or [0])
    reach = float(max(problem.seats, most.max()))
    answer = milp(
        goal,
        integrality=np.ones(len(goal)),
        bounds=Bounds(0, np.concatenate([np.array(problem.sizes, dtype=float), one, reach * one, reach * one])),
        constraints=_rows(problem, rows, reach, most_changed),
        options={"mip_rel_gap": EXACT},
    )
    if answer.x is None:
        return None
    return tuple(np.split(answer.x, [people, people + quotas, people + 2 * quotas]))


def _rows(problem: Problem, rows: list[int], reach: float, most_changed: int) -> list[LinearConstraint]:
    people, quotas = len(problem.classes), len(rows)
    least = np.array([each.least for each in problem.limits], dtype=float)
    most = np.array([each.most for each in problem.limits], dtype=float)
    members, pick = incidence(problem), sparse.csr_array(np.eye(len(problem.limits))[:, rows])
    empty = sparse.csr_array((len(problem.limits), quotas))
    identity = sparse.csr_array(np.eye(quotas))
    total = np.concatenate([np.ones(people), np.zeros(3 * quotas)]).reshape(1, -1)
    changed = np.concatenate([np.zeros(people), np.ones(quotas), np.zeros(2 * quotas)]).reshape(1, -1)
    return [
        LinearConstraint(sparse.csr_array(total), problem.seats, problem.seats),
        LinearConstraint(sparse.csr_array(changed), 0, most_changed),
        LinearConstraint(sparse.hstack([members, empty, pick, empty], format="csr"), least, np.inf),
        LinearConstraint(sparse.hstack([members, empty, empty, -pick], format="csr"), -np.inf, most),
        LinearConstraint(
            sparse.hstack([sparse.csr_array((quotas, people)), -reach * identity, identity, identity], format="csr"), -np.inf, 0
        ),
    ]
