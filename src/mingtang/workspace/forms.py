"""Forms of the administration pages."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms

from mingtang.kernel.text import Text, t
from mingtang.platform.actor import BUSINESS_ROLES, ROLE_LABELS, STAFF_ROLES, Role
from mingtang.platform.signing.rules import MOST_LEVELS, Level
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


SIGNING_ROLES = [(role.value, label) for role, label in ROLE_LABELS.items() if role in BUSINESS_ROLES]


class LevelsForm(Form):
    """The levels of one kind of document, from the first to the last; an empty row is no level."""

    def __init__(self, *args: Any, departments: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        bound = [("", t("不限定", "Not bound")), *((str(key), name) for key, name in departments)]
        for n in range(1, MOST_LEVELS + 1):
            self.fields[f"role_{n}"] = one_of(
                t("第 {n} 级岗位", "Level {n}: role", n=n), SIGNING_ROLES, required=False, empty=t("无", "None")
            )
            self.fields[f"title_{n}"] = words(t("第 {n} 级名称", "Level {n}: name", n=n), limit=60, required=False)
            self.fields[f"title_en_{n}"] = words(t("第 {n} 级英文名称", "Level {n}: English name", n=n), limit=80, required=False)
            self.fields[f"department_{n}"] = one_of(t("第 {n} 级限定部门", "Level {n}: bound to", n=n), bound, required=False)
        self.fields["reason"] = passage(t("理由", "Reason"), limit=500, rows=2, hint=t("写明依据的规定。", "Name the rule it rests on."))
        self.speak()

    def rows(self) -> list[tuple[int, list[Any]]]:
        """Each level's fields: role, name, English name, department."""
        names = ("role", "title", "title_en", "department")
        return [(n, [self[f"{name}_{n}"] for name in names]) for n in range(1, MOST_LEVELS + 1)]

    def levels(self) -> list[Level]:
        """The levels written, numbered anew from the top; a level without a name is called as its role is."""
        given = self.cleaned_data
        found: list[Level] = []
        for n in range(1, MOST_LEVELS + 1):
            if not given[f"role_{n}"]:
                continue
            role = Role(given[f"role_{n}"])
            title = given[f"title_{n}"] or ROLE_LABELS[role].zh
            title_en = given[f"title_en_{n}"] or (title if given[f"title_{n}"] else ROLE_LABELS[role].en)
            department = given[f"department_{n}"]
            found.append(Level(len(found) + 1, role, Text(title, title_en), int(department) if department else None))
        return found

    def clean(self) -> dict[str, Any]:
        """A name without a role is a row half written."""
        given = super().clean() or {}
        for n in range(1, MOST_LEVELS + 1):
            if given.get(f"title_{n}") and not given.get(f"role_{n}"):
                self.add_error(f"role_{n}", str(t("第 {n} 级没有选岗位。", "Choose the role of level {n}.", n=n)))
        return given
