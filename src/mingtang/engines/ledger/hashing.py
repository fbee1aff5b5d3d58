"""The hashes of a log: two algorithms, each leaf and node hashed in its own domain (RFC 9162, 2.1.1)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

LEAF, NODE = b"\x00", b"\x01"


def _sm3(data: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SM3, Hash  # noqa: PLC0415 - only logs that choose SM3 need it

    digest = Hash(SM3())
    digest.update(data)
    return digest.finalize()


ALGORITHMS: dict[str, Callable[[bytes], bytes]] = {
    "sha256": lambda data: hashlib.sha256(data).digest(),
    "sm3": _sm3,
}
DEFAULT = "sha256"


def digest(algorithm: str, data: bytes) -> bytes:
    """32 bytes; ValueError when no such algorithm is known here."""
    if algorithm not in ALGORITHMS:
        raise ValueError(f"unknown hash algorithm {algorithm!r}")
    return ALGORITHMS[algorithm](data)


def leaf_hash(algorithm: str, entry: bytes) -> bytes:
    """The hash of one entry."""
    return digest(algorithm, LEAF + entry)


def node_hash(algorithm: str, left: bytes, right: bytes) -> bytes:
    """The hash of two neighbours."""
    return digest(algorithm, NODE + left + right)


def empty_root(algorithm: str) -> bytes:
    """The root of a log without entries."""
    return digest(algorithm, b"")
