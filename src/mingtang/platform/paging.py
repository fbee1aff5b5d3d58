"""Pages of long lists by key: the next page begins after the last row, never at an offset."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)
SIZE = 30


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


def _beyond(key: Sequence[str], values: list[Any], part: int) -> Q:
    """Equal in the parts of the key before `part`, beyond in that one."""
    field, way = key[part].lstrip("-"), "lt" if key[part].startswith("-") else "gt"
    equal = {name.lstrip("-"): value for name, value in zip(key[:part], values, strict=False)}
    return Q(**equal, **{f"{field}__{way}": values[part]})


def _token(row: Model, key: Sequence[str]) -> str:
    values = [_plain(getattr(row, name.lstrip("-"))) for name in key]
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
