"""What can be run: named jobs and periodic sweeps, registered by the ``jobs`` modules."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from mingtang.platform.jobs.models import Job

Progress = Callable[[int, int], None]
Work = Callable[..., str]
Sweep = Callable[[datetime], object]


@dataclass(frozen=True, slots=True)
class Periodic:
    """A sweep and how often it is due."""

    name: str
    every: timedelta
    run: Sweep


WORKS: dict[str, Work] = {}
SWEEPS: dict[str, Periodic] = {}


def job(name: str) -> Callable[[Work], Work]:
    """Register ``work(*, now, progress, **arguments) -> outcome`` under `name`.

    The work must be safe to run twice: it is run again when its runner died.
    """

    def register(work: Work) -> Work:
        WORKS[name] = work
        return work

    return register


def every(name: str, **interval: float) -> Callable[[Sweep], Sweep]:
    """Register a sweep ``run(now)`` with its interval, e.g. ``@every("outbox", seconds=2)``."""

    def register(run: Sweep) -> Sweep:
        SWEEPS[name] = Periodic(name, timedelta(**interval), run)
        return run

    return register


def enqueue(name: str, *, now: datetime, government_id: int | None = None, dedupe: str = "", **arguments: Any) -> Job:
    """Queue a job in the caller's transaction; with `dedupe`, the job already queued is returned."""
    if name not in WORKS:
        msg = f"no job is called {name}"
        raise KeyError(msg)
    if dedupe:
        found, _ = Job.objects.get_or_create(
            dedupe=dedupe,
            defaults={"name": name, "arguments": arguments, "government_id": government_id, "due_at": now, "created_at": now},
        )
        return found
    return Job.objects.create(name=name, arguments=arguments, government_id=government_id, due_at=now, created_at=now)
