"""One table: the Word templates of a government, in versions."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from mingtang.kernel.text import Text
from mingtang.platform.documents.official.merging import KINDS


class PaperTemplate(models.Model):
    """One version of the template of one kind of document; without a file it says: the standard one from here on."""

    government = models.ForeignKey("accounts.Government", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    version = models.PositiveIntegerField()
    file = models.ForeignKey("files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    put_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    put_at = models.DateTimeField()

    class Meta:
        db_table = "mt_paper_template"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["government", "kind", "version"], name="mt_paper_template_uq"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} v{self.version}"

    @property
    def label(self) -> Text:
        """The kind's name."""
        return KINDS[self.kind].label
