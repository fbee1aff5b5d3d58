"""Pages of long lists by key: the next page begins after the last row, never at an offset."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)
SIZE = 30
STRETCHES = (100, 400, 1600)
"""Hits read at a time by a search until a page is full."""


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Rows of one page; `after` leads to the next (empty at the end), `bad_token` if the asked one was broken."""

    rows: list[Row]
    after: str = ""
    first: bool = True
    bad_token: bool = False

    def __iter__(self) -> Any:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def page_of(rows: QuerySet[Row], *, key: Sequence[str] = ("-id",), after: str = "", size: int = SIZE) -> Page[Row]:
    """One page of `rows` ordered by `key` (the last part unique); one query of size + 1 rows.

    `after` is the token of an earlier page; a broken token gives the first page and says so. A later page takes at most
    one query for each part of the key: first what equals the last row in all parts but the last, then what lies
    beyond. Each of them is one stretch of the index; with OR in one query a database reads the list from its top.
    """
    ordered = rows.order_by(*key)
    stretches = [ordered]
    values, bad = _read(after, len(key))
    if values is not None:
        try:
            stretches = [ordered.filter(_beyond(key, values, part)) for part in reversed(range(len(key)))]
        except (ValidationError, ValueError, TypeError):  # a token somebody wrote: not of the kinds of the key
            values, bad = None, True
    found: list[Row] = []
    for stretch in stretches:
        if len(found) <= size:
            found.extend(stretch[: size + 1 - len(found)])
    token = _token(found[size - 1], key) if len(found) > size else ""
    return Page(found[:size], token, first=values is None, bad_token=bad)


def page_found(rows: QuerySet[Row], find: Callable[[int | None, int], list[int]], *, key: str = "-id", after: str = "") -> Page[Row]:
    """One page of those of `rows` that a search finds; `find` gives the next so many numbers beyond one, in the order of `key`.

    Where few of what is found are among `rows`, a page may be short of rows and still have a next one: the search goes on
    there instead of reading without end.
    """
    values, bad = _read(after, 1)
    at = values[0] if values and isinstance(values[0], int) else None
    first, found = at is None, list[Row]()
    for most in STRETCHES:
        ids = find(at, most)
        found += rows.filter(pk__in=ids).order_by(key)[: SIZE + 1 - len(found)]
        if len(found) > SIZE:
            return Page(found[:SIZE], _token(found[SIZE - 1], [key]), first=first, bad_token=bad)
        if len(ids) < most:
            return Page(found, first=first, bad_token=bad)
        at = ids[-1]
    return Page(found, _written([at]), first=first, bad_token=bad)


def _beyond(key: Sequence[str], values: list[Any], part: int) -> Q:
    """Equal in the parts of the key before `part`, beyond in that one."""
    field, way = key[part].lstrip("-"), "lt" if key[part].startswith("-") else "gt"
    equal = {name.lstrip("-"): value for name, value in zip(key[:part], values, strict=False)}
    return Q(**equal, **{f"{field}__{way}": values[part]})


def _token(row: Model, key: Sequence[str]) -> str:
    return _written([_plain(getattr(row, name.lstrip("-"))) for name in key])


def _written(values: list[Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, (date, datetime)) else value


def _read(token: str, length: int) -> tuple[list[Any] | None, bool]:
    if not token:
        return None, False
    try:
        values = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
    except (ValueError, binascii.Error):
        return None, True
    usable = isinstance(values, list) and len(values) == length and all(isinstance(each, (str, int)) for each in values)
    return (values, False) if usable else (None, True)
