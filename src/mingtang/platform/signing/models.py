"""The levels a government set, the chain of one document, and who signed it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from mingtang.kernel.text import Text
from mingtang.platform.actor import Role
from mingtang.platform.signing.rules import KIND_LABELS, Level


class LevelSet(models.Model):
    """The levels of one kind of document as set on one day; the newest is in force, the older ones are the history."""

    government = models.ForeignKey("accounts.Government", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    reason = models.TextField()
    set_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        db_table = "mt_level_set"
        indexes: ClassVar = [models.Index(fields=["government", "kind", "-id"], name="mt_level_set_ix")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(kind__in=[str(each) for each in KIND_LABELS]), name="mt_level_set_kind_ck")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.set_at:%Y-%m-%d}"


class LevelFields(models.Model):
    """What a level is, whether set or in a chain."""

    position = models.PositiveIntegerField()
    role = models.CharField(max_length=20)
    department = models.ForeignKey("accounts.Department", null=True, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=60)
    title_en = models.CharField(max_length=80, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.level)

    @property
    def level(self) -> Level:
        """The same as a value for the rules."""
        return Level(self.position, Role(self.role), Text(self.title, self.title_en or self.title), self.department_id)


def fields_of(level: Level) -> dict[str, object]:
    """A level as the fields of a row."""
    return {
        "position": level.position,
        "role": level.role,
        "department_id": level.department_id,
        "title": level.title.zh,
        "title_en": level.title.en,
    }


class SetLevel(LevelFields):
    """One level of a set."""

    of = models.ForeignKey(LevelSet, on_delete=models.CASCADE, related_name="levels")

    class Meta:
        db_table = "mt_set_level"
        ordering = ("position",)
        constraints: ClassVar = [models.UniqueConstraint(fields=["of", "position"], name="mt_set_level_uq")]


class Chain(models.Model):
    """The levels one document runs through, taken when it was submitted; a change of the levels leaves it alone."""

    government = models.ForeignKey("accounts.Government", on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()

    class Meta:
        db_table = "mt_chain"

    def __str__(self) -> str:
        return f"chain {self.pk}"


class ChainStep(LevelFields):
    """One level of a chain: skipped because nobody held it, waiting, or signed by one person at one moment."""

    chain = models.ForeignKey(Chain, on_delete=models.CASCADE, related_name="steps")
    skipped = models.BooleanField(default=False)
    person = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(null=True)
    remark = models.TextField(blank=True)

    class Meta:
        db_table = "mt_chain_step"
        ordering = ("position",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["chain", "position"], name="mt_chain_step_uq"),
            models.UniqueConstraint(fields=["chain", "person"], name="mt_chain_step_person_uq"),
            models.CheckConstraint(
                condition=models.Q(person=None, given_at=None) | models.Q(person__isnull=False, given_at__isnull=False, skipped=False),
                name="mt_chain_step_given_ck",
            ),
        ]
