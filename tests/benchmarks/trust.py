"""What receipts, the log and exports cost, as ratios within one run: docs/trust.md.

``python -m tests.benchmarks.trust [--leaves 100000 1000000] [--opinions 1000000] [--smoke]`` on a database of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from statistics import median
from typing import Any

BATCH = 50_000


def main() -> int:
    options = _options()
    with tempfile.TemporaryDirectory(prefix="mingtang-trust-") as data:
        os.environ |= {"MINGTANG_DATA": data, "DJANGO_SETTINGS_MODULE": "mingtang.config.settings", "MINGTANG_LOG": "ERROR"}
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        for name, value in receipts(options.rounds, options.size).items():
            print(f"{name:58} {value:8.2f}", flush=True)
        for leaves in options.leaves:
            print(log(leaves, options.rounds), flush=True)
        print(export(options.opinions, Path(data) / "export"), flush=True)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--leaves", type=int, nargs="*", default=[100_000, 1_000_000])
    parser.add_argument("--opinions", type=int, default=1_000_000, help="lines of the export that is verified")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--size", type=int, default=200, help="opinions written in one round")
    parser.add_argument("--smoke", action="store_true", help="a tiny run that only shows that everything works")
    options = parser.parse_args()
    if options.smoke:
        options.leaves, options.opinions, options.rounds, options.size = [1000, 3000], 500, 2, 10
    return options


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def receipts(rounds: int, size: int) -> dict[str, float]:
    """Throughput with receipts as a part of that without, one by one and in bulk.

    One by one, an opinion with a receipt follows each without, so that what else the machine does falls on both alike; the
    processor's time is that of this process (PostgreSQL's own is not in it), the clock's has everything.
    """
    from django.db import transaction

    from mingtang.consultations.actions import OpinionIn
    from mingtang.consultations.actions.receiving import build, promise_opinions
    from mingtang.consultations.models import Opinion
    from mingtang.platform.actor import stranger
    from tests.factories.consultations import opened
    from tests.factories.platform import NOW

    row, _clerk = opened()

    def made(size: int = size) -> list[Opinion]:
        given = OpinionIn("补助标准能不能按楼层分，一楼不用电梯的住户怎样补偿，请写清楚。", stance="change")
        return [build(row, given, None, stranger(row.government_id), NOW) for _ in range(size)]

    def one_by_one() -> dict[str, float]:
        took = {(clock, promised): 0.0 for clock in ("processor", "clock") for promised in (False, True)}
        for place, each in enumerate(made(2 * size)):
            promised = bool(place % 2)
            began, used = time.perf_counter(), time.process_time()
            with transaction.atomic():
                each.save()
                if promised:
                    promise_opinions([each], NOW)
            took["processor", promised] += time.process_time() - used
            took["clock", promised] += time.perf_counter() - began
        return {clock: took[clock, False] / took[clock, True] for clock in ("processor", "clock")}

    def in_bulk(*, promised: bool) -> float:
        rows = made()

        def write() -> None:
            with transaction.atomic():
                Opinion.objects.bulk_create(rows, batch_size=1000)
                if promised:
                    promise_opinions(rows, NOW)

        return _seconds(write)

    ratios: dict[str, list[float]] = {"processor": [], "clock": [], "bulk": [], "rate": []}
    one_by_one()
    for _ in range(rounds):
        for clock, ratio in one_by_one().items():
            ratios[clock].append(ratio)
        ratios["bulk"].append(in_bulk(promised=False) / (taken := in_bulk(promised=True)))
        ratios["rate"].append(size / taken)
    return {
        "bare insert / with receipt, by the processor": median(ratios["processor"]),
        "bare insert / with receipt, by the clock": median(ratios["clock"]),
        "bare bulk insert / with receipts": median(ratios["bulk"]),
        "receipts per second in bulk": median(ratios["rate"]),
    }


def log(leaves: int, rounds: int) -> str:
    """Appending and proving at so many leaves."""
    from django.db import connection

    from mingtang.platform.ledger import published
    from mingtang.platform.ledger.models import LedgerEntry
    from mingtang.platform.ledger.sequencing import sequence
    from mingtang.platform.ledger.writing import note
    from tests.factories.platform import NOW, government

    home = government(host=f"log{leaves}.localhost")
    _fill(home.pk, leaves)

    def add(count: int) -> None:
        rows = [LedgerEntry(government_id=home.pk, kind="x", body="{}", leaf=sha256(random.randbytes(8)).hexdigest()) for _ in range(count)]
        LedgerEntry.objects.bulk_create(rows)

    note("bench", {}, government_id=home.pk, now=NOW)
    sequence(home.pk, NOW)
    single, batch, proof = [], [], []
    for _ in range(rounds):
        add(1)
        single.append(_seconds(lambda: sequence(home.pk, NOW)))
        add(1000)
        batch.append(_seconds(lambda: sequence(home.pk, NOW)))
        chosen = LedgerEntry.objects.filter(government_id=home.pk, position__in=random.sample(range(leaves), 20))
        hashes = list(chosen.values_list("leaf", flat=True))
        proof.append(_seconds(lambda every=hashes: [published.proof(home.pk, leaf) for leaf in every]) / len(hashes))
    return (
        f"{leaves:>10} leaves ({connection.vendor}): one append {median(single) * 1000:.1f} ms, "
        f"in thousands {1000 / median(batch):.0f}/s, proof {median(proof) * 1000:.2f} ms"
    )


def _fill(government_id: int, leaves: int) -> None:
    """A log of random leaves, written past the models for speed; then as the sequencer would have left it."""
    from django.db import connection, transaction

    from mingtang.engines.ledger.tree import append, peaks
    from mingtang.platform.ledger.keys import begin
    from mingtang.platform.ledger.models import Ledger, place_of_node
    from tests.factories.platform import NOW

    entry = (
        "INSERT INTO mt_ledger_entry (government_id, position, kind, body, leaf, key, signature, subject_type, subject_id, secret) "
        "VALUES (%s, %s, 'bench', '{}', %s, '', '', '', NULL, NULL)"
    )
    node = "INSERT INTO mt_ledger_node (government_id, place, hash) VALUES (%s, %s, %s)"
    ledger = begin(government_id, NOW)
    edge: dict[Any, bytes] = {}

    class Edge:
        def read(self, keys: Any) -> dict[Any, bytes]:
            return {key: edge[key] for key in keys}

    for start in range(0, leaves, BATCH):
        count = min(BATCH, leaves - start)
        new = append(Edge(), "sha256", start, [random.randbytes(32) for _ in range(count)])
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(entry, [(government_id, index, value.hex()) for (level, index), value in new.items() if not level])
            cursor.executemany(node, [(government_id, place_of_node(*key), value.hex()) for key, value in new.items() if key[0]])
        edge = {key: (new[key] if key in new else edge[key]) for key in peaks(0, start + count)}
    Ledger.objects.filter(pk=ledger.pk).update(size=leaves)


def export(opinions: int, folder: Path) -> str:
    """Verifying an export of so many opinions, made here without a database; twice the lines should take twice the time."""
    from mingtang.engines.ledger.recount import check_export

    took = []
    for count in (opinions // 10, opinions):
        _written(folder / str(count), count)
        began = time.process_time()
        found = check_export(folder / str(count))
        took.append(time.process_time() - began)
        if not found.good:
            sys.exit("\n".join(found.lines()))
    return f"{opinions:>10} opinions: export verified in {took[1]:.0f} s of the processor; {took[1] / took[0] / 10:.2f}× the time per line of a tenth of it"


def _written(folder: Path, count: int) -> None:
    from mingtang.engines.ledger.covering import covered_root
    from mingtang.engines.ledger.export import (
        FORM,
        GROUP_COLUMNS,
        OPINION_COLUMNS,
        RECEIVED,
        REPORTED,
        csv_lines,
        groups_digest,
        placing_digest,
    )
    from mingtang.engines.ledger.keys import SigningKey
    from mingtang.engines.ledger.receipts import committed, entry, head, leaf_of, salt_of
    from tests.factories.platform import NOW

    folder.mkdir(parents=True)
    key, about, leaves = SigningKey.new(), "consultation:1", {}
    group = dict.fromkeys(GROUP_COLUMNS, "") | {"id": 1, "title": "补助", "verdict": "adopted", "opinions": count, "people": count}

    def write(name: str, lines: Iterator[str]) -> dict[str, Any]:
        whole, number = sha256(), 0
        with (folder / name).open("wb") as stream:
            for line in lines:
                whole.update(line.encode())
                stream.write(line.encode())
                number += line.count("\n")
        return {"sha256": whole.hexdigest(), "lines": number}

    with (folder / "log.jsonl").open("w") as log_file, (folder / "opinions.jsonl").open("w") as opinion_file:
        for n in range(count):
            secret, content = random.randbytes(16), {"text": f"第{n}条意见，补助太少了。", "stance": "change", "clause": "3"}
            given = entry(
                "log", RECEIVED, NOW, "sha256", {"about": about, "channel": "web", **committed("sha256", secret, str(n), content)}
            )
            leaves[n] = leaf_of(given)
            log_file.write(json.dumps({"index": n, "entry": given}) + "\n")
            row = dict.fromkeys(OPINION_COLUMNS, "") | {"no": n + 1, "channel": "web", "stance": "change", "state": "shown", "masked": 0}
            row |= {"text": content["text"], "place": "group", "group": 1, "verdict": "adopted", "clause_id": 3}
            row |= {"leaf": leaves[n].hex(), "salt": salt_of(secret, "content").hex()}
            opinion_file.write(json.dumps(row, ensure_ascii=False) + "\n")

    def rows() -> Iterator[dict[str, Any]]:
        with (folder / "opinions.jsonl").open() as stream:
            yield from map(json.loads, stream)

    counts = {"received": count, "group": count, "single": 0, "withheld": 0}
    facts = {"about": about, **counts, "placing": placing_digest("sha256", rows()), "groups": groups_digest("sha256", [group])}
    given = entry("log", REPORTED, NOW, "sha256", facts)
    leaves[count] = leaf_of(given)
    with (folder / "log.jsonl").open("a") as log_file:
        log_file.write(json.dumps({"index": count, "entry": given}) + "\n")
    files = {
        "groups.jsonl": write("groups.jsonl", iter([json.dumps(group, ensure_ascii=False) + "\n"])),
        "groups.csv": write("groups.csv", csv_lines(GROUP_COLUMNS, [group])),
        "opinions.csv": write("opinions.csv", csv_lines(OPINION_COLUMNS, rows())),
        "nodes.csv": write("nodes.csv", iter(["level,index,hash\r\n"])),
    }
    (folder / "keys.json").write_text(json.dumps([{"public": key.public.hex()}]))
    top = head(key, "log", "sha256", count + 1, covered_root("sha256", leaves, {}, count + 1), NOW)
    body = {"form": FORM, "log": "log", "about": about, "head": top, "counts": counts, "files": files}
    (folder / "manifest.json").write_text(json.dumps(key.sign(body)))


if __name__ == "__main__":
    sys.exit(main())
