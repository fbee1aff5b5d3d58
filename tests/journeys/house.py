"""A house that is served: its data folder, its server, its clock, its outgoing mail."""

from __future__ import annotations

import email
import email.policy
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen
from zoneinfo import ZoneInfo

from tests.journeys.clock import CLOCK

ROOT = Path(__file__).resolve().parents[2]
CHINA = ZoneInfo("Asia/Shanghai")
BETWEEN_MAILS = b"\n" + b"-" * 79 + b"\n"
"""What Django's mail to files writes after each mail."""


class House:
    """One installation in a folder of its own, served by the product's own command on a free port."""

    def __init__(self, folder: Path, *, like: House | None = None) -> None:
        self.folder = folder
        self.clock = folder / "clock"
        self.server: subprocess.Popen[bytes] | None = None
        self.more: dict[str, str] = {}
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.address = f"http://localhost:{self.port}"
        if like is not None:
            shutil.copytree(like.folder, folder, dirs_exist_ok=True)

    def run(self, *words: str) -> None:
        """Run a module of Python in the house and wait for it."""
        subprocess.run([sys.executable, "-m", *words], check=True, env=self._environment(), cwd=ROOT, stdout=subprocess.DEVNULL)

    def open(self, *words: str) -> House:
        """Serve, by another command of the product than `serve` if one is given; wait until it answers."""
        command = [sys.executable, "-m", "django", *(words or ("serve",))]
        with (self.folder / "server.log").open("wb") as log:
            self.server = subprocess.Popen(command, env=self._environment(), cwd=ROOT, stdout=log, stderr=log)
        for _ in range(1500):
            if self.server.poll() is not None:
                break
            try:
                with urlopen(f"{self.address}/accessibility/", timeout=5):  # noqa: S310 - our own address on this machine
                    return self
            except (URLError, ConnectionError, HTTPError):
                time.sleep(0.2)
        self.close()
        raise AssertionError("the site did not answer:\n" + (self.folder / "server.log").read_text(encoding="utf-8"))

    def close(self) -> None:
        """Stop serving."""
        if self.server is not None:
            self.server.terminate()
            self.server.wait(15)

    def at(self, moment: str) -> None:
        """Set the clock: `at("2026-03-02 09:00")`, a time in China; it runs on from there."""
        fresh = self.clock.with_suffix(".new")
        fresh.write_text(datetime.fromisoformat(moment).replace(tzinfo=CHINA).isoformat(), encoding="utf-8")
        fresh.replace(self.clock)

    def letter(self, to: str, holding: str) -> str:
        """The words of the mail to an address that holds a text; waits for the outbox to send it."""
        for _ in range(450):
            for found in self._letters():
                body = found.get_body(("plain",))
                words = body.get_content() if body else ""
                if to in str(found["To"]) and holding in f"{found['Subject']}\n{words}":
                    return f"{found['Subject']}\n{words}"
            time.sleep(0.2)
        raise AssertionError(f"no mail to {to} holds {holding!r}")

    def _letters(self) -> Iterator[EmailMessage]:
        """Every mail sent so far; one file may hold several, when they went in the same second."""
        for path in sorted((self.folder / "mail").glob("*.log")):
            for each in path.read_bytes().split(BETWEEN_MAILS):
                yield email.message_from_bytes(each, policy=email.policy.default)

    def _environment(self) -> dict[str, str]:
        own = {
            "MINGTANG_DATA": str(self.folder),
            "MINGTANG_PORT": str(self.port),
            "DJANGO_SETTINGS_MODULE": "tests.journeys.settings",
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
            CLOCK: str(self.clock),
        }
        kept = {key: value for key, value in os.environ.items() if not key.startswith("MINGTANG_")}
        return {**kept, **own, **self.more}
