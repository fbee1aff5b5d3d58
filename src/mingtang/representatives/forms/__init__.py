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
from mingtang.representatives.forms.door import read_scans
from mingtang.representatives.forms.pool import ChooseForm, DeclareForm, DeskCorrectForm, JoinForm, OwnForm, PersonForm, TableForm
from mingtang.representatives.forms.seats import (
    ANSWERED_BY,
    AnswerForm,
    NoticeForm,
    RecordAnswerForm,
    RulesForm,
    SeatAgainForm,
    SelectForm,
    TellAllForm,
    WalkInForm,
)

__all__ = [
    "ANSWERED_BY",
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
    "RecordAnswerForm",
    "RelaxForm",
    "RevealForm",
    "RulesForm",
    "SeatAgainForm",
    "SelectForm",
    "SourceForm",
    "TableForm",
    "TellAllForm",
    "WalkInForm",
    "read_scans",
]
