"""Ed25519 keys (RFC 8032): a name for each that is its own fingerprint, signatures that name their key."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from mingtang.engines.ledger.canonical import canonical

Signed = dict[str, Any]


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key: 32 secret bytes."""

    secret: bytes

    @staticmethod
    def new() -> SigningKey:
        """A key from the system's randomness."""
        return SigningKey(Ed25519PrivateKey.generate().private_bytes_raw())

    @property
    def public(self) -> bytes:
        """The 32 bytes that everybody may know."""
        return _loaded(self.secret)[1]

    @property
    def id(self) -> str:
        """The fingerprint of the public key."""
        return _loaded(self.secret)[2]

    def sign(self, body: Mapping[str, Any]) -> Signed:
        """`body` with ``key`` (the fingerprint) and ``signature`` (base64) added."""
        whole = {**body, "key": self.id}
        return {**whole, "signature": self.signature(canonical(whole))}

    def signature(self, text: bytes) -> str:
        """The signature (base64) of a canonical text that names this key already."""
        return b64encode(_loaded(self.secret)[0].sign(text)).decode()


@lru_cache(maxsize=64)
def _loaded(secret: bytes) -> tuple[Ed25519PrivateKey, bytes, str]:
    private = Ed25519PrivateKey.from_private_bytes(secret)
    public = private.public_key().public_bytes_raw()
    return private, public, fingerprint(public)


def fingerprint(public: bytes) -> str:
    """The first 16 bytes of the SHA-256 of a public key, as 32 hex digits; printed in groups of four."""
    return sha256(public).hexdigest()[:32]


def is_signed(whole: Mapping[str, Any], publics: Mapping[str, bytes]) -> bool:
    """Whether `whole` carries a good signature by one of the known keys (fingerprint → public key)."""
    public = publics.get(str(whole.get("key")))
    if public is None or fingerprint(public) != whole.get("key"):
        return False
    body = {name: value for name, value in whole.items() if name != "signature"}
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(b64decode(str(whole.get("signature")), validate=True), canonical(body))
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True
