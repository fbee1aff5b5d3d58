"""Every write on suggestions and their wording, the record, the minutes, and what representatives are told afterwards."""

from mingtang.minutes.actions.archiving import export_dossier
from mingtang.minutes.actions.commenting import answer_comment, close_comment, comment_section
from mingtang.minutes.actions.issuing import circulate_minutes, correct_minutes, issue_minutes, recall_minutes, return_minutes
from mingtang.minutes.actions.recording import correct_line, export_record, look_at_record, note_rest_agree, sign_record, write_record
from mingtang.minutes.actions.suggesting import judge_suggestion, record_suggestion, reply_suggestion
from mingtang.minutes.actions.telling import tell_all, tell_representative
from mingtang.minutes.actions.wording import (
    confirm_on_paper,
    confirm_suggestion,
    reword_suggestion,
    settle_wish,
    wish_wording,
    write_opinion,
)
from mingtang.minutes.actions.writing import compose_minutes, drop_draft, keep_draft, restore_section, write_section

__all__ = [
    "answer_comment",
    "circulate_minutes",
    "close_comment",
    "comment_section",
    "compose_minutes",
    "confirm_on_paper",
    "confirm_suggestion",
    "correct_line",
    "correct_minutes",
    "drop_draft",
    "export_dossier",
    "export_record",
    "issue_minutes",
    "judge_suggestion",
    "keep_draft",
    "look_at_record",
    "note_rest_agree",
    "recall_minutes",
    "record_suggestion",
    "reply_suggestion",
    "restore_section",
    "return_minutes",
    "reword_suggestion",
    "settle_wish",
    "sign_record",
    "tell_all",
    "tell_representative",
    "wish_wording",
    "write_opinion",
    "write_record",
    "write_section",
]
