"""Mail to the author of an opinion, about the opinion: the receipt's page is where it leads."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from mingtang.consultations.models import Opinion
from mingtang.platform.outbox.post import Recipient, post


def write_to_author(opinion: Opinion, address: str, letter: str, *, now: datetime, **words: Any) -> None:
    """Queue a letter (``consultations/email/<letter>.txt``) to an author's address; `words` fill it."""
    post(
        f"consultations/email/{letter}.txt",
        to=Recipient(None, address),
        government_id=opinion.government_id,
        now=now,
        about=opinion,
        url=f"/r/{opinion.receipt}/",
        receipt=opinion.receipt,
        topic=str(opinion.consultation),
        **words,
    )


def with_address(rows: QuerySet[Opinion]) -> QuerySet[Opinion]:
    """Those of the opinions whose authors left an address, with what a letter needs."""
    return rows.exclude(contact=None).exclude(contact__email="").select_related("contact", "consultation__topic").order_by("pk")
