"""One table: which version of the public pages about a thing is the newest."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class PageVersion(models.Model):
    """A counter per government and key, bumped by the act that changes what the public sees."""

    government_id = models.BigIntegerField()
    key = models.CharField(max_length=80)
    number = models.BigIntegerField(default=1)

    class Meta:
        db_table = "mt_page_version"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["government_id", "key"], name="mt_page_version_uq"),
        ]

    def __str__(self) -> str:
        return f"{self.key} v{self.number}"


class Passage(models.Model):
    """How often one address did one thing in one hour; no address is kept, only its salted hash."""

    key = models.CharField(max_length=64)
    hour_at = models.DateTimeField()
    number = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "mt_passage"
        constraints: ClassVar = [models.UniqueConstraint(fields=["key", "hour_at"], name="mt_passage_uq")]

    def __str__(self) -> str:
        return f"{self.key[:8]} {self.number}"
