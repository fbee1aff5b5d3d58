"""People who are alike for the draw form a class: one problem of a few hundred classes instead of ten thousand people.

Two people are alike when they agree in every category of the draw and either live together or are free of the limit on households. Exchanging them changes nothing, so giving all of a class the same chance costs nobody anything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from mingtang.engines.lottery.model import Pool, Quota

Counts = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PersonClass:
    """The numbers of those who are alike, sorted; their values in the order of the pool's categories."""

    values: tuple[str, ...]
    household: str
    numbers: tuple[str, ...]

    @property
    def size(self) -> int:
        """How many they are."""
        return len(self.numbers)


@dataclass(frozen=True, slots=True)
class Limit:
    """Between `least` and `most` of those drawn come from `members` (positions of classes); `quota` is None for a household."""

    members: tuple[int, ...]
    least: int
    most: int
    quota: Quota | None = None


@dataclass(frozen=True)
class Problem:
    """What a panel must keep: so many seats, no more of a class than there are, every limit."""

    seats: int
    classes: tuple[PersonClass, ...]
    limits: tuple[Limit, ...]

    @cached_property
    def sizes(self) -> Counts:
        """How many people each class has."""
        return tuple(each.size for each in self.classes)

    def admits(self, counts: Sequence[int]) -> bool:
        """Whether a panel of so many of each class keeps everything; whole numbers only."""
        return (
            len(counts) == len(self.sizes)
            and sum(counts) == self.seats
            and all(0 <= count <= size for count, size in zip(counts, self.sizes, strict=True))
            and all(each.least <= sum(counts[place] for place in each.members) <= each.most for each in self.limits)
        )


def problem_of(pool: Pool) -> Problem:
    """The pool as classes and limits; the same for everybody who has the same pool."""
    classes = _classes(pool)
    limits = []
    for quota in sorted(pool.quotas):
        column = pool.categories.index(quota.category)
        members = tuple(place for place, each in enumerate(classes) if each.values[column] == quota.value)
        limits.append(Limit(members, quota.least, quota.most, quota))
    homes: dict[str, list[int]] = {}
    for place, each in enumerate(classes):
        if each.household:
            homes.setdefault(each.household, []).append(place)
    limits.extend(Limit(tuple(places), 0, pool.household_limit) for _, places in sorted(homes.items()))
    return Problem(pool.seats, classes, tuple(limits))


def _classes(pool: Pool) -> tuple[PersonClass, ...]:
    living = Counter(each.household for each in pool.eligible if each.household)
    found: dict[tuple[tuple[str, ...], str], list[str]] = {}
    for each in pool.eligible:
        values = tuple(each.attributes.get(category, "") for category in pool.categories)
        tied = bool(pool.household_limit) and living[each.household] > pool.household_limit
        found.setdefault((values, each.household if tied else ""), []).append(each.number)
    return tuple(PersonClass(values, household, tuple(numbers)) for (values, household), numbers in sorted(found.items()))
