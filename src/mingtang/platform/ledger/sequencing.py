"""The sequencer: gives entries their position, writes the nodes, signs the head; all of it or nothing.

Whoever holds the lock of the government's `Ledger` row is the only writer; a crash anywhere undoes the whole batch.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import connection, transaction

from mingtang.engines.ledger.receipts import head
from mingtang.engines.ledger.tree import Key, append, root
from mingtang.platform.ledger.keys import signing
from mingtang.platform.ledger.models import WIDTH, Ledger, LedgerEntry, LedgerNode, TreeHead, place_of_node

BATCH = 10_000
PLACE = "UPDATE mt_ledger_entry SET position = %s WHERE id = %s AND position IS NULL"


class Stored:
    """The nodes of one government's tree, read in one query, however many are asked for."""

    def __init__(self, government_id: int) -> None:
        self._government_id = government_id

    def read(self, keys: Sequence[Key]) -> Mapping[Key, bytes]:
        """The hashes of `keys`; what was never written is not in the answer."""
        entries = LedgerEntry.objects.filter(government_id=self._government_id, position__in=[index for level, index in keys if not level])
        nodes = LedgerNode.objects.filter(government_id=self._government_id, place__in=[place_of_node(*key) for key in keys if key[0]])
        found = entries.order_by().values_list("position", "leaf").union(nodes.order_by().values_list("place", "hash"), all=True)
        return {divmod(int(place or 0), WIDTH): bytes.fromhex(value) for place, value in found}


class Edge(dict[Key, bytes]):
    """The nodes just made, before older ones in the store."""

    def __init__(self, new: Mapping[Key, bytes], stored: Stored) -> None:
        super().__init__(new)
        self._stored = stored

    def read(self, keys: Sequence[Key]) -> Mapping[Key, bytes]:
        """The hashes of `keys`, new and old."""
        lacking = [key for key in keys if key not in self]
        return {**(self._stored.read(lacking) if lacking else {}), **{key: self[key] for key in keys if key in self}}


@transaction.atomic
def sequence(government_id: int, now: datetime, most: int = BATCH) -> int:
    """Append up to `most` waiting entries and sign a head; gives how many. Safe with any number of workers at once."""
    ledger = Ledger.objects.select_for_update().filter(government_id=government_id).first()
    if ledger is None:
        return 0
    waiting = list(LedgerEntry.objects.filter(government_id=government_id, position=None).order_by("id").values_list("pk", "leaf")[:most])
    if not waiting and ledger.size:
        return 0
    new = append(Stored(government_id), ledger.algorithm, ledger.size, [bytes.fromhex(leaf) for _pk, leaf in waiting])
    size = ledger.size + len(waiting)
    with connection.cursor() as cursor:
        cursor.executemany(PLACE, [(position, pk) for position, (pk, _leaf) in enumerate(waiting, ledger.size)])
    LedgerNode.objects.bulk_create(
        (
            LedgerNode(government_id=government_id, place=place_of_node(level, index), hash=value.hex())
            for (level, index), value in new.items()
            if level
        ),
        batch_size=5000,
    )
    Ledger.objects.filter(pk=ledger.pk).update(size=size)
    _sign(ledger, size, root(Edge(new, Stored(government_id)), ledger.algorithm, size), now)
    return len(waiting)


def _sign(ledger: Ledger, size: int, top: bytes, now: datetime) -> None:
    _same, key = signing(ledger.government_id, now)
    signed = head(key, ledger.name, ledger.algorithm, size, top, now)
    TreeHead.objects.get_or_create(government_id=ledger.government_id, size=size, defaults={"at": now, "signed": signed})


def sequence_all(now: datetime) -> int:
    """Append everything that waits, government by government; gives how many."""
    done = 0
    for government_id in Ledger.objects.order_by("id").values_list("government_id", flat=True):
        while count := sequence(government_id, now):
            done += count
    return done
