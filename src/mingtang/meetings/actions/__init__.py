"""Every write on meetings: one function, one transaction per use case."""

from mingtang.meetings.actions.floor import add_speech, end_speech, give_floor, move_speech, withdraw_speech
from mingtang.meetings.actions.late import approve_late_item, ask_late_item
from mingtang.meetings.actions.members import note_presence, set_members
from mingtang.meetings.actions.planning import (
    PLANNING,
    add_item,
    change_meeting,
    freeze_agenda,
    move_item,
    plan_meeting,
    remove_item,
)
from mingtang.meetings.actions.recording import save_recording
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
    resume_meeting,
    start_meeting,
    take_break,
)

__all__ = [
    "PLANNING",
    "add_item",
    "add_speech",
    "approve_late_item",
    "ask_late_item",
    "begin_item",
    "cancel_meeting",
    "change_meeting",
    "close_meeting",
    "convene_meeting",
    "decide_item",
    "end_meeting",
    "end_speech",
    "freeze_agenda",
    "give_floor",
    "give_statement",
    "move_item",
    "move_speech",
    "note_presence",
    "plan_meeting",
    "postpone_meeting",
    "record_emergency",
    "remove_item",
    "resume_meeting",
    "save_recording",
    "set_members",
    "start_meeting",
    "take_break",
    "withdraw_speech",
]
