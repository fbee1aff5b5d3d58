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
    HOMELESS,
    MARKED,
    MODERATED,
    ONCE,
    SINGLE,
    UNANSWERED,
    UNSKETCHED,
    Opinion,
    OpinionContact,
    OpinionFile,
    OpinionPair,
    Tally,
)
from mingtang.consultations.models.preparing import Clause, Consultation, Effect, Extension, PublicReview

__all__ = [
    "BARE",
    "HOMELESS",
    "MARKED",
    "MODERATED",
    "ONCE",
    "SINGLE",
    "UNANSWERED",
    "UNSKETCHED",
    "AdoptionReport",
    "Alternative",
    "AlternativeSet",
    "Answer",
    "Appeal",
    "Choice",
    "Clause",
    "Consultation",
    "DraftBlock",
    "DraftVersion",
    "Effect",
    "Entry",
    "Extension",
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
    "PublicReview",
    "Question",
    "QuestionOption",
    "ReportCorrection",
    "Tally",
    "Term",
    "VersionClause",
    "Withholding",
]
