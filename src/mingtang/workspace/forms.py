"""Forms of the administration pages."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms

from mingtang.kernel.text import t
from mingtang.platform.actor import ROLE_LABELS, STAFF_ROLES
from mingtang.platform.web.fields import DayField, Form, one_of, passage, words

PASSWORD_HINT = t(
    "不少于 10 位，须含四类字符中的三类；首次登录后修改。", "At least 10 characters of three kinds; changed at the first sign-in."
)


class PersonForm(Form):
    """A new member of staff."""

    username = words(t("登录名", "Login name"), limit=60)
    name = words(t("姓名", "Name"), limit=60)
    email = django_forms.EmailField(label=t("电子邮箱", "E-mail"), required=False)  # type: ignore[arg-type]  # rendered by str()
    department = one_of(t("部门", "Department"), [])
    password = django_forms.CharField(
        label=t("初始密码", "First password"),  # type: ignore[arg-type]  # rendered by str()
        widget=django_forms.PasswordInput,
        help_text=PASSWORD_HINT,  # type: ignore[arg-type]  # rendered by str()
    )

    def __init__(self, *args: Any, departments: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["department"].choices = [(str(key), name) for key, name in departments]  # type: ignore[attr-defined]  # a ChoiceField


class AssignForm(Form):
    """Give a role."""

    role = one_of(t("岗位", "Role"), [(role.value, label) for role, label in ROLE_LABELS.items() if role in STAFF_ROLES])
    department = one_of(t("范围", "For"), [], required=False)

    def __init__(self, *args: Any, departments: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["department"].choices = [("", t("全区", "The whole district")), *((str(key), name) for key, name in departments)]  # type: ignore[attr-defined]  # a ChoiceField


class FigureForm(Form):
    """A government's own value of a figure."""

    value = words(t("新的值", "New value"), limit=60)
    since_on = DayField(label=t("自何日起", "From"))
    source = words(t("依据", "Basis"))
    reason = passage(t("理由", "Reason"), limit=500, rows=2)


class CalendarForm(Form):
    """Another year of days off."""

    year = django_forms.IntegerField(label=t("年份", "Year"), min_value=2025, max_value=2100)  # type: ignore[arg-type]  # rendered by str()
    source = words(t("通知文号", "Notice"))
    lines = passage(
        t("放假和调休", "Days off and days worked"),
        limit=5000,
        rows=10,
        hint=t("一行一项：休 2027-01-01 2027-01-03；班 2027-01-04。", "One a line: off 2027-01-01 2027-01-03; work 2027-01-04."),
    )
