"""Reads for staff, the composed draft, the record; evidence for 3.2e–f."""

from mingtang.minutes.queries.reading import (
    GONE,
    Composed,
    compose,
    desk,
    issue_facts,
    material,
    names_listed,
    observer_lines,
    of_meeting,
    state_of,
    suggestion_for_update,
    suggestions,
    suggestions_written,
)
from mingtang.minutes.queries.recording import fingerprint, intact, line_of, positions, record_lines, record_of, wordings

__all__ = [
    "GONE",
    "Composed",
    "compose",
    "desk",
    "fingerprint",
    "intact",
    "issue_facts",
    "line_of",
    "material",
    "names_listed",
    "observer_lines",
    "of_meeting",
    "positions",
    "record_lines",
    "record_of",
    "state_of",
    "suggestion_for_update",
    "suggestions",
    "suggestions_written",
    "wordings",
]
