"""Every write on suggestions, the record and the minutes."""

from mingtang.minutes.actions.recording import correct_line, export_record, look_at_record, note_rest_agree, sign_record, write_record
from mingtang.minutes.actions.suggesting import (
    circulate_minutes,
    compose_minutes,
    correct_minutes,
    issue_minutes,
    judge_suggestion,
    record_suggestion,
    reply_suggestion,
    return_minutes,
    save_minutes,
)
from mingtang.minutes.actions.wording import (
    confirm_on_paper,
    confirm_suggestion,
    reword_suggestion,
    settle_wish,
    wish_wording,
    write_opinion,
)

__all__ = [
    "circulate_minutes",
    "compose_minutes",
    "confirm_on_paper",
    "confirm_suggestion",
    "correct_line",
    "correct_minutes",
    "export_record",
    "issue_minutes",
    "judge_suggestion",
    "look_at_record",
    "note_rest_agree",
    "record_suggestion",
    "reply_suggestion",
    "return_minutes",
    "reword_suggestion",
    "save_minutes",
    "settle_wish",
    "sign_record",
    "wish_wording",
    "write_opinion",
    "write_record",
]
