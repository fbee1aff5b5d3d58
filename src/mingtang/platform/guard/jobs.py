"""The sweep of the publish guard."""

from __future__ import annotations

from datetime import datetime

from mingtang.platform.guard.holding import recount
from mingtang.platform.jobs.registry import every


@every("guard.holds", minutes=10)
def recount_holds(now: datetime) -> None:
    """Count again the findings of what is held on its way to the public."""
    recount(now)
