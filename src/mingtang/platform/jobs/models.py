"""One table: what is to be done, by whom it is held, how far it is."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Job(models.Model):
    """One piece of work: waiting, running under a lease, done or failed."""

    government_id = models.BigIntegerField(null=True)
    name = models.CharField(max_length=60)
    arguments = models.JSONField(default=dict)
    dedupe = models.CharField(max_length=120, null=True, blank=True, unique=True)
    status = models.CharField(max_length=10, default="waiting")
    attempts = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    done_steps = models.PositiveIntegerField(default=0)
    all_steps = models.PositiveIntegerField(default=0)
    outcome = models.TextField(blank=True)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "mt_job"
        indexes: ClassVar = [models.Index(fields=["status", "due_at"], name="mt_job_due_ix")]

    def __str__(self) -> str:
        return f"{self.name} {self.status}"


class Beat(models.Model):
    """When a periodic sweep last ran, so that several runners share one rhythm."""

    name = models.CharField(max_length=60, unique=True)
    next_at = models.DateTimeField()

    class Meta:
        db_table = "mt_beat"

    def __str__(self) -> str:
        return self.name
