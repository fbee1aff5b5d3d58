"""The clock of those who follow."""

from __future__ import annotations

from datetime import datetime

from mingtang.following.actions import forget_unconfirmed, send_digests
from mingtang.platform.jobs.registry import every


@every("following.digests", minutes=10)
def tell_followers(now: datetime) -> None:
    """Post the digests that are due, and forget addresses that never confirmed themselves."""
    send_digests(now)
    forget_unconfirmed(now)
