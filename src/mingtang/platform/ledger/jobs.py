"""The clock of the log."""

from __future__ import annotations

from datetime import datetime

from mingtang.platform.jobs.registry import every
from mingtang.platform.ledger.sequencing import sequence_all

SECONDS = 10


@every("ledger.sequence", seconds=SECONDS)
def append_what_waits(now: datetime) -> None:
    """Append what waits: at most some seconds after it was promised."""
    sequence_all(now)
