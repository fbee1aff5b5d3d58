"""The clock of consultations."""

from __future__ import annotations

from datetime import datetime

from mingtang.consultations.actions.preparing import close_due
from mingtang.platform.jobs.registry import every


@every("consultations.close", seconds=60)
def close_what_is_over(now: datetime) -> None:
    """Close consultations whose period has ended."""
    close_due(now)
