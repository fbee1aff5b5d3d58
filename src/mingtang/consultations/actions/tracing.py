"""How often each clause was spoken about and in which group: counted once, in the transaction that publishes the report."""

from __future__ import annotations

from collections import Counter

from mingtang.consultations.models import Consultation, Opinion, Tally


def count_traces(row: Consultation) -> None:
    """Count opinions by clause and group (or verdict of a single reply), so that the trace reads a few rows only."""
    counted: Counter[str] = Counter()
    places = Opinion.objects.filter(consultation=row).exclude(state="withheld").values_list("clause_id", "group_id", "verdict")
    for clause, group, verdict in places.iterator(chunk_size=2000):
        counted[f"{clause or 0}:{group}" if group else f"{clause or 0}:v:{verdict}"] += 1
    Tally.objects.filter(consultation=row, dimension="traced").delete()
    Tally.objects.bulk_create(Tally(consultation=row, dimension="traced", key=key, number=n) for key, n in sorted(counted.items()))
