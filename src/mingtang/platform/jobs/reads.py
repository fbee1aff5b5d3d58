"""Reading the jobs, for the system administrator."""

from __future__ import annotations

from mingtang.platform.jobs.models import Job


def jobs(most: int = 200) -> list[Job]:
    """The newest jobs."""
    return list(Job.objects.order_by("-id")[:most])
