"""The hashes of a log: two algorithms, each leaf and node hashed in its own domain (RFC 9162, 2.1.1)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable

LEAF, NODE = b"\x00", b"\x01"


def _sm3(data: bytes) -> bytes:
    return _sm3_of([data])


def _sha256_of(parts: Iterable[bytes]) -> bytes:
    whole = hashlib.sha256()
    for part in parts:
        whole.update(part)
    return whole.digest()


def _sm3_of(parts: Iterable[bytes]) -> bytes:
    from cryptography.hazmat.primitives.hashes import SM3, Hash  # noqa: PLC0415 - only logs that choose SM3 need it

    whole = Hash(SM3())
    for part in parts:
        whole.update(part)
    return whole.finalize()


ALGORITHMS: dict[str, Callable[[bytes], bytes]] = {
    "sha256": lambda data: hashlib.sha256(data).digest(),
    "sm3": _sm3,
}
STREAMED: dict[str, Callable[[Iterable[bytes]], bytes]] = {"sha256": _sha256_of, "sm3": _sm3_of}
DEFAULT = "sha256"


def digest(algorithm: str, data: bytes) -> bytes:
    """32 bytes; ValueError when no such algorithm is known here."""
    if algorithm not in ALGORITHMS:
        raise ValueError(f"unknown hash algorithm {algorithm!r}")
    return ALGORITHMS[algorithm](data)


def digest_of(algorithm: str, parts: Iterable[bytes]) -> bytes:
    """The digest of parts laid end to end, which are never held together; ValueError when no such algorithm is known here."""
    if algorithm not in STREAMED:
        raise ValueError(f"unknown hash algorithm {algorithm!r}")
    return STREAMED[algorithm](parts)


def leaf_hash(algorithm: str, entry: bytes) -> bytes:
    """The hash of one entry."""
    return digest(algorithm, LEAF + entry)


def node_hash(algorithm: str, left: bytes, right: bytes) -> bytes:
    """The hash of two neighbours."""
    return digest(algorithm, NODE + left + right)


def empty_root(algorithm: str) -> bytes:
    """The root of a log without entries."""
    return digest(algorithm, b"")
