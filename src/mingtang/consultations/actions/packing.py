"""The public data of a published report, packed for download; renewed with every version of the report."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max

from mingtang.consultations.models import Consultation, ReportCorrection
from mingtang.consultations.published.exporting import archive
from mingtang.platform.actor import Actor
from mingtang.platform.audit.acts import record
from mingtang.platform.events import Happened
from mingtang.platform.jobs.registry import enqueue
from mingtang.platform.ledger.sequencing import sequence
from mingtang.platform.web.versions import touch

ARCHIVE = "consultations.archive"


def pack_archive(row: Consultation, *, now: datetime, version: int = 1) -> None:
    """Queue the packing of a version of the report; once for each version."""
    dedupe = f"{ARCHIVE}:{row.pk}" if version == 1 else f"{ARCHIVE}:{row.pk}:{version}"
    enqueue(ARCHIVE, now=now, government_id=row.government_id, dedupe=dedupe, consultation_id=row.pk)


def draw_changed(happened: Happened) -> None:
    """Reaction to every step of the draw of a call: the export of its matter, if there is one, is packed anew."""
    for row in Consultation.objects.filter(topic_id=happened.subject.topic_id, state="reported").order_by("pk"):
        enqueue(ARCHIVE, now=happened.now, government_id=row.government_id, consultation_id=row.pk)


def build_archive(consultation_id: int, *, now: datetime) -> str:
    """Append what waits for the public log, then pack the export and show its link; safe to run again."""
    row = Consultation.objects.get(pk=consultation_id)
    while sequence(row.government_id, now):
        pass
    made = archive(consultation_id, now=now)
    touch(row.government_id, f"consultation:{consultation_id}", f"topic:{row.topic_id}")
    return f"{made.name} {made.stat().st_size} B"


def next_version(consultation_id: int) -> int:
    """The number of the version a change of the published report makes."""
    last = ReportCorrection.objects.filter(consultation_id=consultation_id).aggregate(n=Max("number"))["n"]
    return (last or 1) + 1


def renew_report(row: Consultation, version: int, *, actor: Actor, now: datetime) -> None:
    """Tell the public log the places, answers and counts of a report as they are from this version on (2.1e)."""
    record("consultation.correct_report", row, actor=actor, now=now, clause="2.1e", data={"version": version})
    pack_archive(row, now=now, version=version)
