"""What changed in a report after its publication: asked for by one person, approved by another, never overwritten."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from mingtang.consultations.models.adopting import OpinionGroup
from mingtang.consultations.models.opinions import Opinion
from mingtang.consultations.models.preparing import Consultation
from mingtang.consultations.rules.replies import CORRECTION, CORRECTION_KINDS, SINGLE_ANSWER, Change, changes
from mingtang.kernel.text import Text

WAITING = models.Q(state="waiting")


class ReportCorrection(models.Model):
    """One change of a published report: of the answer of a group or of one opinion, or by moderation.

    `before` and `after` hold ``verdict``, ``reason``, ``reason_code``, ``legal_ref`` and ``landed_in``; both are empty where
    moderation changed which opinions stand in the report (`kind`, and `opinions`, how many). `number` is the report's version
    from then on; the first is 1.
    """

    government = models.ForeignKey("accounts.Government", on_delete=models.PROTECT, related_name="+")
    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="corrections")
    group = models.ForeignKey(OpinionGroup, null=True, blank=True, on_delete=models.SET_NULL, related_name="corrections")
    opinion = models.ForeignKey(Opinion, null=True, blank=True, on_delete=models.SET_NULL, related_name="corrections")
    kind = models.CharField(max_length=10, default="answer")
    opinions = models.PositiveIntegerField(default=0)
    title = models.CharField(max_length=200, blank=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    why = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=10, default=CORRECTION.initial)
    number = models.PositiveIntegerField(null=True, blank=True)
    asked_by = models.ForeignKey("accounts.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey("accounts.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    refusal = models.CharField(max_length=500, blank=True)

    class Meta:
        db_table = "mt_report_correction"
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["government", "id"], condition=WAITING, name="mt_correction_waiting_ix")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(kind__in=list(CORRECTION_KINDS)), name="mt_correction_kind_ck"),
            models.CheckConstraint(condition=models.Q(state__in=CORRECTION.codes), name="mt_correction_state_ck"),
            models.CheckConstraint(condition=~models.Q(state="published") | models.Q(number__isnull=False), name="mt_correction_number_ck"),
            models.UniqueConstraint(fields=["consultation", "number"], name="mt_correction_number_uq"),
            models.UniqueConstraint(fields=["group"], condition=WAITING, name="mt_correction_group_uq"),
            models.UniqueConstraint(fields=["opinion"], condition=WAITING, name="mt_correction_opinion_uq"),
        ]

    def __str__(self) -> str:
        return self.title or str(self.what)

    @property
    def what(self) -> Text:
        """What was changed, in words."""
        return SINGLE_ANSWER if self.kind == "answer" and not self.group_id else CORRECTION_KINDS[self.kind]

    @property
    def changes(self) -> list[Change]:
        """Each field that differs, old and new in words."""
        return changes(self.before, self.after)

    @property
    def state_label(self) -> Text:
        """The state's name."""
        return CORRECTION.label(self.state)
