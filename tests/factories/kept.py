"""A state that a factory built once is kept as rows and files, and put back instead of built again.

Most tests begin with the same few states: an open consultation, a meeting that was held, a draw. Each is built by the
product's own actions, some hundred statements long. The first call in a process builds it so; a later call with the same
arguments, in a database that holds as little, puts the same rows back and gives the same objects. A call that hangs on
rows of the test, under other settings, or in a test that commits, builds anew.
"""

from __future__ import annotations

import atexit
import functools
import pickle
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.utils.translation import get_language

from mingtang.platform.accounts.models import Government

P = ParamSpec("P")
T = TypeVar("T")

FOLDERS = ("MEDIA_ROOT", "MINGTANG_KEYS")
"""The settings that name a folder of the test's own."""


@dataclass(frozen=True)
class Table:
    """A table with the columns that a row is written with."""

    name: str
    columns: tuple[str, ...]

    def rows(self) -> set[tuple[Any, ...]]:
        """Every row there is."""
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {self._named()} FROM {connection.ops.quote_name(self.name)}")  # noqa: S608 - names of our own tables
            return {tuple(bytes(each) if isinstance(each, memoryview) else each for each in row) for row in cursor.fetchall()}

    def insert(self, rows: list[tuple[Any, ...]]) -> None:
        """Write rows as they were."""
        places = ", ".join(["%s"] * len(self.columns))
        with connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO {connection.ops.quote_name(self.name)} ({self._named()}) VALUES ({places})", rows)  # noqa: S608 - names of our own tables

    def _named(self) -> str:
        return ", ".join(map(connection.ops.quote_name, self.columns))


@dataclass(frozen=True)
class Kept:
    """One state: rows by table, the folder its files lie in, and what the factory gave back."""

    rows: tuple[tuple[Table, list[tuple[Any, ...]]], ...]
    files: Path
    given: bytes

    def put_back(self) -> Any:
        """The state again; the objects are new ones, equal to those of the first time."""
        for table, rows in self.rows:
            table.insert(rows)
        for name in FOLDERS:
            if (self.files / name).exists():
                shutil.copytree(self.files / name, getattr(settings, name), dirs_exist_ok=True)
        return pickle.loads(self.given)  # noqa: S301 - written by this process


def kept(build: Callable[P, T]) -> Callable[P, T]:
    """Let a factory that begins with an empty database put back what it built before."""

    @functools.wraps(build)
    def built(*args: P.args, **kwargs: P.kwargs) -> T:
        if _building or not connection.in_atomic_block or Government.objects.exists():
            return build(*args, **kwargs)
        key = _key(build.__module__, build.__qualname__, args, kwargs)
        if key is None:
            return build(*args, **kwargs)
        if key in _states:
            again: T = _states[key].put_back()
            return again
        before = _everything()
        _building.append(key)
        try:
            given = build(*args, **kwargs)
        finally:
            _building.remove(key)
        _states[key] = Kept(tuple(_new_rows(before)), _copied_files(), pickle.dumps(given))
        return given

    return built


_states: dict[bytes, Kept] = {}
_building: list[bytes] = []
_folder = Path(tempfile.mkdtemp(prefix="kept-"))
atexit.register(shutil.rmtree, _folder, ignore_errors=True)


def _key(*named: Any) -> bytes | None:
    """What the state depends on; None when an argument cannot be told apart from others, as a function of a test."""
    under = sorted((name, repr(getattr(settings, name))) for name in dir(settings) if name.startswith("MINGTANG_") and name not in FOLDERS)
    try:
        return pickle.dumps((named, get_language(), connection.vendor, under))
    except (pickle.PicklingError, AttributeError, TypeError):
        return None


def _everything() -> dict[Table, set[tuple[Any, ...]]]:
    return {table: table.rows() for table in _tables()}


def _new_rows(before: dict[Table, set[tuple[Any, ...]]]) -> Iterator[tuple[Table, list[tuple[Any, ...]]]]:
    for table, there in before.items():
        if new := table.rows() - there:
            yield table, sorted(new, key=lambda row: (type(row[0]).__name__, row[0]))  # by their key, in the order they came


@functools.cache
def _tables() -> tuple[Table, ...]:
    models = apps.get_models(include_auto_created=True)
    return tuple(
        Table(model._meta.db_table, tuple(each.column for each in model._meta.concrete_fields if not getattr(each, "generated", False)))
        for model in models
        if model._meta.managed and not model._meta.proxy
    )


def _copied_files() -> Path:
    own = Path(tempfile.mkdtemp(dir=_folder))
    for name in FOLDERS:
        if Path(getattr(settings, name)).exists():
            shutil.copytree(getattr(settings, name), own / name)
    return own
