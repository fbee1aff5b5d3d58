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

    `after` is the token of an earlier page; a broken token gives the first page and says so.
    """
    ordered = rows.order_by(*key)
    values, bad = _read(after, len(key))
    if values is not None:
        try:
            ordered = ordered.filter(_beyond(key, values))
        except (ValidationError, ValueError, TypeError):  # a token somebody wrote: not of the kinds of the key
            values, bad = None, True
    found = list(ordered[: size + 1])
    token = _token(found[size - 1], key) if len(found) > size else ""
    return Page(found[:size], token, first=values is None, bad_token=bad)


def _beyond(key: Sequence[str], values: list[Any]) -> Q:
    beyond, equal = Q(), Q()
    for name, value in zip(key, values, strict=True):
        field, way = (name[1:], "lt") if name.startswith("-") else (name, "gt")
        beyond |= equal & Q(**{f"{field}__{way}": value})
        equal &= Q(**{field: value})
    return beyond


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
