"""What appending and proving cost on logs of a hundred thousand, a million, ten million leaves: docs/trust.md.

The leaves of such a log are written past the models, because a sequencer that signs a head for every batch would take hours;
every leaf is the hash of its body and every node of its children, as the sequencer would have left them. What is measured is
the product's own `sequence` and `proof` on top.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import ceil, log2
from statistics import median
from typing import Any, NamedTuple

BATCH = 100_000
ENTRY = (
    "INSERT INTO mt_ledger_entry (government_id, position, kind, body, leaf, key, signature, subject_type, subject_id, secret) "
    "VALUES (%s, %s, 'bench', %s, %s, '', '', '', NULL, NULL)"
)
NODE = "INSERT INTO mt_ledger_node (government_id, place, hash) VALUES (%s, %s, %s)"
QUERIES_OF_A_PROOF = 3  # the newest head, the entry, all nodes at once


class Cost(NamedTuple):
    """Milliseconds of one append with its head and of one proof, appends a second in thousands, queries of an append."""

    leaves: int
    append: float
    rate: float
    proof: float
    queries: int

    def __str__(self) -> str:
        from django.db import connection

        return (
            f"{self.leaves:>10} leaves ({connection.vendor}): one append {self.append:.1f} ms in {self.queries} queries, "
            f"in thousands {self.rate:.0f}/s, proof {self.proof:.2f} ms"
        )


def growth(costs: list[Cost]) -> str:
    """How much more the largest log costs than the smallest, beside how much more the logarithm is."""
    first, last = costs[0], costs[-1]
    return (
        f"{last.leaves // first.leaves}× the leaves: append {last.append / first.append:.2f}×, batch {first.rate / last.rate:.2f}×, "
        f"proof {last.proof / first.proof:.2f}×; logarithm {log2(last.leaves) / log2(first.leaves):.2f}×"
    )


def log(leaves: int, rounds: int) -> Cost:
    """Appending and proving at so many leaves. Exits when a proof or an append asks the database more often than it may."""
    from mingtang.platform.ledger import published
    from mingtang.platform.ledger.models import LedgerEntry
    from mingtang.platform.ledger.sequencing import sequence
    from mingtang.platform.ledger.writing import note
    from tests.factories.platform import NOW, government

    home = government(host=f"log{leaves}.localhost")
    began = time.perf_counter()
    _fill(home.pk, leaves)
    print(f"{leaves:>10} leaves written in {time.perf_counter() - began:.0f} s", flush=True)

    def add(count: int) -> None:
        for _ in range(count):
            note("bench", {"n": str(random.random())}, government_id=home.pk, now=NOW)

    def chosen() -> list[str]:
        rows = LedgerEntry.objects.filter(government_id=home.pk, position__in=random.sample(range(leaves), 20))
        return list(rows.values_list("leaf", flat=True))

    add(1)
    sequence(home.pk, NOW)
    single, batch, proof, queries = [], [], [], []
    for _ in range(rounds):
        add(1)
        with counted() as asked:
            single.append(_seconds(lambda: sequence(home.pk, NOW)))
        queries.append(len(asked))
        add(1000)
        batch.append(_seconds(lambda: sequence(home.pk, NOW)))
        hashes = chosen()
        proof.append(_seconds(lambda every=hashes: [published.proof(home.pk, leaf) for leaf in every]) / len(hashes))
    for leaf in chosen():
        with counted() as asked:
            given = published.proof(home.pk, leaf)
        _holds(given, asked, leaf)
    return Cost(leaves, median(single) * 1000, 1000 / median(batch), median(proof) * 1000, max(queries))


def _holds(given: dict[str, Any] | None, asked: list[str], leaf: str) -> None:
    """Exits unless a proof leads to the signed root, took its queries and read a path."""
    from mingtang.engines.ledger.proofs import includes

    if given is None:
        sys.exit("a leaf without a proof")
    path, head = [bytes.fromhex(each) for each in given["proof"]], given["head"]
    if not includes(head["algorithm"], bytes.fromhex(leaf), given["index"], head["size"], path, bytes.fromhex(head["root"])):
        sys.exit("a proof does not lead to the signed root")
    if len(asked) != QUERIES_OF_A_PROOF or sum("mt_ledger_node" in each for each in asked) != 1:
        sys.exit("a proof asked more than it may: " + "\n".join(asked))
    if len(path) > ceil(log2(head["size"])):
        sys.exit(f"a proof of {len(path)} hashes in a tree of {head['size']}")


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that run within, savepoints and the like left out."""
    from django.db import connection

    asked: list[str] = []

    def listen(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 - Django's own form
        asked.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        yield asked


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _fill(government_id: int, leaves: int) -> None:
    """A log of so many leaves as the sequencer would have left it; the indexes are made once, at the end."""
    from django.db import connection, transaction

    from mingtang.engines.ledger.hashing import leaf_hash
    from mingtang.engines.ledger.tree import append, peaks
    from mingtang.platform.ledger.keys import begin
    from mingtang.platform.ledger.models import Ledger, LedgerEntry, place_of_node
    from tests.factories.platform import NOW

    ledger = begin(government_id, NOW)
    edge: dict[Any, bytes] = {}

    class Edge:
        def read(self, keys: Any) -> dict[Any, bytes]:
            return {key: edge[key] for key in keys}

    with connection.schema_editor() as schema:
        for index in LedgerEntry._meta.indexes:
            schema.remove_index(LedgerEntry, index)
    for start in range(0, leaves, BATCH):
        count = min(BATCH, leaves - start)
        bodies = [f'{{"n":{each}}}' for each in range(start, start + count)]
        new = append(Edge(), ledger.algorithm, start, [leaf_hash(ledger.algorithm, each.encode()) for each in bodies])
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(ENTRY, ((government_id, start + at, each, new[0, start + at].hex()) for at, each in enumerate(bodies)))
            cursor.executemany(NODE, [(government_id, place_of_node(*key), value.hex()) for key, value in new.items() if key[0]])
        edge = {key: (new[key] if key in new else edge[key]) for key in peaks(0, start + count)}
    with connection.schema_editor() as schema:
        for index in LedgerEntry._meta.indexes:
            schema.add_index(LedgerEntry, index)
    Ledger.objects.filter(pk=ledger.pk).update(size=leaves)
