"""What is promised: entries of the log, receipts for them, heads of the tree.

An entry says what kind of thing happened and when. What is private stands in it as a commitment
H(salt ‖ canonical content): it tells nothing without the salt, and fits no other content. Whoever handed something in
holds a secret; two salts come from it, so that the content can be opened to everybody without giving away the code of
the receipt. A receipt is the entry, signed at once, before the tree has it: a promise to include it. A head is the
tree's size and root, signed.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, NamedTuple

from mingtang.engines.ledger.canonical import canonical
from mingtang.engines.ledger.hashing import digest, leaf_hash
from mingtang.engines.ledger.keys import Signed, SigningKey

SALT_BYTES = 16
VERSION = 1


def new_secret() -> bytes:
    """Sixteen secret bytes, one set for each receipt; whoever destroys them erases what was committed to."""
    return secrets.token_bytes(SALT_BYTES)


def salt_of(secret: bytes, purpose: str) -> bytes:
    """The salt for one purpose ("code", "content"): it tells neither the secret nor the other salt."""
    return sha256(b"mingtang salt " + purpose.encode() + b"\x00" + secret).digest()[:SALT_BYTES]


def commitment(algorithm: str, salt: bytes, content: Mapping[str, Any]) -> str:
    """H(salt ‖ canonical content) as hex; ValueError when the salt has the wrong length."""
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes")
    return digest(algorithm, salt + canonical(content)).hex()


def committed(algorithm: str, secret: bytes, code: str, content: Mapping[str, str]) -> dict[str, str]:
    """The two commitments of something handed in: ``holder`` to the code of its receipt, ``content`` to what it says."""
    return {
        "holder": commitment(algorithm, salt_of(secret, "code"), {"code": code}),
        "content": commitment(algorithm, salt_of(secret, "content"), content),
    }


def entry(log: str, kind: str, at: datetime, algorithm: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    """What a leaf is the hash of. `facts` is public: plain values, or a commitment to private ones."""
    return {"v": VERSION, "log": log, "kind": kind, "at": moment(at), "algorithm": algorithm, "facts": dict(facts)}


def leaf_of(given: Mapping[str, Any]) -> bytes:
    """The leaf hash of an entry; a receipt (an entry with key and signature) gives the same."""
    return leaf_hash(str(given["algorithm"]), canonical(body_of(given)))


def body_of(given: Mapping[str, Any]) -> dict[str, Any]:
    """A receipt without its signature: the entry."""
    return {name: value for name, value in given.items() if name not in {"key", "signature"}}


def receipt(key: SigningKey, given: Mapping[str, Any]) -> Signed:
    """The entry, signed: a promise to include it."""
    return key.sign(given)


class Issued(NamedTuple):
    """An entry as the log keeps it: signed, the canonical text of its body, the hash of that."""

    signed: Signed
    body: bytes
    leaf: bytes


def issue(key: SigningKey, given: Mapping[str, Any]) -> Issued:
    """Sign an entry and give with it what is kept; the body is written once for both the row and its leaf."""
    body = canonical(given)
    return Issued(key.sign(given, plain=True), body, leaf_hash(str(given["algorithm"]), body))


def head(key: SigningKey, log: str, algorithm: str, size: int, root: bytes, at: datetime) -> Signed:
    """A signed tree head: `size` entries under `root`."""
    return key.sign({"v": VERSION, "log": log, "algorithm": algorithm, "size": size, "root": root.hex(), "at": moment(at)})


def moment(at: datetime) -> str:
    """A moment as everyone writes it: UTC to the second. ValueError when it has no zone."""
    if at.tzinfo is None:
        raise ValueError("a moment needs its zone")
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
