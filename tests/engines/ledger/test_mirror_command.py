"""`mingtang mirror URL` over the network, against logs that lie: exit status 1, and ALARM.txt says what it was."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from mingtang.engines.ledger.keys import SigningKey
from tests.engines.ledger.test_mirror import Log


class Served(HTTPServer):
    """A log on the network; `log` may be exchanged while it runs."""

    log: Log
    address: str


class Answer(BaseHTTPRequestHandler):
    """The log's answers as JSON."""

    server: Served

    def do_GET(self) -> None:
        words = json.dumps(self.server.log(self.path)).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(words)))
        self.end_headers()
        self.wfile.write(words)

    def log_message(self, *_args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[Served]:
    made = Served(("127.0.0.1", 0), Answer)
    made.log = Log().add("a").add("b").add("c")
    made.address = f"http://127.0.0.1:{made.server_port}"
    thread = threading.Thread(target=made.serve_forever)
    thread.start()
    yield made
    made.shutdown()
    thread.join()
    made.server_close()


def mirror(server: Served, folder: Path, **options: Any) -> int:
    try:
        call_command("mirror", server.address, str(folder), **options)
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def alarm(folder: Path) -> str:
    return (folder / "ALARM.txt").read_text(encoding="utf-8")


def test_an_honest_log_is_followed_without_alarm(server, tmp_path, capsys):
    assert mirror(server, tmp_path) == 0
    server.log.add("d")
    assert mirror(server, tmp_path) == 0
    assert not (tmp_path / "ALARM.txt").exists()
    assert "All that was checked holds." in capsys.readouterr().out


def test_a_head_forged_by_another_key_raises_the_alarm(server, tmp_path):
    assert mirror(server, tmp_path) == 0
    body = {name: value for name, value in server.log.head().items() if name not in {"key", "signature"}}
    server.log.signed = SigningKey.new().sign(body)
    assert mirror(server, tmp_path) == 1
    assert "The head of the log is not signed by a known key" in alarm(tmp_path)


def test_a_head_with_a_false_root_raises_the_alarm_though_the_right_key_signed_it(server, tmp_path):
    assert mirror(server, tmp_path) == 0
    body = {name: value for name, value in server.log.head().items() if name not in {"key", "signature"}}
    server.log.signed = server.log.key.sign({**body, "root": "0" * 64})
    assert mirror(server, tmp_path) == 1
    assert "the log was rewritten or forked" in alarm(tmp_path)


def test_a_shrunken_tree_raises_the_alarm(server, tmp_path):
    assert mirror(server, tmp_path) == 0
    del server.log.entries[2]
    assert mirror(server, tmp_path) == 1
    assert "The log has shrunk: 3 entries before, 2 now." in alarm(tmp_path)


def test_a_split_view_raises_the_alarm_when_the_other_log_is_shown_to_who_knows_the_first(server, tmp_path):
    assert mirror(server, tmp_path) == 0
    server.log = Log(server.log.key).add("a").add("x").add("c").add("d")
    assert mirror(server, tmp_path) == 1
    assert "Entry 1 of the log was changed." in alarm(tmp_path)


def test_a_split_view_is_found_when_two_copies_are_compared(server, tmp_path, capsys):
    assert mirror(server, tmp_path / "ours") == 0
    server.log = Log(server.log.key).add("a").add("x")
    assert mirror(server, tmp_path / "theirs") == 0
    server.log.add("c")
    assert mirror(server, tmp_path / "theirs", compare=str(tmp_path / "ours")) == 1
    assert "They differ from entry 1 on: two people were shown two logs." in capsys.readouterr().out


def test_a_split_view_is_found_when_a_head_on_paper_is_held_against_the_copy(server, tmp_path, capsys):
    printed = server.log.head()
    server.log.add("d")
    assert mirror(server, tmp_path, printed=(str(printed["size"]), printed["root"])) == 0
    other = Log(server.log.key).add("a").add("x").add("c").head()
    assert mirror(server, tmp_path, printed=(str(other["size"]), other["root"])) == 1
    assert "who printed it and who copies were shown two logs" in capsys.readouterr().out
    assert mirror(server, tmp_path, printed=("9", printed["root"])) == 1


def test_a_log_that_is_away_is_no_alarm(server, tmp_path):
    server.address = "http://127.0.0.1:9"
    assert mirror(server, tmp_path) == 2
    assert not (tmp_path / "ALARM.txt").exists()
