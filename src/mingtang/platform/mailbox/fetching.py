"""Fetching from a box by IMAP (RFC 3501), one message after another; nothing in the box is changed but the mark "seen"."""

from __future__ import annotations

import base64
import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from ipaddress import ip_address

from mingtang.platform.clock import CHINA
from mingtang.platform.mailbox.boxes import Box

SECONDS = 30
MOST_BYTES = 40 * 1024 * 1024
SIZED = re.compile(rb"RFC822\.SIZE (\d+)")


class BoxError(Exception):
    """The box cannot be read; the words say why and hold no password."""


class MessageError(Exception):
    """One message cannot be fetched or marked; the others can."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """One message of a box: its number there, when the server received it, its bytes (the first MOST_BYTES) and its whole size."""

    uid: int
    received_at: datetime | None
    raw: bytes = field(repr=False)
    size: int = 0


class Reader:
    """A box that is open; see `opened`."""

    def __init__(self, imap: imaplib.IMAP4, validity: int) -> None:
        self._imap = imap
        self.validity = validity

    def waiting(self, after: int) -> list[int]:
        """The numbers of messages beyond `after` and of those that nobody has seen, in order."""
        newer = {each for each in self._search("UID", f"{after + 1}:*") if each > after}  # "8:*" gives the last one even when it is 7
        return sorted(newer.union(self._search("UNSEEN")))

    def fetch(self, uid: int) -> Fetched | None:
        """One message without marking it; None when it is gone meanwhile. `MessageError` when the server refuses."""
        sized = self._do("FETCH", str(uid), "(UID RFC822.SIZE INTERNALDATE)")
        line = next((each if isinstance(each, bytes) else each[0] for each in sized if each), None)
        if line is None or not SIZED.search(line):
            return None
        size = int(SIZED.search(line)[1])  # type: ignore[index]  # found just above
        given = self._do("FETCH", str(uid), f"(UID BODY.PEEK[]<0.{MOST_BYTES}>)")
        raw = next((each[1] for each in given if isinstance(each, tuple)), None)
        return None if raw is None else Fetched(uid, _instant(line), raw, size)

    def mark_seen(self, uid: int) -> None:
        """Say in the box that this message was taken; marking twice changes nothing."""
        self._do("STORE", str(uid), "+FLAGS.SILENT", "(\\Seen)")

    def _search(self, *words: str) -> list[int]:
        found = self._do("SEARCH", *words)
        return [int(each) for line in found if isinstance(line, bytes) for each in line.split()]

    def _do(self, *words: str) -> list[bytes | tuple[bytes, bytes] | None]:
        try:
            status, given = self._imap.uid(*words)
        except (imaplib.IMAP4.error, OSError) as problem:
            raise BoxError(str(problem)) from problem
        if status != "OK":
            raise MessageError(f"{words[0]}: {given!r}"[:200])
        return list(given)


def _instant(line: bytes) -> datetime | None:
    found = imaplib.Internaldate2tuple(line)
    if found is None:
        return None
    stamp = re.search(rb'INTERNALDATE "([^"]+)"', line)
    with suppress(ValueError, TypeError):
        return datetime.strptime(stamp[1].decode().strip(), "%d-%b-%Y %H:%M:%S %z").astimezone(CHINA) if stamp else None
    return None


@contextmanager
def opened(box: Box) -> Iterator[Reader]:
    """A box, signed in and selected; `BoxError` when that fails. A password goes over no open line to another machine."""
    try:
        imap = _connected(box)
    except (imaplib.IMAP4.error, OSError) as problem:
        raise BoxError(_without(box, f"{box.host}:{box.port}: {problem}")) from problem
    try:
        yield _selected(imap, box)
    finally:
        with suppress(imaplib.IMAP4.error, OSError):
            imap.logout()


def _connected(box: Box) -> imaplib.IMAP4:
    safe = ssl.create_default_context()
    if box.scheme == "imaps":
        return imaplib.IMAP4_SSL(box.host, box.port, ssl_context=safe, timeout=SECONDS)
    imap = imaplib.IMAP4(box.host, box.port, timeout=SECONDS)
    if "STARTTLS" in imap.capabilities and not _is_here(box.host):
        imap.starttls(ssl_context=safe)
    elif not _is_here(box.host):
        imap.shutdown()
        raise imaplib.IMAP4.error("the server offers no TLS, and the password is not sent in the clear; use imaps://")
    return imap


def _is_here(host: str) -> bool:
    with suppress(ValueError):
        return ip_address(host).is_loopback
    return host == "localhost"


def _selected(imap: imaplib.IMAP4, box: Box) -> Reader:
    try:
        imap.login(box.user, box.password)
    except (imaplib.IMAP4.error, OSError, UnicodeEncodeError) as problem:
        raise BoxError(_without(box, f"sign-in: {problem}")) from None  # the cause may hold what was sent
    try:
        status, given = imap.select(f'"{folder_name(box.folder)}"')
        if status != "OK":
            raise BoxError(f"{box.folder}: {given!r}")
        told = imap.response("UIDVALIDITY")[1]
    except (imaplib.IMAP4.error, OSError) as problem:
        raise BoxError(_without(box, f"{box.folder}: {problem}")) from problem
    return Reader(imap, int(told[0] or 0) if told else 0)


def _without(box: Box, words: str) -> str:
    return words.replace(box.password, "…") if box.password else words


def folder_name(name: str) -> str:
    """A folder's name as IMAP writes it (modified UTF-7, RFC 3501 5.1.3), e.g. ``&V4NXPg-`` for Chinese."""
    made, wide = [], ""
    for sign in [*name, ""]:
        if sign and not 0x20 <= ord(sign) <= 0x7E:  # noqa: PLR2004 - printable ASCII
            wide += sign
            continue
        if wide:
            coded = base64.b64encode(wide.encode("utf-16-be")).decode().rstrip("=").replace("/", ",")
            made.append(f"&{coded}-")
            wide = ""
        made.append({"&": "&-", '"': '\\"', "\\": "\\\\"}.get(sign, sign))
    return "".join(made)
