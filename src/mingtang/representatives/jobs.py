"""The clock of calls: who applied and got no seat is forgotten when their days are over."""

from __future__ import annotations

from datetime import datetime

from mingtang.platform.jobs.registry import every
from mingtang.representatives.actions import forget_applicants


@every("representatives.forget_applicants", seconds=86400)
def forget(now: datetime) -> None:
    """Delete who the applicants were when the figure's days after the draw are over."""
    forget_applicants(now)
