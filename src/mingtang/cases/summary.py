"""What a played case amounts to: counts that anybody can recount."""

from __future__ import annotations

from datetime import date
from typing import Any

from mingtang.cases.player import Play
from mingtang.consultations import queries
from mingtang.consultations.rules.adoption import Places
from mingtang.oversight.queries import matrix, tally


def summary(run: Play, first: date, last: date) -> dict[str, Any]:
    """Received, placed, by place, withheld, distinct people, and the obligations kept and broken."""
    consultation = run.ids.get("consultation")
    places = queries.places(consultation) if consultation else Places(0, 0, 0, 0)
    duties = matrix(run.government.pk, first, last)
    counts = tally(duties)
    return {
        "received": places.received,
        "placed": places.received - places.homeless,
        "by_place": {"group": places.grouped, "single": places.single, "withheld": places.withheld},
        "withheld": places.withheld,
        "distinct_people": queries.people(consultation) if consultation else 0,
        "obligations": {
            "kept": counts["kept"],
            "broken": counts["broken"],
            "list": [{"id": each.obligation.id, "state": each.state.value} for each in duties],
        },
    }
