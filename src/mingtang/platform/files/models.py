"""One table: what was kept, under which hash, by whom."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class StoredFile(models.Model):
    """An uploaded file; the same content twice shares one blob on disk."""

    government = models.ForeignKey("accounts.Government", on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    byte_count = models.PositiveBigIntegerField()
    kept_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    kept_at = models.DateTimeField()

    class Meta:
        db_table = "mt_file"
        indexes: ClassVar = [models.Index(fields=["sha256"], name="mt_file_sha_ix")]

    def __str__(self) -> str:
        return self.name

    @property
    def format(self) -> str:
        """PDF, DOCX …: for people."""
        return self.name.rpartition(".")[2].upper()[:5]

    @property
    def place(self) -> str:
        """Where the blob lies under the media folder."""
        return f"{self.sha256[:2]}/{self.sha256[2:4]}/{self.sha256}"
