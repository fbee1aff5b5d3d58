"""START HERE. States of an invitation, seats, house rules, the clock of the notice (2.2a-b, 3.2b-d)."""

from mingtang.representatives.rules.life import (
    DOOR_LABELS,
    FIGURES,
    INVITATION,
    METHOD_LABELS,
)
from mingtang.representatives.rules.seats import (
    OVER,
    may_accept,
    may_answer,
    may_invite,
    may_register,
    may_seat,
    may_select,
)
from mingtang.representatives.rules.telling import (
    NoticeFact,
    calendar_entry,
    last_notice_moment,
    may_convene,
)

__all__ = [
    "DOOR_LABELS",
    "FIGURES",
    "INVITATION",
    "METHOD_LABELS",
    "OVER",
    "NoticeFact",
    "calendar_entry",
    "last_notice_moment",
    "may_accept",
    "may_answer",
    "may_convene",
    "may_invite",
    "may_register",
    "may_seat",
    "may_select",
]
