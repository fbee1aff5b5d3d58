"""What must not outlive an opinion in the mail it was made of, and mails that became none."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models.functions import Coalesce

from mingtang.consultations.models import Mail, MailFile, Opinion
from mingtang.platform.accounts.models import Government
from mingtang.platform.actor import system
from mingtang.platform.audit.acts import record
from mingtang.platform.clock import day_of
from mingtang.platform.figures.lookup import figures_for

FORGOTTEN, MOST = ("aside", "automatic"), 500
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


@transaction.atomic
def forget_mails(now: datetime) -> int:
    """PIPL Art.19: destroy what mails said that became no opinion, once the figure's days since they were handled are over.

    Of automatic ones the days run from their coming. The row stays with its key, so that none is fetched again; gives how many.
    """
    gone = 0
    rows = Mail.objects.filter(state__in=FORGOTTEN, erased_at=None)
    for government_id in rows.order_by("government_id").values_list("government_id", flat=True).distinct():
        days = figures_for(government_id, day_of(now)).number("pii.retain_days_mails")
        late = Coalesce("handled_at", "received_at")
        over = rows.filter(government_id=government_id).annotate(since=late).filter(since__lt=now - timedelta(days=days))
        ids = list(over.order_by("pk").values_list("pk", flat=True)[:MOST])
        if not ids:
            continue
        _erase(ids, now)
        home = Government.objects.get(pk=government_id)
        record("mail.forget", home, actor=system(government_id), now=now, clause="PIPL Art.19", data={"mails": len(ids)})
        gone += len(ids)
    return gone


def _erase(ids: list[int], now: datetime) -> None:
    MailFile.objects.filter(mail_id__in=ids).delete()
    Mail.objects.filter(pk__in=ids).update(**NAMES, subject="", text="", own_end=0, aside_note="", erased_at=now)


def forget_mail(opinion: Opinion, now: datetime) -> bool:
    """Destroy the words, files and sender of the mail of an opinion whose words may not be kept; its key stays, so it is not fetched again."""
    rows = Mail.objects.filter(entry__opinion=opinion, erased_at=None)
    ids = list(rows.values_list("pk", flat=True))
    _erase(ids, now)
    return bool(ids)
