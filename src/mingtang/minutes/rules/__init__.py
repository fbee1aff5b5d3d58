"""START HERE. When minutes may be issued; positions, dissent and signing of the internal record."""

from mingtang.minutes.rules.issuing import (
    FIGURES,
    MARKS,
    MINUTES,
    IssueFacts,
    may_change_suggestions,
    may_issue,
    may_judge,
    names_in,
)
from mingtang.minutes.rules.record import (
    DISSENT,
    RECORD,
    STANCE_LABELS,
    WAY_LABELS,
    ItemPositions,
    digest,
    head_differs,
    majority,
    may_correct,
    may_sign,
    may_write_in,
    may_write_line,
)

__all__ = [
    "DISSENT",
    "FIGURES",
    "MARKS",
    "MINUTES",
    "RECORD",
    "STANCE_LABELS",
    "WAY_LABELS",
    "IssueFacts",
    "ItemPositions",
    "digest",
    "head_differs",
    "majority",
    "may_change_suggestions",
    "may_correct",
    "may_issue",
    "may_judge",
    "may_sign",
    "may_write_in",
    "may_write_line",
    "names_in",
]
