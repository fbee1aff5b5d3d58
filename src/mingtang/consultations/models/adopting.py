"""Groups of opinions that say the same thing, and the adoption report."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from mingtang.consultations.models.preparing import Consultation
from mingtang.consultations.rules import VERDICT_LABELS
from mingtang.consultations.rules.adoption import VERDICT_SHAPES
from mingtang.consultations.rules.replies import REASON_LABELS
from mingtang.kernel.text import NOTHING, Text


class OpinionGroup(models.Model):
    """Opinions that say the same thing, answered once.

    `stance` is named where they only take that stance and demand nothing; `spread` counts its members by clause, stance and channel,
    `points_count` the opinions elsewhere that have a point here.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="groups")
    title = models.CharField(max_length=200)
    verdict = models.CharField(max_length=16, blank=True)
    reason = models.TextField(blank=True)
    reason_code = models.CharField(max_length=12, blank=True)
    legal_ref = models.CharField(max_length=200, blank=True)
    landed_in = models.CharField(max_length=200, blank=True)
    opinions_count = models.PositiveIntegerField(default=0)
    people_count = models.PositiveIntegerField(default=0)
    points_count = models.PositiveIntegerField(default=0)
    stance = models.CharField(max_length=10, blank=True)
    spread = models.JSONField(default=dict, blank=True)
    made_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "mt_opinion_group"
        indexes: ClassVar = [
            models.Index(fields=["consultation", "-people_count", "-id"], name="mt_opinion_group_ix"),
            models.Index(fields=["consultation", "-opinions_count", "-id"], name="mt_opinion_group_copies_ix"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(verdict__in=["", *VERDICT_LABELS]), name="mt_group_verdict_ck"),
            models.CheckConstraint(condition=models.Q(reason_code__in=["", *REASON_LABELS]), name="mt_group_code_ck"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def verdict_label(self) -> Text:
        """The verdict's name, nothing when there is none."""
        return VERDICT_LABELS.get(self.verdict, NOTHING)

    @property
    def reason_label(self) -> Text:
        """The kind of its reason, nothing when none was named."""
        return REASON_LABELS.get(self.reason_code, NOTHING)

    @property
    def shape(self) -> str:
        """The shape that stands for the verdict."""
        return VERDICT_SHAPES.get(self.verdict, "pass")


class AdoptionReport(models.Model):
    """The report on what was adopted and why not the rest; one to one with its consultation."""

    consultation = models.OneToOneField(Consultation, on_delete=models.CASCADE, related_name="report")
    number = models.CharField(max_length=60, blank=True)
    intro = models.TextField(blank=True)
    drafted_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    chain = models.ForeignKey("signing.Chain", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "mt_adoption_report"

    def __str__(self) -> str:
        return self.number or f"report {self.consultation_id}"
