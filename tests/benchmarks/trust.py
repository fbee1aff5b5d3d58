"""What receipts, the log and exports cost, as ratios within one run: docs/trust.md.

``python -m tests.benchmarks.trust [--leaves 100000 1000000] [--opinions 1000000] [--smoke]`` on a database of its own.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from tests.benchmarks.exported import export
from tests.benchmarks.grown import growth, log


def main() -> int:
    options = _options()
    with tempfile.TemporaryDirectory(prefix="mingtang-trust-") as data:
        os.environ |= {"MINGTANG_DATA": data, "DJANGO_SETTINGS_MODULE": "mingtang.config.settings", "MINGTANG_LOG": "ERROR"}
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        if options.size:
            for name, value in receipts(options.rounds, options.size).items():
                print(f"{name:58} {value:8.2f}", flush=True)
        costs = []
        for leaves in options.leaves:
            costs.append(log(leaves, options.rounds))
            print(costs[-1], flush=True)
        if costs:
            print(growth(costs), flush=True)
        if options.opinions:
            for line in export(options.opinions, Path(data) / "export"):
                print(line, flush=True)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--leaves", type=int, nargs="*", default=[100_000, 1_000_000])
    parser.add_argument("--opinions", type=int, default=1_000_000, help="lines of the largest export that is verified; 0: none")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--size", type=int, default=200, help="opinions written in one round; 0: none")
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


if __name__ == "__main__":
    sys.exit(main())
