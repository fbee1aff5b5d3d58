"""What a browser carries meanwhile: sealed values in HttpOnly cookies that last for minutes. Nothing is kept on the server."""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpResponse

from mingtang.platform.identity.flow import Begun

ON_THE_WAY = timedelta(minutes=10)
GOOD_FOR = timedelta(minutes=20)
ASKED, VERIFIED = "mt_asked", "mt_verified"
LARGEST = 2000


@dataclass(frozen=True, slots=True)
class Verified:
    """A person was verified: the mark within one consultation, by which issuer, when; `once` is good for one opinion."""

    mark: str
    issuer: str
    at: datetime
    once: str


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody left for the provider: for which consultation, where to go back to, since when."""

    begun: Begun
    consultation_id: int
    back: str
    since: datetime


def seal_asked(begun: Begun, consultation_id: int, back: str, now: datetime) -> str:
    """What the browser keeps while somebody is at the provider."""
    return _sealed(ASKED, {**asdict(begun), "c": consultation_id, "back": back, "at": int(now.timestamp())})


def read_asked(sealed: str, now: datetime) -> Asked | None:
    """What was sealed, while it is good; None when it is not ours or too old."""
    found = _opened(ASKED, sealed, now, ON_THE_WAY)
    if found is None:
        return None
    begun = Begun(found["state"], found["nonce"], found["verifier"])
    return Asked(begun, found["c"], found["back"], datetime.fromtimestamp(found["at"], now.tzinfo))


def seal_verified(consultation_id: int, mark: str, issuer: str, now: datetime) -> str:
    """The proof for one opinion on one consultation."""
    return _sealed(
        VERIFIED, {"c": consultation_id, "mark": mark, "issuer": issuer, "at": int(now.timestamp()), "once": secrets.token_hex(16)}
    )


def read_verified(sealed: str, consultation_id: int, now: datetime) -> Verified | None:
    """The proof, if it is for this consultation and still good."""
    found = _opened(VERIFIED, sealed, now, GOOD_FOR)
    if found is None or found["c"] != consultation_id:
        return None
    return Verified(found["mark"], found["issuer"], datetime.fromtimestamp(found["at"], now.tzinfo), found["once"])


def put(response: HttpResponse, name: str, sealed: str, path: str) -> None:
    """Give the browser a cookie no script can read, for one path only; an empty one takes it away."""
    lasts = ON_THE_WAY if name == ASKED else GOOD_FOR
    seconds = int(lasts.total_seconds()) if sealed else 0
    response.set_cookie(name, sealed, max_age=seconds, path=path, httponly=True, samesite="Lax", secure=settings.HTTPS)


def _sealed(purpose: str, value: dict[str, Any]) -> str:
    return signing.Signer(salt=f"mingtang.identity.{purpose}").sign_object(value)


def _opened(purpose: str, sealed: str, now: datetime, lasts: timedelta) -> dict[str, Any] | None:
    if not sealed or len(sealed) > LARGEST:
        return None
    try:
        found: dict[str, Any] = signing.Signer(salt=f"mingtang.identity.{purpose}").unsign_object(sealed)
    except (signing.BadSignature, ValueError):
        return None
    age = now.timestamp() - found["at"]
    return found if 0 <= age <= lasts.total_seconds() else None
