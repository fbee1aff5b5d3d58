"""Forms of consultations: parse and validate, save nothing."""

from mingtang.consultations.forms.asking import AlternativesForm, AnswerInquiryForm, AskedForm, InquiryForm, TermsForm, asked_form
from mingtang.consultations.forms.consulting import (
    AnswerForm,
    AppealForm,
    ClauseForm,
    ConsultationForm,
    CorrectionForm,
    DraftForm,
    ExtendForm,
    ImportForm,
    KeyInForm,
    MaskForm,
    OwnReplyForm,
    ReportForm,
    ReviewForm,
    WithholdForm,
)
from mingtang.consultations.forms.drafting import BlockForm, NoteForm, VersionForm
from mingtang.consultations.forms.entering import EntryForm, UndoForm
from mingtang.consultations.forms.mails import AsideForm, AssignForm, MailEntryForm
from mingtang.consultations.forms.taking import HelpedForm, OpinionForm, SupplementForm

__all__ = [
    "AlternativesForm",
    "AnswerForm",
    "AnswerInquiryForm",
    "AppealForm",
    "AsideForm",
    "AskedForm",
    "AssignForm",
    "BlockForm",
    "ClauseForm",
    "ConsultationForm",
    "CorrectionForm",
    "DraftForm",
    "EntryForm",
    "ExtendForm",
    "HelpedForm",
    "ImportForm",
    "InquiryForm",
    "KeyInForm",
    "MailEntryForm",
    "MaskForm",
    "NoteForm",
    "OpinionForm",
    "OwnReplyForm",
    "ReportForm",
    "ReviewForm",
    "SupplementForm",
    "TermsForm",
    "UndoForm",
    "VersionForm",
    "WithholdForm",
    "asked_form",
]
