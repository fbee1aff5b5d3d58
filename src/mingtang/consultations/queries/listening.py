"""What later stages and the desk need to know of listening; evidence for the duties of 2.1."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, QuerySet
from django.urls import reverse

from mingtang.consultations.models import Consultation, OpinionGroup, Tally
from mingtang.consultations.queries.adopting import people
from mingtang.consultations.queries.preparing import tallies
from mingtang.kernel.obligations import Evidence, Example, evidence_for
from mingtang.kernel.text import same
from mingtang.platform.clock import closing_of, opening_of
from mingtang.platform.figures.lookup import figures_for
from mingtang.topics.rules import named


@dataclass(frozen=True, slots=True)
class ListeningFacts:
    """The listening of a matter for the gates of its meeting."""

    consultation_id: int
    state: str
    opened_at: datetime | None
    closed_at: datetime | None
    reported_at: datetime | None
    opinions: int
    people: int
    closes_on: date | None = None


def listening(topic_id: int) -> ListeningFacts | None:
    """How a matter was listened to; None when no consultation was begun (or it was cancelled)."""
    row = Consultation.objects.filter(topic_id=topic_id).exclude(state="cancelled").order_by("-id").first()
    if row is None:
        return None
    return ListeningFacts(
        row.pk,
        row.state,
        row.opened_at,
        row.closed_at,
        row.reported_at,
        tallies(row.pk).get(("all", ""), 0),
        people(row.pk),
        row.closes_on,
    )


def listened(topic_ids: Sequence[int]) -> dict[int, tuple[datetime | None, datetime | None]]:
    """When the listening of each matter was opened and when its report was published; one query."""
    rows = Consultation.objects.filter(topic_id__in=topic_ids).exclude(state="cancelled").order_by("id")
    newest = {topic: (opened, reported) for topic, opened, reported in rows.values_list("topic_id", "opened_at", "reported_at")}
    return {each: newest.get(each, (None, None)) for each in topic_ids}


def report_due(row: Consultation) -> date | None:
    """The day by which the adoption report is due."""
    if row.closes_on is None:
        return None
    return row.closes_on + timedelta(days=figures_for(row.government_id, row.closes_on).number("consult.feedback_due_days"))


def _opened(government_id: int, first: date, last: date) -> QuerySet[Consultation]:
    return Consultation.objects.filter(
        government_id=government_id, opened_at__gte=opening_of(first), opened_at__lt=closing_of(last)
    ).select_related("topic")


def _examples(rows: QuerySet[Consultation]) -> tuple[Example, ...]:
    """For the public matrix too: secret matters count and are not named, the others by their title as approved."""
    shown = rows.filter(**named("topic__")).order_by("-id")[:5]
    return tuple(Example(same(row.topic.approved_title), reverse("portal:consultation", args=[row.pk])) for row in shown)


@evidence_for("2.1a", "2.1b")
def opened_with_papers(government_id: int, first: date, last: date) -> Evidence:
    """Consultations opened: each passed the gate that asks for draft, basis, explanation and plain words."""
    rows = _opened(government_id, first, last)
    return Evidence(rows.count(), examples=_examples(rows))


@evidence_for("2.1c")
def many_doors(government_id: int, first: date, last: date) -> Evidence:
    """Consultations that heard people through more than one channel."""
    rows = _opened(government_id, first, last)
    doors = Tally.objects.filter(consultation__in=rows, dimension="channel", number__gt=0).values("consultation_id").annotate(n=Count("pk"))
    kept = rows.filter(pk__in=list(doors.filter(n__gt=1).order_by().values_list("consultation_id", flat=True)))
    return Evidence(kept.count(), examples=_examples(kept))


@evidence_for("2.1e")
def reported_in_time(government_id: int, first: date, last: date) -> Evidence:
    """Adoption reports published, against consultations whose report is overdue."""
    rows = _opened(government_id, first, last).exclude(state="cancelled")
    kept = rows.filter(reported_at__isnull=False)
    grace = timedelta(days=figures_for(government_id, last).number("consult.feedback_due_days"))
    return Evidence(kept.count(), rows.filter(reported_at=None, closes_on__lt=last - grace).count(), _examples(kept))


@evidence_for("2.1f")
def reasons_given(government_id: int, first: date, last: date) -> Evidence:
    """Groups not adopted in published reports, with and without a reason."""
    rows = OpinionGroup.objects.filter(
        consultation__government_id=government_id,
        consultation__reported_at__gte=opening_of(first),
        consultation__reported_at__lt=closing_of(last),
        verdict="not_adopted",
    )
    return Evidence(rows.exclude(reason="").count(), rows.filter(reason="").count())
