"""Papers and mails keyed in: which number became which opinion, by whom, and whether that was undone."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from mingtang.consultations.models.mails import Mail
from mingtang.consultations.models.opinions import Opinion
from mingtang.consultations.models.preparing import Consultation

STANDING = models.Q(undone_at=None) & ~models.Q(number="")


class Entry(models.Model):
    """One thing keyed in from a paper, a letter, a call, a visit or a `mail`. `place` is its clause, 0 for the whole draft."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="+")
    opinion = models.OneToOneField(Opinion, on_delete=models.PROTECT, related_name="entry")
    number = models.CharField(max_length=40, blank=True)
    mail = models.ForeignKey(Mail, null=True, blank=True, on_delete=models.PROTECT, related_name="entries", related_query_name="entry")
    place = models.PositiveBigIntegerField(default=0)
    entered_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    entered_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    undo_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "mt_entry"
        indexes: ClassVar = [models.Index(fields=["entered_by", "-entered_at"], name="mt_entry_by_ix")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["consultation", "number", "place"], condition=STANDING, name="mt_entry_paper_uq"),
        ]

    def __str__(self) -> str:
        return self.number or str(self.pk)


class ImportBatch(models.Model):
    """One imported file: how many rows came, how many were taken, which were bad and why."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="imports")
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    mapping = models.JSONField(default=dict)
    channel = models.CharField(max_length=12)
    rows_good = models.PositiveIntegerField(default=0)
    rows_bad = models.JSONField(default=list)
    rows_bad_count = models.PositiveIntegerField(default=0)
    taken = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "mt_import_batch"

    def __str__(self) -> str:
        return str(self.file)
