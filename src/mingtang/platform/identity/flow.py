"""The authorization code flow with PKCE, state and nonce (OpenID Connect Core 3.1; RFC 7636; RFC 9207)."""

from __future__ import annotations

import hmac
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from joserfc import jwt
from joserfc.errors import BadSignatureError, InvalidKeyIdError, JoseError

from mingtang.platform.identity.asking import CodeRefusedError, ProviderDownError, discovery, id_token, keys
from mingtang.platform.identity.provider import Provider

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519"]
LEEWAY_SECONDS = 60


class UnverifiedError(Exception):
    """Nobody was verified; `code` is one of ``denied``, ``down``, ``stale``, ``wrong``."""

    def __init__(self, code: str, why: str = "") -> None:
        super().__init__(f"{code}: {why}")
        self.code = code


@dataclass(frozen=True, slots=True)
class Begun:
    """What has to be remembered between leaving for the provider and coming back."""

    state: str
    nonce: str
    verifier: str


def begin(of: Provider, redirect_uri: str) -> tuple[str, Begun]:
    """The address to send somebody to, and what to remember; `UnverifiedError` when the provider is down."""
    begun = Begun(secrets.token_urlsafe(24), secrets.token_urlsafe(24), secrets.token_urlsafe(48))
    challenge = urlsafe_b64encode(sha256(begun.verifier.encode()).digest()).rstrip(b"=").decode()
    asked = {
        "response_type": "code",
        "client_id": of.client_id,
        "redirect_uri": redirect_uri,
        "scope": of.scopes,
        "state": begun.state,
        "nonce": begun.nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    try:
        place = discovery(of)["authorization_endpoint"]
    except ProviderDownError as problem:
        raise UnverifiedError("down", str(problem)) from problem
    return f"{place}{'&' if '?' in place else '?'}{urlencode(asked)}", begun


def finish(of: Provider, begun: Begun, given: Mapping[str, str], redirect_uri: str, now: datetime) -> str:
    """The subject that came back, as the provider calls it; `UnverifiedError` when nobody was verified."""
    if not hmac.compare_digest(given.get("state", "").encode(), begun.state.encode()):
        raise UnverifiedError("stale", "another state")
    if given.get("iss", of.issuer) != of.issuer:
        raise UnverifiedError("wrong", "another issuer answered")
    if given.get("error"):
        raise UnverifiedError(
            "down" if given["error"] in {"server_error", "temporarily_unavailable"} else "denied", repr(given["error"][:80])
        )
    if not given.get("code"):
        raise UnverifiedError("wrong", "no code")
    try:
        raw = id_token(of, given["code"], begun.verifier, redirect_uri)
        claims = _claims(of, raw, begun.nonce, now)
    except CodeRefusedError as problem:
        raise UnverifiedError("stale", str(problem)) from problem
    except ProviderDownError as problem:
        raise UnverifiedError("down", str(problem)) from problem
    except (JoseError, ValueError, TypeError, AttributeError) as problem:
        raise UnverifiedError("wrong", f"{type(problem).__name__} {problem}") from problem
    subject = claims.get(of.subject_claim)
    if not isinstance(subject, str | int) or isinstance(subject, bool) or not str(subject).strip():
        raise UnverifiedError("wrong", f"no claim {of.subject_claim}")
    return str(subject)


def _claims(of: Provider, raw: str, nonce: str, now: datetime) -> dict[str, Any]:
    """The claims of an ID token, all of Core 3.1.3.7 checked; JoseError or ValueError otherwise."""
    try:
        token = jwt.decode(raw, keys(of), algorithms=ALGORITHMS)
    except (InvalidKeyIdError, BadSignatureError):
        token = jwt.decode(raw, keys(of, fresh=True), algorithms=ALGORITHMS)  # the provider may have changed its keys
    asked = jwt.JWTClaimsRegistry(
        now=int(now.timestamp()),
        leeway=LEEWAY_SECONDS,
        iss={"essential": True, "value": of.issuer},
        aud={"essential": True, "value": of.client_id},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
        nonce={"essential": True, "value": nonce},
    )
    asked.validate(token.claims)
    if token.claims.get("azp", of.client_id) != of.client_id:
        raise ValueError("meant for another client")
    return token.claims
