"""Between signed entries and rows."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.db import connection

from mingtang.engines.ledger.receipts import Issued
from mingtang.platform.ledger.models import LedgerEntry

INSERT = """INSERT INTO mt_ledger_entry
(government_id, position, kind, body, leaf, "key", signature, subject_type, subject_id, secret)
VALUES (%s, NULL, %s, %s, %s, %s, %s, %s, %s, %s)"""
Row = tuple[Any, ...]


def row_of(government_id: int, issued: Issued, *, about: tuple[str, int | None] = ("", None), secret: bytes = b"") -> Row:
    """The row of a signed entry, for `insert`."""
    signed, body, leaf = issued
    return government_id, signed["kind"], body.decode(), leaf.hex(), signed["key"], signed["signature"], *about, secret.hex() or None


def insert(rows: Iterable[Row]) -> None:
    """Write rows past the models: a receipt must cost little beside the row it is for."""
    every = list(rows)
    with connection.cursor() as cursor:
        if len(every) == 1:  # the common case; a batch of one costs more than a statement
            cursor.execute(INSERT, every[0])
        else:
            cursor.executemany(INSERT, every)


def signed_of(row: LedgerEntry) -> dict[str, Any]:
    """The signed entry of a row."""
    return {**json.loads(row.body), "key": row.key, "signature": row.signature}
