"""Tables of suggestions, the internal record, and the minutes in versions."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from mingtang.kernel.text import NOTHING, Text, t
from mingtang.minutes.rules import MINUTES, STANCE_LABELS, WAY_LABELS


class Suggestion(models.Model):
    """What a representative suggested at an item."""

    government = models.ForeignKey("accounts.Government", on_delete=models.PROTECT, related_name="+")
    invitation = models.ForeignKey("representatives.Invitation", on_delete=models.PROTECT, related_name="suggestions")
    item = models.ForeignKey("meetings.AgendaItem", on_delete=models.PROTECT, related_name="suggestions")
    text = models.TextField()
    ground = models.TextField(blank=True)
    source = models.CharField(max_length=10, default="oral")
    receipt = models.CharField(max_length=40, unique=True, null=True)  # noqa: DJ001 - NULL: older than receipts
    said_at = models.DateTimeField()
    recorded_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    confirmed_way = models.CharField(max_length=10, blank=True)
    signature = models.ForeignKey("files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    wish = models.TextField(blank=True)
    wish_ground = models.TextField(blank=True)
    wished_at = models.DateTimeField(null=True)
    reasonable = models.BooleanField(null=True)
    reason = models.TextField(blank=True)
    judged_at = models.DateTimeField(null=True)
    reply = models.TextField(blank=True)
    replied_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "mt_suggestion"
        indexes: ClassVar = [models.Index(fields=["item", "id"], name="mt_suggestion_ix")]

    def __str__(self) -> str:
        return self.text[:40]

    @property
    def wording_label(self) -> Text:
        """How its wording stands with the person who said it."""
        if self.wished_at:
            return t("希望改表述", "Wishes another wording")
        return WAY_LABELS[self.confirmed_way]


class RecordLine(models.Model):
    """One line of the internal record: who said what, dissent; never public, never changed."""

    item = models.ForeignKey("meetings.AgendaItem", on_delete=models.PROTECT, related_name="record_lines")
    speaker = models.CharField(max_length=60)
    text = models.TextField(blank=True)
    stance = models.CharField(max_length=10, blank=True)
    dissent = models.BooleanField(default=False)
    corrects = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="corrected_by")
    why = models.CharField(max_length=300, blank=True)
    written_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        db_table = "mt_record_line"

    def __str__(self) -> str:
        return f"{self.speaker} {self.item_id}"

    @property
    def stance_label(self) -> Text:
        """The position taken, nothing where there is none."""
        return STANCE_LABELS.get(self.stance, NOTHING)


class Minutes(models.Model):
    """The minutes of one meeting, with the public bulletin."""

    government = models.ForeignKey("accounts.Government", on_delete=models.PROTECT, related_name="+")
    meeting = models.OneToOneField("meetings.Meeting", on_delete=models.PROTECT, related_name="minutes")
    state = models.CharField(max_length=12, default=MINUTES.initial)
    year = models.PositiveIntegerField(null=True)
    number = models.PositiveIntegerField(null=True)
    body = models.TextField(blank=True)
    attendees = models.TextField(blank=True)
    excused = models.TextField(blank=True)
    observers = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    drafted_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    issued_at = models.DateTimeField(null=True)
    first_issued_at = models.DateTimeField(null=True)
    correction = models.TextField(blank=True)

    class Meta:
        db_table = "mt_minutes"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["government", "year", "number"], name="mt_minutes_number_uq"),
            models.CheckConstraint(condition=models.Q(state__in=MINUTES.codes), name="mt_minutes_state_ck"),
        ]

    def __str__(self) -> str:
        return self.official_no or f"minutes of {self.meeting_id}"

    @property
    def state_label(self) -> Text:
        """The state's name."""
        return MINUTES.label(self.state)

    @property
    def official_no(self) -> str:
        """纪要〔2026〕18 号; empty before issuing."""
        return f"政纪要〔{self.year}〕{self.number} 号" if self.number else ""


class MinutesVersion(models.Model):
    """The minutes as they were issued, one row a version; never changed."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField()
    body = models.TextField()
    attendees = models.TextField()
    excused = models.TextField(blank=True)
    observers = models.TextField(blank=True)
    correction = models.TextField(blank=True)
    issued_at = models.DateTimeField()

    class Meta:
        db_table = "mt_minutes_version"
        constraints: ClassVar = [models.UniqueConstraint(fields=["minutes", "version"], name="mt_minutes_version_uq")]

    def __str__(self) -> str:
        return f"{self.minutes_id} v{self.version}"
