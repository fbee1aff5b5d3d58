"""Every write on meetings: one function, one transaction per use case."""

from mingtang.meetings.actions.planning import (
    PLANNING,
    add_item,
    change_meeting,
    freeze_agenda,
    move_item,
    plan_meeting,
    remove_item,
)
from mingtang.meetings.actions.running import (
    begin_item,
    cancel_meeting,
    close_meeting,
    convene_meeting,
    decide_item,
    end_meeting,
    give_statement,
    postpone_meeting,
    record_emergency,
    start_meeting,
)

__all__ = [
    "PLANNING",
    "add_item",
    "begin_item",
    "cancel_meeting",
    "change_meeting",
    "close_meeting",
    "convene_meeting",
    "decide_item",
    "end_meeting",
    "freeze_agenda",
    "give_statement",
    "move_item",
    "plan_meeting",
    "postpone_meeting",
    "record_emergency",
    "remove_item",
    "start_meeting",
]
