"""Reading the record of acts, for the auditor."""

from __future__ import annotations

from mingtang.platform.audit.models import Act
from mingtang.platform.paging import Page, page_of


def acts(government_id: int, *, event: str = "", who: str = "", after: str = "") -> Page[Act]:
    """One page of acts, newest first; `event` by its beginning, `who` by name."""
    rows = Act.objects.filter(government_id=government_id)
    rows = rows.filter(event__startswith=event) if event else rows
    return page_of(rows.filter(actor_name__icontains=who) if who else rows, after=after)
