"""Reading the jobs, for the system administrator."""

from __future__ import annotations

from mingtang.platform.jobs.models import Job


def share_of(dedupe: str) -> int:
    """How many percent of a job are done; 0 when it has not begun or there is none."""
    found = Job.objects.filter(dedupe=dedupe).values_list("done_steps", "all_steps").first()
    return found[0] * 100 // found[1] if found and found[1] else 0


def jobs(most: int = 200) -> list[Job]:
    """The newest jobs."""
    return list(Job.objects.order_by("-id")[:most])
