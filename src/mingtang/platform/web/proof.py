"""A check for robots that spares people: the browser finds a number by itself while one types; nothing to see or to solve.

The challenge is signed, bound to the address, valid for two hours and good for one sending. Whoever cannot
compute (no script, an old browser) is not turned away: the caller accepts and marks.
"""

from __future__ import annotations

import hmac
import secrets
from datetime import timedelta
from hashlib import sha256

from django.conf import settings

from mingtang.platform.codes import LONGEST_ID
from mingtang.platform.web.edges import Request
from mingtang.platform.web.throttle import counted

BITS = 14
GOOD_FOR = timedelta(hours=2)


def challenge(request: Request) -> str:
    """A fresh challenge: nonce, moment and signature, parted by dots."""
    body = f"{secrets.token_hex(8)}.{int(request.now.timestamp())}"
    return f"{body}.{_signed(request, body)}"


def solved(request: Request, answer: str) -> bool:
    """Whether `answer` (``challenge:number``) is right, in time, and used for the first time."""
    asked, _, number = answer.partition(":")
    body, _, signature = asked.rpartition(".")
    nonce, _, moment = body.partition(".")
    if not (number.isascii() and number.isdecimal() and moment.isascii() and moment.isdecimal()) or len(number + moment) > LONGEST_ID * 2:
        return False
    if not hmac.compare_digest(signature.encode(), _signed(request, body).encode()):
        return False
    age = request.now.timestamp() - int(moment)
    if not 0 <= age <= GOOD_FOR.total_seconds():
        return False
    digest = sha256(f"{asked}:{number}".encode()).digest()
    return int.from_bytes(digest[:4], "big") >> (32 - BITS) == 0 and counted(request, "proof", of=nonce) == 1


def _signed(request: Request, body: str) -> str:
    words = f"{settings.SECRET_KEY}|proof|{body}|{request.META.get('REMOTE_ADDR', '')}"
    return sha256(words.encode()).hexdigest()[:32]
