"""Tables beside suggestions and the record: every wording there was, and the signing of the record."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from mingtang.kernel.text import Text
from mingtang.minutes.rules import RECORD


class Wording(models.Model):
    """Words of a suggestion that stand no longer, or were wished for and not taken; never changed."""

    suggestion = models.ForeignKey("minutes.Suggestion", on_delete=models.PROTECT, related_name="wordings")
    text = models.TextField()
    ground = models.TextField(blank=True)
    wished = models.BooleanField(default=False)
    reason = models.CharField(max_length=300, blank=True)
    laid_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    laid_at = models.DateTimeField()

    class Meta:
        db_table = "mt_wording"
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.suggestion_id} {self.laid_at:%H:%M}"


class Record(models.Model):
    """The internal record of one meeting; once signed, `sha256` is the fingerprint of its first `lines` lines."""

    government = models.ForeignKey("accounts.Government", on_delete=models.PROTECT, related_name="+")
    meeting = models.OneToOneField("meetings.Meeting", on_delete=models.PROTECT, related_name="record")
    state = models.CharField(max_length=10, default=RECORD.initial)
    lines = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    signed_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "mt_record"
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(state__in=RECORD.codes), name="mt_record_state_ck")]

    def __str__(self) -> str:
        return f"record of {self.meeting_id}"

    @property
    def state_label(self) -> Text:
        """The state's name."""
        return RECORD.label(self.state)
