"""Measure pages and writes at few and at many opinions: ``python -m tests.benchmarks [--postgresql] [--smoke]``.

Two servers run side by side, one on a site of few opinions, one on a site of many; every round asks each page of the
one, then of the other, so that a busy machine slows both alike. What is printed are medians over the rounds.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from run import Postgres

from tests.benchmarks.server import ROOT, Server, environment
from tests.benchmarks.wire import Answer, Connection, request

EXPORTS = ("csv", "jsonl", "report", "export", "archive")  # of tests.benchmarks.memory, which needs Django
REFERENCE, MOST = "trivial view", 1.3
REFERENCES = {"static file", "bare answer", REFERENCE}
Targets = dict[str, tuple[str, str]]


@dataclass
class Figures:
    """What was measured of one page on one site: seconds a request by the clock and by the processor."""

    clock: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    size: int = 0


@dataclass(frozen=True)
class Site:
    """A built site: where it lies, what to ask."""

    opinions: int
    data: Path
    database: str
    targets: Targets

    def child(self, module: str, *arguments: object) -> Any:
        """What a child process of the benchmark prints about this site."""
        return _child(self.data, self.database, module, *arguments)


def _child(data: Path, database: str, module: str, *arguments: object) -> Any:
    command = [sys.executable, "-m", f"tests.benchmarks.{module}", *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, env=environment(data, database), stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


def main() -> int:
    """Build the sites, measure, print; 1 when a page costs too much more at many opinions."""
    options = _options()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="mingtang-bench-")))
        databases, cluster = stack.enter_context(_databases(postgresql=options.postgresql))
        sites = [_site(n, folder / str(n), url) for n, url in zip((options.few, options.many), databases, strict=True)]
        servers = [stack.enter_context(Server(each.data, each.database, also=cluster)) for each in sites]
        found = _pages(sites, servers, options.rounds, options.requests)
        print(_page_table(sites, found))
        print(_write_table(sites, options.rounds, options.requests * 2))
        peaks = _peaks(sites, ("csv", "export") if options.smoke else EXPORTS)
        print(_memory_table(sites, peaks))
    late = [] if options.smoke else [*_beyond(found), *(name for name, (few, many) in peaks.items() if many["peak"] > few["peak"] * MOST)]
    print(f"\nbeyond {MOST}×: {', '.join(late)}" if late else "")
    return 1 if late else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--postgresql", action="store_true", help="on a throw-away PostgreSQL cluster instead of SQLite")
    parser.add_argument("--few", type=int, default=100, help="opinions in each consultation of the small site")
    parser.add_argument("--many", type=int, default=100_000, help="the same of the large one")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--requests", type=int, default=25, help="requests for a page in one round")
    parser.add_argument("--smoke", action="store_true", help="a tiny run that only shows that everything works")
    options = parser.parse_args()
    if options.smoke:
        options.few, options.many, options.rounds, options.requests = 20, 60, 1, 2
    return options


@contextmanager
def _databases(*, postgresql: bool) -> Iterator[tuple[list[str], int]]:
    """The addresses of two databases and the process to watch; SQLite in the data folders needs neither."""
    if not postgresql:
        yield ["", ""], 0
        return
    import psycopg

    cluster = Postgres()
    with cluster as url:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("create database many")
        yield [url, url.rpartition("/")[0] + "/many"], int((cluster.data / "postmaster.pid").read_text().split()[0])


def _site(opinions: int, data: Path, database: str) -> Site:
    began = time.monotonic()
    targets = {name: (path, session) for name, (path, session) in _child(data, database, "site", opinions).items()}
    print(f"· a site of 2 × {opinions} opinions in {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    return Site(opinions, data, database, targets)


def _pages(sites: list[Site], servers: list[Server], rounds: int, requests: int) -> dict[str, list[Figures]]:
    found = {name: [Figures() for _ in sites] for name in [*sites[0].targets, "home, 304"]}
    with ExitStack() as stack:
        wires = [stack.enter_context(Connection(each.port)) for each in servers]
        asked = [_requests(each, wire) for each, wire in zip(sites, wires, strict=True)]
        for turn in range(-1, rounds):  # the first round warms up and is not counted
            for name in found:
                for n, server in enumerate(servers):
                    try:
                        _block(found[name][n], asked[n][name], wires[n], server, requests, counted=turn >= 0)
                    except (ConnectionError, TimeoutError) as problem:
                        msg = f"{name} gave no answer on the site of {sites[n].opinions} opinions: {problem}"
                        raise SystemExit(msg) from problem
    return found


def _requests(site: Site, wire: Connection) -> dict[str, bytes]:
    asked = {name: request(path, session=session) for name, (path, session) in site.targets.items()}
    return {**asked, "home, 304": request("/", etag=wire.ask(asked["home"]).etag)}


def _block(into: Figures, asked: bytes, wire: Connection, server: Server, requests: int, *, counted: bool) -> None:
    used, began = server.processor_seconds(), time.perf_counter()
    answers = [wire.ask(asked) for _ in range(requests)]
    clock, processor = time.perf_counter() - began, server.processor_seconds() - used
    _check(answers, asked)
    into.size = answers[0].size
    if counted:
        into.clock.append(clock / requests)
        into.processor.append(processor / requests)


def _check(answers: list[Answer], asked: bytes) -> None:
    wanted = 304 if b"If-None-Match" in asked else 200
    if wrong := {each.status for each in answers} - {wanted}:
        msg = f"{asked.splitlines()[0].decode()} answered {wrong}, not {wanted}"
        raise RuntimeError(msg)


def _beyond(found: dict[str, list[Figures]]) -> list[str]:
    """The pages beyond the target; the references know nothing of opinions, what they show is the machine's own noise."""
    return [name for name, (few, many) in found.items() if name not in REFERENCES and _ratio(few, many) > MOST]


