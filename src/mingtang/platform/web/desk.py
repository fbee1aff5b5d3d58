"""What a capability puts on a person's desk: things that wait, are late, come next, or stand in the way.

Each capability's ``queries`` offers ``desk(actor, now) -> list[DeskItem]`` and, where it knows days to come,
``coming(actor, first, last) -> list[ComingDay]``; the workspace sorts them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mingtang.kernel.decision import Decision
from mingtang.kernel.text import NOTHING, Text


@dataclass(frozen=True, slots=True)
class DeskItem:
    """One thing that waits for the actor.

    `due_on` is the last lawful day (None: no deadline), `began_on` where its clock started,
    `provisional` when the calendar of that year is not known yet, `action` what the button says,
    `many` how many things stand behind this one line.
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
    many: int = 1


@dataclass(frozen=True, slots=True)
class ComingDay:
    """A day worth knowing beforehand: something closes, meets, or has its last lawful day."""

    day: date
    what: Text
    about: str
    url: str
    time: str = ""


@dataclass(frozen=True, slots=True)
class Blocked:
    """A matter that cannot keep its wished day: the refusal, the one act that mends it, the earliest lawful day."""

    title: Text
    decision: Decision
    url: str
    action: Text
    more_url: str
    earliest: date
