"""The clock of consultations, and the archive of a published report."""

from __future__ import annotations

from datetime import datetime

from mingtang.consultations.actions.packing import ARCHIVE, build_archive
from mingtang.consultations.actions.preparing import close_due
from mingtang.consultations.actions.sketching import sketch_opinions
from mingtang.consultations.actions.telling import MILESTONE, tell_milestone, tell_of_silence
from mingtang.platform.jobs.registry import Progress, every, job


@every("consultations.close", seconds=60)
def close_what_is_over(now: datetime) -> None:
    """Close consultations whose period has ended."""
    close_due(now)


@job(ARCHIVE)
def pack_export(*, now: datetime, progress: Progress, consultation_id: int) -> str:
    """Pack the public data of a published report for download."""
    progress(0, 1)
    return build_archive(consultation_id, now=now)


@job(MILESTONE)
def tell_authors(*, now: datetime, progress: Progress, topic_id: int, release_id: int, title: str) -> str:
    """Tell the authors what was decided on their matter, or improved later."""
    progress(0, 1)
    return f"{tell_milestone(topic_id=topic_id, release_id=release_id, title=title, now=now)} addresses"


@every("consultations.silence", minutes=60)
def tell_of_silent_doors(now: datetime) -> None:
    """Write to the clerks of consultations that few people answered at half time."""
    tell_of_silence(now)


@every("consultations.sketch", seconds=60)
def sketch_what_is_shown(_now: datetime) -> None:
    """Make newly shown opinions findable for whoever is about to say something similar."""
    sketch_opinions()
