"""A receipt in one line that fits a QR code: everything needed to check it without asking anybody.

``1~code~log~kind~at~algorithm~facts~content~secret~commitment~public key~signature``, where facts and content are
``name=value`` pairs joined by commas, bytes are base64url without padding. The words themselves are not in it: whoever
wrote them types them again to see that they fit.
"""

from __future__ import annotations

from base64 import b64decode, b64encode, urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from mingtang.engines.ledger.keys import Signed, fingerprint
from mingtang.engines.ledger.receipts import VERSION, commitment, salt_of

LINE_FORM = "1"
FIELDS = 12


@dataclass(frozen=True, slots=True)
class Held:
    """What the holder of a receipt has: the signed entry, the code, the secret, the public key it names, the small facts."""

    signed: Signed
    code: str
    secret: bytes
    public: bytes
    content: Mapping[str, str] = field(default_factory=dict)


def pack(held: Held) -> str:
    """One line."""
    signed = held.signed
    facts = {name: value for name, value in signed["facts"].items() if name not in {"holder", "content"}}
    small = {name: value for name, value in held.content.items() if name != "text"}
    return "~".join(
        (
            LINE_FORM,
            held.code,
            signed["log"],
            signed["kind"],
            signed["at"],
            signed["algorithm"],
            _pairs(facts),
            _pairs(small),
            _short(held.secret),
            _short(bytes.fromhex(signed["facts"]["content"])),
            _short(held.public),
            _short(b64decode(signed["signature"])),
        )
    )


def unpack(line: str) -> Held:
    """The receipt in a line; an address with the line after ``#`` is taken too. ValueError when it is none."""
    parts = line.strip().rpartition("#")[2].split("~")
    if len(parts) != FIELDS or parts[0] != LINE_FORM:
        raise ValueError("this is not a receipt")
    _form, code, log, kind, at, algorithm, facts, small, secret, content, public, signature = parts
    hidden = _long(secret)
    holder = commitment(algorithm, salt_of(hidden, "code"), {"code": code})
    body: dict[str, Any] = {
        "v": VERSION,
        "log": log,
        "kind": kind,
        "at": at,
        "algorithm": algorithm,
        "facts": {**_read(facts), "holder": holder, "content": _long(content).hex()},
        "key": fingerprint(_long(public)),
        "signature": b64encode(_long(signature)).decode(),
    }
    return Held(body, code, hidden, _long(public), _read(small))


def _pairs(given: Mapping[str, str]) -> str:
    words = [f"{name}={value}" for name, value in sorted(given.items())]
    if any(mark in word for word in words for mark in "~,#%") or any(word.count("=") != 1 for word in words):
        raise ValueError("a fact with one of the marks = , ~ # % does not fit a receipt")
    return ",".join(words)


def _read(words: str) -> dict[str, str]:
    return dict(pair.split("=", 1) for pair in words.split(",") if "=" in pair)


def _short(given: bytes) -> str:
    return urlsafe_b64encode(given).decode().rstrip("=")


def _long(words: str) -> bytes:
    return urlsafe_b64decode(words + "=" * (-len(words) % 4))
