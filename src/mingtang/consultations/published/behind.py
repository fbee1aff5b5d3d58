"""What stands behind a receipt: its entry in the public log, and the line its QR code carries."""

from __future__ import annotations

from dataclasses import dataclass

from mingtang.consultations.models import Opinion
from mingtang.consultations.published.logged import OPINION_ROW, content_of
from mingtang.engines.ledger.checking import grouped
from mingtang.engines.ledger.export import RECEIVED
from mingtang.engines.ledger.packing import pack
from mingtang.platform.ledger.published import kept


@dataclass(frozen=True, slots=True)
class Behind:
    """The entry of a receipt: its place in the log (None: waiting), its key, and the whole of it in one line ("" once erased)."""

    position: int | None
    leaf: str
    fingerprint: str
    line: str


def behind(government_id: int, receipt: str) -> Behind | None:
    """The entry of the receipt with this code; None when it is older than the log, or was taken out of it."""
    row = Opinion.objects.filter(government_id=government_id, receipt=receipt).first()
    entry = kept(OPINION_ROW, row.pk, RECEIVED) if row else None
    if row is None or entry is None:
        return None
    held = entry.held(row.receipt, {name: value for name, value in content_of(row).items() if name != "text"})
    return Behind(entry.position, entry.leaf, grouped(entry.signed["key"]), pack(held) if held else "")
