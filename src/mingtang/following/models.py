"""Who follows what: an address and nothing else about a person."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from mingtang.following.rules import FOLLOW, KINDS, RHYTHMS
from mingtang.kernel.text import Text


class Follow(models.Model):
    """One address that wants to be told of one thing; its row goes when it ends.

    `key` is the focus area's code, the department's or the matter's id; empty for everything. `token` is the secret of
    the links in the mails to this address. Everything up to `told_at` was told.
    """

    government = models.ForeignKey("accounts.Government", on_delete=models.PROTECT, related_name="+")
    address = models.EmailField()
    kind = models.CharField(max_length=12)
    key = models.CharField(max_length=40, blank=True)
    rhythm = models.CharField(max_length=8)
    language = models.CharField(max_length=2, default="zh")
    state = models.CharField(max_length=10, default=FOLLOW.initial)
    token = models.CharField(max_length=40, unique=True)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField()

    class Meta:
        db_table = "mt_follow"
        indexes: ClassVar = [
            models.Index(fields=["state", "told_at"], name="mt_follow_due_ix"),
            models.Index(fields=["government", "kind", "key"], name="mt_follow_what_ix"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(state__in=FOLLOW.codes), name="mt_follow_state_ck"),
            models.CheckConstraint(condition=models.Q(kind__in=list(KINDS)), name="mt_follow_kind_ck"),
            models.CheckConstraint(condition=models.Q(rhythm__in=list(RHYTHMS)), name="mt_follow_rhythm_ck"),
            models.UniqueConstraint(fields=["government", "address", "kind", "key"], name="mt_follow_once_uq"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}".strip()

    @property
    def rhythm_label(self) -> Text:
        """How often."""
        return RHYTHMS[self.rhythm]
