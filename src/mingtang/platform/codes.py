"""Codes that people read aloud, type and find again: receipts and invitations."""

from __future__ import annotations

import secrets

LONGEST_ID = 18  # digits: no row has a longer number, no database takes one
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_AS_MEANT = str.maketrans({"O": "0", "I": "1", "L": "1"})


def new_code(prefix: str = "", groups: int = 3) -> str:
    """A random code in groups of four, `groups` x 20 bits, e.g. ``QH-7F3K-20M9-4412``."""
    drawn = secrets.randbits(groups * 20)
    signs = "".join(ALPHABET[drawn >> at & 31] for at in range(0, groups * 20, 5))
    parts = [signs[at : at + 4] for at in range(0, len(signs), 4)]
    return "-".join(([prefix] if prefix else []) + parts)


def as_code(typed: str) -> str:
    """What somebody typed, in the form codes are kept: upper case, one dash, look-alikes resolved.

    The letters before the first dash (the government's prefix) are kept as typed.
    """
    cleaned = "-".join(part for part in typed.strip().upper().replace(" ", "-").replace("－", "-").split("-") if part)
    head, dash, tail = cleaned.partition("-")
    if not dash:
        return cleaned
    return f"{head}-{tail.translate(_AS_MEANT)}" if head.isalpha() else cleaned.translate(_AS_MEANT)


def new_token() -> str:
    """An unguessable token for a link that needs no account (192 bits)."""
    return secrets.token_urlsafe(24)


def row_id(typed: str) -> int | None:
    """The number of a row as it came in a form or address; None when it is none that any row can have."""
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= LONGEST_ID else None


def token_in(typed: str) -> str:
    """The token at the end of a link, or the token itself, as it was typed or scanned."""
    return typed.strip().partition("#")[0].rstrip("/").rpartition("/")[2]
