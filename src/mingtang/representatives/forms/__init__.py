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
from mingtang.representatives.forms.pool import ChooseForm, DeclareForm, DeskCorrectForm, JoinForm, OwnForm, PersonForm, TableForm
from mingtang.representatives.forms.seats import AnswerForm, NoticeForm, RulesForm, SeatAgainForm, SelectForm, TellAllForm

__all__ = [
    "AnswerForm",
    "ApplyForm",
    "CallForm",
    "ChooseForm",
    "CorrectForm",
    "DeclareForm",
    "DeskCorrectForm",
    "ExtendForm",
    "JoinForm",
    "KeyInForm",
    "LeaveOutForm",
    "NewCallForm",
    "NoticeForm",
    "OwnForm",
    "PersonForm",
    "QuotaForm",
    "ReasonForm",
    "RelaxForm",
    "RevealForm",
    "RulesForm",
    "SeatAgainForm",
    "SelectForm",
    "SourceForm",
    "TableForm",
    "TellAllForm",
]
