"""Tables of meetings, items and frozen agendas."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from mingtang.kernel.text import NOTHING, Text, t
from mingtang.meetings.rules import ATTENDANCE_LABELS, ITEM, MEETING, OUTCOME_LABELS, PRESENCE_LABELS, SPEECH_LABELS, version_letter
from mingtang.topics.rules import KIND_LABELS


class Meeting(models.Model):
    """A meeting of one of the four kinds (1.1); `recording_offset`: the second of its recording at which it begins."""

    government = models.ForeignKey("accounts.Government", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    state = models.CharField(max_length=12, default=MEETING.initial)
    year = models.PositiveIntegerField()
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=160, blank=True)
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=120)
    chair = models.CharField(max_length=60)
    broadcast_url = models.URLField(max_length=300, blank=True)
    recording_url = models.URLField(max_length=300, blank=True)
    recording_offset = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=0)
    planned_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    emergency_reason = models.TextField(blank=True)
    change_reason = models.TextField(blank=True)
    created_at = models.DateTimeField()
    convened_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "mt_meeting"
        indexes: ClassVar = [models.Index(fields=["government", "-starts_at", "-id"], name="mt_meeting_start_ix")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["government", "kind", "year", "number"], name="mt_meeting_number_uq"),
            models.CheckConstraint(condition=models.Q(state__in=MEETING.codes), name="mt_meeting_state_ck"),
        ]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def title(self) -> Text:
        """第 18 次区政府常务会议 / Executive meeting no. 18."""
        if self.name:
            return Text(self.name, self.name)
        return t("第 {n} 次{kind}", "{kind} no. {n}", n=self.number, kind=KIND_LABELS[self.kind])

    @property
    def state_label(self) -> Text:
        """The state's name."""
        return MEETING.label(self.state)

    @property
    def kind_label(self) -> Text:
        """The kind's name."""
        return KIND_LABELS[self.kind]


class AgendaItem(models.Model):
    """One matter on the agenda of one meeting; `mark_seconds`: where it begins in the recording when the clock does not tell."""

    government = models.ForeignKey("accounts.Government", on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    topic = models.ForeignKey("topics.Topic", on_delete=models.PROTECT, related_name="agenda_items")
    position = models.PositiveIntegerField()
    state = models.CharField(max_length=10, default=ITEM.initial)
    attendance = models.CharField(max_length=10, default="open")
    closing_ground = models.CharField(max_length=20, blank=True)
    planned_minutes = models.PositiveIntegerField(default=30)
    began_at = models.DateTimeField(null=True)
    mark_seconds = models.PositiveIntegerField(null=True)
    statement_at = models.DateTimeField(null=True)
    statement_by = models.CharField(max_length=60, blank=True)
    statement_text = models.TextField(blank=True)
    listed_at = models.DateTimeField(null=True)
    late_reason = models.CharField(max_length=300, blank=True)
    late_asked_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    late_approved_at = models.DateTimeField(null=True)
    late_approved_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=24, blank=True)
    outcome_text = models.TextField(blank=True)

    class Meta:
        db_table = "mt_agenda_item"
        ordering = ("position", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "topic"], name="mt_agenda_item_uq"),
            models.CheckConstraint(condition=models.Q(state__in=ITEM.codes), name="mt_agenda_item_state_ck"),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.topic}"

    @property
    def attendance_label(self) -> Text:
        """Open, partly, closed."""
        return ATTENDANCE_LABELS[self.attendance]

    @property
    def outcome_label(self) -> Text:
        """The outcome's name, nothing before the decision."""
        return OUTCOME_LABELS.get(self.outcome, NOTHING)

    @property
    def state_label(self) -> Text:
        """The state's name."""
        return ITEM.label(self.state)


class AgendaVersion(models.Model):
    """An agenda as it was frozen, version by version (A, B, C)."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    frozen_at = models.DateTimeField()
    starts_at = models.DateTimeField(null=True)
    place = models.CharField(max_length=120, blank=True)
    lines = models.JSONField(default=list)

    class Meta:
        db_table = "mt_agenda_version"
        constraints: ClassVar = [models.UniqueConstraint(fields=["meeting", "number"], name="mt_agenda_version_uq")]

    def __str__(self) -> str:
        return f"{self.meeting_id} v{self.number}"

    @property
    def letter(self) -> str:
        """Its name: A, B, C and so on."""
        return version_letter(self.number)


class Break(models.Model):
    """A break of a meeting: since when, how long it is meant, until when it was."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="breaks")
    began_at = models.DateTimeField()
    minutes = models.PositiveIntegerField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "mt_meeting_break"
        ordering = ("began_at", "id")

    def __str__(self) -> str:
        return f"break of {self.meeting_id}"


class Member(models.Model):
    """A member of the body that meets (713 Art.30): who has a say, and whether they are here; staff only."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="members")
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=60)
    duty = models.CharField(max_length=60, blank=True)
    is_head = models.BooleanField(default=False)
    presence = models.CharField(max_length=10, default="expected")
    in_at = models.DateTimeField(null=True)
    out_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "mt_member"
        ordering = ("position", "id")
        constraints: ClassVar = [models.UniqueConstraint(fields=["meeting", "name"], name="mt_member_uq")]

    def __str__(self) -> str:
        return f"{self.name}（{self.duty}）" if self.duty else self.name

    @property
    def presence_label(self) -> Text:
        """Here, excused, left."""
        return PRESENCE_LABELS[self.presence]


class Speech(models.Model):
    """One turn at an item: who asked, in which order, for how long, and when they had the floor.

    `seat` is the number of a representative's invitation, which a later stage keeps; None for everybody else.
    """

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="speeches")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=16)
    speaker = models.CharField(max_length=60)
    seat = models.BigIntegerField(null=True)
    minutes = models.PositiveIntegerField()
    asked_at = models.DateTimeField()
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "mt_speech_turn"
        ordering = ("position", "id")
        indexes: ClassVar = [models.Index(fields=["item", "position"], name="mt_speech_turn_ix")]

    def __str__(self) -> str:
        return f"{self.position}. {self.speaker}"

    @property
    def kind_label(self) -> Text:
        """In which part they speak."""
        return SPEECH_LABELS[self.kind]

    @property
    def waits(self) -> bool:
        """Whether they still wait for the floor."""
        return self.began_at is None and self.withdrawn_at is None
