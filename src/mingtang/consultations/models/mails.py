"""Mails that came into a box: each is a row before the box is told, whatever becomes of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from mingtang.consultations.models.preparing import Consultation
from mingtang.consultations.rules.mails import ASIDE_LABELS, AUTOMATIC_LABELS, FAULT_LABELS, MAIL
from mingtang.kernel.text import NOTHING, Text


class Mailbox(models.Model):
    """How far a box has been read, by whom it is held, and what went wrong last. `key` is a hash of where the box is."""

    government = models.ForeignKey("accounts.Government", on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=32, unique=True)
    validity = models.BigIntegerField(default=0)
    last_uid = models.BigIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=300, blank=True)
    problem_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "mt_mailbox"

    def __str__(self) -> str:
        return self.key


class Mail(models.Model):
    """One mail. `key` is made of its Message-ID, else of its content; `own_end` is where in `text` the writer's own words end.

    Who sent it is personal data: shown for a stated purpose only, each look recorded.
    """

    government = models.ForeignKey("accounts.Government", on_delete=models.PROTECT, related_name="+")
    consultation = models.ForeignKey(Consultation, null=True, blank=True, on_delete=models.PROTECT, related_name="mails", db_index=False)
    key = models.CharField(max_length=64)
    message_id = models.CharField(max_length=300, blank=True)
    content_sha256 = models.CharField(max_length=64)
    raw_sha256 = models.CharField(max_length=64)
    raw_size = models.PositiveBigIntegerField()
    received_at = models.DateTimeField()
    fetched_at = models.DateTimeField()
    sender = models.CharField(max_length=254, blank=True)
    sender_name = models.CharField(max_length=100, blank=True)
    subject = models.CharField(max_length=500, blank=True)
    text = models.TextField(blank=True)
    own_end = models.PositiveIntegerField(default=0)
    automatic = models.CharField(max_length=10, blank=True)
    faults = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=10, default=MAIL.initial)
    aside_code = models.CharField(max_length=12, blank=True)
    aside_note = models.CharField(max_length=300, blank=True)
    handled_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    handled_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "mt_mail"
        indexes: ClassVar = [
            models.Index(fields=["government", "state", "-id"], name="mt_mail_state_ix"),
            models.Index(fields=["consultation", "state", "-id"], name="mt_mail_asked_ix"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["government", "key"], name="mt_mail_key_uq"),
            models.CheckConstraint(condition=models.Q(state__in=MAIL.codes), name="mt_mail_state_ck"),
            models.CheckConstraint(condition=models.Q(aside_code__in=["", *ASIDE_LABELS]), name="mt_mail_aside_ck"),
            models.CheckConstraint(condition=models.Q(automatic__in=["", *AUTOMATIC_LABELS]), name="mt_mail_automatic_ck"),
            models.CheckConstraint(condition=~models.Q(state="taken") | models.Q(consultation__isnull=False), name="mt_mail_taken_ck"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """What a mail is called by, as a paper by its number."""
        return f"MAIL-{self.pk}"

    @property
    def state_label(self) -> Text:
        """The state's name."""
        return MAIL.label(self.state)

    @property
    def own_words(self) -> str:
        """The writer's own words, without what was quoted or signed at the end."""
        return self.text[: self.own_end].strip()

    @property
    def rest(self) -> str:
        """What was quoted or signed at the end."""
        return self.text[self.own_end :].strip()

    @property
    def automatic_label(self) -> Text:
        """Why nobody wrote it."""
        return AUTOMATIC_LABELS.get(self.automatic, NOTHING)

    @property
    def aside_label(self) -> Text:
        """Why it is set aside."""
        return ASIDE_LABELS.get(self.aside_code, NOTHING)

    @property
    def fault_labels(self) -> tuple[Text, ...]:
        """What to know about how it could be read."""
        return tuple(FAULT_LABELS[each] for each in self.faults.split() if each in FAULT_LABELS)


class MailFile(models.Model):
    """What hung on a mail: kept after the checks of every upload, or refused with the reason."""

    mail = models.ForeignKey(Mail, on_delete=models.CASCADE, related_name="files")
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    byte_count = models.PositiveBigIntegerField()
    file = models.ForeignKey("files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    refused_zh = models.CharField(max_length=300, blank=True)
    refused_en = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "mt_mail_file"
        constraints: ClassVar = [models.UniqueConstraint(fields=["mail", "position"], name="mt_mail_file_uq")]

    def __str__(self) -> str:
        return self.name

    @property
    def refused(self) -> Text:
        """Why it was not kept; nothing when it was."""
        return Text(self.refused_zh, self.refused_en)
