"""Running what is due: the same loop inside the embedded process and in a separate worker."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import IntegrityError, close_old_connections, transaction
from django.db.models import Q

from mingtang.kernel.decision import Refused
from mingtang.platform.jobs.models import Beat, Job
from mingtang.platform.jobs.registry import SWEEPS, WORKS, Periodic

log = logging.getLogger(__name__)
LEASE = timedelta(minutes=10)
MAX_ATTEMPTS = 5


def run_due(now: datetime) -> int:
    """Run every sweep and job that is due; returns how many ran."""
    return sum(_sweep(periodic, now) for periodic in tuple(SWEEPS.values())) + _run_jobs(now)


def _sweep(periodic: Periodic, now: datetime) -> int:
    beat = Beat.objects.filter(name=periodic.name).first() or _first_beat(periodic, now)
    if beat is None or beat.next_at > now:
        return 0
    mine = Beat.objects.filter(pk=beat.pk, next_at=beat.next_at).update(next_at=now + periodic.every)
    if not mine:
        return 0
    try:
        periodic.run(now)
    except Exception:
        log.exception("sweep %s failed", periodic.name)
    return 1


def _first_beat(periodic: Periodic, now: datetime) -> Beat | None:
    try:
        with transaction.atomic():
            return Beat.objects.create(name=periodic.name, next_at=now)
    except IntegrityError:
        return None


def _run_jobs(now: datetime) -> int:
    free = Q(status="waiting", due_at__lte=now) | Q(status="running", lease_until__lt=now)
    ran = 0
    for candidate in Job.objects.filter(free).order_by("due_at", "id")[:20]:
        taken = Job.objects.filter(free, pk=candidate.pk).update(status="running", lease_until=now + LEASE, attempts=candidate.attempts + 1)
        if taken:
            candidate.refresh_from_db()
            _run(candidate, now)
            ran += 1
    return ran


def _run(job: Job, now: datetime) -> None:
    def progress(done: int, total: int) -> None:
        Job.objects.filter(pk=job.pk).update(done_steps=done, all_steps=total, lease_until=now + LEASE)

    try:
        outcome = WORKS[job.name](now=now, progress=progress, **job.arguments)
    except Refused as refused:
        _finish(job, now, "failed", str(refused))
    except Exception as problem:
        log.exception("job %s failed", job)
        if job.attempts >= MAX_ATTEMPTS:
            _finish(job, now, "failed", repr(problem))
        else:
            wait = timedelta(seconds=30 * 2**job.attempts)
            Job.objects.filter(pk=job.pk).update(status="waiting", lease_until=None, due_at=now + wait, outcome=repr(problem))
    else:
        _finish(job, now, "done", outcome)


def _finish(job: Job, now: datetime, status: str, outcome: str) -> None:
    Job.objects.filter(pk=job.pk).update(status=status, lease_until=None, finished_at=now, outcome=outcome)


class Runner:
    """A thread that runs what is due until stopped."""

    def __init__(self, clock: Callable[[], datetime], *, pause: float = 1.0) -> None:
        self._clock = clock
        self._pause = pause
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._loop, name="mingtang-jobs", daemon=True)

    def start(self) -> None:
        """Begin in a thread of its own."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the work in hand, then end."""
        self._stopping.set()
        self._thread.join(timeout=30)

    def ask_to_stop(self) -> None:
        """End after the work in hand, without waiting."""
        self._stopping.set()

    def run_here(self) -> None:
        """Run in the calling thread until `stop` (the worker command)."""
        self._loop()

    def _loop(self) -> None:
        while not self._stopping.is_set():
            try:
                close_old_connections()
                run_due(self._clock())
            except Exception:
                log.exception("runner stumbled")
            self._stopping.wait(self._pause)
