"""Evidence for the duties of listening in many ways and of the statutory hearing (2.1c, 2.1d)."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.urls import reverse

from mingtang.hearings.models import Activity, Hearing
from mingtang.kernel.obligations import Evidence, Example, evidence_for
from mingtang.kernel.text import same
from mingtang.platform.clock import closing_of, opening_of
from mingtang.topics.rules import named

REPORT_DAYS = 60
NAMED = Q(**named("topic__"))


@evidence_for("2.1c")
def activities_published(government_id: int, first: date, last: date) -> Evidence:
    """Activities whose course and findings are public; those on a secret matter count and are not named."""
    rows = Activity.objects.filter(government_id=government_id, published_at__gte=opening_of(first), published_at__lt=closing_of(last))
    examples = tuple(Example(same(row.title), reverse("portal:activity", args=[row.pk])) for row in rows.filter(NAMED).order_by("-id")[:5])
    return Evidence(rows.count(), examples=examples)


@evidence_for("2.1d", "1.3b")
def hearings_held(government_id: int, first: date, last: date) -> Evidence:
    """Hearings whose record was confirmed by everybody, against those announced whose day passed without one.

    Every step before has its gate; what can be missed is to hold it, to confirm the record and to report.
    """
    rows = Hearing.objects.filter(government_id=government_id, starts_at__gte=opening_of(first), starts_at__lt=closing_of(last))
    kept = rows.filter(confirmed_at__isnull=False)
    forgotten = rows.filter(announced_at__isnull=False, confirmed_at=None, starts_at__lt=closing_of(last)).exclude(
        Q(state="postponed") | Q(state="cancelled")
    )
    stale = [row for row in forgotten if row.starts_at and (last - row.starts_at.date()).days > REPORT_DAYS]
    examples = tuple(Example(same(row.title), reverse("portal:hearing", args=[row.pk])) for row in kept.filter(NAMED).order_by("-id")[:5])
    return Evidence(kept.count(), len(stale), examples)
