"""Forms of the pool: parse and validate, save nothing."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms

from mingtang.kernel.text import t
from mingtang.platform.web.fields import DayField, Form, one_of, passage, tick, words
from mingtang.representatives.forms.calls import mail_field
from mingtang.representatives.published.pool import PoolTerms
from mingtang.representatives.rules import CONSENT, CONSENTS, METHOD_LABELS, SOURCES
from mingtang.topics.rules import AUDIENCE_LABELS

PUBLIC_UNIT = t("单位或住地", "Unit or neighbourhood")
REACH = t("电话、邮箱至少留一个。", "Leave a phone number or an e-mail address.")


def area_field() -> django_forms.CharField:
    """Where somebody lives or works."""
    return words(t("区域", "Area"), limit=40, required=False, hint=t("街道或乡镇。", "Neighbourhood or township."))


def trade_field() -> django_forms.CharField:
    """What line of work somebody is in."""
    return words(t("行业", "Trade"), limit=40, required=False, hint=t("例如物业、餐饮、教育。", "Such as housing, catering, schools."))


def skills_field() -> django_forms.CharField:
    """What somebody knows about."""
    return words(t("专长或关心的事", "What you know or care about"), limit=200, required=False)


class OwnForm(Form):
    """What one may correct by oneself."""

    name = words(t("姓名", "Name"), limit=60, hint=t("改了姓名，要重新核验。", "Another name is verified anew."))
    phone = words(t("电话", "Phone"), limit=40, required=False, hint=REACH)
    email = mail_field()
    unit = words(PUBLIC_UNIT, limit=120, required=False)
    area = area_field()
    trade = trade_field()
    specialities = skills_field()


class JoinForm(Form):
    """Coming forward for the pool: what is needed and nothing else; the name's publication is asked apart."""

    audience = one_of(t("我属于", "I am"), list(AUDIENCE_LABELS.items()), radio=True)
    name = words(t("姓名", "Name"), limit=60, hint=t("用于联系和核对，不公开。", "Used to reach and check you; not published."))
    phone = words(t("电话", "Phone"), limit=40, required=False, hint=REACH)
    email = mail_field()
    unit = words(PUBLIC_UNIT, limit=120, required=False)
    area = area_field()
    trade = trade_field()
    specialities = skills_field()
    meets_conditions = tick(t("我符合入库条件", "I meet the conditions"))
    publish_name = tick(
        t("同意公开姓名（另行征求，可以不同意）", "My name may be published (asked apart; you need not)"), hint=CONSENTS[CONSENT]
    )
    token = django_forms.CharField(widget=django_forms.HiddenInput, max_length=40, required=False)

    def __init__(self, *args: Any, terms: PoolTerms, **options: Any) -> None:
        super().__init__(*args, **options)
        said = t("{what}。", "{what}.", what=terms.conditions)
        self.fields["meets_conditions"].help_text = said  # type: ignore[assignment]  # rendered by str()


class PersonForm(Form):
    """Somebody whom staff know, for the pool."""

    audience = one_of(t("类别", "Audience"), list(AUDIENCE_LABELS.items()))
    name = words(t("姓名", "Name"), limit=60)
    unit = words(PUBLIC_UNIT, limit=120, required=False)
    source = one_of(t("来源", "Source"), list(SOURCES.items()), required=False, empty=t("按推荐单位判断", "By the nominating body"))
    nominated_by = words(t("推荐单位", "Nominated by"), limit=120, required=False)
    email = mail_field()
    phone = words(t("电话", "Phone"), limit=40, required=False)
    area = area_field()
    trade = trade_field()
    specialities = words(t("专长", "Specialities"), limit=200, required=False)
    publish_name = tick(t("本人同意公开姓名", "Agrees to publication of the name"), hint=CONSENTS[CONSENT])


class DeskCorrectForm(Form):
    """The desk corrects somebody's data at their wish; contact data are not shown and change only when given."""

    name = words(t("姓名", "Name"), limit=60, hint=t("改了姓名，要重新核验。", "Another name is verified anew."))
    unit = words(PUBLIC_UNIT, limit=120, required=False)
    area = area_field()
    trade = trade_field()
    specialities = words(t("专长", "Specialities"), limit=200, required=False)
    phone = words(t("新的电话", "New phone number"), limit=40, required=False, hint=t("不变的不填。", "Leave empty to keep it."))
    email = mail_field()

    def given(self) -> dict[str, str]:
        """What was given; contact data left empty stay as they are."""
        return {key: value for key, value in self.cleaned_data.items() if value or key not in {"phone", "email"}}


class DeclareForm(Form):
    """A conflict of interest in one matter."""

    topic = one_of(t("议题", "Matter"), [], empty=t("请选择", "Please choose"))
    reason = words(
        t("是什么利害关系", "What the interest is"),
        limit=300,
        required=False,
        hint=t("不公开；公开说明只写“已申报利益冲突”。", "Not published; the public reason says “conflict declared” only."),
    )

    def __init__(self, *args: Any, topics: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        listed = [("", t("请选择", "Please choose")), *((str(key), name) for key, name in topics)]
        self.fields["topic"].choices = listed  # type: ignore[attr-defined]  # a ChoiceField


class TableForm(Form):
    """A table of people."""

    upload = django_forms.FileField(
        label=t("文件", "File"),  # type: ignore[arg-type]  # rendered by str()
        help_text=t("CSV、XLSX 或 JSONL；第一行写列名。", "CSV, XLSX or JSONL; the first row names the columns."),  # type: ignore[arg-type]  # rendered by str()
    )


def letter_field() -> django_forms.FileField:
    """The scan of a nomination letter."""
    said = t("只存档，不公开。", "Kept for the file, not published.")
    return django_forms.FileField(label=t("推荐函", "The letter"), required=False, help_text=said)  # type: ignore[arg-type]  # rendered by str()


class ChooseForm(Form):
    """How the chosen person was found, with what the way asks for."""

    method = one_of(t("产生方式", "How found"), [(key, label) for key, label in METHOD_LABELS.items() if key != "draw"], radio=True)
    body = words(
        t("推荐单位", "Nominating body"), limit=120, required=False, hint=t("推荐的填写；会公开。", "For a nomination; published.")
    )
    letter_no = words(t("函号", "Number of the letter"), limit=60, required=False, hint=t("会公开。", "Published."))
    dated_on = DayField(label=t("函的日期", "Day of the letter"), required=False, help_text=t("会公开。", "Published."))
    letter = letter_field()
    reason = passage(
        t("选定的理由", "Why this person"),
        limit=300,
        rows=2,
        required=False,
        hint=t("部门选定的填写；会公开。", "For the department's choice; published."),
    )
