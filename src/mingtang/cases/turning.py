"""A case that carries more than one matter, as a meeting does: which of them the next events are about."""

from __future__ import annotations

from mingtang.cases.player import Play, verb
from mingtang.cases.reading import Event


@verb("turn_to")
def turn_to(run: Play, event: Event) -> None:
    """From now on the matter with this title; one not there yet begins with the next `declare`, one turned to before goes on."""
    run.turn_to(event.fields["title"])
