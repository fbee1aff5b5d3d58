"""Mail that a server took and then sent back: its notice says so, and whoever must know is told as of any failure."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mingtang.platform import events
from mingtang.platform.actor import system
from mingtang.platform.mailbox.bounces import read_bounce
from mingtang.platform.outbox.models import Notice


@transaction.atomic
def note_bounce(raw: bytes, *, government_id: int, now: datetime) -> Notice | None:
    """Note on the notice it came back from what a delivery report says; None when it is no such report, or of no mail of ours.

    The mail is known by its Message-ID alone, which nobody but sender and recipient has seen: by an address anybody who
    knows it could make an invitation look undelivered. The same report twice changes nothing.
    """
    found = read_bounce(raw)
    if found is None:
        return None
    rows = Notice.objects.select_for_update(of=("self",)).filter(government_id=government_id, reference=found.message_id, state="sent")
    notice = rows.first()
    if notice is None or notice.last_error == found.words:
        return None
    notice.last_error = found.words
    notice.save(update_fields=["last_error"])
    events.announce(events.Happened("notice.failed", notice, system(government_id), now))
    return notice
