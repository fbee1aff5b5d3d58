"""Forms of representatives: parse and validate, save nothing."""

from mingtang.platform.drawing.forms import CorrectForm, RevealForm, SourceForm
from mingtang.representatives.forms.calls import (
    ApplyForm,
    CallForm,
    ExtendForm,
    KeyInForm,
    LeaveOutForm,
    NewCallForm,
    QuotaForm,
    ReasonForm,
    RelaxForm,
)
from mingtang.representatives.forms.seats import AnswerForm, NoticeForm, PersonForm, RulesForm, SeatAgainForm, SelectForm, TellAllForm

__all__ = [
    "AnswerForm",
    "ApplyForm",
    "CallForm",
    "CorrectForm",
    "ExtendForm",
    "KeyInForm",
    "LeaveOutForm",
    "NewCallForm",
    "NoticeForm",
    "PersonForm",
    "QuotaForm",
    "ReasonForm",
    "RelaxForm",
    "RevealForm",
    "RulesForm",
    "SeatAgainForm",
    "SelectForm",
    "SourceForm",
    "TellAllForm",
]
