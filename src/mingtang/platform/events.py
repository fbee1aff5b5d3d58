"""What happened, told to whoever must follow from it.

A capability announces; `mingtang.reactions` names the listeners, all in one list. Reactions run in the
same transaction as the act: if one refuses, nothing happened.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from mingtang.platform.actor import Actor


@dataclass(frozen=True, slots=True)
class Happened:
    """One event: its name ("topic.approve"), the row it happened to, who, when, further facts."""

    name: str
    subject: Any
    actor: Actor
    now: datetime
    facts: Mapping[str, Any] = field(default_factory=dict)


Reaction = Callable[[Happened], None]
_reactions: dict[str, tuple[Reaction, ...]] = {}


def install(table: Mapping[str, tuple[Reaction, ...]]) -> None:
    """Use `table` (event name to listeners) from here on; called once at start."""
    _reactions.clear()
    _reactions.update(table)


def announce(happened: Happened) -> None:
    """Run every listener of the event, in the order of the table."""
    for reaction in _reactions.get(happened.name, ()):
        reaction(happened)
