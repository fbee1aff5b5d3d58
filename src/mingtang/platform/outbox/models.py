"""One table: what will go out, what did, and what did not."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from mingtang.kernel.text import Text
from mingtang.platform.outbox.rules import NOTICE


class Notice(models.Model):
    """A message to one recipient: by e-mail or text message when an address or a number is given, else in the inbox of a person."""

    government = models.ForeignKey("accounts.Government", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("accounts.Person", null=True, blank=True, on_delete=models.CASCADE, related_name="notices")
    address = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    template = models.CharField(max_length=80)
    language = models.CharField(max_length=2, default="zh")
    subject_line = models.CharField(max_length=200)
    body = models.TextField()
    url = models.CharField(max_length=300, blank=True)
    unsubscribe = models.CharField(max_length=300, blank=True)
    calendar_ics = models.TextField(blank=True)
    about_type = models.CharField(max_length=60, blank=True)
    about_id = models.BigIntegerField(null=True, blank=True)
    dedupe = models.CharField(max_length=120, null=True, blank=True, unique=True)
    state = models.CharField(max_length=10, default=NOTICE.initial)
    attempts = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True)
    reference = models.CharField(max_length=120, blank=True)
    posted_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "mt_notice"
        indexes: ClassVar = [
            models.Index(fields=["state", "next_at"], name="mt_notice_due_ix"),
            models.Index(fields=["person", "-posted_at"], name="mt_notice_person_ix"),
            models.Index(fields=["government", "-posted_at", "-id"], name="mt_notice_recent_ix"),
            models.Index(fields=["about_type", "about_id"], name="mt_notice_about_ix"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(state__in=NOTICE.codes), name="mt_notice_state_ck"),
        ]

    def __str__(self) -> str:
        return self.subject_line

    @property
    def destination(self) -> str:
        """Where it goes: an address or a number; empty for the inbox alone."""
        return self.address or self.phone

    @property
    def state_label(self) -> Text:
        """The state's name."""
        return NOTICE.label(self.state)
