"""One kept-alive connection to the server: as little work of our own as HTTP allows."""

from __future__ import annotations

import re
import socket
from types import TracebackType
from typing import NamedTuple, Self

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
ETAG = re.compile(rb"\r\netag: *([^\r]+)", re.IGNORECASE)


class Answer(NamedTuple):
    """What came back."""

    status: int
    etag: str
    size: int


class Connection:
    """A connection to 127.0.0.1; give it requests made by `request`."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None) -> None:
        self._socket.close()

    def ask(self, request: bytes) -> Answer:
        """Send one request and read its whole answer."""
        self._socket.sendall(request)
        head, _, body = self._until_head().partition(b"\r\n\r\n")
        status, found = int(head[9:12]), LENGTH.search(head)
        if found is None and status != 304:
            msg = f"no Content-Length in {head!r}"
            raise ValueError(msg)
        size = int(found[1]) if found and status != 304 else 0
        missing = size - len(body)
        while missing > 0:
            missing -= len(self._more())
        tag = ETAG.search(head)
        return Answer(status, tag[1].decode() if tag else "", size)

    def _until_head(self) -> bytes:
        read = self._more()
        while b"\r\n\r\n" not in read:
            read += self._more()
        return read

    def _more(self) -> bytes:
        some = self._socket.recv(1 << 18)
        if not some:
            msg = "the server closed the connection"
            raise ConnectionError(msg)
        return some


def request(path: str, *, session: str = "", etag: str = "") -> bytes:
    """A GET as a browser would send it, without asking for compression."""
    lines = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1", "Accept: text/html", "Accept-Language: zh-CN"]
    lines += [f"Cookie: sessionid={session}"] if session else []
    lines += [f"If-None-Match: {etag}"] if etag else []
    return ("\r\n".join(lines) + "\r\n\r\n").encode()
