"""Two hundred citizens at once: ``python -m tests.benchmarks.load [--postgresql] [--citizens 200] [--smoke]``.

Each citizen has an address of its own on the loopback range, fetches the form, waits for the others, and sends an opinion over real
HTTP; every fifth sends it twice at the same moment, every seventh hangs up after sending and sends it again. Then everything is
counted: one opinion and one receipt for each citizen, the counters, the log. What is printed is the 95th percentile beside an empty
POST by as many at once in the same run. Ends with 1 when anything was lost or stands twice.
"""

from __future__ import annotations

import argparse
import http.client
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from threading import Barrier
from urllib.parse import urlencode

from run import Postgres

from tests.benchmarks.server import ROOT, Server, environment

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?')
RECEIPT = re.compile(r"/r/([^/]+)/")
TWICE, HANGS_UP = 5, 7
PATIENCE, TRIVIAL = 120, "trivial view"


@dataclass
class Citizen:
    """Somebody at an address, with the form filled in."""

    number: int
    port: int
    path: str
    cookie: str = ""
    body: str = ""
    seconds: float = 0.0
    receipts: list[str] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)

    @property
    def address(self) -> str:
        """An address on the loopback range."""
        return f"127.0.{self.number // 250 + 1}.{self.number % 250 + 1}"

    def ask(self, method: str, path: str, body: str = "") -> http.client.HTTPResponse:
        """One request on a connection of its own."""
        wire = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE, source_address=(self.address, 0))
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": self.cookie} if method == "POST" else {}
        wire.request(method, path, body or None, headers)
        return wire.getresponse()

    def open_the_form(self) -> None:
        """Fetch the form and fill it in; RuntimeError when it does not come."""
        answer = self.ask("GET", self.path)
        page = answer.read().decode()
        if answer.status != http.HTTPStatus.OK:
            msg = f"the form answered {answer.status}"
            raise RuntimeError(msg)
        self.cookie = (answer.getheader("Set-Cookie") or "").partition(";")[0]
        hidden = dict(HIDDEN.findall(page))
        text = f"第 {self.number} 位居民：加装电梯请先听一楼的意见，补助标准写清楚。"
        self.body = urlencode({**hidden, "text": text, "stance": "change", "on_behalf": "person", "publish_consent": "on"})

    def send(self) -> None:
        """Send it, some twice, some after hanging up; remembers the receipts and how long the first answer took."""
        if self.number % HANGS_UP == 0:
            self._hang_up()
        began = time.perf_counter()
        times = 2 if self.number % TWICE == 0 else 1
        with ThreadPoolExecutor(times) as pool:
            answers = list(pool.map(lambda _n: self._post(), range(times)))
        self.seconds = time.perf_counter() - began
        for status, receipt in answers:
            self.statuses.append(status)
            self.receipts += [receipt] if receipt else []

    def _post(self) -> tuple[int, str]:
        answer = self.ask("POST", self.path, self.body)
        answer.read()
        found = RECEIPT.search(answer.getheader("Location") or "")
        return answer.status, found[1] if found else ""

    def _hang_up(self) -> None:
        wire = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE, source_address=(self.address, 0))
        wire.request("POST", self.path, self.body, {"Content-Type": "application/x-www-form-urlencoded", "Cookie": self.cookie})
        wire.close()

    def send_nothing(self) -> None:
        """An empty POST to a view that does nothing, for comparison."""
        began = time.perf_counter()
        answer = self.ask("POST", self.path)
        answer.read()
        self.seconds = time.perf_counter() - began
        self.statuses.append(answer.status)


def main() -> int:
    """Build a site, let everybody send at once, count; 1 when something was lost or doubled."""
    options = _options()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="mingtang-load-")))
        database = stack.enter_context(Postgres()) if options.postgresql else ""
        site = _child(folder, database, "tests.benchmarks.site", "20")
        path = f"{site['consultation'][0]}say/"
        before = _child(folder, database, "tests.benchmarks.counted", path)
        server = stack.enter_context(Server(folder, database))
        nothing = _at_once([Citizen(n, server.port, site[TRIVIAL][0]) for n in range(options.citizens)], Citizen.send_nothing)
        people = [Citizen(n, server.port, path) for n in range(options.citizens)]
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(Citizen.open_the_form, people))
        sent = _at_once(people, Citizen.send)
        time.sleep(1)  # a request whose sender hung up may still be at work
        after = _child(folder, database, "tests.benchmarks.counted", path)
    return _report(nothing, sent, before, after, "PostgreSQL" if options.postgresql else "SQLite")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--postgresql", action="store_true", help="on a throw-away PostgreSQL cluster instead of SQLite")
    parser.add_argument("--citizens", type=int, default=200)
    parser.add_argument("--smoke", action="store_true", help="a tiny run that only shows that everything works")
    options = parser.parse_args()
    options.citizens = 16 if options.smoke else options.citizens
    return options


def _child(data: Path, database: str, module: str, *arguments: str) -> dict[str, list[str]]:
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment(data, database), stdout=subprocess.PIPE, check=True)
    found: dict[str, list[str]] = json.loads(done.stdout)
    return found


def _at_once(people: list[Citizen], act: Callable[[Citizen], None]) -> list[Citizen]:
    start = Barrier(len(people))

    def one(citizen: Citizen) -> None:
        start.wait()
        act(citizen)

    with ThreadPoolExecutor(len(people)) as pool:
        list(pool.map(one, people))
    return people


def _report(nothing: list[Citizen], sent: list[Citizen], before: dict[str, list[str]], after: dict[str, list[str]], where: str) -> int:
    """Print the figures and every fault; 1 when there is one."""
    fresh = sorted(set(after["receipts"]) - set(before["receipts"]))
    given = [receipt for citizen in sent for receipt in citizen.receipts]
    faults = [f"citizen {each.number} was answered {each.statuses}" for each in sent if set(each.statuses) != {302}]
    faults += [f"citizen {each.number} has the receipts {each.receipts}" for each in sent if len(set(each.receipts)) != 1]
    if fresh != sorted(set(given)) or len(fresh) != len(sent):
        faults.append(f"{len(sent)} citizens, {len(set(given))} receipts given, {len(fresh)} opinions kept")
    faults += after["faults"]
    base, real = _p95(nothing), _p95(sent)
    print(f"{where}: {len(sent)} citizens at once, {len(given)} answers, {len(fresh)} opinions, {len(faults)} faults")
    print(f"p95 of an empty POST {base * 1e3:.0f} ms, of an opinion {real * 1e3:.0f} ms: {real / base:.1f} x")
    print("\n".join(faults))
    return 1 if faults else 0


def _p95(people: list[Citizen]) -> float:
    return quantiles([each.seconds for each in people], n=20)[-1]


if __name__ == "__main__":
    sys.exit(main())