def _ratio(few: Figures, many: Figures) -> float:
    """How much more a page costs at many opinions, by processor time where the system tells it, else by the clock."""
    return _paired(few.processor, many.processor) if all(few.processor) else _paired(few.clock, many.clock)


def _paired(few: list[float], many: list[float]) -> float:
    """The median of the rounds' own ratios: what slows the machine for a while slows both sides of one."""
    return median(b / a if a else 1.0 for a, b in zip(few, many, strict=True))


def _page_table(sites: list[Site], found: dict[str, list[Figures]]) -> str:
    few, many = (each.opinions for each in sites)
    head = [
        "page",
        "KB",
        f"ms at {few}",
        f"ms at {many}",
        "ratio",
        f"processor ms at {few}",
        f"at {many}",
        "ratio",
        "requests/s",
        f"× {REFERENCE}",
    ]
    base = median(found[REFERENCE][1].clock)
    rows = [[name, *_page_row(*figures, base)] for name, figures in found.items()]
    return _markdown(head, rows)


def _page_row(few: Figures, many: Figures, base: float) -> list[str]:
    a, b = median(few.clock), median(many.clock)
    p, q = median(few.processor), median(many.processor)
    return [
        f"{many.size / 1024:.1f}",
        f"{a * 1e3:.2f}",
        f"{b * 1e3:.2f}",
        f"{_paired(few.clock, many.clock):.2f}",
        f"{p * 1e3:.2f}",
        f"{q * 1e3:.2f}",
        f"{_paired(few.processor, many.processor):.2f}",
        f"{1 / b:.0f}",
        f"{b / base:.1f}",
    ]


def _write_table(sites: list[Site], rounds: int, size: int) -> str:
    rows = []
    for site in sites:
        taken = site.child("writes", rounds, size)
        action, bare = median(each["action"] for each in taken), median(each["bare"] for each in taken)
        ratio = median(each["action"] / each["bare"] for each in taken)
        rows.append([str(site.opinions), f"{1 / action:.0f}", f"{1 / bare:.0f}", f"{ratio:.1f}"])
    return "\n" + _markdown(["opinions there", "opinions/s through the action", "bare inserts/s", "bare ÷ action"], rows)


def _peaks(sites: list[Site], names: tuple[str, ...]) -> dict[str, list[dict[str, int]]]:
    return {name: [each.child("memory", name) for each in sites] for name in names}


def _memory_table(sites: list[Site], peaks: dict[str, list[dict[str, int]]]) -> str:
    few, many = (each.opinions for each in sites)
    head = ["export", f"MB written at {few}", f"at {many}", f"peak MB at {few}", f"at {many}", "ratio"]
    rows = [
        [
            name,
            *(f"{each['written'] / 1e6:.1f}" for each in two),
            *(f"{each['peak'] / 1e6:.0f}" for each in two),
            f"{two[1]['peak'] / two[0]['peak']:.2f}",
        ]
        for name, two in peaks.items()
    ]
    return "\n" + _markdown(head, rows)


def _markdown(head: list[str], rows: list[list[str]]) -> str:
    return "\n".join("| " + " | ".join(row) + " |" for row in [head, ["---", *["---:"] * (len(head) - 1)], *rows])


if __name__ == "__main__":
    sys.exit(main())
