"""Reads for staff, facts for later stages, what waits on the desk; evidence for 1.1a, 2.2c and 2.2d."""

from mingtang.meetings.queries.papers import agenda_paper
from mingtang.meetings.queries.reading import (
    as_frozen,
    as_lines,
    candidates,
    consulted,
    for_update,
    gate,
    gate_of,
    get,
    item_facts,
    item_for_update,
    items,
    items_of,
    meetings,
    meetings_of,
    meetings_shown,
    statements_given,
    warnings,
)
from mingtang.meetings.queries.waiting import blocked, coming, desk

__all__ = [
    "agenda_paper",
    "as_frozen",
    "as_lines",
    "blocked",
    "candidates",
    "coming",
    "consulted",
    "desk",
    "for_update",
    "gate",
    "gate_of",
    "get",
    "item_facts",
    "item_for_update",
    "items",
    "items_of",
    "meetings",
    "meetings_of",
    "meetings_shown",
    "statements_given",
    "warnings",
]
