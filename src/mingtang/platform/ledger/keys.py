"""Keys: the private halves lie in files beside the database, never in it."""

from __future__ import annotations

import os
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from time import monotonic

from django.conf import settings
from django.db import transaction

from mingtang.engines.ledger.keys import SigningKey
from mingtang.engines.ledger.mirror import NEW_KEY
from mingtang.engines.ledger.receipts import entry, issue
from mingtang.platform.clock import day_of
from mingtang.platform.ledger.models import Ledger, LedgerKey
from mingtang.platform.ledger.rows import insert, row_of

OVERLAP = timedelta(days=30)
KNOWN_SECONDS = 60
_known: dict[tuple[str, int, date], tuple[float, Ledger, str]] = {}  # since when; the log; the file of the private half


class KeyMissingError(Exception):
    """The private half of the key in use is not in the folder of keys: restore it, or begin a new key."""


def signing(government_id: int, now: datetime) -> tuple[Ledger, SigningKey]:
    """The log of a government and the key that signs today; both are made at first use.

    Known for a minute within a process: an older key stays valid far longer. The `Ledger` given may be older too; ask the
    database for its size.
    """
    name = (str(settings.MINGTANG_KEYS), government_id, day_of(now))
    known = _known.get(name)
    if known and monotonic() - known[0] <= KNOWN_SECONDS:
        _since, ledger, path = known
    else:
        ledger, key = _newest(government_id, now)
        path = str(place_of(ledger, key.fingerprint))
        kept = monotonic(), ledger, path
        transaction.on_commit(lambda: _known.update({name: kept}))  # what a rolled-back transaction saw is not remembered
    return ledger, SigningKey(_secret(path))


def _newest(government_id: int, now: datetime) -> tuple[Ledger, LedgerKey]:
    keys = list(LedgerKey.objects.filter(ledger__government_id=government_id).select_related("ledger").order_by("since_on", "id"))
    if not keys:
        ledger = begin(government_id, now)
        return ledger, LedgerKey.objects.filter(ledger=ledger).order_by("since_on", "id")[0]
    begun = [each for each in keys if each.since_on <= day_of(now)]
    chosen = begun[-1] if begun else keys[0]
    return chosen.ledger, chosen


@transaction.atomic
def begin(government_id: int, now: datetime) -> Ledger:
    """The log of a government, with a first key; twice does no harm."""
    given = {"name": Ledger(government_id=government_id).government.host, "algorithm": settings.MINGTANG_LEDGER_ALGORITHM}
    ledger, made = Ledger.objects.get_or_create(government_id=government_id, defaults=given)
    if made:
        _add(ledger, now)
    return ledger


@transaction.atomic
def rotate(government_id: int, now: datetime) -> LedgerKey:
    """Begin a new key: the old one signs an entry that names it, and stays valid for thirty days more.

    When the old private half is lost, nobody can sign the change: the entry is signed by the new key alone, and
    mirrors ask their keepers to compare fingerprints.
    """
    ledger = begin(government_id, now)
    _same, old = _newest(government_id, now)
    made = _add(ledger, now)
    LedgerKey.objects.filter(ledger=ledger, until_on=None).exclude(pk=made.pk).update(until_on=day_of(now) + OVERLAP)
    signer = old if place_of(ledger, old.fingerprint).exists() else made
    facts = {"fingerprint": made.fingerprint, "public": made.public, "since": made.since_on.isoformat()}
    private = SigningKey(_secret(str(place_of(ledger, signer.fingerprint))))
    insert([row_of(government_id, issue(private, entry(ledger.name, NEW_KEY, now, ledger.algorithm, facts)))])
    return made


def _add(ledger: Ledger, now: datetime) -> LedgerKey:
    key = SigningKey.new()
    path = place_of(ledger, key.id)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
        stream.write(key.secret.hex() + "\n")
        stream.flush()
        os.fsync(stream.fileno())
    return LedgerKey.objects.create(ledger=ledger, fingerprint=key.id, public=key.public.hex(), since_on=day_of(now))


def place_of(ledger: Ledger, fingerprint: str) -> Path:
    """The file of a private half."""
    return Path(settings.MINGTANG_KEYS) / str(ledger.government_id) / f"{fingerprint}.key"


@lru_cache(maxsize=64)
def _secret(path: str) -> bytes:
    try:
        return bytes.fromhex(Path(path).read_text(encoding="ascii"))
    except FileNotFoundError as problem:
        raise KeyMissingError(f"{path} is not there; put it back, or run `mingtang keys --new`") from problem
