"""How often the duties of a declaration were kept, counted from what happened."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, QuerySet
from django.urls import reverse

from mingtang.kernel.obligations import Evidence, Example, evidence_for
from mingtang.kernel.text import same
from mingtang.platform.actor import Role
from mingtang.platform.clock import closing_of, opening_of
from mingtang.topics.models import Topic
from mingtang.topics.rules import StepKind, named


def _approved_in(government_id: int, first: date, last: date) -> QuerySet[Topic]:
    return Topic.objects.filter(
        government_id=government_id, first_approved_at__gte=opening_of(first), first_approved_at__lt=closing_of(last), is_secret=False
    )


def _examples(rows: QuerySet[Topic]) -> tuple[Example, ...]:
    """For the public matrix too: titles as they were approved."""
    return tuple(
        Example(same(topic.approved_title), reverse("workspace:topic", args=[topic.pk]))
        for topic in rows.filter(**named()).order_by("-id")[:5]
    )


@evidence_for("3.2a", "1.3b")
def declared_together(government_id: int, first: date, last: date) -> Evidence:
    """Declarations approved with form and audiences on them."""
    rows = _approved_in(government_id, first, last).filter(forms__isnull=False).distinct()
    return Evidence(kept=rows.count(), examples=_examples(rows))


@evidence_for("1.2a")
def opened_areas(government_id: int, first: date, last: date) -> Evidence:
    """Matters of the focus areas opened, against those closed; a closed one with ground and approval is neither."""
    rows = _approved_in(government_id, first, last).filter(focus_areas__isnull=False).distinct()
    closed = rows.filter(forms__form="closed")
    broken = closed.filter(closing_ground="")
    kept = rows.exclude(pk__in=closed.values("pk"))
    return Evidence(kept.count(), broken.count(), _examples(rows))


@evidence_for("1.3a")
def audiences_addressed(government_id: int, first: date, last: date) -> Evidence:
    """Matters that name at least one of the seven audiences."""
    rows = _approved_in(government_id, first, last).filter(audiences__isnull=False).distinct()
    return Evidence(rows.count(), examples=_examples(rows))


@evidence_for("3.4b")
def office_reviewed(government_id: int, first: date, last: date) -> Evidence:
    """Declarations the government office approved."""
    rows = _approved_in(government_id, first, last).filter(chain__steps__role=Role.OFFICE, chain__steps__person__isnull=False).distinct()
    return Evidence(rows.count(), examples=_examples(rows))


@evidence_for("3.1a")
def five_steps(government_id: int, first: date, last: date) -> Evidence:
    """Major matters whose every step is answered."""
    rows = _approved_in(government_id, first, last).filter(is_major=True)
    answered = rows.annotate(answered=Count("steps")).filter(answered=len(StepKind))
    return Evidence(answered.count(), rows.count() - answered.count(), _examples(rows))
