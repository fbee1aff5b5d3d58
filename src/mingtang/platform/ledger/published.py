"""What anybody may ask of the log: head, heads, proofs, entries, the entry of a row."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mingtang.engines.ledger.covering import others
from mingtang.engines.ledger.packing import Held
from mingtang.engines.ledger.tree import consistency_proof, inclusion_proof
from mingtang.platform.ledger.models import Ledger, LedgerEntry, LedgerKey, TreeHead
from mingtang.platform.ledger.rows import signed_of
from mingtang.platform.ledger.sequencing import Stored

MOST_ENTRIES = 1000
MOST_HEADS = 1000
NODES_AT_ONCE = 300


class DamagedError(Exception):
    """Part of the tree is not there any more: somebody took it out of the database."""


@dataclass(frozen=True, slots=True)
class LedgerView:
    """The log as it stands: newest head, keys, and what waits."""

    name: str
    algorithm: str
    head: dict[str, Any] | None
    keys: list[dict[str, str]]
    waiting: int

    @property
    def size(self) -> int:
        """Entries under the newest head."""
        return int(self.head["size"]) if self.head else 0


def ledger(government_id: int) -> LedgerView | None:
    """The log of a government; None before anything was promised."""
    row = Ledger.objects.filter(government_id=government_id).first()
    if row is None:
        return None
    waiting = LedgerEntry.objects.filter(government_id=government_id, position=None).count()
    return LedgerView(row.name, row.algorithm, newest_head(government_id), keys(government_id), waiting)


def newest_head(government_id: int) -> dict[str, Any] | None:
    """The newest signed head."""
    found = TreeHead.objects.filter(government_id=government_id).order_by("-size").values_list("signed", flat=True).first()
    return dict(found) if found else None


def head_at(government_id: int, at: datetime) -> dict[str, Any] | None:
    """The head to print on what was published at a moment: the last one before, else the first one after."""
    rows = TreeHead.objects.filter(government_id=government_id)
    found = rows.filter(at__lte=at).order_by("-size").first() or rows.order_by("size").exclude(size=0).first()
    return dict(found.signed) if found else None


def keys(government_id: int) -> list[dict[str, str]]:
    """The public keys, the oldest first, with first and last day."""
    rows = LedgerKey.objects.filter(ledger__government_id=government_id).order_by("since_on", "id")
    return [
        {
            "key": row.fingerprint,
            "public": row.public,
            "since": row.since_on.isoformat(),
            "until": row.until_on.isoformat() if row.until_on else "",
        }
        for row in rows
    ]


def heads(government_id: int, since: int) -> list[dict[str, Any]]:
    """Signed heads of more than `since` entries, in order, at most `MOST_HEADS`."""
    rows = TreeHead.objects.filter(government_id=government_id, size__gt=since).order_by("size")
    return [dict(signed) for signed in rows.values_list("signed", flat=True)[:MOST_HEADS]]


def entries(government_id: int, begin: int, end: int) -> list[dict[str, Any]]:
    """The signed entries at `begin` … `end` − 1, at most `MOST_ENTRIES`; a position that is gone is not there."""
    rows = LedgerEntry.objects.filter(government_id=government_id, position__gte=begin, position__lt=min(end, begin + MOST_ENTRIES))
    return [{"index": row.position, "entry": signed_of(row)} for row in rows.order_by("position")]


def proof(government_id: int, leaf: str) -> dict[str, Any] | None:
    """Index, head and inclusion proof of an entry; None when the log does not hold it (yet).

    Raises `DamagedError` when a node that the proof needs was taken away.
    """
    top = newest_head(government_id)
    row = LedgerEntry.objects.filter(government_id=government_id, leaf=leaf).exclude(position=None).first()
    if row is None or top is None or row.position is None:
        return None
    try:
        hashes = inclusion_proof(Stored(government_id), top["algorithm"], row.position, top["size"])
    except KeyError as lost:
        raise DamagedError from lost
    return {"index": row.position, "proof": [each.hex() for each in hashes], "head": top, "entry": signed_of(row)}


def consistency(government_id: int, first: int, second: int) -> list[str] | None:
    """The proof that the tree of `second` entries begins with that of `first`; None when there are no such trees."""
    row = Ledger.objects.filter(government_id=government_id).first()
    if row is None or not 0 <= first <= second <= row.size:
        return None
    try:
        return [each.hex() for each in consistency_proof(Stored(government_id), row.algorithm, first, second)]
    except KeyError as lost:
        raise DamagedError from lost


@dataclass(frozen=True, slots=True)
class Kept:
    """The entry of something handed in, as its receipt's page needs it."""

    leaf: str
    position: int | None
    at: str
    signed: dict[str, Any]
    secret: str | None
    public: str

    def held(self, code: str, content: dict[str, str]) -> Held | None:
        """What its holder has; None once it was erased."""
        if self.secret is None:
            return None
        return Held(self.signed, code, bytes.fromhex(self.secret), bytes.fromhex(self.public), content)


def kept(subject_type: str, subject_id: int, kind: str) -> Kept | None:
    """The entry of a row; None when it is older than the log, or was deleted."""
    row = LedgerEntry.objects.filter(subject_type=subject_type, subject_id=subject_id, kind=kind).first()
    if row is None:
        return None
    key = LedgerKey.objects.filter(fingerprint=row.key).first()
    signed = signed_of(row)
    return Kept(row.leaf, row.position, signed["at"], signed, row.secret, key.public if key else "")


def leaves_of(subject_type: str, subject_ids: Sequence[int], kind: str) -> dict[int, tuple[str, str | None]]:
    """Leaf and secret by row, for many rows at once."""
    rows = LedgerEntry.objects.filter(subject_type=subject_type, subject_id__in=subject_ids, kind=kind)
    return {pk: (leaf, secret) for pk, leaf, secret in rows.values_list("subject_id", "leaf", "secret") if pk is not None}


def delay(government_id: int) -> datetime | None:
    """When the newest head was signed."""
    return TreeHead.objects.filter(government_id=government_id).order_by("-size").values_list("at", flat=True).first()


def algorithm_of(government_id: int) -> str:
    """The hash algorithm of a government's log; nothing before it began."""
    return Ledger.objects.filter(government_id=government_id).values_list("algorithm", flat=True).first() or ""


def entries_about(government_id: int, subjects: Iterable[tuple[str, Any]], size: int) -> Iterator[tuple[int, dict[str, Any]]]:
    """Position and entry of everything about some rows (type and ids, or a query of ids), in order, below `size`."""
    own = LedgerEntry.objects.filter(government_id=government_id, position__lt=size).order_by()
    first, *more = (own.filter(subject_type=kind, subject_id__in=ids) for kind, ids in subjects)
    rows = first.union(*more, all=True).order_by("position")
    for row in rows.iterator(chunk_size=2000):
        if row.position is not None:
            yield row.position, json.loads(row.body)


def completing(government_id: int, indexes: Iterable[int], size: int) -> Iterator[dict[str, Any]]:
    """The nodes that, with the leaves at `indexes`, give the root of the first `size` entries."""
    keys_wanted = others(indexes, size)
    store = Stored(government_id)
    for begin in range(0, len(keys_wanted), NODES_AT_ONCE):
        part = keys_wanted[begin : begin + NODES_AT_ONCE]
        found = store.read(part)
        for key in part:
            if key in found:
                yield {"level": key[0], "index": key[1], "hash": found[key].hex()}
