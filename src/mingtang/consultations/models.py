"""Tables of drafts, consultations, opinions, groups and reports. An opinion's text never changes."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from mingtang.consultations.rules import CHANNEL_LABELS, CONSULTATION, CONSULTATION_KINDS, OPINION, STANCE_LABELS, VERDICT_LABELS
from mingtang.consultations.rules.adoption import VERDICT_SHAPES
from mingtang.consultations.rules.opinions import WITHHOLD_LABELS
from mingtang.kernel.text import NOTHING, Text


class Consultation(models.Model):
    """A draft put before the public, from preparation to the published adoption report."""

    government = models.ForeignKey("accounts.Government", on_delete=models.PROTECT, related_name="+")
    topic = models.OneToOneField("topics.Topic", on_delete=models.PROTECT, related_name="consultation")
    state = models.CharField(max_length=16, default=CONSULTATION.initial)
    kind = models.CharField(max_length=12)
    summary = models.TextField(blank=True)
    questions = models.TextField(blank=True)
    contact = models.CharField(max_length=200, blank=True)
    ways = models.TextField(blank=True)
    announced_in = models.CharField(max_length=300, blank=True)
    closes_on = models.DateField(null=True, blank=True)
    shorten_reason = models.TextField(blank=True)
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
    """One numbered clause of the draft; its id stays when its words change before opening."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="clauses")
    position = models.PositiveIntegerField()
    label = models.CharField(max_length=40)
    heading = models.CharField(max_length=120, blank=True)
    chapter = models.CharField(max_length=120, blank=True)
    text = models.TextField()
    plain = models.TextField(blank=True)
    now_text = models.TextField(blank=True)
    final_text = models.TextField(blank=True)

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


class OpinionGroup(models.Model):
    """Opinions that say the same thing, answered once."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="groups")
    title = models.CharField(max_length=200)
    verdict = models.CharField(max_length=16, blank=True)
    reason = models.TextField(blank=True)
    legal_ref = models.CharField(max_length=200, blank=True)
    landed_in = models.CharField(max_length=200, blank=True)
    opinions_count = models.PositiveIntegerField(default=0)
    people_count = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "mt_opinion_group"
        indexes: ClassVar = [models.Index(fields=["consultation", "-people_count", "-id"], name="mt_opinion_group_ix")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(verdict__in=["", *VERDICT_LABELS]), name="mt_group_verdict_ck"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def verdict_label(self) -> Text:
        """The verdict's name, nothing when there is none."""
        return VERDICT_LABELS.get(self.verdict, NOTHING)

    @property
    def shape(self) -> str:
        """The shape that stands for the verdict."""
        return VERDICT_SHAPES.get(self.verdict, "pass")


