"""What a capability puts on a person's desk: things that wait, are late, or come next.

Each capability's ``queries`` offers ``desk(actor, now) -> list[DeskItem]``; the workspace sorts them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mingtang.kernel.text import NOTHING, Text


@dataclass(frozen=True, slots=True)
class DeskItem:
    """One thing that waits for the actor.

    `due_on` is the last lawful day (None: no deadline), `began_on` where its clock started,
    `provisional` when the calendar of that year is not known yet, `action` what the button says.
    """

    title: Text
    topic: str
    url: str
    action: Text
    clause: str = ""
    sub: Text = NOTHING
    due_on: date | None = None
    began_on: date | None = None
    provisional: bool = False
    waits: bool = True
