"""The consultation itself: its draft by clauses, what changes for whom, its reviews."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from mingtang.consultations.rules import CONSULTATION, CONSULTATION_KINDS
from mingtang.kernel.text import Text


class Consultation(models.Model):
    """A draft put before the public, from preparation to the published adoption report."""

    government = models.ForeignKey("accounts.Government", on_delete=models.PROTECT, related_name="+")
    topic = models.ForeignKey("topics.Topic", on_delete=models.PROTECT, related_name="consultations")
    state = models.CharField(max_length=16, default=CONSULTATION.initial)
    kind = models.CharField(max_length=12)
    summary = models.TextField(blank=True)
    questions = models.TextField(blank=True)
    contact = models.CharField(max_length=200, blank=True)
    ways = models.TextField(blank=True)
    announced_in = models.CharField(max_length=300, blank=True)
    closes_on = models.DateField(null=True, blank=True)
    shorten_reason = models.TextField(blank=True)
    verified_only_reason = models.TextField(blank=True)
    prepared_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    round = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    reported_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason = models.TextField(blank=True)

    class Meta:
        db_table = "mt_consultation"
        indexes: ClassVar = [
            models.Index(fields=["government", "state", "closes_on"], name="mt_consultation_state_ix"),
            models.Index(fields=["government", "-opened_at", "-id"], name="mt_consultation_open_ix"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(state__in=CONSULTATION.codes), name="mt_consultation_state_ck"),
            models.CheckConstraint(condition=models.Q(kind__in=list(CONSULTATION_KINDS)), name="mt_consultation_kind_ck"),
            models.UniqueConstraint(fields=["topic"], condition=~models.Q(state="cancelled"), name="mt_consultation_one_uq"),
        ]

    def __str__(self) -> str:
        return str(self.topic)

    @property
    def state_label(self) -> Text:
        """The state's name."""
        return CONSULTATION.label(self.state)

    @property
    def kind_label(self) -> Text:
        """The kind's name."""
        return CONSULTATION_KINDS[self.kind]

    @property
    def channels(self) -> list[str]:
        """Where it was announced."""
        return [each.strip() for each in self.announced_in.replace("；", "、").replace("，", "、").split("、") if each.strip()]


class Clause(models.Model):
    """One numbered clause of the draft; its id stays when its words change before opening.

    `stem` is the same for this clause in every version; `origin` is the block it was read from.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="clauses")
    position = models.PositiveIntegerField()
    label = models.CharField(max_length=40)
    heading = models.CharField(max_length=120, blank=True)
    chapter = models.CharField(max_length=120, blank=True)
    text = models.TextField()
    plain = models.TextField(blank=True)
    now_text = models.TextField(blank=True)
    final_text = models.TextField(blank=True)
    part = models.CharField(max_length=200, blank=True)
    section = models.CharField(max_length=120, blank=True)
    stem = models.PositiveIntegerField(default=0)
    origin = models.PositiveBigIntegerField(null=True)

    class Meta:
        db_table = "mt_clause"
        ordering = ("position",)
        indexes: ClassVar = [models.Index(fields=["consultation", "position"], name="mt_clause_ix")]

    def __str__(self) -> str:
        return f"{self.label} {self.heading}".strip()


class Effect(models.Model):
    """What changes for whom (2.1b)."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="effects")
    position = models.PositiveIntegerField()
    who = models.CharField(max_length=60)
    what = models.CharField(max_length=300)

    class Meta:
        db_table = "mt_effect"
        ordering = ("position",)

    def __str__(self) -> str:
        return self.who


class PublicReview(models.Model):
    """One of the reviews before anything goes public; the third includes secrecy."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="reviews")
    round = models.PositiveIntegerField()
    stage = models.PositiveIntegerField()
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    remark = models.TextField(blank=True)

    class Meta:
        db_table = "mt_public_review"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["consultation", "round", "stage"], name="mt_public_review_uq"),
            models.UniqueConstraint(fields=["consultation", "round", "person"], name="mt_public_review_one_uq"),
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id} {self.round}.{self.stage}"


class Extension(models.Model):
    """A longer period with its public reason."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="extensions")
    closed_on_before = models.DateField()
    closes_on = models.DateField()
    reason = models.TextField()
    extended_at = models.DateTimeField()

    class Meta:
        db_table = "mt_extension"
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.consultation_id} {self.closes_on}"
