"""What demands a hearing on a matter, and whether one was reported."""

from __future__ import annotations

from collections.abc import Sequence

from mingtang.hearings.models import Hearing, HearingNeed
from mingtang.hearings.rules import NeedFacts, may_table_heard
from mingtang.kernel.decision import Decision


def need(topic_id: int) -> HearingNeed | None:
    """What demands a hearing on the matter; None when nothing was noted."""
    return HearingNeed.objects.select_related("noted_by", "exempted_by").filter(topic_id=topic_id).first()


def needs_of(topic_ids: Sequence[int]) -> dict[int, NeedFacts]:
    """The facts of the gate to the agenda for each matter; at most two queries."""
    found = {row.topic_id: row for row in HearingNeed.objects.filter(topic_id__in=topic_ids)}
    reported: set[int] = set()
    if found:
        reported = set(Hearing.objects.filter(topic_id__in=list(found), state="reported").values_list("topic_id", flat=True))
    return {
        each: NeedFacts(row.law, row.article, row.exemption, each in reported) if (row := found.get(each)) else NeedFacts()
        for each in topic_ids
    }


def heard(topic_id: int) -> Decision:
    """Whether the matter may be tabled as far as hearings go."""
    return may_table_heard(needs_of([topic_id])[topic_id])
