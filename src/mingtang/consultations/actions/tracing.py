"""How often each clause was spoken about and in which group: counted once, in the transaction that publishes the report."""

from __future__ import annotations

from mingtang.consultations.models import Consultation, Tally
from mingtang.consultations.queries.inspecting import reasons, traces


def count_traces(row: Consultation) -> None:
    """Count opinions by clause and group (or verdict of a single reply), and by kind of reason, so that pages read a few rows only."""
    counted = {("traced", key): n for key, n in traces(row.pk).items()} | {("why", key): n for key, n in reasons(row.pk).items()}
    Tally.objects.filter(consultation=row, dimension__in=["traced", "why"]).delete()
    Tally.objects.bulk_create(
        Tally(consultation=row, dimension=dimension, key=key, number=n) for (dimension, key), n in sorted(counted.items())
    )
