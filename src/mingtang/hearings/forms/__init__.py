"""Forms of hearings and the other activities: parse and validate, save nothing."""

from mingtang.hearings.forms.hearing import (
    DecideForm,
    EnrolForm,
    KeyInForm,
    NeedForm,
    NewDayForm,
    NominateForm,
    NoticeForm,
    PointForm,
    ProposeForm,
    ReasonForm,
    ScanForm,
    SignForm,
    SpeechForm,
    TextForm,
)
from mingtang.hearings.forms.listening import ActivityForm, DepartmentForm, MemberForm, PlanForm, QuestionsForm, ReplyForm, read_questions

__all__ = [
    "ActivityForm",
    "DecideForm",
    "DepartmentForm",
    "EnrolForm",
    "KeyInForm",
    "MemberForm",
    "NeedForm",
    "NewDayForm",
    "NominateForm",
    "NoticeForm",
    "PlanForm",
    "PointForm",
    "ProposeForm",
    "QuestionsForm",
    "ReasonForm",
    "ReplyForm",
    "ScanForm",
    "SignForm",
    "SpeechForm",
    "TextForm",
    "read_questions",
]
