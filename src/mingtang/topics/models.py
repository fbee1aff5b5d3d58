"""Tables of matters. Lists (forms, audiences, areas) are rows, so that they can be counted and approved."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models

from mingtang.kernel.text import NOTHING, Text
from mingtang.topics.rules import (
    AUDIENCE_LABELS,
    DOCUMENT_DISCLOSURES,
    DOCUMENT_LABELS,
    FOCUS_LABELS,
    FORM_LABELS,
    GROUND_LABELS,
    KIND_LABELS,
    STEP_LABELS,
    TOPIC,
)
from mingtang.topics.rules.kinds import STATUS_LABELS

if TYPE_CHECKING:
    from mingtang.platform.files.models import StoredFile


class Topic(models.Model):
    """A matter: the spine on which everything else hangs."""

    government = models.ForeignKey("accounts.Government", on_delete=models.PROTECT, related_name="+")
    department = models.ForeignKey("accounts.Department", on_delete=models.PROTECT, related_name="+")
    co_departments = models.ManyToManyField("accounts.Department", related_name="+", blank=True, db_table="mt_topic_partner")
    state = models.CharField(max_length=12, default=TOPIC.initial)
    year = models.PositiveIntegerField(null=True)
    number = models.PositiveIntegerField(null=True)
    title = models.CharField(max_length=200)
    title_en = models.CharField(max_length=300, blank=True)
    background = models.TextField(blank=True)
    content = models.TextField(blank=True)
    differences = models.TextField(blank=True)
    summary = models.TextField(blank=True)
    touches_interests = models.BooleanField(null=True)
    is_major = models.BooleanField(null=True)
    major_category = models.CharField(max_length=20, blank=True)
    exclusion = models.CharField(max_length=20, blank=True)
    broadcast_url = models.URLField(max_length=300, blank=True)
    form_reason = models.TextField(blank=True)
    closing_ground = models.CharField(max_length=20, blank=True)
    closing_reason = models.TextField(blank=True)
    seats_total = models.PositiveIntegerField(default=0)
    disclosure = models.CharField(max_length=12, blank=True)
    disclosure_ground = models.CharField(max_length=20, blank=True)
    interpretation_plan = models.TextField(blank=True)
    meeting_kind = models.CharField(max_length=20, blank=True)
    wished_on = models.DateField(null=True, blank=True)
    contact = models.CharField(max_length=120, blank=True)
    is_secret = models.BooleanField(default=False)
    nameless = models.BooleanField(default=False)
    chain = models.ForeignKey("signing.Chain", null=True, on_delete=models.PROTECT, related_name="+")
    round = models.PositiveIntegerField(default=1)
    version = models.PositiveIntegerField(default=1)
    drafted_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    approved_at = models.DateTimeField(null=True)
    first_approved_at = models.DateTimeField(null=True)
    approved_text = models.JSONField(default=dict, blank=True)

    class Meta:
        db_table = "mt_topic"
        indexes: ClassVar = [
            models.Index(fields=["government", "-changed_at", "-id"], name="mt_topic_changed_ix"),
            models.Index(fields=["government", "state", "-id"], name="mt_topic_state_ix"),
            models.Index(fields=["department", "state"], name="mt_topic_department_ix"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["government", "year", "number"], name="mt_topic_number_uq"),
            models.CheckConstraint(condition=models.Q(state__in=TOPIC.codes), name="mt_topic_state_ck"),
        ]

    def __str__(self) -> str:
        return self.title.replace("|", "")

    @property
    def state_label(self) -> Text:
        """The state's name."""
        return TOPIC.label(self.state)

    @property
    def kind_label(self) -> Text:
        """The name of the wished kind of meeting."""
        return KIND_LABELS[self.meeting_kind]

    @property
    def index_no(self) -> str:
        """The catalogue number (711 Art.12), e.g. QH-2026-00017; empty before submission."""
        return f"{self.government.code_prefix}-{self.year}-{self.number:05d}" if self.number else ""

    @property
    def is_named(self) -> bool:
        """Whether its title may be said in public: it is no secret, and was not approved as not public (`rules.named` asks the same of rows)."""
        return not (self.is_secret or self.nameless)

    @property
    def approved_title(self) -> str:
        """The title as it was last approved, without its break hints."""
        return self.as_approved("title").replace("|", "")

    def as_approved(self, name: str) -> str:
        """A text as it was last approved: while a matter is changed and approved anew, nobody outside reads the draft."""
        now = str(getattr(self, name))
        return str(self.approved_text.get(name, now)) if self.approved_at is None else now


