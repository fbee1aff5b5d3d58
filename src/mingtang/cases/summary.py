"""What a played case amounts to: counts that anybody can recount."""

from __future__ import annotations

from datetime import date
from typing import Any

from mingtang.cases.player import Play
from mingtang.consultations import queries
from mingtang.oversight.queries import matrix, tally


def summary(run: Play, first: date, last: date) -> dict[str, Any]:
    """Received, placed, by place, withheld, distinct people, and the obligations."""
    found: dict[str, Any] = {"case": run.case.key}
    if "consultation" in run.ids:
        places = queries.places(run.ids["consultation"])
        found |= {
            "received": places.received,
            "placed": places.received - places.homeless,
            "by_place": {"group": places.grouped, "single": places.single, "withheld": places.withheld},
            "withheld": places.withheld,
            "distinct_people": queries.people(run.ids["consultation"]),
        }
    counts = tally(matrix(run.government.pk, first, last))
    return found | {
        "obligations": {"kept": counts["kept"], "broken": counts["broken"], "no_case": counts["no_case"], "not_built": counts["not_built"]}
    }
