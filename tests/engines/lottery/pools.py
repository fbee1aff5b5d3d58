"""Pools small enough to try every panel, and what trying them gives."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
from hypothesis import strategies as st
from scipy.optimize import linprog

from mingtang.engines.lottery.model import Applicant, Pool, Quota
from mingtang.engines.lottery.randomness import commitment

FIGURES: dict[str, Any] = {
    "kind": "figures",
    "day": "2026-12-01",
    "sources": [{"name": "双色球第 140 期红球", "count": 3, "order": False}, {"name": "指数收盘", "count": 1, "order": True}],
}
DICE: dict[str, Any] = {"kind": "dice", "day": "2026-12-01", "place": "区政府一楼", "witnesses": ["公证处"], "faces": 6, "throws": 25}
SECRETS = ("0a" * 32, "0b" * 32)
OFFICES: dict[str, Any] = {
    "kind": "offices",
    "day": "2026-12-01",
    "offices": [{"name": name, "commitment": commitment(name, secret)} for name, secret in zip(("司法局", "监委"), SECRETS, strict=True)],
}


def people(*values: str, homes: str = "") -> tuple[Applicant, ...]:
    """One person for each word of values like "fa" (sex and band), A01 on; `homes`: a letter each, "-" for none."""
    letters = homes or "-" * len(values)
    return tuple(
        Applicant(f"A{place:02}", {"sex": value[0], "band": value[1]}, "" if home == "-" else home)
        for place, (value, home) in enumerate(zip(values, letters, strict=True), 1)
    )


@st.composite
def small_pools(draw: Any) -> Pool:
    """Up to seven people, two categories, quotas that may or may not be met together, sometimes households."""
    values = draw(st.lists(st.sampled_from(["fa", "fb", "ma", "mb"]), min_size=1, max_size=7))
    homes = draw(st.lists(st.sampled_from("-xy"), min_size=len(values), max_size=len(values)))
    quotas = []
    for category, value in (("sex", "f"), ("sex", "m"), ("band", "a"), ("band", "b")):
        least = draw(st.integers(0, 3))
        quotas.append(Quota(category, value, least, draw(st.integers(least, 4))))
    return Pool(
        "试",
        draw(st.integers(1, 4)),
        people(*values, homes="".join(homes)),
        tuple(quotas),
        household_limit=draw(st.integers(0, 2)),
        reserves=3,
    )


def every_set(pool: Pool) -> list[tuple[Applicant, ...]]:
    """Every set of so many people as there are seats that keeps the limit on households, quotas or not."""
    found = []
    for each in combinations(pool.eligible, pool.seats):
        homes = [one.household for one in each if one.household]
        if not pool.household_limit or all(homes.count(home) <= pool.household_limit for home in homes):
            found.append(each)
    return found


def amounts(pool: Pool, panel: tuple[Applicant, ...]) -> list[int]:
    """By how much each quota is missed."""
    counts = [sum(one.attributes[each.category] == each.value for one in panel) for each in pool.quotas]
    return [max(each.least - count, count - each.most, 0) for each, count in zip(pool.quotas, counts, strict=True)]


def fair_by_trying(pool: Pool) -> list[float]:
    """The leximin chances of the people, sorted, from all panels at once: the definition, person by person."""
    panels = [each for each in every_set(pool) if not any(amounts(pool, each))]
    matrix = np.array([[one in panel for one in pool.eligible] for panel in panels], dtype=float)
    fixed: dict[int, float] = {}
    while len(fixed) < matrix.shape[1]:
        least = _raise(matrix, fixed, None)
        for one in range(matrix.shape[1]):
            if one not in fixed and _raise(matrix, {**dict.fromkeys(range(matrix.shape[1]), least), **fixed}, one) < least + 1e-6:
                fixed[one] = least
    return sorted(fixed.values())


def _raise(matrix: Any, floors: dict[int, float], only: int | None) -> float:
    panels, count = matrix.shape
    raised = [one == only if only is not None else one not in floors for one in range(count)]
    answer = linprog(
        np.append(np.zeros(panels), -1.0),
        A_ub=np.hstack([-matrix.T, np.array(raised, dtype=float).reshape(-1, 1)]),
        b_ub=[0.0 if up else -(floors[one] - 1e-9) for one, up in enumerate(raised)],
        A_eq=[[*[1.0] * panels, 0.0]],
        b_eq=[1.0],
        bounds=[(0, None)] * panels + [(None, None)],
    )
    return float(answer.x[-1])
