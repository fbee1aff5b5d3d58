"""START HERE. The boxes an installation reads, from one line of its environment. No Django: settings read this."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from urllib.parse import parse_qs, unquote, urlsplit

PORTS = {"imaps": 993, "imap": 143}
HOW = "write imaps://user:password@host:993/INBOX (in user and password, %40 for @, %3A for :, %2F for /)"


@dataclass(frozen=True, slots=True)
class Box:
    """One mailbox. `address` is what the public writes to, `host_name` the site's host whose government it belongs to ("": the only one)."""

    scheme: str
    host: str
    port: int
    user: str
    password: str = field(repr=False)
    folder: str = "INBOX"
    address: str = ""
    host_name: str = ""

    @property
    def key(self) -> str:
        """What tells boxes apart in the database: a hash of where it is, never of its password."""
        where = f"{self.host}|{self.port}|{self.user}|{self.folder}"
        return sha256(where.encode()).hexdigest()[:32]

    def __str__(self) -> str:
        return f"{self.address or self.user} ({self.host})"


def boxes_in(line: str) -> tuple[Box, ...]:
    """The boxes of ``MINGTANG_IMAP_URL``: addresses with spaces between; ValueError, without the password, when one is none."""
    return tuple(_box(each) for each in line.split())


def _box(url: str) -> Box:
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        port = 0
    if parts.scheme not in PORTS or not parts.hostname or not parts.username or parts.password is None or port == 0:
        msg = f"MINGTANG_IMAP_URL: this is no mailbox; {HOW}"
        raise ValueError(msg)
    user = unquote(parts.username)
    told = parse_qs(parts.query).get("address", [""])[0].strip()
    address = told or (user if "@" in user else "")
    if any(sign in told for sign in "\r\n<>,;") or (told and "@" not in told):
        msg = "MINGTANG_IMAP_URL: address= must be the one e-mail address to which the public writes"
        raise ValueError(msg)
    return Box(
        parts.scheme,
        parts.hostname,
        port or PORTS[parts.scheme],
        user,
        unquote(parts.password),
        unquote(parts.path.strip("/")) or "INBOX",
        address,
        unquote(parts.fragment),
    )
