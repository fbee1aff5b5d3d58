"""Every write on consultations."""

from mingtang.consultations.actions.adopting import (
    add_own_reply,
    answer_group,
    answer_opinions,
    group_opinions,
    merge_groups,
    remove_from_group,
    rename_group,
)
from mingtang.consultations.actions.appealing import appeal_withholding, decide_appeal
from mingtang.consultations.actions.arriving import OpinionIn
from mingtang.consultations.actions.asking import (
    answer_inquiry,
    ask_question,
    decline_inquiry,
    drop_asked,
    inquire,
    offer_alternatives,
    publish_inquiry,
    return_inquiry,
    save_terms,
)
from mingtang.consultations.actions.correcting import AnswerIn, ask_correction, publish_correction, refuse_correction
from mingtang.consultations.actions.drafting import import_draft, import_version, leave_out_rest, move_block, place_block, split_draft
from mingtang.consultations.actions.entering import Paper, enter_paper, undo_entry
from mingtang.consultations.actions.fetching import store_mail
from mingtang.consultations.actions.importing import confirm_import, prepare_import, receive_many, rejected_rows
from mingtang.consultations.actions.marking import keep_out, mark_stance_only, part_group
from mingtang.consultations.actions.masking import mask_parts, unmask_part
from mingtang.consultations.actions.matching import move_matching
from mingtang.consultations.actions.moderating import erase_opinion, look_at_contact, show_all, show_opinions
from mingtang.consultations.actions.pointing import add_point, remove_point
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
from mingtang.consultations.actions.proposing import accept_proposals, dismiss_proposals, propose_groups
from mingtang.consultations.actions.receiving import receive_opinion
from mingtang.consultations.actions.reporting import (
    publish_report,
    return_report,
    save_report,
    sign_report,
    submit_report,
)
from mingtang.consultations.actions.sorting import accept_mail, assign_mail, enter_mail, look_at_sender, set_mail_aside, take_up_mail
from mingtang.consultations.actions.taking import add_to_opinion, erase_personal, say_helped, withdraw_opinion
from mingtang.consultations.actions.undoing import redo_step, undo_step
from mingtang.consultations.actions.versioning import align_clause, begin_version, note_version, publish_version
from mingtang.consultations.actions.withholding import confirm_withholding, dismiss_withholding, propose_withholding, restore_opinion

__all__ = [
    "AnswerIn",
    "OpinionIn",
    "Paper",
    "accept_mail",
    "accept_proposals",
    "add_own_reply",
    "add_point",
    "add_to_opinion",
    "align_clause",
    "answer_group",
    "answer_inquiry",
    "answer_opinions",
    "appeal_withholding",
    "ask_correction",
    "ask_question",
    "assign_mail",
    "begin_consultation",
    "begin_version",
    "cancel_consultation",
    "close_consultation",
    "confirm_import",
    "confirm_withholding",
    "decide_appeal",
    "decline_inquiry",
    "dismiss_proposals",
    "dismiss_withholding",
    "drop_asked",
    "enter_mail",
    "enter_paper",
    "erase_opinion",
    "erase_personal",
    "extend_consultation",
    "give_review",
    "group_opinions",
    "import_draft",
    "import_version",
    "inquire",
    "keep_out",
    "leave_out_rest",
    "look_at_contact",
    "look_at_sender",
    "mark_stance_only",
    "mask_parts",
    "merge_groups",
    "move_block",
    "move_matching",
    "note_version",
    "offer_alternatives",
    "open_consultation",
    "part_group",
    "place_block",
    "prepare_import",
    "propose_groups",
    "propose_withholding",
    "publish_correction",
    "publish_inquiry",
    "publish_report",
    "publish_version",
    "receive_many",
    "receive_opinion",
    "redo_step",
    "refuse_correction",
    "rejected_rows",
    "remove_from_group",
    "remove_point",
    "rename_group",
    "restore_opinion",
    "return_inquiry",
    "return_report",
    "return_review",
    "save_clauses",
    "save_consultation",
    "save_report",
    "save_terms",
    "say_helped",
    "set_mail_aside",
    "show_all",
    "show_opinions",
    "sign_report",
    "split_draft",
    "store_mail",
    "submit_report",
    "submit_review",
    "take_up_mail",
    "undo_entry",
    "undo_step",
    "unmask_part",
    "withdraw_opinion",
]
