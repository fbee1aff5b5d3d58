"""The counters of a consultation as they are kept, and counted anew from its opinions by other means than the product's."""

from __future__ import annotations

from collections import Counter

from mingtang.consultations import queries
from mingtang.consultations.models import Consultation, Opinion
from mingtang.platform.clock import day_of


def counted(row: Consultation) -> dict[tuple[str, str], int]:
    """The counters as a full count of the rows would give them."""
    found: Counter[tuple[str, str]] = Counter()
    for each in Opinion.objects.filter(consultation=row):
        clause = str(each.clause_id or 0)
        found.update(
            [("all", ""), ("channel", each.channel), ("state", each.state), ("clause", clause), ("stance", f"{clause}:{each.stance}")]
        )
        found.update([("day", day_of(each.received_at).isoformat()), ("audience", each.audience)])
        found["verified", ""] += each.verified_at is not None
        found["withheld", each.withheld_code] += each.state == "withheld"
        found["grouped", ""] += each.group_id is not None
        found["single", each.verdict] += bool(each.verdict)
    rows = Opinion.objects.filter(consultation=row).exclude(state="withheld")
    found["people", ""] = len(set(rows.values_list("author_key", flat=True)))
    return {key: number for key, number in found.items() if number}


def kept(row: Consultation) -> dict[tuple[str, str], int]:
    """The counters as they are kept, without zeros."""
    return {key: number for key, number in queries.tallies(row.pk).items() if number}
