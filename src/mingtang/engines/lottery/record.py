"""The two documents of a draw: what is frozen before the randomness, and what it gave. Both are canonical JSON of whole numbers."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from hashlib import sha256
from typing import Any

from mingtang.engines.ledger.canonical import canonical
from mingtang.engines.lottery.classes import Problem, problem_of
from mingtang.engines.lottery.distribution import Distribution
from mingtang.engines.lottery.model import Applicant, Pool, Quota
from mingtang.engines.lottery.randomness import Values, may_reveal, seed_of
from mingtang.engines.lottery.selection import Outcome, select

FORMAT = "mingtang-draw-1"
ALGORITHM = "classes-column-generation-1"
Document = dict[str, Any]


def digest(frozen: Mapping[str, Any]) -> str:
    """What goes into the log: SHA-256 of the canonical form, in hexadecimal digits."""
    return sha256(canonical(frozen)).hexdigest()


def as_document(pool: Pool, problem: Problem, distribution: Distribution, randomness: Mapping[str, Any]) -> Document:
    """The frozen document of a given distribution."""
    return {
        "format": FORMAT,
        "kind": "freeze",
        "algorithm": ALGORITHM,
        "goal": pool.goal,
        "title": pool.title,
        "seats": pool.seats,
        "reserves": pool.reserves,
        "reserve_category": pool.reserve_category,
        "household_limit": pool.household_limit,
        "quotas": [{"category": q.category, "value": q.value, "least": q.least, "most": q.most} for q in sorted(pool.quotas)],
        "excluded": [{"number": number, "why": why} for number, why in pool.excluded.items()],
        "people": [_person(each, pool) for each in pool.eligible],
        "classes": _classes(problem, distribution.chances(problem)),
        "panels": [
            {"weight": weight, "take": [[place, count] for place, count in enumerate(counts) if count]}
            for counts, weight in zip(distribution.panels, distribution.weights, strict=True)
        ],
        "total": distribution.total,
        "randomness": dict(randomness),
    }


def _person(person: Applicant, pool: Pool) -> Document:
    found: Document = {"number": person.number, "attributes": {name: person.attributes[name] for name in pool.categories}}
    return {**found, "household": person.household} if pool.household_limit and person.household else found


def _classes(problem: Problem, chances: tuple[Fraction, ...]) -> list[Document]:
    return [
        {"numbers": list(each.numbers), "chance": [chance.numerator, chance.denominator]}
        for each, chance in zip(problem.classes, chances, strict=True)
    ]


def pool_of(frozen: Mapping[str, Any]) -> Pool:
    """The pool a frozen document speaks of; those excluded have left only their numbers."""
    people = [Applicant(each["number"], dict(each["attributes"]), each.get("household", "")) for each in frozen["people"]]
    quotas = [Quota(each["category"], each["value"], each["least"], each["most"]) for each in frozen["quotas"]]
    named = {name: frozen[name] for name in ("title", "seats", "reserves", "reserve_category", "household_limit", "goal")}
    return Pool(people=tuple(people), quotas=tuple(quotas), **named)


def distribution_of(frozen: Mapping[str, Any], problem: Problem) -> Distribution:
    """The published panels and weights; ValueError when a panel speaks of a class there is not, or of one twice."""
    panels = []
    for each in frozen["panels"]:
        places = [place for place, _ in each["take"]]
        if places != sorted(set(places)) or not all(0 <= place < len(problem.classes) for place in places):
            raise ValueError("take")
        taken = dict(each["take"])
        panels.append(tuple(taken.get(place, 0) for place in range(len(problem.classes))))
    return Distribution(tuple(panels), tuple(each["weight"] for each in frozen["panels"]))


def reveal(frozen: Mapping[str, Any], values: Values) -> Document:
    """The outcome: randomness, seed, panel and reserves. Hashing and whole numbers only."""
    may_reveal(frozen["randomness"], values).require()
    seed = seed_of(frozen["randomness"], values, digest(frozen))
    outcome = outcome_of(frozen, seed)
    return {
        "format": FORMAT,
        "kind": "reveal",
        "freeze": digest(frozen),
        "values": [list(group) for group in values],
        "seed": seed.hex(),
        "panel": list(outcome.panel),
        "reserves": {value: list(numbers) for value, numbers in outcome.reserves.items()},
    }


def outcome_of(frozen: Mapping[str, Any], seed: bytes) -> Outcome:
    """Panel and reserves of a seed."""
    pool = pool_of(frozen)
    problem = problem_of(pool)
    return select(seed, pool, problem, distribution_of(frozen, problem))
