"""Reading a table from end to end without filling the memory of the process that serves pages.

Each connection to SQLite may keep 64 MB of pages and map 256 MB of the file, which is what makes pages fast (`environment.py`). A long
export reads each page of the table once: it gains nothing by keeping them, and a process with eight threads would hold the sum.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.db import connection

Each = TypeVar("Each")
CACHE_KIB = 4096
WHILE_READING = {"cache_size": -CACHE_KIB, "mmap_size": 0}


@contextmanager
def small_cache() -> Iterator[None]:
    """Keep at most `CACHE_KIB` KiB of SQLite's pages inside, and map nothing; as before afterwards. PostgreSQL: nothing to do."""
    if connection.vendor != "sqlite":
        yield
        return
    before = {name: _pragma(name) for name in WHILE_READING}
    for name, value in WHILE_READING.items():
        _pragma(name, value)
    try:
        yield
    finally:
        for name, value in before.items():
            _pragma(name, value)


def _pragma(name: str, value: int | None = None) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {name}" if value is None else f"PRAGMA {name}={value}")
        found = cursor.fetchone()
    return int(found[0]) if found else 0


def sparing(rows: Iterable[Each]) -> Iterator[Each]:
    """The same rows, read with a small cache from the first to the last, or until nobody wants more."""
    with small_cache():
        yield from rows
