"""START HERE. States of a meeting and its items, and what may be put on an agenda (1.1a, 2.2c, 3.1a, 3.2a)."""

from mingtang.meetings.rules.agenda import (
    ItemFacts,
    may_be_listed,
    may_convene_agenda,
    may_freeze,
    may_put_on_agenda,
    timing,
)
from mingtang.meetings.rules.clock import Pause, Slot, about, expected, planned, taken
from mingtang.meetings.rules.day import (
    forecast,
    may_begin,
    may_decide,
    may_pause,
    quorum,
)
from mingtang.meetings.rules.floor import (
    HEAD,
    REPRESENTATIVE,
    SPEECH_LABELS,
    STATEMENT,
    may_ask,
    may_end_debate,
    may_take_floor,
)
from mingtang.meetings.rules.late import LateFacts, lateness, may_ask_late, may_come_late
from mingtang.meetings.rules.life import (
    ATTENDANCE_LABELS,
    FIGURES,
    ITEM,
    MEETING,
    OUTCOME_LABELS,
    PRESENCE_LABELS,
    SETTLING,
)
from mingtang.meetings.rules.recording import HELD, as_time, is_in_pieces, is_played, mark, may_record, seconds_of
from mingtang.meetings.rules.versions import Change, Frozen, difference, in_words, version_letter

__all__ = [
    "ATTENDANCE_LABELS",
    "FIGURES",
    "HEAD",
    "HELD",
    "ITEM",
    "MEETING",
    "OUTCOME_LABELS",
    "PRESENCE_LABELS",
    "REPRESENTATIVE",
    "SETTLING",
    "SPEECH_LABELS",
    "STATEMENT",
    "Change",
    "Frozen",
    "ItemFacts",
    "LateFacts",
    "Pause",
    "Slot",
    "about",
    "as_time",
    "difference",
    "expected",
    "forecast",
    "in_words",
    "is_in_pieces",
    "is_played",
    "lateness",
    "mark",
    "may_ask",
    "may_ask_late",
    "may_be_listed",
    "may_begin",
    "may_come_late",
    "may_convene_agenda",
    "may_decide",
    "may_end_debate",
    "may_freeze",
    "may_pause",
    "may_put_on_agenda",
    "may_record",
    "may_take_floor",
    "planned",
    "quorum",
    "seconds_of",
    "taken",
    "timing",
    "version_letter",
]
