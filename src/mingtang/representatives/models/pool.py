"""Tables around the pool: words to find people by, consents, conflicts, nominations, imports, what was forgotten."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from mingtang.kernel.text import Text
from mingtang.representatives.models.seats import Invitation, Representative
from mingtang.representatives.rules import WHYS


class PoolWord(models.Model):
    """A pair of signs of somebody's name, unit, area, trade or specialities: what a search looks up."""

    government = models.ForeignKey("accounts.Government", on_delete=models.PROTECT, related_name="+")
    representative = models.ForeignKey(Representative, on_delete=models.CASCADE, related_name="words")
    word = models.CharField(max_length=2)

    class Meta:
        db_table = "mt_pool_word"
        constraints: ClassVar = [models.UniqueConstraint(fields=["representative", "word"], name="mt_pool_word_uq")]
        indexes: ClassVar = [models.Index(fields=["government", "word", "-representative"], name="mt_pool_word_ix")]

    def __str__(self) -> str:
        return self.word


class NameConsent(models.Model):
    """What somebody said about publishing their name: yes or no, to which wording, when; the newest row counts."""

    representative = models.ForeignKey(Representative, on_delete=models.CASCADE, related_name="consents")
    version = models.PositiveIntegerField()
    words = models.TextField()
    agreed = models.BooleanField()
    said_at = models.DateTimeField()
    entered_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "mt_name_consent"

    def __str__(self) -> str:
        return f"consent of {self.representative_id}"


class Conflict(models.Model):
    """Somebody declared a conflict of interest in a matter; the reason is not published."""

    representative = models.ForeignKey(Representative, on_delete=models.CASCADE, related_name="conflicts")
    topic = models.ForeignKey("topics.Topic", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    declared_at = models.DateTimeField()
    entered_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "mt_conflict"
        constraints: ClassVar = [models.UniqueConstraint(fields=["representative", "topic"], name="mt_conflict_uq")]

    def __str__(self) -> str:
        return f"conflict of {self.representative_id}"


class Nomination(models.Model):
    """The letter by which a body nominated somebody for a seat; body, number and day are public, the letter is not."""

    invitation = models.OneToOneField(Invitation, on_delete=models.CASCADE, related_name="nomination")
    body = models.CharField(max_length=120)
    letter_no = models.CharField(max_length=60)
    dated_on = models.DateField()
    file = models.ForeignKey("files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "mt_nomination"

    def __str__(self) -> str:
        return self.letter_no


class PoolImport(models.Model):
    """A table of people taken into the pool; the rows that were not taken are kept for mending, then deleted."""

    government = models.ForeignKey("accounts.Government", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    taken = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    rejected_count = models.PositiveIntegerField(default=0)
    rejected = models.JSONField(default=dict)
    made_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        db_table = "mt_pool_import"
        constraints: ClassVar = [models.UniqueConstraint(fields=["government", "sha256"], name="mt_pool_import_uq")]

    def __str__(self) -> str:
        return f"import {self.pk}"


class Forgotten(models.Model):
    """How many people's data were deleted at a moment, and why; it holds no data of theirs."""

    government = models.ForeignKey("accounts.Government", on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=16)
    people = models.PositiveIntegerField()
    days = models.PositiveIntegerField(default=0)
    forgotten_at = models.DateTimeField()

    class Meta:
        db_table = "mt_forgotten"
        indexes: ClassVar = [models.Index(fields=["government", "-id"], name="mt_forgotten_ix")]

    def __str__(self) -> str:
        return f"{self.why} {self.people}"

    @property
    def why_label(self) -> Text:
        """Why they were forgotten."""
        return WHYS[self.why]
