"""Every write on consultations."""

from mingtang.consultations.actions.adopting import (
    answer_group,
    answer_opinions,
    group_opinions,
    merge_groups,
    remove_from_group,
    rename_group,
)
from mingtang.consultations.actions.drafting import import_draft, import_version, leave_out_rest, move_block, place_block, split_draft
from mingtang.consultations.actions.importing import confirm_import, prepare_import, receive_many
from mingtang.consultations.actions.moderating import look_at_contact, restore_opinion, show_all, show_opinions, withhold_opinions
from mingtang.consultations.actions.preparing import (
    begin_consultation,
    cancel_consultation,
    close_consultation,
    extend_consultation,
    give_review,
    open_consultation,
    return_review,
    save_clauses,
    save_consultation,
    submit_review,
)
from mingtang.consultations.actions.receiving import OpinionIn, receive_opinion
from mingtang.consultations.actions.reporting import (
    approve_report,
    publish_report,
    return_report,
    save_report,
    sign_report,
    submit_report,
)
from mingtang.consultations.actions.versioning import align_clause, begin_version, note_version, publish_version

__all__ = [
    "OpinionIn",
    "align_clause",
    "answer_group",
    "answer_opinions",
    "approve_report",
    "begin_consultation",
    "begin_version",
    "cancel_consultation",
    "close_consultation",
    "confirm_import",
    "extend_consultation",
    "give_review",
    "group_opinions",
    "import_draft",
    "import_version",
    "leave_out_rest",
    "look_at_contact",
    "merge_groups",
    "move_block",
    "note_version",
    "open_consultation",
    "place_block",
    "prepare_import",
    "publish_report",
    "publish_version",
    "receive_many",
    "receive_opinion",
    "remove_from_group",
    "rename_group",
    "restore_opinion",
    "return_report",
    "return_review",
    "save_clauses",
    "save_consultation",
    "save_report",
    "show_all",
    "show_opinions",
    "sign_report",
    "split_draft",
    "submit_report",
    "submit_review",
    "withhold_opinions",
]
