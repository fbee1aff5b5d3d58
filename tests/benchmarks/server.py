"""The product's own server on a site of so many opinions, and the processor time it has used."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self

ROOT = Path(__file__).resolve().parents[2]
PROC = Path("/proc")


def environment(data: Path, database: str) -> dict[str, str]:
    """The environment of a child: the benchmark's settings over one data folder."""
    own = {
        "DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings",
        "MINGTANG_DATA": str(data),
        "MINGTANG_DATABASE_URL": database,
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
    }
    return {**os.environ, **own}


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """`mingtang serve` on a port of its own, stopped at the end of the `with` block."""

    def __init__(self, data: Path, database: str, port: int = 0, also: int = 0) -> None:
        self.port = port or free_port()
        self._also = also
        command = "from mingtang.config.cli import main; main()"
        self._process = subprocess.Popen(
            [sys.executable, "-c", command, "serve", "--without-jobs", "--port", str(self.port)],
            cwd=ROOT,
            env=environment(data, database),
            stdout=subprocess.DEVNULL,
        )

    def __enter__(self) -> Self:
        until = time.monotonic() + 60
        while time.monotonic() < until and self._process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                time.sleep(0.1)
            else:
                return self
        self._stop()
        msg = f"the server on port {self.port} did not come up"
        raise RuntimeError(msg)

    def __exit__(self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None) -> None:
        self._stop()

    def _stop(self) -> None:
        self._process.send_signal(signal.SIGINT)
        try:
            self._process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def processor_seconds(self) -> float:
        """Processor time of the server's processes, and of the database cluster's when there is one."""
        return sum(_seconds(pid) for root in (self._process.pid, self._also) if root for pid in _family(root))


def _family(root: int) -> set[int]:
    """A process and all that came from it; nothing where the system does not tell."""
    parents = {int(each.name): _parent(each) for each in PROC.glob("[0-9]*")} if PROC.exists() else {}
    found = {root}
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def _parent(process: Path) -> int:
    try:
        return int((process / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:  # it ended while we looked
        return 0


def _seconds(pid: int) -> float:
    total = 0
    for task in (PROC / str(pid) / "task").glob("*/schedstat"):
        try:
            total += int(task.read_text().split()[0])
        except OSError:  # it ended while we looked
            continue
    return total / 1e9
