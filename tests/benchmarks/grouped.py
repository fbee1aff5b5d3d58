"""Grouping at full size, to the end: ``python -m tests.benchmarks.grouped [--lines 50000] [--meaning lexical] [--json]``.

Made texts (`peers.made`) go through every layer. Printed are the seconds of processor, the most memory, and a recount of what came out; 1 is answered
when a point is missing or counted twice, or a bar of time or memory is not met. A million lexically: ``--lines 1000000``.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from dataclasses import asdict, dataclass
from typing import Literal

from mingtang.engines.grouping.grouping import group
from mingtang.engines.grouping.model import Config, Result, Row
from tests.benchmarks.peers import made

Mode = Literal["lexical", "semantic"]
MINUTES = {("lexical", 50_000): 8, ("semantic", 50_000): 8, ("lexical", 1_000_000): 20, ("semantic", 1_000_000): 100}
"""The bars: minutes of processor for so many texts; for fewer of them a like share of the next one."""
MOST_MB = 6000


@dataclass(frozen=True)
class Run:
    """What one run took and what came out of it. `units`: the sum of the sizes of all groups; `whole`: each text is in exactly one group."""

    meaning: str
    lines: int
    seconds: float
    minutes_allowed: float
    peak_mb: float
    groups: int
    units: int
    whole: bool

    @property
    def is_met(self) -> bool:
        """Whether nothing was lost and both bars hold."""
        return self.whole and self.units == self.lines and self.seconds <= 60 * self.minutes_allowed and self.peak_mb <= MOST_MB


def run(lines: int, meaning: Mode) -> Run:
    """Group so many made texts in this process."""
    said = [Row(str(at), text) for at, text in enumerate(made(lines).texts)]
    result = group(said, Config(points="whole", meaning=meaning))
    units = sum(each.size for each in result.groups)
    return Run(
        meaning,
        lines,
        round(result.seconds_cpu, 1),
        allowed(lines, meaning),
        round(result.peak_mb),
        len(result.groups),
        units,
        is_whole(said, result),
    )


def allowed(lines: int, meaning: Mode) -> float:
    """The minutes that the bars give so many texts."""
    bars = sorted((size, minutes) for (mode, size), minutes in MINUTES.items() if mode == meaning)
    size, minutes = next((each for each in bars if lines <= each[0]), bars[-1])
    return minutes * lines / size


def is_whole(said: list[Row], result: Result) -> bool:
    """Whether each text is in exactly one group and every group has as many as it says."""
    counts = Counter(point.group for point in result.points)
    ids = Counter(point.id for point in result.points)
    return ids == Counter(row.id for row in said) and counts == {each.id: each.size for each in result.groups}


def main() -> int:
    """Measure one run and print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=int, default=50_000)
    parser.add_argument("--meaning", choices=["lexical", "semantic"], default="lexical")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    found = run(options.lines, options.meaning)
    print(json.dumps(asdict(found)) if options.json else told(found))
    return 0 if found.is_met else 1


def told(found: Run) -> str:
    """One sentence."""
    return (
        f"{found.lines:,} texts, {found.meaning}: {found.seconds:.1f} s of processor (bar {60 * found.minutes_allowed:.0f}), "
        f"{found.peak_mb:.0f} MB (bar {MOST_MB}), {found.groups:,} groups, {found.units:,} units recounted, "
        f"{'each exactly once' if found.whole else 'NOT each exactly once'}"
    )


if __name__ == "__main__":
    sys.exit(main())
