"""Forms of the other activities."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms

from mingtang.hearings.forms.hearing import STANCES, mail_field, number
from mingtang.hearings.rules import KIND_LABELS, REACH_LABELS
from mingtang.kernel.text import t
from mingtang.platform.web.fields import DayField, Form, one_of, passage, tick
from mingtang.platform.web.fields import words as line


class PlanForm(Form):
    """A new activity."""

    topic = one_of(t("议题", "Matter"), [])
    kind = one_of(t("形式", "Kind"), list(KIND_LABELS.items()))
    title = line(t("名称", "Title"), limit=160)

    def __init__(self, *args: Any, topics: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["topic"].choices = [(str(key), name) for key, name in topics]  # type: ignore[attr-defined]  # a ChoiceField


class ActivityForm(Form):
    """What an activity is and what happened; each kind asks for its own fields."""

    title = line(t("名称", "Title"), limit=160)
    held_on = DayField(label=t("日期", "Day"), required=False)
    place = line(t("地点", "Place"), limit=120, required=False)
    purpose = passage(t("目的", "Purpose"), limit=2000, rows=2, required=False)
    reach = one_of(
        t("怎样找到这些人", "How people were reached"), list(REACH_LABELS.items()), required=False, empty=t("请选择", "Please choose")
    )
    reach_words = line(t("具体做法", "In detail"), limit=300, required=False)
    asked = number(t("发放或邀请人数", "Asked"), most=10_000_000)
    answered = number(t("填答或到场人数 n", "Answered or present, n"), most=10_000_000)
    due_on = DayField(label=t("回复期限", "Reply by"), required=False)
    due_reason = line(t("不足 5 个工作日的理由", "Why fewer than five working days"), limit=300, required=False)
    summary = passage(t("情况摘要（公开）", "Summary (published)"), limit=5000, rows=5, required=False)

    ONLY = {  # noqa: RUF012 - a table of the class
        "symposium": ("held_on", "place", "answered"),
        "field_visit": ("held_on", "place", "answered"),
        "survey": ("held_on", "reach", "reach_words", "asked", "answered"),
        "expert": ("held_on", "place"),
        "departments": ("due_on", "due_reason"),
    }

    def __init__(self, *args: Any, kind: str, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in set(self.fields) - {"title", "purpose", "summary", *self.ONLY[kind]}:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Numbers left empty are zero."""
        data = dict(super().clean() or {})
        return {name: 0 if value is None and name in {"asked", "answered"} else value for name, value in data.items()}


class MemberForm(Form):
    """Somebody heard: a speaker or an expert."""

    name = line(t("姓名", "Name"), limit=120)
    unit = line(t("单位或身份", "Unit or who they are"), limit=120, required=False)
    email = mail_field()
    publish_name = tick(t("同意公布姓名", "The name may be published"))
    specialty = line(t("专业", "Speciality"), limit=120, required=False)
    stance = one_of(t("态度", "Stance"), STANCES, required=False, empty=t("未表态", "Not stated"))
    own_department = tick(t("本部门或所属单位的专家", "Of the own department"))
    conflict = tick(t("与决策事项有直接利害关系", "Has a direct interest"))
    declared = tick(t("已声明无利害关系", "Has declared that there is no interest"))

    def __init__(self, *args: Any, kind: str, **options: Any) -> None:
        super().__init__(*args, **options)
        if kind != "expert":
            for name in ("specialty", "stance", "own_department", "conflict", "declared"):
                del self.fields[name]


class DepartmentForm(Form):
    """A department to ask."""

    department = one_of(t("部门", "Department"), [])

    def __init__(self, *args: Any, departments: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["department"].choices = [(str(key), name) for key, name in departments]  # type: ignore[attr-defined]  # a ChoiceField


class QuestionsForm(Form):
    """Survey questions as text: a question a line, its answers indented as “答案 人数” below."""

    text = passage(
        t("题目和各项人数", "Questions and numbers"),
        limit=20000,
        rows=10,
        required=False,
        hint=t(
            "一行一题，多选题末尾写“（多选）”；下面每行一个答案，写“- 赞成 120”。",
            "A question a line (end with “（多选）” for several choices); below it a line per answer: “- For 120”.",
        ),
    )

    def clean_text(self) -> list[tuple[str, bool, list[tuple[str, int]]]]:
        """The questions; the first line that cannot be read is named."""
        return read_questions(str(self.cleaned_data["text"]))


def read_questions(given: str) -> list[tuple[str, bool, list[tuple[str, int]]]]:
    """Questions with their answers; ValidationError names the line that cannot be read."""
    found: list[tuple[str, bool, list[tuple[str, int]]]] = []
    for at, row in enumerate((each.strip() for each in given.splitlines()), 1):
        if not row:
            continue
        if not row.startswith("-"):
            several = row.endswith(("（多选）", "(several)"))
            found.append((row.removesuffix("（多选）").removesuffix("(several)").strip(), several, []))
            continue
        text, _, count = row.lstrip("- ").rpartition(" ")
        if not found or not text or not count.isdecimal():
            raise django_forms.ValidationError(
                t("第 {n} 行看不懂：{line}", "Line {n} cannot be read: {line}", n=at, line=row[:40]),  # type: ignore[arg-type]  # rendered by str()
                code="line",
            )
        found[-1][2].append((text.strip(), int(count)))
    return found


class ReplyForm(Form):
    """A department's reply."""

    claim = line(t("意见（一句话）", "Opinion (one line)"), limit=300, required=False)
    ground = line(t("理由", "Why"), limit=600, required=False)
    stance = one_of(t("态度", "Stance"), STANCES)
