"""A hearing, its seats by category, its order of speaking, and proposals to hold one."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from mingtang.hearings.rules import (
    CATEGORY_LABELS,
    HEARING,
    METHOD_LABELS,
    PRESETS,
    PROPOSAL,
    SPEAKER_LABELS,
    SeatSum,
)
from mingtang.kernel.text import Text


class Hearing(models.Model):
    """One hearing on one matter, from the decision to hold it to its published report."""

    government = models.ForeignKey("accounts.Government", on_delete=models.PROTECT, related_name="+")
    topic = models.ForeignKey("topics.Topic", on_delete=models.PROTECT, related_name="hearings")
    state = models.CharField(max_length=12, default=HEARING.initial)
    title = models.CharField(max_length=160)
    preset = models.CharField(max_length=12)
    why = models.TextField()
    purpose = models.TextField(blank=True)
    basis = models.TextField(blank=True)
    starts_at = models.DateTimeField(null=True, blank=True)
    place = models.CharField(max_length=120, blank=True)
    conditions = models.TextField(blank=True)
    selection = models.TextField(blank=True)
    how_to_enrol = models.TextField(blank=True)
    contact = models.CharField(max_length=200, blank=True)
    enrol_until = models.DateField(null=True, blank=True)
    seats_stated = models.PositiveIntegerField(default=0)
    seats_note = models.CharField(max_length=300, blank=True)
    observers = models.PositiveIntegerField(default=0)
    observers_how = models.CharField(max_length=12, default="order")
    media_seats = models.PositiveIntegerField(default=0)
    host = models.CharField(max_length=60, blank=True)
    presenter = models.CharField(max_length=120, blank=True)
    recorder = models.CharField(max_length=60, blank=True)
    draw_source = models.CharField(max_length=300, blank=True)
    one_per_household = models.BooleanField(default=False)
    short_reason = models.CharField(max_length=300, blank=True)
    change_reason = models.TextField(blank=True)
    record_text = models.TextField(blank=True)
    record_sha256 = models.CharField(max_length=64, blank=True)
    report_text = models.TextField(blank=True)
    decided_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    announced_at = models.DateTimeField(null=True)
    drawn_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    listed_at = models.DateTimeField(null=True)
    served_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    reported_at = models.DateTimeField(null=True)
    outcomes_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "mt_hearing"
        indexes: ClassVar = [
            models.Index(fields=["government", "state", "-id"], name="mt_hearing_state_ix"),
            models.Index(fields=["topic", "-id"], name="mt_hearing_topic_ix"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(state__in=HEARING.codes), name="mt_hearing_state_ck"),
            models.CheckConstraint(condition=models.Q(preset__in=list(PRESETS)), name="mt_hearing_preset_ck"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def state_label(self) -> Text:
        """The state's name."""
        return HEARING.label(self.state)

    @property
    def preset_label(self) -> Text:
        """The preset's name."""
        return PRESETS[self.preset].title

    def seat_sum(self) -> SeatSum:
        """The total stated against the seats of the categories (read them with the hearing)."""
        return SeatSum(self.seats_stated, sum(each.seats for each in self.quotas.all()), self.observers)


class Quota(models.Model):
    """The seats of one category and how they are filled."""

    hearing = models.ForeignKey(Hearing, on_delete=models.CASCADE, related_name="quotas")
    position = models.PositiveIntegerField()
    category = models.CharField(max_length=16)
    seats = models.PositiveIntegerField()
    method = models.CharField(max_length=12)
    remark = models.CharField(max_length=160, blank=True)

    class Meta:
        db_table = "mt_hearing_quota"
        ordering = ("position",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["hearing", "category"], name="mt_hearing_quota_uq"),
            models.CheckConstraint(condition=models.Q(category__in=list(CATEGORY_LABELS)), name="mt_hearing_quota_ck"),
        ]

    def __str__(self) -> str:
        return f"{self.category} {self.seats}"

    @property
    def category_label(self) -> Text:
        """The category's name."""
        return CATEGORY_LABELS[self.category]

    @property
    def method_label(self) -> Text:
        """How the seats are filled."""
        return METHOD_LABELS[self.method]


class Speech(models.Model):
    """One turn in the order of speaking, with its times."""

    hearing = models.ForeignKey(Hearing, on_delete=models.CASCADE, related_name="speeches")
    participant = models.ForeignKey("hearings.Participant", null=True, blank=True, on_delete=models.PROTECT, related_name="speeches")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=12)
    speaker = models.CharField(max_length=120)
    minutes = models.PositiveIntegerField(default=5)
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "mt_hearing_speech"
        ordering = ("position",)

    def __str__(self) -> str:
        return f"{self.position} {self.speaker}"

    @property
    def kind_label(self) -> Text:
        """The part of the procedure."""
        return SPEAKER_LABELS[self.kind]


class HearingProposal(models.Model):
    """Somebody asks for a hearing on a matter; answered with a reason."""

    government = models.ForeignKey("accounts.Government", on_delete=models.PROTECT, related_name="+")
    topic = models.ForeignKey("topics.Topic", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, default=PROPOSAL.initial)
    words = models.TextField()
    receipt = models.CharField(max_length=24, unique=True)
    form_token = models.CharField(max_length=40, blank=True)
    received_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    hearing = models.ForeignKey(Hearing, null=True, on_delete=models.PROTECT, related_name="proposals")

    class Meta:
        db_table = "mt_hearing_proposal"
        indexes: ClassVar = [models.Index(fields=["government", "state", "-id"], name="mt_hearing_proposal_ix")]
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(state__in=PROPOSAL.codes), name="mt_hearing_proposal_ck")]

    def __str__(self) -> str:
        return self.receipt

    @property
    def state_label(self) -> Text:
        """The state's name."""
        return PROPOSAL.label(self.state)


class ProposalContact(models.Model):
    """Who proposed it and how to reach them; each look is recorded."""

    proposal = models.OneToOneField(HearingProposal, on_delete=models.CASCADE, related_name="contact")
    name = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)

    class Meta:
        db_table = "mt_hearing_prop_contact"

    def __str__(self) -> str:
        return f"contact of {self.proposal_id}"


class HearingNeed(models.Model):
    """What demands a hearing on a matter, and the lawful exemption where there is one; both public law, nothing personal."""

    government = models.ForeignKey("accounts.Government", on_delete=models.PROTECT, related_name="+")
    topic = models.OneToOneField("topics.Topic", on_delete=models.PROTECT, related_name="+")
    law = models.CharField(max_length=120)
    article = models.CharField(max_length=60)
    noted_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    exemption = models.CharField(max_length=500, blank=True)
    exempted_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    exempted_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "mt_hearing_need"
        constraints: ClassVar = [models.CheckConstraint(condition=~models.Q(law="") & ~models.Q(article=""), name="mt_hearing_need_law_ck")]

    def __str__(self) -> str:
        return f"{self.law}{self.article}"