class TopicFocus(models.Model):
    """A focus area of a matter (1.2)."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="focus_areas")
    area = models.CharField(max_length=20)

    class Meta:
        db_table = "mt_topic_focus"
        constraints: ClassVar = [models.UniqueConstraint(fields=["topic", "area"], name="mt_topic_focus_uq")]

    def __str__(self) -> str:
        return str(FOCUS_LABELS[self.area])


class TopicForm(models.Model):
    """A form of openness of a matter (3.2)."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="forms")
    form = models.CharField(max_length=20)

    class Meta:
        db_table = "mt_topic_form"
        constraints: ClassVar = [models.UniqueConstraint(fields=["topic", "form"], name="mt_topic_form_uq")]

    def __str__(self) -> str:
        return str(FORM_LABELS[self.form])


class TopicAudience(models.Model):
    """An invited audience with its seats and why these people (1.3)."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="audiences")
    audience = models.CharField(max_length=20)
    seats = models.PositiveIntegerField()
    rationale = models.TextField(blank=True)

    class Meta:
        db_table = "mt_topic_audience"
        constraints: ClassVar = [models.UniqueConstraint(fields=["topic", "audience"], name="mt_topic_audience_uq")]

    def __str__(self) -> str:
        return f"{AUDIENCE_LABELS[self.audience]} {self.seats}"


class StatutoryStep(models.Model):
    """One of the five statutory steps of a matter (3.1)."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=20)
    status = models.CharField(max_length=12)
    started_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=30, blank=True)
    people = models.PositiveIntegerField(default=0)
    reason = models.TextField(blank=True)
    document = models.ForeignKey("TopicDocument", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    recorded_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "mt_statutory_step"
        constraints: ClassVar = [models.UniqueConstraint(fields=["topic", "kind"], name="mt_statutory_step_uq")]

    def __str__(self) -> str:
        return str(STEP_LABELS[self.kind])

    @property
    def status_label(self) -> Text:
        """The status's name."""
        return STATUS_LABELS[self.status]


class TopicDocument(models.Model):
    """A document of a matter with its number, disclosure and, once public, its moment of publication."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="documents")
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    number = models.CharField(max_length=60, blank=True)
    issuer = models.CharField(max_length=80, blank=True)
    dated_on = models.DateField(null=True, blank=True)
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    disclosure = models.CharField(max_length=12, default="open")
    ground = models.CharField(max_length=20, blank=True)
    added_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    withheld_by = models.CharField(max_length=80, blank=True)
    withheld_at = models.DateTimeField(null=True)
    redacted = models.ForeignKey("files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "mt_topic_document"
        indexes: ClassVar = [models.Index(fields=["topic", "kind"], name="mt_topic_document_ix")]

    def __str__(self) -> str:
        return self.title

    @property
    def kind_label(self) -> Text:
        """The kind's name."""
        return DOCUMENT_LABELS[self.kind]

    @property
    def ground_label(self) -> Text:
        """The name of the ground for withholding it; empty when it is open."""
        return GROUND_LABELS.get(self.ground, NOTHING)

    @property
    def disclosure_label(self) -> Text:
        """The disclosure's name."""
        return DOCUMENT_DISCLOSURES[self.disclosure]

    @property
    def public_file(self) -> StoredFile:
        """What the public may open: the redacted copy where only a part is public."""
        return self.redacted if self.redacted is not None else self.file

    @property
    def is_released(self) -> bool:
        """Whether the public may have it, whole or as its approved redacted copy; the same as `RELEASED` in queries."""
        return self.disclosure == "open" or (self.disclosure == "partial" and self.redacted_id is not None and self.withheld_at is not None)


RELEASED = models.Q(disclosure="open") | models.Q(disclosure="partial", redacted__isnull=False, withheld_at__isnull=False)


class Redaction(models.Model):
    """A part of a document that is withheld, and why (711 Art.37); the original stays inside."""

    document = models.ForeignKey(TopicDocument, on_delete=models.CASCADE, related_name="redactions")
    position = models.PositiveIntegerField()
    place = models.CharField(max_length=120)
    reason = models.CharField(max_length=300)

    class Meta:
        db_table = "mt_redaction"
        ordering = ("position",)

    def __str__(self) -> str:
        return self.place
