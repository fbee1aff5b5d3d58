"""Tables of a call: its quotas, who applied (under a number; what names them lies apart), and its draws."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from mingtang.kernel.text import NOTHING, Text, same
from mingtang.platform.drawing.rows import DrawFields
from mingtang.representatives.models.seats import Invitation
from mingtang.representatives.rules import APPLICATION, AUDIENCE, AUDIENCE_WORDS, CALL, CHANNELS, GROUNDS, QuotaLine
from mingtang.topics.rules import AUDIENCE_LABELS


class Call(models.Model):
    """A public call for people who want a seat at a matter, some of whom are drawn by lot.

    `household_limit`: at most so many of those drawn live together, 0 for no limit; `household_salt` is never shown.
    `applied`: how many applied and did not withdraw, kept in the transaction that changes it.
    """

    government = models.ForeignKey("accounts.Government", on_delete=models.PROTECT, related_name="+")
    topic = models.ForeignKey("topics.Topic", on_delete=models.PROTECT, related_name="calls")
    state = models.CharField(max_length=10, default=CALL.initial)
    title = models.CharField(max_length=120)
    purpose = models.TextField(blank=True)
    conditions = models.TextField(blank=True)
    contact = models.CharField(max_length=200, blank=True)
    reserves = models.PositiveIntegerField(default=0)
    household_limit = models.PositiveIntegerField(default=0)
    household_salt = models.CharField(max_length=32, blank=True)
    closes_on = models.DateField(null=True)
    made_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    change_reason = models.CharField(max_length=300, blank=True)
    applied = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "mt_call"
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(state__in=CALL.codes), name="mt_call_state_ck")]
        indexes: ClassVar = [models.Index(fields=["government", "-id"], name="mt_call_ix")]

    def __str__(self) -> str:
        return self.title

    @property
    def state_label(self) -> Text:
        """The state's name."""
        return CALL.label(self.state)

    def lines(self) -> list[QuotaLine]:
        """Its quotas as the rules read them."""
        return [each.line for each in self.quotas.all()]


class Quota(models.Model):
    """How many of those drawn have a value in a category, and why; `category` "audience" gives the seats of an audience.

    `applied`: how many applicants have the value, those left out or withdrawn not counted; kept in the transaction that changes it.
    """

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="quotas")
    category = models.CharField(max_length=20)
    value = models.CharField(max_length=30)
    least = models.PositiveIntegerField()
    most = models.PositiveIntegerField()
    rationale = models.CharField(max_length=300, blank=True)
    relaxed_reason = models.CharField(max_length=300, blank=True)
    applied = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "mt_call_quota"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["call", "category", "value"], name="mt_call_quota_uq")]

    def __str__(self) -> str:
        return f"{self.category_label} {self.value_label}"

    @property
    def line(self) -> QuotaLine:
        """The quota as the rules read it."""
        return QuotaLine(self.category, self.value, self.least, self.most)

    @property
    def category_label(self) -> Text:
        """The category's name."""
        return AUDIENCE_WORDS if self.category == AUDIENCE else same(self.category)

    @property
    def value_label(self) -> Text:
        """The value's name."""
        return AUDIENCE_LABELS[self.value] if self.category == AUDIENCE else same(self.value)


class Application(models.Model):
    """Somebody who wants a seat, under a number; `answers`: their value in each category, the audience among them.

    `household`: the mark of the word that those who live together agreed on; the word itself is not kept.
    """

    government = models.ForeignKey("accounts.Government", on_delete=models.PROTECT, related_name="+")
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="applications")
    number = models.CharField(max_length=8)
    state = models.CharField(max_length=10, default=APPLICATION.initial)
    answers = models.JSONField(default=dict)
    household = models.CharField(max_length=16, blank=True)
    channel = models.CharField(max_length=10, default="web")
    receipt = models.CharField(max_length=40, unique=True)
    form_token = models.CharField(max_length=40, blank=True)
    applied_at = models.DateTimeField()
    entered_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    says_conflict = models.BooleanField(default=False)
    ground = models.CharField(max_length=10, blank=True)
    ground_reason = models.CharField(max_length=300, blank=True)
    rank = models.PositiveIntegerField(default=0)
    invitation = models.OneToOneField(Invitation, null=True, on_delete=models.PROTECT, related_name="application")
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")

    class Meta:
        db_table = "mt_application"
        indexes: ClassVar = [models.Index(fields=["call", "state"], name="mt_application_state_ix")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["call", "number"], name="mt_application_uq"),
            models.CheckConstraint(condition=models.Q(state__in=APPLICATION.codes), name="mt_application_state_ck"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def state_label(self) -> Text:
        """The state's name."""
        return APPLICATION.label(self.state)

    @property
    def channel_label(self) -> Text:
        """Through which door it came."""
        return CHANNELS[self.channel]

    @property
    def ground_label(self) -> Text:
        """Why it is not in the draw."""
        return GROUNDS.get(self.ground, NOTHING)

    @property
    def audience(self) -> str:
        """The audience they apply for."""
        return str(self.answers.get(AUDIENCE, ""))

    @property
    def said(self) -> list[tuple[Text, Text]]:
        """Their categories and values, as people read them."""
        return [
            (AUDIENCE_WORDS, AUDIENCE_LABELS[value]) if category == AUDIENCE else (same(category), same(value))
            for category, value in self.answers.items()
        ]


class ApplicationContact(models.Model):
    """Who applied and how to reach them; each look is recorded, and it is deleted when their days are over."""

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="contact")
    name = models.CharField(max_length=60)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    publish_name = models.BooleanField(default=False)
    consent_at = models.DateTimeField()

    class Meta:
        db_table = "mt_application_contact"

    def __str__(self) -> str:
        return f"contact of {self.application_id}"


class Draw(DrawFields):
    """One draw of a call: `document` and `outcome` are the canonical texts whose hashes stand in the public log."""

    government = models.ForeignKey("accounts.Government", on_delete=models.PROTECT, related_name="+")
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="draws")

    class Meta:
        db_table = "mt_draw"
        constraints: ClassVar = [models.UniqueConstraint(fields=["call", "number"], name="mt_draw_uq")]

    def __str__(self) -> str:
        return f"{self.call} {self.number}"
