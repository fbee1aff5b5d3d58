"""One table, append-only: through the ORM here, by trigger in both databases."""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn

from django.db import models


class AppendOnlyError(Exception):
    """Somebody tried to change or remove a recorded act."""


class ActQuerySet(models.QuerySet["Act"]):
    """Reads and inserts; nothing else."""

    def update(self, **_fields: Any) -> NoReturn:
        """Always raises `AppendOnlyError`."""
        raise AppendOnlyError

    def delete(self) -> NoReturn:
        """Always raises `AppendOnlyError`."""
        raise AppendOnlyError

    def bulk_update(self, *_args: Any, **_options: Any) -> NoReturn:
        """Always raises `AppendOnlyError`."""
        raise AppendOnlyError


class Act(models.Model):
    """Who did what to which row, when, why and under which clause."""

    government_id = models.BigIntegerField()
    at = models.DateTimeField()
    event = models.CharField(max_length=60)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=60, blank=True)
    actor_roles = models.CharField(max_length=200, blank=True)
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField(null=True)
    subject_title = models.CharField(max_length=200, blank=True)
    reason = models.TextField(blank=True)
    clause = models.CharField(max_length=60, blank=True)
    data = models.JSONField(default=dict)

    objects = ActQuerySet.as_manager()

    class Meta:
        db_table = "mt_act"
        indexes: ClassVar = [
            models.Index(fields=["government_id", "-at", "-id"], name="mt_act_recent_ix"),
            models.Index(fields=["subject_type", "subject_id", "id"], name="mt_act_subject_ix"),
            models.Index(fields=["government_id", "event", "-id"], name="mt_act_event_ix"),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.subject_type}:{self.subject_id}"

    def save(self, *args: Any, **options: Any) -> None:
        """Insert once; raises `AppendOnlyError` on a second save."""
        if self.pk is not None:
            raise AppendOnlyError
        super().save(*args, **options)

    def delete(self, *_args: Any, **_options: Any) -> NoReturn:
        """Always raises `AppendOnlyError`."""
        raise AppendOnlyError
