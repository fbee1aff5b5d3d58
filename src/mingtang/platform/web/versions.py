"""Versions of public pages: a write bumps what it changed, and only that."""

from __future__ import annotations

from hashlib import sha256

from django.db import IntegrityError, transaction
from django.db.models import F

from mingtang.platform.web.models import PageVersion


def touch(government_id: int, *keys: str) -> None:
    """Say that the public pages filed under `keys` changed; call it inside the act's transaction.

    Keys in use: ``home``, ``calendar``, ``results``, ``consultations``, ``topic:<id>``,
    ``consultation:<id>``, ``meeting:<id>``, ``obligations``.
    """
    for key in sorted(set(keys)):
        rows = PageVersion.objects.filter(government_id=government_id, key=key)
        if not rows.update(number=F("number") + 1):
            _begin(government_id, key)


def _begin(government_id: int, key: str) -> None:
    try:
        with transaction.atomic():
            PageVersion.objects.create(government_id=government_id, key=key, number=1)
    except IntegrityError:
        PageVersion.objects.filter(government_id=government_id, key=key).update(number=F("number") + 1)


def fingerprint(government_id: int, keys: tuple[str, ...], *others: str) -> str:
    """A short tag of the newest versions of `keys` and of `others` (language, day, release); one query."""
    rows = PageVersion.objects.filter(government_id=government_id, key__in=keys)
    numbers = dict(rows.values_list("key", "number"))
    words = "|".join([*(f"{key}={numbers.get(key, 0)}" for key in keys), *others])
    return sha256(words.encode()).hexdigest()[:20]
