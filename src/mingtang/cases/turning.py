"""A case that carries more than one matter, as a meeting does: which of them the next events are about."""

from __future__ import annotations

from mingtang.cases.player import Play, verb
from mingtang.cases.reading import Event

SHARED = ("meeting", "member:")
"""What belongs to the meeting and not to one of its matters."""


@verb("turn_to")
def turn_to(run: Play, event: Event) -> None:
    """From now on the matter with this title; one not there yet begins with the next `declare`, one turned to before goes on."""
    run.put_by[run.title] = {name: pk for name, pk in run.ids.items() if not name.startswith(SHARED)}
    kept = {name: pk for name, pk in run.ids.items() if name.startswith(SHARED)}
    run.title = event.fields["title"]
    run.ids = kept | run.put_by.pop(run.title, {})
