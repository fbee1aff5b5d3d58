"""The verifier over real HTTP: answers, refusals, silence, and what is no JSON."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from mingtang.engines.ledger.fetching import UnreachableError, over_http
from mingtang.engines.ledger.verifying import verify
from tests.engines.ledger.test_mirror import Log


@pytest.fixture
def served() -> Iterator[tuple[Log, str]]:
    """A log in memory behind a server of its own."""
    log = Log().add("a").add("b")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status = {"/gone": 410, "/missing": 404}.get(self.path, 200)
            body = b"<html>" if self.path == "/html" else json.dumps(log(self.path) if self.path.startswith("/log/") else {}).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_words: object) -> None:
            """Keep the test's output clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield log, f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_log_is_mirrored_over_http(served, tmp_path, capsys):
    log, address = served
    assert verify(["mirror", address, str(tmp_path)]) == 0
    log.signed = log.head()
    del log.entries[0]
    assert verify(["mirror", address + "/", str(tmp_path), "--whole"]) == 1
    assert "Entry 0 of the log is gone." in capsys.readouterr().out
    assert verify(["compare", str(tmp_path), str(tmp_path)]) == 0


@pytest.mark.parametrize(("path", "status"), [("/gone", 410), ("/missing", 404), ("/html", 0)])
def test_what_is_no_answer_is_said_with_its_status(served, path, status):
    _log, address = served
    with pytest.raises(UnreachableError, match=path) as raised:
        over_http(address)(path)
    assert raised.value.status == status


def test_nobody_there_is_not_an_alarm(tmp_path, capsys):
    assert verify(["mirror", "http://127.0.0.1:9", str(tmp_path / "copy")]) == 2
    assert verify(["mirror", "ftp://127.0.0.1", str(tmp_path / "copy")]) == 2
    assert "It could not be checked" in capsys.readouterr().err
    assert not (tmp_path / "copy").exists()
