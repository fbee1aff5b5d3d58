"""From the seed to panel and reserves: SHA-256 and whole numbers, nothing else. README.md has the bytes.

One number below the total of weights picks the panel (how many of each class); tickets pick the people of a class and order the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import count

from mingtang.engines.lottery.classes import Problem
from mingtang.engines.lottery.distribution import Distribution
from mingtang.engines.lottery.model import Pool

TAG = b"mingtang-draw-1/"
ALL = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Who sits, by number, and who stands by: for each value of the reserve category the numbers in their order."""

    panel: tuple[str, ...]
    reserves: dict[str, tuple[str, ...]]


def stream(seed: bytes) -> Iterator[bytes]:
    """SHA-256 of tag, seed and an eight-byte counter from 0 on, block after block."""
    for number in count():
        yield sha256(TAG + b"panel\n" + seed + number.to_bytes(8, "big")).digest()


def below(seed: bytes, limit: int) -> int:
    """A number from 0 to limit - 1, each as likely: as many leading bits of a block as `limit - 1` has, until they are below."""
    bits = (limit - 1).bit_length()
    if bits > 256:  # noqa: PLR2004 - the bits of a block
        raise ValueError("a limit beyond 2^256")
    return next(value for block in stream(seed) if (value := int.from_bytes(block, "big") >> (256 - bits)) < limit)


def ticket(seed: bytes, number: str) -> bytes:
    """SHA-256 of tag, seed and the number's UTF-8 bytes; the lower ticket comes first."""
    return sha256(TAG + b"ticket\n" + seed + number.encode()).digest()


def chosen_panel(seed: bytes, distribution: Distribution) -> int:
    """Position of the panel on which the drawn number falls, the weights laid end to end."""
    left = below(seed, distribution.total)
    for place, weight in enumerate(distribution.weights):
        if left < weight:
            return place
        left -= weight
    raise AssertionError("weights come to their total")  # pragma: no cover


def select(seed: bytes, pool: Pool, problem: Problem, distribution: Distribution) -> Outcome:
    """The panel of the seed and the reserves: everybody else in the order of their tickets, so many per list."""
    counts = distribution.panels[chosen_panel(seed, distribution)]
    panel: list[str] = []
    for each, wanted in zip(problem.classes, counts, strict=True):
        panel.extend(sorted(each.numbers, key=lambda number: (ticket(seed, number), number))[:wanted])
    seated = set(panel)
    lists: dict[str, list[str]] = {}
    rest = [each for each in pool.eligible if each.number not in seated]
    for person in sorted(rest, key=lambda one: (ticket(seed, one.number), one.number)):
        lists.setdefault(person.attributes[pool.reserve_category] if pool.reserve_category else ALL, []).append(person.number)
    return Outcome(tuple(sorted(panel)), {value: tuple(numbers[: pool.reserves]) for value, numbers in sorted(lists.items())})


def successor(pool: Pool, problem: Problem, outcome: Outcome, leaving: str, gone: tuple[str, ...] = ()) -> str | None:
    """Who takes the seat of `leaving`: the first of the same list with whom every quota and household limit still holds.

    `outcome.panel` are those who sit now; `gone`: reserves who declined. None when nobody on the list fits.
    """
    place_of = {number: place for place, each in enumerate(problem.classes) for number in each.numbers}
    column = pool.categories.index(pool.reserve_category) if pool.reserve_category else None
    value = ALL if column is None else problem.classes[place_of[leaving]].values[column]
    counts = [0] * len(problem.classes)
    for number in outcome.panel:
        counts[place_of[number]] += number != leaving
    for number in outcome.reserves.get(value, ()):
        trial = list(counts)
        trial[place_of[number]] += 1
        if number not in gone and number not in outcome.panel and problem.admits(trial):
            return number
    return None
