"""The clock of a served site: the moment written in `CLOCK`, running on from when it was written; else the real one."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

CLOCK = "MINGTANG_JOURNEY_CLOCK"


def now() -> datetime:
    """What the site takes as now."""
    place = Path(os.environ.get(CLOCK, ""))
    if not place.is_file():
        return datetime.now(UTC)
    set_to = datetime.fromisoformat(place.read_text(encoding="utf-8"))
    return set_to.astimezone(UTC) + timedelta(seconds=max(0.0, time.time() - place.stat().st_mtime))
