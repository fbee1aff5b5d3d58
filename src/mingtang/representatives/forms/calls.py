"""Forms of calls and applications: parse and validate, save nothing."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms

from mingtang.kernel.text import t
from mingtang.platform.web.fields import DayField, Form, number, one_of, passage, tick, words
from mingtang.representatives.published.calls import OpenCall
from mingtang.representatives.rules import (
    AUDIENCE,
    AUDIENCE_WORDS,
    CHANNELS,
    CONSENT,
    CONSENTS,
    GROUNDS,
    may_apply_at,
    may_be_reached,
)
from mingtang.topics.rules import AUDIENCE_LABELS


def mail_field() -> django_forms.EmailField:
    """An e-mail address."""
    return django_forms.EmailField(label=t("电子邮箱", "E-mail"), required=False)  # type: ignore[arg-type]  # rendered by str()


class NewCallForm(Form):
    """A call for an approved matter."""

    topic = one_of(t("议题", "Matter"), [])

    def __init__(self, *args: Any, topics: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["topic"].choices = [(str(key), name) for key, name in topics]  # type: ignore[attr-defined]  # a ChoiceField


class CallForm(Form):
    """What a call says."""

    title = words(t("名称", "Title"), limit=120)
    purpose = passage(
        t("请您来做什么", "What you are called for"),
        limit=2000,
        rows=4,
        hint=t("列席哪次会议、议什么、要花多少时间。", "Which meeting, which matter, how long."),
    )
    conditions = passage(
        t("报名条件", "Conditions"),
        limit=2000,
        rows=3,
        hint=t("例如住在本区、年满 18 周岁。", "For example: living in the district, 18 or older."),
    )
    contact = words(t("咨询电话", "Contact"), limit=200, required=False)
    closes_on = DayField(label=t("报名截止日", "Closing day"))
    reserves = number(t("每类候补人数", "Reserves for each audience"), most=100)
    household_limit = number(
        t("同住的人最多入选几人", "At most so many of one household"),
        most=20,
        required=False,
        hint=t(
            "留空或填 0 不限。填了以后，报名人可以写一个和同住的人约定的词；词不保存，只保存它的摘要。",
            "Empty or 0 for no limit. With a limit applicants may give a word agreed with those they live with; the word is not kept, only its hash.",
        ),
    )

    def clean_household_limit(self) -> int:
        """No limit where nothing is written."""
        return int(self.cleaned_data["household_limit"] or 0)


class QuotaForm(Form):
    """A quota with its rationale; without a category of its own it gives the seats of an audience."""

    category = words(
        t("类别", "Category"),
        limit=20,
        hint=t("例如性别、年龄段、街道；填“代表类别”时，值写席位所属的类别。", "Such as sex, age band, neighbourhood."),
    )
    value = words(t("值", "Value"), limit=30, hint=t("例如女、六十岁以上、柳荫街道。", "Such as women, over sixty, Willow Street."))
    least = number(t("至少", "At least"))
    most = number(t("至多", "At most"))
    rationale = words(t("为什么这样定", "Why"), limit=300, required=False, hint=t("会公开。", "Published."))

    def clean(self) -> dict[str, Any]:
        """An audience may be written by its name."""
        data = dict(super().clean() or {})
        if data.get("category") in {AUDIENCE_WORDS.zh, AUDIENCE_WORDS.en, AUDIENCE}:
            known = {name: key for key, label in AUDIENCE_LABELS.items() for name in (label.zh, label.en, key)}
            data["category"], data["value"] = AUDIENCE, known.get(str(data.get("value")), "")
            if not data["value"]:
                names = "、".join(str(label) for label in AUDIENCE_LABELS.values())
                self.add_error("value", str(t("代表类别有：{names}。", "The audiences are: {names}.", names=names)))
        return data


class ExtendForm(Form):
    """A later closing day."""

    closes_on = DayField(label=t("新的截止日", "New closing day"))
    reason = words(t("延长的理由", "Reason"), limit=300, hint=t("会公开。", "Published."))


class RelaxForm(Form):
    """A wider quota."""

    quota = one_of(t("名额", "Quota"), [])
    least = number(t("至少", "At least"))
    most = number(t("至多", "At most"))
    reason = words(t("放宽的理由", "Reason"), limit=300, hint=t("会公开。", "Published."))

    def __init__(self, *args: Any, quotas: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["quota"].choices = [(str(key), name) for key, name in quotas]  # type: ignore[attr-defined]  # a ChoiceField


class ReasonForm(Form):
    """A reason the public reads."""

    reason = words(t("理由", "Reason"), limit=300, hint=t("会公开。", "Published."))


class ApplyForm(Form):
    """An application without an account: what is asked for and nothing else."""

    name = words(t("姓名", "Name"), limit=60, hint=t("只用于联系和核对，不公开。", "Used to reach and check you only; never published."))
    phone = words(
        t("电话", "Phone"), limit=40, required=False, hint=t("电话、邮箱至少留一个。", "Leave a phone number or an e-mail address.")
    )
    email = mail_field()
    of_age = tick(t("我符合报名条件，能按时到会", "I meet the conditions and can attend"))
    says_conflict = tick(
        t("我或近亲属与这件事有直接的经济利益往来", "I or close relatives have direct business dealings in this matter"),
        hint=t("勾选不等于不能报名，由经办人核对。", "Ticking it does not rule you out; the clerk looks into it."),
    )
    household = words(
        t("和同住的人约定的词", "A word agreed with those you live with"),
        limit=40,
        required=False,
        hint=t(
            "同住的人也报名时，各自填同一个词或号码（例如门牌号加一个词），抽签时一户不会超过公布的人数。词不保存、不公开；没有就留空。",
            "If people you live with apply too, all write the same word or number; the draw then keeps the limit on households. "
            "The word is neither kept nor published; leave it empty otherwise.",
        ),
    )
    publish_name = tick(t("入选后可以公开我的姓名", "My name may be published if I am drawn"), hint=CONSENTS[CONSENT])
    token = django_forms.CharField(widget=django_forms.HiddenInput, max_length=40, required=False)

    def __init__(self, *args: Any, asked: OpenCall, **options: Any) -> None:
        super().__init__(*args, **options)
        self.asked = asked
        if not asked.household_limit:
            del self.fields["household"]
        first: dict[str, django_forms.Field] = {AUDIENCE: one_of(t("我属于", "I am"), asked.audiences, radio=True)}
        self.places = {f"c{place}": category for place, category in enumerate(asked.categories)}
        for place, category in self.places.items():
            values = [(each, each) for each in asked.categories[category]]
            first[place] = one_of(t("{c}", "{c}", c=category), values, empty=t("请选择", "Please choose"))
        self.fields = {**first, **self.fields}
        self.fields["of_age"].label = asked.declaration  # type: ignore[assignment]  # rendered by str()
        self.speak()
        self.initial.setdefault(AUDIENCE, asked.audiences[0][0] if len(asked.audiences) == 1 else "")

    def clean(self) -> dict[str, Any]:
        """What the rules would refuse is said at its field, together with what is not filled in."""
        data = dict(super().clean() or {})
        reachable = bool(data.get("phone", "").strip() or data.get("email", "").strip() or self.errors.keys() & {"phone", "email"})
        asked = {
            "phone": may_be_reached(reachable=reachable),
            "of_age": may_apply_at(self.asked.least_age, of_age=bool(data.get("of_age"))),
        }
        for name, decision in asked.items():
            if not decision:
                self.add_error(name, str(t("{why}{remedy}", "{why} {remedy}", why=decision.reason, remedy=decision.remedy)))
        return data

    def given(self) -> dict[str, Any]:
        """The application as the action takes it."""
        data = dict(self.cleaned_data)
        answers = {AUDIENCE: data.pop(AUDIENCE), **{category: data.pop(place) for place, category in self.places.items()}}
        data.pop("token", None)
        return {**data, "answers": answers}


class KeyInForm(ApplyForm):
    """The desk keys in an application from paper, phone or the counter."""

    channel = one_of(t("来源", "Source"), [(key, label) for key, label in CHANNELS.items() if key != "web"])


class LeaveOutForm(Form):
    """Why somebody is not in the draw."""

    ground = one_of(t("依据", "Ground"), list(GROUNDS.items()))
    reason = words(t("理由", "Reason"), limit=300, hint=t("告知本人，不公开。", "Told to the person, not published."))
