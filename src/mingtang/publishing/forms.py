"""Forms of releases: parse and validate, save nothing."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms

from mingtang.kernel.text import t
from mingtang.platform.web.fields import Form, one_of, passage, words
from mingtang.publishing.rules import KIND_LABELS


class NewReleaseForm(Form):
    """Begin a release."""

    topic = one_of(t("议题", "Matter"), [])
    kind = one_of(t("类型", "Kind"), list(KIND_LABELS.items()), radio=True)
    title = words(t("标题", "Title"))
    number = words(t("文号", "Number"), limit=60, required=False)
    body = passage(t("正文", "Text"), limit=50_000, rows=12)

    def __init__(self, *args: Any, topics: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["topic"].choices = [(str(key), name) for key, name in topics]  # type: ignore[attr-defined]  # a ChoiceField


class ReleaseForm(Form):
    """Change a draft, and attach documents."""

    title = words(t("标题", "Title"))
    number = words(t("文号", "Number"), limit=60, required=False)
    body = passage(t("正文", "Text"), limit=50_000, rows=12)
    upload = django_forms.FileField(label=t("附文件", "Attach a document"), required=False)  # type: ignore[arg-type]  # rendered by str()
