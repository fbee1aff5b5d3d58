"""Correcting a recognised draft, and later versions."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms

from mingtang.consultations.rules.drafting import KIND_LABELS, Kind
from mingtang.kernel.text import t
from mingtang.platform.web.fields import Form, one_of, passage, words

PLACES = [(kind.value, KIND_LABELS[kind]) for kind in Kind if kind not in {Kind.UNRECOGNISED, Kind.CONTENTS, Kind.PROPERTY, Kind.LIST}]


class BlockForm(Form):
    """What one block is."""

    kind = one_of(t("作为", "This is"), PLACES)
    label = words(
        t("条号或章号", "Number"),
        limit=40,
        required=False,
        hint=t("如“第三条”“二、”；条款和章节必填。", "As printed; for clauses and chapters."),
    )
    heading = words(t("条名或章名", "Heading"), limit=120, required=False)
    body = passage(
        t("文字", "Words"),
        limit=20_000,
        rows=4,
        required=False,
        hint=t("空一行就分成两段，各自再归类。", "An empty line splits it into two, each placed by itself."),
    )
    reason = words(t("不收入的理由", "Why it is left out"), limit=200, required=False)


class VersionForm(Form):
    """A later version as a whole: pasted, or from a file."""

    text = passage(t("全文", "The whole text"), limit=200_000, rows=12, required=False)
    upload = django_forms.FileField(
        label=t("或从文件导入", "Or from a file"),  # type: ignore[arg-type]  # rendered by str()
        help_text=t("DOCX、ODT、PDF（有文字层）、MD、TXT。", "DOCX, ODT, PDF with text, MD or TXT."),  # type: ignore[arg-type]  # as above
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        data = super().clean() or {}
        if not data.get("text", "").strip() and not data.get("upload"):
            raise django_forms.ValidationError(t("请粘贴全文或选择文件。", "Paste the text or choose a file."))  # type: ignore[arg-type]  # rendered by str()
        return data


class NoteForm(Form):
    """What changed in this version and why."""

    note = passage(
        t("改了什么、为什么（随这一稿公开）", "What changed and why (published)"),
        limit=2000,
        rows=3,
        hint=t("一两句话，写给提意见的人看。", "A sentence or two for the people who commented."),
    )
