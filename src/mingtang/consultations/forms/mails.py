"""Making an opinion of a mail, giving a mail to a consultation, setting it aside."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms

from mingtang.consultations.forms.entering import Keyed, stance_keys
from mingtang.consultations.rules.mails import ASIDE_LABELS
from mingtang.kernel.text import t
from mingtang.platform.web.fields import Form, one_of, passage, tick, words


class MailEntryForm(Keyed):
    """What a mail says about one clause or the whole draft; its words are filled in."""

    clause = words(t("条号", "Clause"), limit=20, required=False, hint=t("空着：整个草案。", "Empty: the whole draft."))
    stance = words(t("态度", "Stance"), limit=1, hint=stance_keys())
    text = passage(t("意见原文", "The words as written"), rows=8, required=False, limit=20_000)
    organisation = words(t("单位（代表单位时）", "Organisation (if for one)"), limit=100, required=False)
    silent = tick(t("来信人不愿公开原文", "The writer does not want the words published"))
    token = django_forms.CharField(max_length=64, widget=django_forms.HiddenInput)


class AssignForm(Form):
    """Which consultation a mail belongs to."""

    consultation = one_of(t("归到哪次征求意见", "Which consultation"), [], empty=t("请选择", "Choose"))

    def __init__(self, *args: Any, consultations: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["consultation"]
        assert isinstance(field, django_forms.ChoiceField)
        field.choices = [("", t("请选择", "Choose")), *consultations]


class AsideForm(Form):
    """Why a mail becomes no opinion."""

    code = one_of(t("理由", "Reason"), list(ASIDE_LABELS.items()), empty=t("请选择", "Choose"))
    note = words(t("说明", "Note"), limit=280, required=False)
