"""Run on a database of its own: sequencers that die at every statement, and several that race while some are killed.

Prints one JSON object with what was found; see `test_ledger_races`.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, connections  # noqa: E402

from mingtang.engines.ledger.covering import covered_root  # noqa: E402
from mingtang.engines.ledger.keys import is_signed  # noqa: E402
from mingtang.engines.ledger.verifying import keys_in  # noqa: E402
from mingtang.platform.accounts.models import Government  # noqa: E402
from mingtang.platform.ledger import published  # noqa: E402
from mingtang.platform.ledger.models import Ledger, LedgerEntry, LedgerNode, TreeHead  # noqa: E402
from mingtang.platform.ledger.sequencing import sequence  # noqa: E402
from mingtang.platform.ledger.writing import note  # noqa: E402

NOW = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)
MOST_STATEMENTS = 40


def child(work: Callable[[], object]) -> int:
    """Do `work` in a process of its own; gives its id."""
    connections.close_all()
    pid = os.fork()
    if pid:
        return pid
    try:
        work()
        connections.close_all()
    finally:
        os._exit(0)


@contextmanager
def dying_at(statement: int, *, after: bool) -> Iterator[None]:
    """Kill this process before or after its so many-th statement."""
    seen = 0

    def count(execute, sql, params, many, context):
        nonlocal seen
        seen += 1
        if seen == statement and not after:
            os.kill(os.getpid(), signal.SIGKILL)
        result = execute(sql, params, many, context)
        if seen == statement and after:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    with connection.execute_wrapper(count):
        yield


def add(government: int, count: int, name: str) -> None:
    for n in range(count):
        note("test.act", {"name": f"{name}-{n}"}, government_id=government, now=NOW)


def whole(government: int) -> list[str]:
    """What is wrong with the log: gaps, duplicates, forks, nodes without reason."""
    wrong = []
    ledger = Ledger.objects.get(government_id=government)
    rows = list(LedgerEntry.objects.exclude(position=None).order_by("position").values_list("position", "leaf"))
    if [position for position, _leaf in rows] != list(range(ledger.size)):
        wrong.append("positions have gaps or duplicates")
    leaves = {position: bytes.fromhex(leaf) for position, leaf in rows}
    publics = keys_in(published.keys(government))
    heads = [dict(each) for each in TreeHead.objects.order_by("size").values_list("signed", flat=True)]
    for head in heads:
        first = {index: leaf for index, leaf in leaves.items() if index < head["size"]}
        if covered_root("sha256", first, {}, head["size"]).hex() != head["root"] or not is_signed(head, publics):
            wrong.append(f"the head of {head['size']} is not that of the entries: a fork")
    if ledger.size and heads[-1]["size"] != ledger.size:
        wrong.append("the newest head is not of the whole log")
    complete = sum(ledger.size >> level for level in range(1, 64))
    if LedgerNode.objects.count() != complete:
        wrong.append("nodes lack or are too many")
    return wrong


def crash(government: int) -> tuple[int, list[str]]:
    """Die before and after each statement of a sequencing; afterwards the log is whole and goes on."""
    wrong, deaths = [], 0

    def once(statement: int, *, after: bool) -> None:
        with dying_at(statement, after=after):
            sequence(government, NOW)

    for after in (False, True):
        for statement in range(1, MOST_STATEMENTS):
            add(government, 3, f"crash-{after}-{statement}")
            _pid, status = os.waitpid(child(lambda at=statement, late=after: once(at, after=late)), 0)
            died = os.WIFSIGNALED(status)
            deaths += died
            wrong += whole(government)
            sequence(government, NOW)
            wrong += whole(government)
            if not died:
                break
    return deaths, wrong


def race(government: int, seconds: float) -> tuple[int, list[str]]:
    """Four sequencers and two writers at once; a sequencer is killed now and then and another takes its place."""

    def keep_sequencing() -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            sequence(government, NOW + timedelta(seconds=1), most=random.randint(1, 7))

    writers = [child(lambda name=f"writer-{n}": add(government, 60, name)) for n in range(2)]
    workers = [child(keep_sequencing) for _ in range(4)]
    kills = 0
    for _ in range(6):
        time.sleep(seconds / 10)
        victim = workers.pop(random.randrange(len(workers)))
        os.kill(victim, signal.SIGKILL)
        os.waitpid(victim, 0)
        kills += 1
        workers.append(child(keep_sequencing))
    for pid in (*writers, *workers):
        os.waitpid(pid, 0)
    while sequence(government, NOW):
        pass
    return kills, whole(government)


def main() -> None:
    for app in ("accounts", "ledger"):
        call_command("migrate", app, verbosity=0)
    government = Government.objects.create(host="race.example", name="清河区", name_en="Q", site_name="明", site_name_en="M").pk
    add(government, 2, "first")
    sequence(government, NOW)
    deaths, wrong = crash(government)
    kills, also = race(government, float(sys.argv[1]))
    names = sorted(json.loads(body)["facts"]["name"] for body in LedgerEntry.objects.filter(kind="test.act").values_list("body", flat=True))
    racing = [name for name in names if name.startswith("writer")]
    print(
        json.dumps(
            {"deaths": deaths, "kills": kills, "wrong": wrong + also, "written": len(racing), "distinct": len(set(names)) == len(names)}
        )
    )


if __name__ == "__main__":
    main()
