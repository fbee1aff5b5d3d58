"""A long export reads with a small cache, and leaves the connection as it was."""

from __future__ import annotations

import pytest
from django.db import connection

from mingtang.platform.accounts.models import Government
from mingtang.platform.sparing import CACHE_KIB, small_cache, sparing
from tests.factories.platform import government

pytestmark = pytest.mark.django_db
USUAL = (-65536, 0)


def kept() -> tuple[int, int]:
    """How many pages the connection keeps (negative: KiB), how many bytes it maps; mapping needs a file, tests have none."""
    if connection.vendor != "sqlite":
        return USUAL
    with connection.cursor() as cursor:
        cache = cursor.execute("PRAGMA cache_size").fetchone()[0]
        mapped = cursor.execute("PRAGMA mmap_size").fetchone()
    return cache, mapped[0] if mapped else 0


def small() -> int:
    return -CACHE_KIB if connection.vendor == "sqlite" else USUAL[0]


def test_the_cache_is_small_while_rows_are_read_and_as_before_afterwards():
    for n in range(3):
        government(host=f"h{n}.example")
    before = kept()
    seen = [kept()[0] for _ in sparing(Government.objects.order_by("pk").iterator(chunk_size=1))]
    assert seen == [small()] * 3
    assert kept() == before


def test_whoever_stops_reading_midway_leaves_the_connection_as_it_was():
    for n in range(3):
        government(host=f"h{n}.example")
    before, rows = kept(), sparing(Government.objects.order_by("pk").iterator(chunk_size=1))
    next(rows)
    assert kept()[0] == small()
    rows.close()
    assert kept() == before


def test_a_failure_inside_gives_the_cache_back_too():
    before = kept()
    with pytest.raises(ZeroDivisionError), small_cache(), small_cache():
        raise ZeroDivisionError
    assert kept() == before
