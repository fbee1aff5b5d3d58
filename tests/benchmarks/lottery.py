"""How long a draw takes, and its least chance: ``python -m tests.benchmarks.lottery [--oracle PYTHON] [--sizes 150,1000] [--goal maximin]``.

Pools are made: four categories drawn with fixed chances, quotas around the shares. ``--real`` takes the pools of published draws
instead (tests/engines/lottery/test_real_pools.py says where they lie). ``--oracle`` names a Python that has sortition-algorithms
installed (GPL-3, not one of our libraries): it gets the same pools, and the ratio of times is printed; the run fails when its
least chance is the greater by more than a millionth of it. What is missing is said and left out.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

from mingtang.engines.lottery.classes import problem_of
from mingtang.engines.lottery.distribution import whole
from mingtang.engines.lottery.fairness import fairest
from mingtang.engines.lottery.model import MAXIMIN, Applicant, Pool, Quota

SEATS = {150: 22, 1000: 40, 10_000: 110}
SHARES = {
    "sex": (52, 48),
    "age": (18, 25, 27, 30),
    "schooling": (10, 25, 35, 30),
    "street": (8, 9, 10, 12, 13, 14, 16, 18),
}
ORACLE = """
import json, sys, time
from sortition_algorithms import Settings, features, people
from sortition_algorithms.committee_generation import find_distribution_leximin, find_distribution_maximin
told = json.load(sys.stdin)
found, _, _ = features.read_in_features(["feature", "value", "min", "max"], told["quotas"], told["seats"])
folk, _ = people.read_in_people(["number", *told["names"]], told["people"], found, Settings(id_column="number", columns_to_keep=[]))
start, used = time.perf_counter(), time.process_time()
goal = find_distribution_maximin if told["goal"] == "maximin" else find_distribution_leximin
panels, shares, _ = goal(found, folk, told["seats"], [])
took, used = time.perf_counter() - start, time.process_time() - used
chances = dict.fromkeys((each["number"] for each in told["people"]), 0.0)
for panel, share in zip(panels, shares):
    for number in panel:
        chances[number] += share
print(json.dumps([took, used, min(chances.values())]))
"""


def pool(size: int, goal: str) -> Pool:
    """People who skew away from the shares, quotas that ask for the shares."""
    dice = random.Random(size)  # noqa: S311 - a made pool is no secret
    people = []
    for place in range(size):
        skewed = {name: [share * (1 + 0.5 * (value % 2)) for value, share in enumerate(shares)] for name, shares in SHARES.items()}
        values = {name: f"{name}{dice.choices(range(len(shares)), shares)[0]}" for name, shares in skewed.items()}
        people.append(Applicant(f"P{place:05}", values))
    seats = SEATS.get(size, max(size // 50, 12))
    quotas = [
        Quota(name, f"{name}{value}", seats * share // 100, -(-seats * share // 100) + 1)
        for name, shares in SHARES.items()
        for value, share in enumerate(shares)
    ]
    return Pool("benchmark", seats, tuple(people), tuple(quotas), goal=goal)


def ours(what: Pool) -> tuple[float, float, float]:
    """Seconds by the clock and by the processor, least chance."""
    start, used = time.perf_counter(), time.process_time()
    problem = problem_of(what)
    found = whole(fairest(problem, what.goal))
    return time.perf_counter() - start, time.process_time() - used, float(min(found.chances(problem)))


def is_there(python: str) -> bool:
    """Whether that Python is there and has sortition-algorithms."""
    try:
        return subprocess.run([python, "-c", "import sortition_algorithms"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def theirs(what: Pool, python: str, patience: float) -> list[float] | None:
    """The same of sortition-algorithms; None when it takes longer than `patience` seconds by the clock."""
    told: dict[str, Any] = {
        "goal": what.goal,
        "seats": what.seats,
        "names": sorted({quota.category for quota in what.quotas}),
        "quotas": [{"feature": q.category, "value": q.value, "min": str(q.least), "max": str(q.most)} for q in what.quotas],
        "people": [{"number": each.number, **each.attributes} for each in what.people],
    }
    try:
        answer = subprocess.run(
            [python, "-c", ORACLE], input=json.dumps(told), capture_output=True, text=True, check=True, timeout=patience
        )
    except subprocess.TimeoutExpired:
        return None
    found: list[float] = json.loads(answer.stdout.splitlines()[-1])
    return found


def real(goal: str) -> Iterator[Pool]:
    """The pools of published draws; none where they are not."""
    from dataclasses import replace

    from tests.engines.lottery import test_real_pools as published

    if published.PLACE.is_dir():
        yield from (replace(made(), goal=goal) for made in (published.scotland, published.small))
    else:
        print("Left out: the pools of published draws are not here (MINGTANG_REAL_DATA names their folder).")


def main() -> int:
    """Print one row for each pool; 1 when sortition-algorithms found a greater least chance."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--oracle", default="")
    parser.add_argument("--sizes", default="150,1000,10000")
    parser.add_argument("--goal", default=MAXIMIN)
    parser.add_argument("--patience", type=float, default=600, help="seconds by the clock after which sortition-algorithms is stopped")
    parser.add_argument("--real", action="store_true", help="the pools of published draws instead of made ones")
    options = parser.parse_args()
    oracle, worse = options.oracle, 0
    if oracle and not is_there(oracle):
        print(f"Left out: {oracle} has no sortition-algorithms (pip install sortition-algorithms highspy, in an environment of its own).")
        oracle = ""
    print(
        "| people | seats | classes | s (clock) | s (processor) | least chance | theirs s | theirs processor | least chance | processor ratio |"
    )
    for what in real(options.goal) if options.real else (pool(int(size), options.goal) for size in options.sizes.split(",")):
        mine = ours(what)
        row = [
            f"{len(what.people)}",
            f"{what.seats}",
            f"{len(problem_of(what).classes)}",
            f"{mine[0]:.2f}",
            f"{mine[1]:.2f}",
            f"{mine[2]:.6f}",
        ]
        other = theirs(what, oracle, options.patience) if oracle else None
        worse += bool(other and other[2] > mine[2] * (1 + 1e-6))
        row += [f"{other[0]:.2f}", f"{other[1]:.2f}", f"{other[2]:.6f}", f"{other[1] / mine[1]:.1f}"] if other else ["–"] * 4
        print("| " + " | ".join(row) + " |", flush=True)
        if oracle and other is None:
            print(f"sortition-algorithms was stopped after {options.patience:.0f} s by the clock.", flush=True)
    return bool(worse)


if __name__ == "__main__":
    sys.exit(main())
