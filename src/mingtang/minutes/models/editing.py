"""Tables of the editor: sections in versions, drafts that survive a reload, comments; and who was told what became of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from mingtang.kernel.text import Text
from mingtang.minutes.rules import KEY_LABELS, TOLD_DOORS


class MinutesSection(models.Model):
    """One section of the minutes: that of an agenda item, other business, or one of the three lists of names."""

    minutes = models.ForeignKey("minutes.Minutes", on_delete=models.CASCADE, related_name="sections")
    key = models.CharField(max_length=40)
    item = models.ForeignKey("meetings.AgendaItem", null=True, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    heading = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)
    changed_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "mt_minutes_section"
        ordering = ("position", "id")
        constraints: ClassVar = [models.UniqueConstraint(fields=["minutes", "key"], name="mt_minutes_section_uq")]

    def __str__(self) -> str:
        return self.heading or str(KEY_LABELS.get(self.key, self.key))

    @property
    def label(self) -> Text:
        """The heading, or the name of the list."""
        return KEY_LABELS[self.key] if self.key in KEY_LABELS else Text(self.heading, self.heading)


class SectionText(models.Model):
    """A version of a section; never changed."""

    section = models.ForeignKey(MinutesSection, on_delete=models.CASCADE, related_name="texts")
    version = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    composed = models.BooleanField(default=False)
    of_issue = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        db_table = "mt_section_text"
        constraints: ClassVar = [models.UniqueConstraint(fields=["section", "version"], name="mt_section_text_uq")]

    def __str__(self) -> str:
        return f"{self.section_id} v{self.version}"


class SectionDraft(models.Model):
    """What one person typed into a section and has not saved, and the version it was typed on."""

    section = models.ForeignKey(MinutesSection, on_delete=models.CASCADE, related_name="drafts")
    person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="+")
    base = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    kept_at = models.DateTimeField()

    class Meta:
        db_table = "mt_section_draft"
        constraints: ClassVar = [models.UniqueConstraint(fields=["section", "person"], name="mt_section_draft_uq")]

    def __str__(self) -> str:
        return f"{self.section_id} {self.person_id}"


class SectionComment(models.Model):
    """What a reader of the circulated minutes remarks on a section, and the answer."""

    section = models.ForeignKey(MinutesSection, on_delete=models.CASCADE, related_name="comments")
    version = models.PositiveIntegerField()
    text = models.TextField()
    written_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "mt_section_comment"
        indexes: ClassVar = [models.Index(fields=["section", "id"], name="mt_section_comment_ix")]

    def __str__(self) -> str:
        return self.text[:40]

    @property
    def is_open(self) -> bool:
        """Whether nobody answered or closed it yet."""
        return self.answered_at is None and self.closed_at is None


class Told(models.Model):
    """That a representative was told the decision and the fate of each suggestion: when, how, by whom."""

    invitation = models.OneToOneField("representatives.Invitation", on_delete=models.PROTECT, related_name="told")
    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.PROTECT, related_name="+")
    door = models.CharField(max_length=10)
    told_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField()

    class Meta:
        db_table = "mt_told"

    def __str__(self) -> str:
        return f"{self.invitation_id} {self.door}"

    @property
    def door_label(self) -> Text:
        """How they were told."""
        return TOLD_DOORS[self.door]
