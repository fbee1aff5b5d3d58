"""The row of a draw, whatever is drawn: what was frozen, which randomness counts, what came out."""

from __future__ import annotations

from django.db import models


class DrawFields(models.Model):
    """`document` and `outcome` are the canonical texts whose hashes stand in the public log; nothing in them names a person."""

    number = models.PositiveIntegerField()
    document = models.TextField()
    digest = models.CharField(max_length=64)
    source_kind = models.CharField(max_length=10)
    source_day = models.DateField()
    frozen_at = models.DateTimeField()
    frozen_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    outcome = models.TextField(blank=True)
    revealed_at = models.DateTimeField(null=True)
    revealed_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    annulled_at = models.DateTimeField(null=True)
    annulled_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True
