"""Every stage of a matter on its dossier: the rule and the fact of the public ledger, and where staff work on it.

A matter knows no later stage, so the workspace installs the composition at start, as it does the rail.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from mingtang.kernel.text import NOTHING, Text
from mingtang.platform.web.chain import Progress, Stage

if TYPE_CHECKING:
    from mingtang.platform.actor import Actor

SHAPES = {Progress.DONE: "full", Progress.NOW: "now", Progress.LATE: "late", Progress.NEXT: "none", Progress.SKIPPED: "out"}


@dataclass(frozen=True, slots=True)
class StaffStage:
    """One stage as staff see it: the public column, where the work is done, and what the link there says."""

    stage: Stage
    url: str = ""
    action: Text = NOTHING

    @property
    def shape(self) -> str:
        """The mark of its progress."""
        return SHAPES[self.stage.progress]

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done here."""
        return self.stage.progress not in {Progress.DONE, Progress.SKIPPED}


Stages = Callable[["Actor", int, datetime], list[StaffStage]]
_stages: list[Stages] = []


def install_stages(stages: Stages) -> None:
    """Use `stages` on every dossier."""
    _stages[:] = [stages]


def stages_for(actor: Actor, topic_id: int, now: datetime) -> list[StaffStage]:
    """The stages of one matter in order."""
    return _stages[0](actor, topic_id, now) if _stages else []
