"""Every write on suggestions, the record, the minutes, and what representatives are told afterwards."""

from mingtang.minutes.actions.archiving import export_dossier
from mingtang.minutes.actions.commenting import answer_comment, close_comment, comment_section
from mingtang.minutes.actions.issuing import circulate_minutes, correct_minutes, issue_minutes, recall_minutes, return_minutes
from mingtang.minutes.actions.suggesting import judge_suggestion, record_suggestion, reply_suggestion, write_record
from mingtang.minutes.actions.telling import tell_all, tell_representative
from mingtang.minutes.actions.writing import compose_minutes, drop_draft, keep_draft, restore_section, write_section

__all__ = [
    "answer_comment",
    "circulate_minutes",
    "close_comment",
    "comment_section",
    "compose_minutes",
    "correct_minutes",
    "drop_draft",
    "export_dossier",
    "issue_minutes",
    "judge_suggestion",
    "keep_draft",
    "recall_minutes",
    "record_suggestion",
    "reply_suggestion",
    "restore_section",
    "return_minutes",
    "tell_all",
    "tell_representative",
    "write_record",
    "write_section",
]
