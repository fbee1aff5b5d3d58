from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from mingtang.engines.lottery.classes import problem_of
from mingtang.engines.lottery.distribution import whole
from mingtang.engines.lottery.fairness import fairest
from mingtang.engines.lottery.feasibility import can_be_met, relaxed, smallest_relaxation
from mingtang.engines.lottery.model import LEXIMIN, MAXIMIN, Applicant, Pool, Quota
from tests.realdata import REAL

PLACE = REAL / "sortition"
COLUMNS = {"Gender": "gender", "age_bracket": "age", "edu_level": "education", "geo_bucket": "region"}
pytestmark = pytest.mark.data


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def scotland() -> Pool:
    """150 people, 22 seats, four categories."""
    folder = PLACE / "scotland_150"
    quotas = tuple(
        Quota(COLUMNS[each["feature"]], each["value"], int(each["min"]), int(each["max"])) for each in rows(folder / "quotas.csv")
    )
    people = tuple(Applicant(each["id"], {name: each[name] for name in COLUMNS.values()}) for each in rows(folder / "people.csv"))
    return Pool("scotland", 22, people, quotas, goal=MAXIMIN)


def small() -> Pool:
    """The example of the replication package: 200 people, 20 seats."""
    folder = PLACE / "citizensassemblies_example_small_20"
    quotas = tuple(Quota(each["category"], each["feature"], int(each["min"]), int(each["max"])) for each in rows(folder / "categories.csv"))
    people = tuple(Applicant(f"p{place:03}", dict(each)) for place, each in enumerate(rows(folder / "respondents.csv")))
    return Pool("small", 20, people, quotas, goal=LEXIMIN)


def least(pool: Pool) -> float:
    problem = problem_of(pool)
    return float(min(whole(fairest(problem, pool.goal)).chances(problem)))


def test_the_least_chance_is_the_published_one_of_the_example() -> None:
    assert least(small()) == pytest.approx(0.1, abs=1e-9)


def test_the_least_chance_of_the_pool_of_150_is_one_in_eleven() -> None:
    assert least(scotland()) == pytest.approx(1 / 11, abs=1e-9)


def test_quotas_nobody_can_meet_are_named_and_their_relaxation_is_enough() -> None:
    pool = scotland()
    wrong = {("gender", "Female"): (20, 20), ("age", "0-15"): (3, 5)}
    pool = replace(
        pool, quotas=tuple(Quota(q.category, q.value, *wrong.get((q.category, q.value), (q.least, q.most))) for q in pool.quotas)
    )
    changes = smallest_relaxation(problem_of(pool))
    assert [(each.quota.value, each.least) for each in changes] == [("0-15", 0), ("Female", 12)]
    assert not can_be_met(pool)
    assert can_be_met(relaxed(pool, changes))
