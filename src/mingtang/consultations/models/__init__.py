"""Tables of drafts, consultations, opinions, groups and reports."""

from mingtang.consultations.models.adopting import AdoptionReport, OpinionGroup
from mingtang.consultations.models.asking import Alternative, AlternativeSet, Answer, Choice, Inquiry, Question, QuestionOption, Term
from mingtang.consultations.models.correcting import ReportCorrection
from mingtang.consultations.models.drafting import DraftBlock, DraftVersion, VersionClause
from mingtang.consultations.models.entering import Entry, ImportBatch
from mingtang.consultations.models.mails import Mail, Mailbox, MailFile
from mingtang.consultations.models.moderating import Appeal, OpinionMask, Withholding
from mingtang.consultations.models.opinions import (
    BARE,
    GROUPED,
    HOMELESS,
    MARKED,
    MODERATED,
    ONCE,
    OWN_REPLY,
    SINGLE,
    UNANSWERED,
    UNSKETCHED,
    UNWORDED,
    Opinion,
    OpinionContact,
    OpinionFile,
    OpinionPair,
    Tally,
)
from mingtang.consultations.models.pointing import OpinionPoint
from mingtang.consultations.models.preparing import Clause, Consultation, Effect, Extension, PublicReview
from mingtang.consultations.models.proposing import GroupingRun, GroupProposal, ProposedOpinion, index_folder
from mingtang.consultations.models.searching import WORDS, OpinionWords
from mingtang.consultations.models.stepping import DeskGroup, DeskMove, DeskStep

__all__ = [
    "BARE",
    "GROUPED",
    "HOMELESS",
    "MARKED",
    "MODERATED",
    "ONCE",
    "OWN_REPLY",
    "SINGLE",
    "UNANSWERED",
    "UNSKETCHED",
    "UNWORDED",
    "WORDS",
    "AdoptionReport",
    "Alternative",
    "AlternativeSet",
    "Answer",
    "Appeal",
    "Choice",
    "Clause",
    "Consultation",
    "DeskGroup",
    "DeskMove",
    "DeskStep",
    "DraftBlock",
    "DraftVersion",
    "Effect",
    "Entry",
    "Extension",
    "GroupProposal",
    "GroupingRun",
    "ImportBatch",
    "Inquiry",
    "Mail",
    "MailFile",
    "Mailbox",
    "Opinion",
    "OpinionContact",
    "OpinionFile",
    "OpinionGroup",
    "OpinionMask",
    "OpinionPair",
    "OpinionPoint",
    "OpinionWords",
    "ProposedOpinion",
    "PublicReview",
    "Question",
    "QuestionOption",
    "ReportCorrection",
    "Tally",
    "Term",
    "VersionClause",
    "Withholding",
    "index_folder",
]
