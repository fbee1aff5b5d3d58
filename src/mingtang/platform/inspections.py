"""Promises of the data that can be looked over at any time: counters equal a recount, files are whole.

Each part registers its own with `inspects`; ``mingtang check`` runs them all and changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from mingtang.kernel.text import Text

Look = Callable[[], Iterable[Text]]


@dataclass(frozen=True, slots=True)
class Inspection:
    """One promise, and the function that yields a sentence for each place where it is not kept."""

    name: str
    title: Text
    look: Look


INSPECTIONS: dict[str, Inspection] = {}


def inspects(name: str, title: Text) -> Callable[[Look], Look]:
    """Register ``look() -> sentences`` under `name`; it reads and never writes."""

    def register(look: Look) -> Look:
        INSPECTIONS[name] = Inspection(name, title, look)
        return look

    return register
