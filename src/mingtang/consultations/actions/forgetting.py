"""What must not outlive an opinion in the mail it was made of."""

from __future__ import annotations

from datetime import datetime

from mingtang.consultations.models import Mail, MailFile, Opinion

NAMES = dict.fromkeys(("sender", "sender_name", "message_id", "content_sha256", "raw_sha256"), "")


def forget_sender(opinion: Opinion) -> bool:
    """Destroy who sent the mail of an opinion, and what was signed under it; whether anything was there."""
    changed = False
    for mail in Mail.objects.filter(entry__opinion=opinion):
        words = mail.own_words
        if mail.sender or mail.sender_name or mail.text != words:
            Mail.objects.filter(pk=mail.pk).update(**NAMES, text=words, own_end=len(words))
            changed = True
    return changed


def forget_mail(opinion: Opinion, now: datetime) -> bool:
    """Destroy the words, files and sender of the mail of an opinion whose words may not be kept; its key stays, so it is not fetched again."""
    rows = Mail.objects.filter(entry__opinion=opinion, erased_at=None)
    ids = list(rows.values_list("pk", flat=True))
    MailFile.objects.filter(mail_id__in=ids).delete()
    Mail.objects.filter(pk__in=ids).update(**NAMES, subject="", text="", own_end=0, aside_note="", erased_at=now)
    return bool(ids)
