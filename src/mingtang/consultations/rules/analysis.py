"""How participation is counted in public: whole numbers, no share of people who chose to speak, no cell that points at somebody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta


def shielded(numbers: Sequence[int], least: int) -> tuple[int | None, ...]:
    """Counts of people's kinds without those between 1 and `least` - 1; None stands for a number held back.

    When a single one is held back the total would give it away, so the smallest of the others goes with it (PIPL Art.28, 51).
    """
    hidden = {n for n, number in enumerate(numbers) if 0 < number < least}
    if len(hidden) == 1:
        others = [(number, n) for n, number in enumerate(numbers) if number >= least]
        hidden |= {min(others)[1]} if others else set()
    return tuple(None if n in hidden else number for n, number in enumerate(numbers))


def every_day(first: date, last: date) -> Iterator[date]:
    """The days from the first to the last, both included; none when the last comes before."""
    for n in range((last - first).days + 1):
        yield first + timedelta(days=n)


def heat(number: int, most: int) -> int:
    """How warm a cell is, 0 (nothing) to 4 (the most), in even steps."""
    return 0 if number <= 0 or most <= 0 else min(4, 1 + (number - 1) * 4 // most)