class Opinion(models.Model):
    """What somebody said about a draft, through one of the doors."""

    government = models.ForeignKey("accounts.Government", on_delete=models.PROTECT, related_name="+")
    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="opinions")
    clause = models.ForeignKey(Clause, null=True, blank=True, on_delete=models.PROTECT, related_name="opinions")
    text = models.TextField(blank=True)
    stance = models.CharField(max_length=10, default="none")
    channel = models.CharField(max_length=12)
    audience = models.CharField(max_length=20, blank=True)
    author_key = models.CharField(max_length=64)
    display_name = models.CharField(max_length=40, blank=True)
    publish_consent = models.BooleanField(default=True)
    state = models.CharField(max_length=10, default=OPINION.initial)
    withheld_code = models.CharField(max_length=20, blank=True)
    withheld_note = models.CharField(max_length=300, blank=True)
    received_at = models.DateTimeField()
    receipt = models.CharField(max_length=24, unique=True)
    outside_id = models.CharField(max_length=120, null=True, blank=True)  # noqa: DJ001 - NULL means "from no other system"
    entered_by = models.ForeignKey("accounts.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    moderated_by = models.ForeignKey("accounts.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    moderated_at = models.DateTimeField(null=True)
    group = models.ForeignKey(OpinionGroup, null=True, blank=True, on_delete=models.PROTECT, related_name="opinions")
    verdict = models.CharField(max_length=16, blank=True)
    reason = models.TextField(blank=True)
    landed_in = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "mt_opinion"
        indexes: ClassVar = [
            models.Index(fields=["consultation", "state", "-id"], name="mt_opinion_state_ix"),
            models.Index(fields=["consultation", "clause", "state", "-id"], name="mt_opinion_clause_ix"),
            models.Index(fields=["consultation", "group", "-id"], name="mt_opinion_group_id_ix"),
            models.Index(fields=["consultation", "author_key"], name="mt_opinion_author_ix"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(state__in=OPINION.codes), name="mt_opinion_state_ck"),
            models.CheckConstraint(condition=models.Q(verdict="") | models.Q(group__isnull=True), name="mt_opinion_one_place_ck"),
            models.CheckConstraint(condition=~models.Q(state="withheld") | models.Q(verdict="", group__isnull=True), name="mt_opinion_withheld_ck"),
            models.UniqueConstraint(fields=["consultation", "outside_id"], name="mt_opinion_outside_uq"),
        ]

    def __str__(self) -> str:
        return self.receipt

    @property
    def state_label(self) -> Text:
        """The state's name."""
        return OPINION.label(self.state)

    @property
    def stance_label(self) -> Text:
        """The stance's name."""
        return STANCE_LABELS[self.stance]

    @property
    def channel_label(self) -> Text:
        """The channel's name."""
        return CHANNEL_LABELS[self.channel]

    @property
    def verdict_label(self) -> Text:
        """The name of the verdict of a single reply."""
        return VERDICT_LABELS.get(self.verdict, NOTHING)

    @property
    def withheld_label(self) -> Text:
        """Why it is not shown."""
        return WITHHOLD_LABELS.get(self.withheld_code, NOTHING)


class OpinionContact(models.Model):
    """Who said it and how to reach them: personal data, behind its own permission, each look recorded."""

    opinion = models.OneToOneField(Opinion, on_delete=models.CASCADE, related_name="contact")
    name = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    consent_version = models.CharField(max_length=20, default="2026-01")
    consent_at = models.DateTimeField()

    class Meta:
        db_table = "mt_opinion_contact"

    def __str__(self) -> str:
        return f"contact of {self.opinion_id}"


class OpinionFile(models.Model):
    """An attachment of an opinion; for staff only."""

    opinion = models.ForeignKey(Opinion, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "mt_opinion_file"

    def __str__(self) -> str:
        return str(self.file)


class Tally(models.Model):
    """Counters of a consultation, kept in the transaction that changes them."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="tallies")
    dimension = models.CharField(max_length=12)
    key = models.CharField(max_length=40)
    number = models.IntegerField(default=0)

    class Meta:
        db_table = "mt_tally"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["consultation", "dimension", "key"], name="mt_tally_uq"),
        ]

    def __str__(self) -> str:
        return f"{self.dimension}:{self.key}={self.number}"


class ImportBatch(models.Model):
    """One imported file: how many rows came, how many were taken, which were bad and why."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="imports")
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    mapping = models.JSONField(default=dict)
    channel = models.CharField(max_length=12)
    rows_good = models.PositiveIntegerField(default=0)
    rows_bad = models.JSONField(default=list)
    taken = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "mt_import_batch"

    def __str__(self) -> str:
        return str(self.file)


class AdoptionReport(models.Model):
    """The report on what was adopted and why not the rest; one to one with its consultation."""

    consultation = models.OneToOneField(Consultation, on_delete=models.CASCADE, related_name="report")
    number = models.CharField(max_length=60, blank=True)
    intro = models.TextField(blank=True)
    drafted_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    head_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    head_at = models.DateTimeField(null=True)
    office_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    office_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "mt_adoption_report"

    def __str__(self) -> str:
        return self.number or f"report {self.consultation_id}"
