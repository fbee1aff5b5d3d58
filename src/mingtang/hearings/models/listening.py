"""The other activities, who was heard in them, survey questions, and the points raised anywhere."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from mingtang.consultations.rules import STANCE_LABELS
from mingtang.hearings.models.hearing import Hearing
from mingtang.hearings.models.people import UNTOLD, Participant
from mingtang.hearings.rules import ACTIVITY, ANSWER_LABELS, DOOR_LABELS, KIND_LABELS, REACH_LABELS, told_of_it
from mingtang.kernel.text import NOTHING, Text


class Activity(models.Model):
    """A symposium, survey, field visit, expert consultation or consultation of departments."""

    government = models.ForeignKey("accounts.Government", on_delete=models.PROTECT, related_name="+")
    topic = models.ForeignKey("topics.Topic", on_delete=models.PROTECT, related_name="activities")
    kind = models.CharField(max_length=12)
    state = models.CharField(max_length=10, default=ACTIVITY.initial)
    title = models.CharField(max_length=160)
    held_on = models.DateField(null=True, blank=True)
    place = models.CharField(max_length=120, blank=True)
    purpose = models.TextField(blank=True)
    reach = models.CharField(max_length=14, blank=True)
    reach_words = models.CharField(max_length=300, blank=True)
    asked = models.PositiveIntegerField(default=0)
    answered = models.PositiveIntegerField(default=0)
    due_on = models.DateField(null=True, blank=True)
    due_reason = models.CharField(max_length=300, blank=True)
    summary = models.TextField(blank=True)
    change_reason = models.TextField(blank=True)
    made_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "mt_activity"
        indexes: ClassVar = [
            models.Index(fields=["government", "state", "-id"], name="mt_activity_state_ix"),
            models.Index(fields=["topic", "-id"], name="mt_activity_topic_ix"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(state__in=ACTIVITY.codes), name="mt_activity_state_ck"),
            models.CheckConstraint(condition=models.Q(kind__in=list(KIND_LABELS)), name="mt_activity_kind_ck"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def state_label(self) -> Text:
        """The state's name."""
        return ACTIVITY.label(self.state)

    @property
    def kind_label(self) -> Text:
        """The kind's name."""
        return KIND_LABELS[self.kind]

    @property
    def reach_label(self) -> Text:
        """How people were reached."""
        return REACH_LABELS.get(self.reach, NOTHING)


class Member(models.Model):
    """Somebody heard in an activity: a speaker, an expert, a department."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="members")
    name = models.CharField(max_length=120)
    unit = models.CharField(max_length=120, blank=True)
    department = models.ForeignKey("accounts.Department", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    specialty = models.CharField(max_length=120, blank=True)
    own_department = models.BooleanField(default=False)
    conflict = models.BooleanField(default=False)
    declared_at = models.DateTimeField(null=True)
    stance = models.CharField(max_length=10, blank=True)
    publish_name = models.BooleanField(default=False)
    token = models.CharField(max_length=40, unique=True)
    email = models.EmailField(blank=True)
    asked_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    read_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    replied_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=8, blank=True)
    reminded_on = models.DateField(null=True)
    told_at = models.DateTimeField(null=True)
    told_by_door = models.CharField(max_length=10, blank=True)
    corrected_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "mt_activity_member"
        indexes: ClassVar = [
            models.Index(fields=["activity", "id"], name="mt_activity_member_ix"),
            models.Index(fields=["activity"], condition=UNTOLD, name="mt_activity_untold_ix"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["activity", "department"], name="mt_activity_member_uq"),
            models.CheckConstraint(condition=models.Q(answer__in=list(ANSWER_LABELS)), name="mt_activity_member_ck"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def answer_label(self) -> Text:
        """Whether and how it answered."""
        return ANSWER_LABELS[self.answer]

    @property
    def is_told(self) -> bool:
        """Whether they were told what became of their points, as it stands now."""
        return told_of_it(self.told_at, self.corrected_at)

    @property
    def told_label(self) -> Text:
        """Through which door they were told."""
        return DOOR_LABELS.get(self.told_by_door, NOTHING)


class Question(models.Model):
    """One question of a survey."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveIntegerField()
    words = models.CharField(max_length=300)
    several = models.BooleanField(default=False)

    class Meta:
        db_table = "mt_survey_question"
        ordering = ("position",)

    def __str__(self) -> str:
        return self.words


class Option(models.Model):
    """One answer to choose, and how many chose it."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="options")
    position = models.PositiveIntegerField()
    words = models.CharField(max_length=200)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "mt_survey_option"
        ordering = ("position",)

    def __str__(self) -> str:
        return f"{self.words} {self.count}"


class Point(models.Model):
    """What somebody said, in two lines: what they ask, and why. Becomes an opinion of the matter's consultation."""

    hearing = models.ForeignKey(Hearing, null=True, on_delete=models.PROTECT, related_name="points")
    activity = models.ForeignKey(Activity, null=True, on_delete=models.PROTECT, related_name="points")
    participant = models.ForeignKey(Participant, null=True, on_delete=models.PROTECT, related_name="points")
    member = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="points")
    claim = models.CharField(max_length=300)
    ground = models.CharField(max_length=600, blank=True)
    stance = models.CharField(max_length=10, default="change")
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    opinion = models.OneToOneField("consultations.Opinion", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "mt_hearing_point"
        ordering = ("id",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(hearing__isnull=False, activity__isnull=True) | models.Q(hearing__isnull=True, activity__isnull=False),
                name="mt_hearing_point_place_ck",
            ),
            models.CheckConstraint(condition=models.Q(stance__in=[str(each) for each in STANCE_LABELS]), name="mt_hearing_point_stance_ck"),
        ]

    def __str__(self) -> str:
        return self.claim

    @property
    def text(self) -> str:
        """The words of the opinion: what is asked and why."""
        return f"{self.claim}\n{self.ground}".strip()

    @property
    def stance_label(self) -> Text:
        """How it stands to the draft."""
        return STANCE_LABELS[self.stance]
