"""Forms of meetings: parse and validate, save nothing."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms

from mingtang.kernel.text import t
from mingtang.meetings.rules import ATTENDANCE_LABELS, OUTCOME_LABELS
from mingtang.platform.web.fields import Form, InstantField, one_of, passage, words
from mingtang.topics.rules import GROUND_LABELS, KIND_LABELS


class MeetingForm(Form):
    """Kind, day, place, chair."""

    kind = one_of(t("会议类型", "Kind"), list(KIND_LABELS.items()), radio=True)
    number = django_forms.IntegerField(
        label=t("第几次（不填顺延）", "Number (follows on when empty)"),  # type: ignore[arg-type]  # rendered by str()
        min_value=1,
        max_value=999,
        required=False,
    )
    name = words(t("名称（其他会议用）", "Name (for other meetings)"), limit=160, required=False)
    starts_at = InstantField(label=t("时间", "Day and time"))
    place = words(t("地点", "Place"), limit=120)
    chair = words(t("主持人", "Chair"), limit=60)
    broadcast_url = django_forms.URLField(label=t("直播网址", "Broadcast address"), required=False, assume_scheme="https")  # type: ignore[arg-type]  # rendered by str()


class ItemForm(Form):
    """Put a matter on the agenda."""

    topic = one_of(t("议题", "Matter"), [])
    attendance = one_of(t("列席", "Attendance"), list(ATTENDANCE_LABELS.items()))
    closing_ground = one_of(
        t("不开放的依据", "Ground for closing"), list(GROUND_LABELS.items()), required=False, empty=t("开放的不填", "None when open")
    )
    minutes = django_forms.IntegerField(label=t("计划分钟", "Minutes"), min_value=1, max_value=600, initial=30)  # type: ignore[arg-type]  # rendered by str()

    def __init__(self, *args: Any, topics: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["topic"].choices = [(str(key), name) for key, name in topics]  # type: ignore[attr-defined]  # a ChoiceField


class DecisionForm(Form):
    """The decision on an item."""

    outcome = one_of(t("审议结果", "Outcome"), list(OUTCOME_LABELS.items()), radio=True)
    text = passage(t("决定内容", "Decision"), limit=2000, rows=3, required=False)
