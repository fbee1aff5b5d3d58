"""Forms of meetings: parse and validate, save nothing."""

from __future__ import annotations

import re
from typing import Any

from django import forms as django_forms

from mingtang.kernel.text import same, t
from mingtang.meetings.rules import ATTENDANCE_LABELS, OUTCOME_LABELS, SPEECH_LABELS, STATEMENT, seconds_of
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


class MembersForm(Form):
    """The members of the body that meets, one a line, and who is its head."""

    members = passage(
        t("组成人员", "Members"),
        limit=6000,
        rows=10,
        hint=t("一行一人：姓名，职务。", "One a line: name, duty."),
    )
    head = words(t("行政首长", "Head of government"), limit=60, hint=t("写姓名；最后发表意见。", "The name; speaks last."))

    def clean_members(self) -> list[tuple[str, str]]:
        """Name and duty of each."""
        lines = [re.split(r"[，,\t　]", line.strip(), maxsplit=1) for line in self.cleaned_data["members"].splitlines() if line.strip()]
        return [(parts[0].strip(), parts[1].strip() if len(parts) > 1 else "") for parts in lines]

    def clean(self) -> dict[str, Any]:
        """The head is one of the members."""
        data = super().clean() or {}
        if data.get("head") and data["head"] not in [name for name, _ in data.get("members", [])]:
            self.add_error("head", str(t("名单里没有这个姓名。", "The list holds no such name.")))
        return data


class RecordingForm(Form):
    """Where the recording is, at which of its moments the meeting begins, and moments of items that differ from the clock's."""

    url = django_forms.URLField(
        label=t("录像网址", "Address of the recording"),  # type: ignore[arg-type]  # rendered by str()
        help_text=t(
            "https 开头；.m3u8、.mp4 这类在本站播放，其他网址给出链接。",
            "Begins with https; .m3u8, .mp4 and the like play here, others are linked.",
        ),  # type: ignore[arg-type]
        max_length=300,
        required=False,
        assume_scheme="https",
    )
    offset = words(
        t("会议在录像里从什么时间开始", "When in the recording the meeting begins"),
        limit=8,
        required=False,
        hint=t("时:分:秒，如 0:03:20；不填为开头。", "h:mm:ss, as 0:03:20; at its beginning when empty."),
    )

    def __init__(self, *args: Any, items: list[tuple[int, str, str]], **options: Any) -> None:
        """`items`: id, name and the moment by the clock of each open item."""
        super().__init__(*args, **options)
        self.places = {f"mark_{key}": key for key, _name, _at in items}
        for key, name, at in items:
            hint = t("按会议记录是 {at}；不同时才填。", "{at} by the clock of the meeting; only when it differs.", at=at) if at else ""
            self.fields[f"mark_{key}"] = words(same(name), limit=8, required=False, hint=hint)

    def clean(self) -> dict[str, Any]:
        """Times become seconds; marks by the item's id."""
        data = super().clean() or {}
        read = {}
        for place in ("offset", *self.places):
            typed = data.pop(place, "")
            read[place] = seconds_of(typed) if typed else None
            if typed and read[place] is None:
                self.add_error(place, str(t("写成 时:分:秒，如 1:02:03。", "Write h:mm:ss, as 1:02:03.")))
        return {**data, "offset": read["offset"] or 0, "marks": {key: read[place] for place, key in self.places.items()}}


class SpeechForm(Form):
    """Somebody who asks to speak."""

    kind = one_of(t("身份", "Part"), [(key, label) for key, label in SPEECH_LABELS.items() if key != STATEMENT])
    speaker = words(t("发言人", "Speaker"), limit=60, widget=django_forms.TextInput(attrs={"list": "names", "autocomplete": "off"}))
    minutes = django_forms.IntegerField(label=t("分钟", "Minutes"), min_value=1, max_value=60)  # type: ignore[arg-type]  # rendered by str()


class StatementForm(Form):
    """The statement on adoption as it is given."""

    by = words(t("说明人", "Given by"), limit=60, required=False, hint=t("不填为牵头部门。", "The lead department when empty."))
    text = passage(t("说明摘要（会场屏幕和公众页面显示）", "What the screen and the public page show"), limit=600, rows=3, required=False)


class BreakForm(Form):
    """A break of so many minutes."""

    minutes = django_forms.IntegerField(label=t("休会分钟", "Minutes"), min_value=1, max_value=180)  # type: ignore[arg-type]  # rendered by str()


class DecisionForm(Form):
    """The decision on an item."""

    outcome = one_of(t("审议结果", "Outcome"), list(OUTCOME_LABELS.items()), radio=True)
    text = passage(t("决定内容", "Decision"), limit=2000, rows=3, required=False)
