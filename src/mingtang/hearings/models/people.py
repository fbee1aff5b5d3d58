"""People of a hearing: enrolled, chosen, served, present; their contact data lie in a table of their own."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models

from mingtang.hearings.models.hearing import Hearing
from mingtang.hearings.rules import (
    CATEGORY_LABELS,
    CHANNELS,
    DOOR_LABELS,
    METHOD_LABELS,
    PARTICIPANT,
    SEAT_LABELS,
    SIGN_LABELS,
    told_of_it,
)
from mingtang.kernel.text import NOTHING, Text

UNTOLD = models.Q(corrected_at__isnull=False) & (models.Q(told_at=None) | models.Q(told_at__lt=models.F("corrected_at")))


class Participant(models.Model):
    """Somebody enrolled for or seated at a hearing, with the proof of every step."""

    government = models.ForeignKey("accounts.Government", on_delete=models.PROTECT, related_name="+")
    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, related_name="people")
    number = models.CharField(max_length=8)
    seat = models.CharField(max_length=12, default="participant")
    category = models.CharField(max_length=16, blank=True)
    state = models.CharField(max_length=12, default=PARTICIPANT.initial)
    name = models.CharField(max_length=60)
    unit = models.CharField(max_length=120, blank=True)
    publish_name = models.BooleanField(default=False)
    civil_servant = models.BooleanField(default=False)
    words = models.TextField(blank=True)
    channel = models.CharField(max_length=10, default="web")
    token = models.CharField(max_length=40, unique=True)
    form_token = models.CharField(max_length=40, blank=True)
    enrolled_at = models.DateTimeField()
    method = models.CharField(max_length=12, blank=True)
    method_reason = models.CharField(max_length=300, blank=True)
    rank = models.PositiveIntegerField(default=0)
    left_reason = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True)
    sent_by_door = models.CharField(max_length=10, blank=True)
    delivered_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    in_at = models.DateTimeField(null=True)
    signed_at = models.DateTimeField(null=True)
    signed_way = models.CharField(max_length=12, blank=True)
    signed_reason = models.CharField(max_length=300, blank=True)
    signed_file = models.ForeignKey("files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField(null=True)
    told_by_door = models.CharField(max_length=10, blank=True)
    corrected_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "mt_hearing_person"
        indexes: ClassVar = [
            models.Index(fields=["hearing", "seat", "state", "category"], name="mt_hearing_person_ix"),
            models.Index(fields=["government", "hearing"], condition=UNTOLD, name="mt_hearing_untold_ix"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["hearing", "number"], name="mt_hearing_person_uq"),
            models.CheckConstraint(condition=models.Q(state__in=PARTICIPANT.codes), name="mt_hearing_person_state_ck"),
            models.CheckConstraint(condition=models.Q(seat__in=list(SEAT_LABELS)), name="mt_hearing_person_seat_ck"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    @property
    def state_label(self) -> Text:
        """The state's name."""
        return PARTICIPANT.label(self.state)

    @property
    def category_label(self) -> Text:
        """The category, or the kind of seat."""
        return CATEGORY_LABELS[self.category] if self.category else SEAT_LABELS[self.seat]

    @property
    def seat_label(self) -> Text:
        """The kind of seat."""
        return SEAT_LABELS[self.seat]

    @property
    def method_label(self) -> Text:
        """How the person was found."""
        return METHOD_LABELS.get(self.method, NOTHING)

    @property
    def channel_label(self) -> Text:
        """Through which door they enrolled."""
        return CHANNELS[self.channel]

    @property
    def door_label(self) -> Text:
        """Through which door the papers went."""
        return DOOR_LABELS.get(self.sent_by_door, NOTHING)

    @property
    def told_label(self) -> Text:
        """Through which door they were told what became of their points."""
        return DOOR_LABELS.get(self.told_by_door, NOTHING)

    @property
    def is_told(self) -> bool:
        """Whether they were told what became of their points, as it stands now."""
        return told_of_it(self.told_at, self.corrected_at)

    @property
    def signed_label(self) -> Text:
        """How the record was confirmed."""
        return SIGN_LABELS.get(self.signed_way, NOTHING)

    @property
    def arrived_at(self) -> datetime | None:
        """When it is known that the papers arrived: signed for, or opened by themselves."""
        return self.delivered_at or self.opened_at


class ParticipantContact(models.Model):
    """How to reach somebody, and what proves who they are; each look is recorded with its purpose."""

    participant = models.OneToOneField(Participant, on_delete=models.CASCADE, related_name="contact")
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    id_tail = models.CharField(max_length=4, blank=True)
    address = models.CharField(max_length=200, blank=True)
    consent_at = models.DateTimeField()

    class Meta:
        db_table = "mt_hearing_person_contact"

    def __str__(self) -> str:
        return f"contact of {self.participant_id}"


class Paper(models.Model):
    """A paper handed to one participant, and when they fetched it."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="papers")
    document = models.ForeignKey("topics.TopicDocument", on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    handed_at = models.DateTimeField()
    fetched_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "mt_hearing_paper"
        constraints: ClassVar = [models.UniqueConstraint(fields=["participant", "document"], name="mt_hearing_paper_uq")]

    def __str__(self) -> str:
        return f"{self.participant_id} {self.document_id}"
