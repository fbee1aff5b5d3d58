"""Between signed entries and rows."""

from __future__ import annotations

import json
from typing import Any

from mingtang.engines.ledger.canonical import canonical
from mingtang.engines.ledger.keys import Signed
from mingtang.engines.ledger.receipts import body_of
from mingtang.platform.ledger.models import LedgerEntry


def row_of(
    government_id: int, signed: Signed, leaf: bytes, *, about: tuple[str, int | None] = ("", None), secret: bytes = b""
) -> LedgerEntry:
    """The row of a signed entry, not yet saved."""
    return LedgerEntry(
        government_id=government_id,
        kind=signed["kind"],
        body=canonical(body_of(signed)).decode(),
        leaf=leaf.hex(),
        key=signed["key"],
        signature=signed["signature"],
        subject_type=about[0],
        subject_id=about[1],
        secret=secret.hex() or None,
    )


def signed_of(row: LedgerEntry) -> dict[str, Any]:
    """The signed entry of a row."""
    return {**json.loads(row.body), "key": row.key, "signature": row.signature}
