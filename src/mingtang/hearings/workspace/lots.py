"""What the page of a hearing shows of the draw of its seats."""

from __future__ import annotations

from datetime import date
from typing import Any

from mingtang.hearings import policy, queries
from mingtang.platform.drawing.rules import may_reveal
from mingtang.platform.web.edges import Request


def lots_of(request: Request, row: Any, today: date) -> dict[str, Any]:
    """Where the draw of seats stands, and what the reader may do about it."""
    every = queries.draws(row.pk)
    draw = next((each for each in reversed(every) if each.annulled_at is None), None)
    waits = row.state == "enrolling"
    department = row.topic.department_id
    return {
        "draw": draw,
        "draws": every,
        "to_draw": sum(map(len, queries.waiting_for(row, "lot").values())) if waits else 0,
        "firsts": bool(queries.waiting_for(row, "order")) if waits else False,
        "due": draw is not None and bool(may_reveal(draw.source_day, today, "713 Art.16")),
        "may_reveal": policy.may_reveal(request.actor, draw, department) if draw else None,
        "may_correct": policy.may_correct(request.actor, draw, department) if draw else None,
    }
