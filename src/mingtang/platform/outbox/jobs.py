"""The outbox's rhythm."""

from __future__ import annotations

from datetime import datetime

from mingtang.platform.jobs.registry import every
from mingtang.platform.outbox.deliver import deliver_due


@every("outbox", seconds=2)
def send_notices(now: datetime) -> None:
    """Send what is due."""
    deliver_due(now)
