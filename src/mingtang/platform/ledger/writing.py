"""Writing to the log, always in the caller's transaction: receipts for what was handed in, notes of public acts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from mingtang.engines.ledger.receipts import committed, entry, issue, new_secret
from mingtang.platform.ledger.keys import signing
from mingtang.platform.ledger.models import LedgerEntry
from mingtang.platform.ledger.rows import insert, row_of


@dataclass(frozen=True, slots=True)
class Promise:
    """Something handed in. `content` is committed to, `facts` are public; `subject` finds the entry again."""

    kind: str
    code: str
    content: Mapping[str, str]
    subject: tuple[str, int]
    facts: Mapping[str, str] = field(default_factory=dict)


def promise(promises: Iterable[Promise], *, government_id: int, now: datetime) -> None:
    """Sign a receipt for each, beside the rows they are about."""
    ledger, key = signing(government_id, now)
    rows = []
    for each in promises:
        secret = new_secret()
        facts = {**each.facts, **committed(ledger.algorithm, secret, each.code, each.content)}
        given = entry(ledger.name, each.kind, now, ledger.algorithm, facts)
        rows.append(row_of(government_id, issue(key, given), about=each.subject, secret=secret))
    insert(rows)


def note(kind: str, facts: Mapping[str, Any], *, government_id: int, now: datetime, subject: tuple[str, int | None] = ("", None)) -> None:
    """Log a public act with its public facts: plain values, nothing personal."""
    ledger, key = signing(government_id, now)
    given = entry(ledger.name, kind, now, ledger.algorithm, facts)
    insert([row_of(government_id, issue(key, given), about=subject)])


def forget(subject_type: str, subject_id: int) -> None:
    """Destroy the secret: what was committed to can never be shown again; the entry stays."""
    LedgerEntry.objects.filter(subject_type=subject_type, subject_id=subject_id).update(secret=None)
