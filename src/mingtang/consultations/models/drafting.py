"""Versions of a draft, the blocks of the files they were read from, and their clauses with stems that stay."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from mingtang.consultations.models.preparing import Consultation
from mingtang.consultations.rules.drafting import KIND_LABELS, WHY_LABELS
from mingtang.consultations.rules.versions import VERSION_LABELS
from mingtang.kernel.text import NOTHING, Text


class DraftVersion(models.Model):
    """One version of a draft: in preparation until it is published, never changed from then on."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=12)
    title = models.CharField(max_length=300, blank=True)
    note = models.TextField(blank=True)
    scheme = models.CharField(max_length=10, blank=True)
    file = models.ForeignKey("files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    published_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "mt_draft_version"
        ordering = ("number",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["consultation", "number"], name="mt_draft_version_uq"),
            models.CheckConstraint(condition=models.Q(kind__in=list(VERSION_LABELS)), name="mt_draft_version_kind_ck"),
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id} v{self.number}"

    @property
    def kind_label(self) -> Text:
        """What kind of version it is."""
        return VERSION_LABELS[self.kind]


class DraftBlock(models.Model):
    """A block of the file a version was read from: its words as they came, and what it was taken for."""

    version = models.ForeignKey(DraftVersion, on_delete=models.CASCADE, related_name="blocks")
    position = models.PositiveIntegerField()
    place = models.PositiveIntegerField()
    text = models.TextField()
    kind = models.CharField(max_length=12)
    label = models.CharField(max_length=40, blank=True)
    heading = models.CharField(max_length=300, blank=True)
    body = models.TextField(blank=True)
    level = models.PositiveSmallIntegerField(default=0)
    joins = models.BooleanField(default=False)
    why = models.CharField(max_length=12, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "mt_draft_block"
        ordering = ("position", "id")
        indexes: ClassVar = [
            models.Index(fields=["version", "position", "id"], name="mt_draft_block_ix"),
            models.Index(fields=["version", "kind"], name="mt_draft_block_kind_ix"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(kind__in=[str(each) for each in KIND_LABELS]), name="mt_draft_block_kind_ck"),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.kind}"

    @property
    def kind_label(self) -> Text:
        """What it was taken for."""
        return KIND_LABELS[self.kind]

    @property
    def why_label(self) -> Text:
        """Why it was not recognised, if so."""
        return WHY_LABELS.get(self.why, NOTHING)


class VersionClause(models.Model):
    """A clause as it stands in one version; `stem` is the same in every version of that clause."""

    version = models.ForeignKey(DraftVersion, on_delete=models.CASCADE, related_name="clauses")
    stem = models.PositiveIntegerField()
    position = models.PositiveIntegerField()
    label = models.CharField(max_length=40)
    heading = models.CharField(max_length=120, blank=True)
    part = models.CharField(max_length=200, blank=True)
    chapter = models.CharField(max_length=120, blank=True)
    section = models.CharField(max_length=120, blank=True)
    text = models.TextField()
    origin = models.PositiveBigIntegerField(null=True)
    by_hand = models.BooleanField(default=False)

    class Meta:
        db_table = "mt_version_clause"
        ordering = ("position",)
        indexes: ClassVar = [models.Index(fields=["version", "position"], name="mt_version_clause_ix")]
        constraints: ClassVar = [models.UniqueConstraint(fields=["version", "stem"], name="mt_version_clause_stem_uq")]

    def __str__(self) -> str:
        return f"{self.label} {self.heading}".strip()
