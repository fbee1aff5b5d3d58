"""START HERE. States of a meeting and its items, and what may be put on an agenda (1.1a, 2.2c, 3.1a, 3.2a)."""

from mingtang.meetings.rules.agenda import (
    ItemFacts,
    may_convene_agenda,
    may_freeze,
    may_put_on_agenda,
    timing,
)
from mingtang.meetings.rules.day import (
    forecast,
    may_begin,
    may_decide,
    version_letter,
)
from mingtang.meetings.rules.life import (
    ATTENDANCE_LABELS,
    FIGURES,
    ITEM,
    MEETING,
    OUTCOME_LABELS,
    SETTLING,
)

__all__ = [
    "ATTENDANCE_LABELS",
    "FIGURES",
    "ITEM",
    "MEETING",
    "OUTCOME_LABELS",
    "SETTLING",
    "ItemFacts",
    "forecast",
    "may_begin",
    "may_convene_agenda",
    "may_decide",
    "may_freeze",
    "may_put_on_agenda",
    "timing",
    "version_letter",
]
