"""Tables of releases and their reviews. The moment of publication is set by the server, once."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from mingtang.kernel.text import Text
from mingtang.publishing.rules import KIND_LABELS, RELEASE


class Release(models.Model):
    """A result, decision, interpretation or improvement."""

    government = models.ForeignKey("accounts.Government", on_delete=models.PROTECT, related_name="+")
    topic = models.ForeignKey("topics.Topic", on_delete=models.PROTECT, related_name="releases")
    item = models.ForeignKey("meetings.AgendaItem", null=True, blank=True, on_delete=models.PROTECT, related_name="releases")
    corrects = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrections")
    kind = models.CharField(max_length=16)
    state = models.CharField(max_length=12, default=RELEASE.initial)
    title = models.CharField(max_length=200)
    number = models.CharField(max_length=60, blank=True)
    body = models.TextField()
    round = models.PositiveIntegerField(default=1)
    drafted_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdraw_reason = models.TextField(blank=True)

    class Meta:
        db_table = "mt_release"
        indexes: ClassVar = [models.Index(fields=["government", "-published_at", "-id"], name="mt_release_published_ix")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(state__in=RELEASE.codes), name="mt_release_state_ck"),
            models.CheckConstraint(condition=models.Q(kind__in=list(KIND_LABELS)), name="mt_release_kind_ck"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def state_label(self) -> Text:
        """The state's name."""
        return RELEASE.label(self.state)

    @property
    def kind_label(self) -> Text:
        """The kind's name."""
        return KIND_LABELS[self.kind]


class ReleaseFile(models.Model):
    """A document that goes with a release."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="files")
    title = models.CharField(max_length=200)
    number = models.CharField(max_length=60, blank=True)
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "mt_release_file"

    def __str__(self) -> str:
        return self.title


class ReleaseReview(models.Model):
    """One of the three reviews of one round."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="reviews")
    round = models.PositiveIntegerField()
    stage = models.PositiveIntegerField()
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        db_table = "mt_release_review"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["release", "round", "stage"], name="mt_release_review_uq"),
            models.UniqueConstraint(fields=["release", "round", "person"], name="mt_release_review_one_uq"),
        ]

    def __str__(self) -> str:
        return f"{self.release_id} {self.round}.{self.stage}"
