"""What was looked through, what was cleared and why, and the copies the public gets."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Scan(models.Model):
    """The findings of one file under its hash, so that the same content is looked through once."""

    key = models.CharField(max_length=64, unique=True)
    findings = models.JSONField(default=list)
    scanned_at = models.DateTimeField()

    class Meta:
        db_table = "mt_guard_scan"

    def __str__(self) -> str:
        return self.key[:12]


class Clearance(models.Model):
    """One finding cleared for one thing by a reviewer; a changed text or file has another fingerprint."""

    government = models.ForeignKey("accounts.Government", on_delete=models.PROTECT, related_name="+")
    subject_kind = models.CharField(max_length=20)
    subject_id = models.BigIntegerField()
    fingerprint = models.CharField(max_length=64)
    kind = models.CharField(max_length=20)
    place = models.CharField(max_length=200)
    excerpt = models.CharField(max_length=200, blank=True)
    reason = models.TextField()
    cleared_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    cleared_at = models.DateTimeField()

    class Meta:
        db_table = "mt_guard_clearance"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["government", "subject_kind", "subject_id", "fingerprint"], name="mt_guard_clearance_uq"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.subject_id}: {self.kind}"


class Hold(models.Model):
    """A thing sent on its way to the public with findings nobody cleared: how many, counted when it was sent and at each clearance."""

    government = models.ForeignKey("accounts.Government", on_delete=models.PROTECT, related_name="+")
    subject_kind = models.CharField(max_length=20)
    subject_id = models.BigIntegerField()
    department_id = models.BigIntegerField(null=True)
    title = models.CharField(max_length=300)
    authors = models.JSONField(default=list)
    stops = models.PositiveIntegerField()
    counted_at = models.DateTimeField()

    class Meta:
        db_table = "mt_guard_hold"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["government", "subject_kind", "subject_id"], name="mt_guard_hold_uq"),
            models.CheckConstraint(condition=models.Q(stops__gt=0), name="mt_guard_hold_stops_ck"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.subject_id}: {self.stops}"


class PublicCopy(models.Model):
    """The copy without names and comments that stands in for an original; both are kept, each under its hash."""

    original = models.OneToOneField("files.StoredFile", on_delete=models.CASCADE, related_name="public_copy")
    copy = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    original_sha256 = models.CharField(max_length=64)
    copy_sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "mt_guard_copy"

    def __str__(self) -> str:
        return f"{self.original_sha256[:8]} → {self.copy_sha256[:8]}"
