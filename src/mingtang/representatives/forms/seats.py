"""Forms of representatives: parse and validate, save nothing."""

from __future__ import annotations

from typing import Any

from mingtang.kernel.text import t
from mingtang.platform.web.fields import DayField, Form, one_of, passage, tick, words
from mingtang.representatives.rules import CHOOSABLE, DOOR_LABELS
from mingtang.topics.rules import AUDIENCE_LABELS


class RulesForm(Form):
    """The four house rules (3.2b)."""

    selection = passage(t("代表产生机制", "How representatives are found"), limit=5000)
    duties = passage(t("代表责任义务", "Duties"), limit=5000)
    organisation = passage(t("会议组织安排", "Organisation"), limit=5000)
    discipline = passage(t("会议纪律", "Discipline"), limit=5000)
    in_force_on = DayField(label=t("施行日期", "In force from"))


class SelectForm(Form):
    """Fill a seat."""

    item = one_of(t("议程项", "Item"), [])
    representative = one_of(t("代表", "Person"), [])
    method = one_of(t("产生方式", "How found"), list(CHOOSABLE.items()))
    reason = words(t("理由或推荐单位", "Reason or nominating body"), limit=300, required=False, hint=t("会公开。", "Published."))

    def __init__(self, *args: Any, items: list[tuple[int, str]], people: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["item"].choices = [(str(key), name) for key, name in items]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["representative"].choices = [(str(key), name) for key, name in people]  # type: ignore[attr-defined]  # a ChoiceField


MARKED = t("未公开的 PDF 材料逐人加上姓名和编号", "Papers that are not public carry the person's name and number")
MARKED_HINT = t(
    "每页淡印，限 PDF；其他格式和已公开的照原样提供。",
    "Printed thinly on each page of a PDF; other files and public ones stay as they are.",
)


class NoticeForm(Form):
    """Requirements and how they are delivered."""

    requirements = passage(
        t("列席要求", "Requirements"),
        limit=3000,
        rows=4,
        hint=t("时间、地点、携带证件、发言安排、注意事项。", "Time, place, what to bring, when to speak, what to mind."),
    )
    door = one_of(t("送达方式", "Delivered by"), [(key, label) for key, label in DOOR_LABELS.items() if key != "phone"])
    marked = tick(MARKED, hint=MARKED_HINT)


class AnswerForm(Form):
    """The representative's answer."""

    accepted_rules = tick(t("已阅读并遵守责任义务和会议纪律", "I have read and accept the duties and the discipline"))
    publish_name = tick(
        t("同意在列席名单和网页公开姓名", "My name may be published"),
        hint=t(
            "不勾选则网页上只写类别；会议纪要的列席名单按规定载明姓名。",
            "Otherwise the site shows the audience only; the minutes carry the name as the regulation asks.",
        ),
    )
    reason = words(t("不能参加的原因（选填）", "Why you cannot come"), limit=300, required=False)


class TellAllForm(Form):
    """Requirements for everybody who accepted."""

    requirements = passage(
        t("列席要求", "Requirements"),
        limit=3000,
        rows=4,
        hint=t("时间、地点、携带证件、发言安排、注意事项。", "Time, place, what to bring, when to speak, what to mind."),
    )
    marked = tick(MARKED, hint=MARKED_HINT)


class SeatAgainForm(Form):
    """Give the seat to the same person once more."""

    method = one_of(t("产生方式", "How found"), list(CHOOSABLE.items()))
    reason = words(t("理由或推荐单位", "Reason or nominating body"), limit=300, hint=t("会公开。", "Published."))


ANSWERED_BY = [(key, DOOR_LABELS[key]) for key in ("phone", "hand", "post")]


class RecordAnswerForm(Form):
    """What somebody answered by phone or on paper."""

    answer = one_of(t("本人答复", "They answered"), [("accept", t("参加", "Yes")), ("decline", t("不能参加", "No"))])
    door = one_of(t("怎样答复的", "How"), ANSWERED_BY)
    accepted_rules = tick(t("已向本人宣读，本人同意遵守责任义务和会议纪律", "Duties and discipline were read to them and accepted"))
    reason = words(t("不能参加的原因（选填）", "Why they cannot come"), limit=300, required=False)


class WalkInForm(Form):
    """Somebody who comes without an invitation."""

    item = one_of(t("议程项", "Item"), [])
    audience = one_of(t("类别", "Audience"), list(AUDIENCE_LABELS.items()))
    name = words(t("姓名", "Name"), limit=60)
    unit = words(t("单位或住地", "Unit or neighbourhood"), limit=120, required=False)
    reason = words(
        t("现场安排的理由", "Why they are let in"),
        limit=300,
        hint=t("例如代替谁、由谁推荐；会公开。", "In whose place, on whose word; published."),
    )
    accepted_rules = tick(t("本人当场阅读并同意遵守责任义务和会议纪律", "They read and accepted duties and discipline at the door"))

    def __init__(self, *args: Any, items: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["item"].choices = [(str(key), name) for key, name in items]  # type: ignore[attr-defined]  # a ChoiceField
