"""One paper on the entry screen, and why the last one is undone."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms

from mingtang.consultations.rules.entering import ENTRY_CHANNELS, STANCE_KEYS, place_typed
from mingtang.consultations.rules.opinions import STANCE_LABELS
from mingtang.kernel.text import Text, t
from mingtang.platform.web.fields import DayField, Form, one_of, passage, tick, words


def stance_keys() -> Text:
    """The keys of the stances, for the hint below the field."""
    told = [(key, STANCE_LABELS[stance]) for key, stance in STANCE_KEYS.items()]
    return t("{keys}", "{keys}", keys=[Text(f"{key} {label.zh}", f"{key} {label.en}") for key, label in told])


class Keyed(Form):
    """What is keyed in by keyboard: a clause by its number, a stance by its key, the words as they are."""

    def __init__(self, *args: Any, labels: dict[str, int], **options: Any) -> None:
        super().__init__(*args, **options)
        self.labels = labels
        for name in {"number", "clause", "stance"} & set(self.fields):
            self.fields[name].widget.attrs["autocomplete"] = "off"
        for name in {"number", "clause", "text"} & set(self.fields):
            self.fields[name].needed = True  # type: ignore[attr-defined]  # read by the field's template: no "(optional)" beside it
        self.fields["text"].widget.attrs.pop("maxlength", None)

    def clean_clause(self) -> int | None:
        """The clause that is meant."""
        typed = self.cleaned_data["clause"]
        found = place_typed(typed, self.labels) if typed else None
        if typed and found is None:
            said = t("草案没有第 {n} 条，共 {all} 条。", "The draft has no clause {n}; it has {all}.", n=typed, all=len(self.labels))
            raise django_forms.ValidationError(said)  # type: ignore[arg-type]  # rendered by str()
        return found

    def clean_stance(self) -> str:
        """The stance behind the key."""
        key = self.cleaned_data["stance"]
        if key not in STANCE_KEYS:
            raise django_forms.ValidationError(t("请按 1、2、3、4 或 0。", "Press 1, 2, 3, 4 or 0."))  # type: ignore[arg-type]  # rendered by str()
        return STANCE_KEYS[key]


class EntryForm(Keyed):
    """What stands on one paper; the source and the day stay for the next."""

    channel = one_of(t("来源", "Source"), list(ENTRY_CHANNELS.items()))
    received_on = DayField(label=t("收到日期", "Received on"))
    number = words(
        t("表号", "Form number"), limit=40, required=False, hint=t("写在或打在表上的号。", "As written or stamped on the paper.")
    )
    clause = words(t("条号", "Clause"), limit=20, required=False, hint=t("空着：整个草案。", "Empty: the whole draft."))
    stance = words(t("态度", "Stance"), limit=1, hint=stance_keys())
    text = passage(t("意见原文", "The words as written"), rows=4, required=False, limit=20_000)
    name = words(t("姓名（不公开）", "Name (not published)"), limit=60, required=False)
    contact = words(t("电话或邮箱（不公开）", "Phone or e-mail (not published)"), limit=120, required=False)
    organisation = words(t("单位（代表单位时）", "Organisation (if for one)"), limit=100, required=False)
    silent = tick(t("表上没有同意公开原文", "Publication of the words is not agreed to"))
    token = django_forms.CharField(max_length=64, widget=django_forms.HiddenInput)


class UndoForm(Form):
    """Why the last entry is undone."""

    reason = words(t("撤销的理由", "Why undo it"), limit=300)
