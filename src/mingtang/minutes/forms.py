"""Forms of minutes: parse and validate, save nothing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import TextInput

from mingtang.kernel.text import t
from mingtang.minutes.rules import LONGEST, STANCE_LABELS
from mingtang.platform.web.fields import Form, one_of, passage, tick, words


class SectionForm(Form):
    """The words of one section and the version they were written on."""

    text = passage(t("正文", "Text"), limit=LONGEST, rows=6, required=False)
    base = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class RestoreForm(Form):
    """An older version to bring back, and the newest one seen."""

    version = forms.IntegerField(min_value=1)
    base = forms.IntegerField(min_value=0)


class SuggestionForm(Form):
    """What a representative suggests."""

    invitation = one_of(t("代表", "Representative"), [])
    text = passage(t("建议", "Suggestion"), limit=1000, rows=2)
    ground = words(t("理由", "Why"), limit=600, required=False)

    def __init__(self, *args: Any, people: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["invitation"].choices = [(str(key), name) for key, name in people]  # type: ignore[attr-defined]  # a ChoiceField


class WordingForm(Form):
    """Words for a suggestion: what should be done, and why."""

    text = passage(t("建议怎样做", "What should be done"), limit=1000, rows=3)
    ground = words(t("理由（可不填）", "Why (may stay empty)"), limit=600, required=False)


class RecordForm(Form):
    """One line of the internal record."""

    item = one_of(t("议程项", "Item"), [])
    speaker = words(t("发言人", "Speaker"), limit=60, widget=TextInput(attrs={"list": "names", "autocomplete": "off"}))
    stance = one_of(t("态度", "Position"), list(STANCE_LABELS.items()), required=False, empty=t("只记发言", "Words only"))
    text = passage(t("发言内容", "Words"), limit=3000, rows=3, required=False)
    dissent = tick(t("不同意见", "Dissent"))

    def __init__(self, *args: Any, items: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["item"].choices = [(str(key), name) for key, name in items]  # type: ignore[attr-defined]  # a ChoiceField


class CorrectionForm(Form):
    """What a line of the record should have said, and why."""

    stance = one_of(t("态度", "Position"), list(STANCE_LABELS.items()), required=False, empty=t("只记发言", "Words only"))
    text = passage(t("应为", "It should say"), limit=3000, rows=3, required=False)
    reason = words(t("更正的原因", "Why it was wrong"), limit=300)
