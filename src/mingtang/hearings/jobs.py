"""The clock of hearings: papers nobody opened, departments that have not answered."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from mingtang.hearings.actions import forget_unselected, remind_due, remind_overdue, tell_heard, tell_of_correction
from mingtang.hearings.actions.following import CORRECTED, MILESTONE
from mingtang.platform.jobs.registry import Progress, every, job


@every("hearings.remind_papers", seconds=3600)
def remind_of_papers(now: datetime) -> None:
    """Remind those whose hearing papers have not arrived."""
    remind_due(now)


@every("hearings.remind_departments", seconds=3600)
def remind_departments(now: datetime) -> None:
    """Remind departments of requests that are due."""
    remind_overdue(now)


@every("hearings.forget_unselected", seconds=86400)
def forget_contacts(now: datetime) -> None:
    """Delete the contact data of people without a seat when their days are over."""
    forget_unselected(now)


@job(MILESTONE)
def tell_people_heard(*, now: datetime, progress: Progress, topic_id: int, release_id: int, title: str) -> str:
    """Tell everybody heard what was decided on their matter, or improved later."""
    return f"{tell_heard(topic_id=topic_id, release_id=release_id, title=title, now=now, progress=progress)} letters"


@job(CORRECTED)
def tell_of_corrected_answer(*, now: datetime, progress: Progress, at: str, **about: Any) -> str:
    """Tell everybody heard whose answer was corrected."""
    return f"{tell_of_correction(now=now, progress=progress, at=datetime.fromisoformat(at), **about)} letters"
