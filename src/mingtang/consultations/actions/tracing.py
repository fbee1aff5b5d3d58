"""How often each clause was spoken about and in which group: counted once, in the transaction that publishes the report."""

from __future__ import annotations

from mingtang.consultations.models import Consultation, Tally
from mingtang.consultations.queries.inspecting import traces


def count_traces(row: Consultation) -> None:
    """Count opinions by clause and group (or verdict of a single reply), so that the trace reads a few rows only."""
    counted = traces(row.pk)
    Tally.objects.filter(consultation=row, dimension="traced").delete()
    Tally.objects.bulk_create(Tally(consultation=row, dimension="traced", key=key, number=n) for key, n in sorted(counted.items()))
