"""From a verified subject to a mark that tells people apart within one matter, and nowhere else.

The key lies in a file beside the database, never in it or in a backup of it: whoever has the rows alone can neither find
out who somebody is by trying numbers, nor see that the same person spoke elsewhere.
"""

from __future__ import annotations

import hmac
import os
import secrets
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings

KEY_NAME = "people.key"
KEY_BYTES = 32


def mark_of(matter: str, issuer: str, subject: str) -> str:
    """64 hexadecimal digits for one person within one matter (HMAC-SHA256); the subject is written down nowhere."""
    words = b"".join(len(each).to_bytes(4, "big") + each for each in (part.encode() for part in (matter, issuer, subject)))
    return hmac.new(_key(str(settings.MINGTANG_KEYS)), words, sha256).hexdigest()


@lru_cache(maxsize=8)
def _key(folder: str) -> bytes:
    """The key of this installation; made at first use, readable by its owner only."""
    place = Path(folder) / KEY_NAME
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = place.with_suffix(f".{secrets.token_hex(4)}")
    if not place.exists():
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
            stream.write(secrets.token_hex(KEY_BYTES) + "\n")
            stream.flush()
            os.fsync(stream.fileno())
        try:
            os.link(fresh, place)  # whole or not at all, and never over another process's
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    found = bytes.fromhex(place.read_text(encoding="ascii"))
    if len(found) != KEY_BYTES:
        raise ValueError(f"{place} holds no key of {KEY_BYTES} bytes")
    return found
