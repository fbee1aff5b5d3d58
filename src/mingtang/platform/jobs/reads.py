"""Reading the jobs: how far one is, for those who wait for it; all of them, for the system administrator."""

from __future__ import annotations

from dataclasses import dataclass

from mingtang.platform.jobs.models import Job
from mingtang.platform.jobs.registry import WORKS


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters of one piece of news: how many are written, of how many; whether jobs still write, or gave up."""

    written: int
    every: int
    begun: bool
    waits: bool
    failed: bool


def share_of(dedupe: str) -> int:
    """How many percent of a job are done; 0 when it has not begun or there is none."""
    found = Job.objects.filter(dedupe=dedupe).values_list("done_steps", "all_steps").first()
    return found[0] * 100 // found[1] if found and found[1] else 0


def letters(news: str, about_id: int) -> Letters | None:
    """How far the jobs are that tell a piece of news; None when none was queued.

    Jobs that tell the same to different people are named alike (``consultations.milestone``, ``hearings.milestone``) and
    queued with ``<name>:<id of the row>`` as their dedupe. The numbers are those the jobs report, so they outlive a restart;
    a job that died begins again at zero and passes over what is written.
    """
    keys = [f"{name}:{about_id}" for name in WORKS if name.endswith(f".{news}")]
    rows = list(Job.objects.filter(dedupe__in=keys))
    if not rows:
        return None
    state = {each.status for each in rows}
    begun = all(each.all_steps or each.status in {"done", "failed"} for each in rows)
    sums = (sum(each.done_steps for each in rows), sum(each.all_steps for each in rows))
    return Letters(*sums, begun, waits=bool(state & {"waiting", "running"}), failed="failed" in state)


def jobs(most: int = 200) -> list[Job]:
    """The newest jobs."""
    return list(Job.objects.order_by("-id")[:most])
