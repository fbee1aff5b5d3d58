"""Decisions to withhold, by two people; appeals against them; parts blacked out."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from mingtang.consultations.models.opinions import Opinion
from mingtang.consultations.rules import APPEAL, MASK_LABELS
from mingtang.consultations.rules.opinions import WITHHOLD_CLAUSES, WITHHOLD_LABELS
from mingtang.kernel.text import NOTHING, Text

UNDECIDED = models.Q(outcome="")
OUTCOMES = ("", "withheld", "shown", "moot")  # moot: its author withdrew the opinion first


class Withholding(models.Model):
    """One proposal to withhold an opinion, and what a second person made of it."""

    opinion = models.ForeignKey(Opinion, on_delete=models.PROTECT, related_name="withholdings")
    code = models.CharField(max_length=20)
    note = models.CharField(max_length=300, blank=True)
    kept = models.ForeignKey(Opinion, null=True, blank=True, on_delete=models.PROTECT, related_name="copies")
    at_once = models.BooleanField(default=False)
    proposed_by = models.ForeignKey("accounts.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey("accounts.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "mt_withholding"
        indexes: ClassVar = [models.Index(fields=["proposed_at"], condition=UNDECIDED, name="mt_withholding_open_ix")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(outcome__in=OUTCOMES), name="mt_withholding_outcome_ck"),
            models.UniqueConstraint(fields=["opinion"], condition=UNDECIDED, name="mt_withholding_open_uq"),
        ]

    def __str__(self) -> str:
        return str(self.label)

    @property
    def label(self) -> Text:
        """The published reason."""
        return WITHHOLD_LABELS.get(self.code, NOTHING)

    @property
    def clause(self) -> str:
        """The clause it stands on."""
        return WITHHOLD_CLAUSES.get(self.code, "")

    @property
    def by_two(self) -> bool:
        """Whether two people decided."""
        return self.decided_by_id is not None and self.decided_by_id != self.proposed_by_id


class Appeal(models.Model):
    """Its author's word against a decision; once for each decision, decided by a third person."""

    government = models.ForeignKey("accounts.Government", on_delete=models.PROTECT, related_name="+")
    withholding = models.OneToOneField(Withholding, on_delete=models.PROTECT, related_name="appeal")
    words = models.TextField()
    state = models.CharField(max_length=10, default=APPEAL.initial)
    made_at = models.DateTimeField()
    decided_by = models.ForeignKey("accounts.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        db_table = "mt_appeal"
        indexes: ClassVar = [
            models.Index(fields=["government", "made_at"], condition=models.Q(state="waiting"), name="mt_appeal_waiting_ix")
        ]
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(state__in=APPEAL.codes), name="mt_appeal_state_ck")]

    def __str__(self) -> str:
        return str(self.withholding.opinion)

    @property
    def state_label(self) -> Text:
        """The state's name."""
        return APPEAL.label(self.state)


class OpinionMask(models.Model):
    """A piece of an opinion blacked out for the public; the words themselves stay as they were given."""

    opinion = models.ForeignKey(Opinion, on_delete=models.CASCADE, related_name="masks")
    quote = models.TextField()
    code = models.CharField(max_length=20)
    made_by = models.ForeignKey("accounts.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    undone_by = models.ForeignKey("accounts.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "mt_opinion_mask"
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return str(self.label)

    @property
    def label(self) -> Text:
        """Why."""
        return MASK_LABELS.get(self.code, NOTHING)
