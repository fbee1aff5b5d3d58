"""What belongs to the public export of a matter: rows whose entries go with it, and its draws. The providers stand in `mingtang.reactions`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

Subject = tuple[str, Sequence[int]]


@dataclass(frozen=True, slots=True)
class Part:
    """What one capability adds: rows by type and ids, draws as the export writes them (`engines.ledger.exported_draws`)."""

    subjects: tuple[Subject, ...] = ()
    draws: tuple[dict[str, Any], ...] = ()


Provider = Callable[[int], Part]
_providers: list[Provider] = []


def install(providers: Iterable[Provider]) -> None:
    """Ask these (matter → part) from here on; called once at start."""
    _providers[:] = providers


def belonging(topic_id: int) -> Part:
    """Everything that belongs to a matter, of all capabilities together."""
    parts = [provider(topic_id) for provider in _providers]
    return Part(tuple(each for part in parts for each in part.subjects), tuple(each for part in parts for each in part.draws))
