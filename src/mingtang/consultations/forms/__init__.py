"""Forms of consultations: parse and validate, save nothing."""

from mingtang.consultations.forms.asking import AlternativesForm, AnswerInquiryForm, AskedForm, InquiryForm, TermsForm, asked_form
from mingtang.consultations.forms.consulting import (
    AnswerForm,
    AppealForm,
    ClauseForm,
    ConsultationForm,
    DraftForm,
    ExtendForm,
    ImportForm,
    KeyInForm,
    MaskForm,
    OpinionForm,
    ReportForm,
    ReviewForm,
    WithholdForm,
)
from mingtang.consultations.forms.drafting import BlockForm, NoteForm, VersionForm

__all__ = [
    "AlternativesForm",
    "AnswerForm",
    "AnswerInquiryForm",
    "AppealForm",
    "AskedForm",
    "BlockForm",
    "ClauseForm",
    "ConsultationForm",
    "DraftForm",
    "ExtendForm",
    "ImportForm",
    "InquiryForm",
    "KeyInForm",
    "MaskForm",
    "NoteForm",
    "OpinionForm",
    "ReportForm",
    "ReviewForm",
    "TermsForm",
    "VersionForm",
    "WithholdForm",
    "asked_form",
]
