"""Forms of hearings and the other activities: parse and validate, save nothing."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms

from mingtang.consultations.rules import STANCE_LABELS
from mingtang.hearings.rules import CATEGORY_LABELS, CHANNELS, METHOD_LABELS, PRESETS, SPEAKER_LABELS
from mingtang.kernel.text import Text, t
from mingtang.platform.web.fields import DayField, Form, InstantField, one_of, passage, tick
from mingtang.platform.web.fields import words as line

STANCES = [(str(key), label) for key, label in STANCE_LABELS.items()]


def number(label: Text, *, most: int = 1000, required: bool = False, hint: Text | str = "") -> django_forms.IntegerField:
    """A whole number from zero."""
    return django_forms.IntegerField(label=label, min_value=0, max_value=most, required=required, help_text=hint)  # type: ignore[arg-type]  # rendered by str()


def mail_field() -> django_forms.EmailField:
    """An e-mail address."""
    return django_forms.EmailField(label=t("电子邮箱", "E-mail"), required=False)  # type: ignore[arg-type]  # rendered by str()


class ProposeForm(Form):
    """A citizen proposes a hearing."""

    words = passage(
        t("为什么要听证", "Why a hearing should be held"),
        limit=1000,
        hint=t("例如直接涉及您的切身利益，或者意见分歧大。", "It touches your vital interests, or views differ widely."),
    )
    name = line(t("姓名", "Name"), limit=60, required=False)
    phone = line(t("电话", "Phone"), limit=40, required=False)
    email = mail_field()
    token = django_forms.CharField(widget=django_forms.HiddenInput, max_length=40, required=False)


class NeedForm(Form):
    """What demands a hearing on a matter, and the lawful exemption."""

    law = line(
        t("应当听证的依据", "The act that demands a hearing"),
        limit=120,
        required=False,
        hint=t("法律、法规、规章的名称；没有就留空。", "Its name; leave it empty when none does."),
    )
    article = line(t("哪一条", "Article"), limit=60, required=False)
    exemption = passage(
        t("依法不听证的依据（由负责人填写）", "The provision that exempts it (by the head)"),
        limit=500,
        required=False,
        hint=t("没有就留空。写明后可以不听证上会。", "Leave it empty when none does. With it the matter is tabled unheard."),
    )


class EnrolForm(Form):
    """Enrolment without an account."""

    seat = one_of(t("我要", "I want to"), [], radio=True)
    category = one_of(t("参加人类别", "Category of participants"), [], required=False, empty=t("请选择", "Please choose"))
    name = line(t("姓名", "Name"), limit=60)
    phone = line(
        t("电话", "Phone"), limit=40, required=False, hint=t("电话、邮箱至少留一个。", "Leave a phone number or an e-mail address.")
    )
    email = mail_field()
    id_tail = line(
        t("身份证件末四位", "Last four characters of your ID"), limit=4, required=False, hint=t("到会时核对用。", "Checked at the door.")
    )
    unit = line(t("单位或住地（到社区）", "Unit or neighbourhood"), limit=120, required=False)
    words = passage(t("想说什么", "What you want to say"), limit=1000, rows=3, required=False)
    civil_servant = tick(
        t("我是现职公务员", "I am a serving civil servant"),
        hint=t("现职公务员一般不作为参加人，可以旁听。", "Serving civil servants usually observe and do not sit as participants."),
    )
    of_age = tick(t("我具有完全民事行为能力，能按时参加", "I am of full legal capacity and can attend"))
    publish_name = tick(t("名单上可以公布我的姓名", "My name may stand on the published list"))
    token = django_forms.CharField(widget=django_forms.HiddenInput, max_length=40, required=False)

    def __init__(
        self, *args: Any, seats: list[tuple[str, Text]], categories: list[tuple[str, Text]], least_age: int, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["of_age"].label = t(  # type: ignore[assignment]  # rendered by str()
            "我已年满 {n} 周岁，具有完全民事行为能力，能按时参加", "I am {n} or older, of full legal capacity, and can attend", n=least_age
        )
        self.fields["seat"].choices = seats  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["category"].choices = [("", t("请选择", "Please choose")), *categories]  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        """A participant sits in a category; observers and media in none."""
        data = dict(super().clean() or {})
        if data.get("seat") == "participant" and not data.get("category") and "category" not in self.errors:
            self.add_error("category", str(t("参加人请选一个类别。", "Participants choose a category.")))
        return data


class KeyInForm(EnrolForm):
    """The desk keys in an enrolment from paper, phone or the counter."""

    channel = one_of(t("来源", "Source"), [(key, label) for key, label in CHANNELS.items() if key in {"phone", "paper", "on_site"}])


class NominateForm(Form):
    """A seat that is nominated or invited."""

    category = one_of(t("类别", "Category"), [])
    name = line(t("姓名", "Name"), limit=60)
    unit = line(t("单位或住地", "Unit or neighbourhood"), limit=120, required=False)
    reason = line(t("推荐单位或理由", "Nominating body or reason"), limit=300, hint=t("会公开。", "Published."))
    phone = line(t("电话", "Phone"), limit=40, required=False)
    email = mail_field()
    publish_name = tick(t("本人同意公布姓名", "Agrees to publication of the name"))

    def __init__(self, *args: Any, categories: list[tuple[str, Text]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["category"].choices = categories  # type: ignore[attr-defined]  # a ChoiceField


class DecideForm(Form):
    """The decision to hold a hearing."""

    topic = one_of(t("议题", "Matter"), [])
    preset = one_of(
        t("做法", "Preset"),
        [(key, each.title) for key, each in PRESETS.items()],
        hint=t("与国家底线比，按严的执行。", "The stricter of preset and national floor applies."),
    )
    why = passage(t("为什么举行", "Why it is held"), limit=1000)

    def __init__(self, *args: Any, topics: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["topic"].choices = [(str(key), name) for key, name in topics]  # type: ignore[attr-defined]  # a ChoiceField


class NoticeForm(Form):
    """The notice with every field real notices have, and the seats by category."""

    title = line(t("名称", "Title"), limit=160)
    preset = one_of(t("做法", "Preset"), [(key, each.title) for key, each in PRESETS.items()])
    purpose = passage(t("听证事项和目的", "Subject and purpose"), limit=2000, rows=3, required=False)
    basis = passage(t("依据", "Basis"), limit=1000, rows=2, required=False)
    starts_at = InstantField(label=t("听证时间", "Day and time"), required=False)
    place = line(t("地点", "Place"), limit=120, required=False)
    conditions = passage(t("参加人条件", "Conditions"), limit=1000, rows=3, required=False)
    selection = passage(t("参加人产生办法", "How participants are found"), limit=1000, rows=3, required=False)
    draw_source = line(
        t("随机数的来源", "Source of the randomness"),
        limit=300,
        required=False,
        hint=t("到时才知道、人人能查的数，例如某期公布的开奖号码。", "A value nobody knows yet and everybody can look up."),
    )
    one_per_household = tick(
        t("抽签时一户最多一人", "At most one of a household is drawn"),
        hint=t("报名时留同一电话的算一户。", "People who give the same phone number are one household."),
    )
    how_to_enrol = passage(t("报名办法", "How to enrol"), limit=1000, rows=2, required=False)
    enrol_until = DayField(label=t("报名截止", "Enrolment until"), required=False)
    contact = line(t("联系方式", "Contact"), limit=200, required=False)
    host = line(t("主持人", "Host"), limit=60, required=False)
    presenter = line(t("陈述人", "Presenter"), limit=120, required=False)
    recorder = line(t("记录人", "Recorder"), limit=60, required=False)
    seats_stated = number(t("参加人总数", "Participants in all"))
    seats_note = line(
        t("总数与各类不一致的说明", "Why the total differs"),
        limit=300,
        required=False,
        hint=t("一致时不填；会公开。", "Only if they differ; published."),
    )
    observers = number(t("旁听席", "Observers"))
    observers_how = one_of(t("旁听人产生", "Observers are found"), [(key, METHOD_LABELS[key]) for key in ("order", "lot", "rule")])
    media_seats = number(t("媒体席", "Media"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for key, label in CATEGORY_LABELS.items():
            self.fields[f"seats_{key}"] = number(label)
            self.fields[f"how_{key}"] = one_of(t("产生方式", "Found by"), list(METHOD_LABELS.items()), required=False)
            self.fields[f"seats_{key}"].error_messages.update(self.fields["media_seats"].error_messages)

    @property
    def seat_rows(self) -> list[tuple[Text, Any, Any]]:
        """The table of seats: label, number, way."""
        return [(label, self[f"seats_{key}"], self[f"how_{key}"]) for key, label in CATEGORY_LABELS.items()]

    def split(self) -> tuple[dict[str, tuple[int, str]], dict[str, Any]]:
        """The seats by category, and the other fields."""
        data = dict(self.cleaned_data)
        seats = {key: (data.pop(f"seats_{key}") or 0, data.pop(f"how_{key}") or "lot") for key in CATEGORY_LABELS}
        for name in ("seats_stated", "observers", "media_seats"):
            data[name] = data[name] or 0
        if not data["seats_stated"]:
            data["seats_stated"] = sum(n for n, _how in seats.values())
        return {key: each for key, each in seats.items() if each[0]}, data


class ReasonForm(Form):
    """A reason."""

    reason = passage(t("理由", "Reason"), limit=1000, rows=2)


class NewDayForm(Form):
    """A new day for a hearing put off."""

    starts_at = InstantField(label=t("新的时间", "New day and time"))
    place = line(t("地点（不变则不填）", "Place (if it changes)"), limit=120, required=False)
    enrol_until = DayField(label=t("报名截止（重新报名时）", "Enrolment until (if people enrol again)"), required=False)


class PointForm(Form):
    """A point in two lines."""

    person = one_of(t("谁", "Who"), [], required=False, empty=t("未记名", "Not named"))
    claim = line(t("主张（一句话）", "What is asked (one line)"), limit=300)
    ground = line(t("理由（一句话）", "Why (one line)"), limit=600, required=False)
    stance = one_of(t("态度", "Stance"), STANCES)

    def __init__(self, *args: Any, people: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["person"].choices = [("", t("未记名", "Not named")), *((str(key), name) for key, name in people)]  # type: ignore[attr-defined]  # a ChoiceField


class SpeechForm(Form):
    """A further turn in the order of speaking."""

    kind = one_of(t("环节", "Part"), list(SPEAKER_LABELS.items()))
    speaker = line(t("发言人", "Speaker"), limit=120)
    minutes = number(t("分钟", "Minutes"), most=240)


class TextForm(Form):
    """A long text: record or report."""

    text = passage(t("正文", "Text"), limit=60000, rows=18)


class SignForm(Form):
    """The participant confirms the record or refuses."""

    reason = line(t("不确认的理由", "Why you do not confirm it"), limit=300, required=False)


class ScanForm(Form):
    """A scanned signature, or the reason of a refusal."""

    upload = django_forms.FileField(label=t("签名页扫描件", "Scan of the signature"), required=False)  # type: ignore[arg-type]  # rendered by str()
    reason = line(t("拒签理由", "Reason of the refusal"), limit=300, required=False)
