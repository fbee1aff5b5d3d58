"""Many rows at once, past what the ORM spends on each of them: for imports, where a row may cost little.

Nothing is left out for it: the same defaults, the same columns, the same constraints of the database.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from operator import attrgetter
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import BooleanField, CharField, Field, ForeignKey, IntegerField, Model, TextField
from django.db.models.base import ModelState

Row = TypeVar("Row", bound=Model)
PLAIN = (BooleanField, CharField, ForeignKey, IntegerField, TextField)
"""Kinds whose values go to the database as they are; every other is prepared by its field."""
SEQUENCES = {
    "sqlite": "UPDATE sqlite_sequence SET seq = seq + %s WHERE name = %s RETURNING seq",
    "postgresql": "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
}


class Mould(Generic[Row]):
    """Makes rows of one table from its defaults and what is given, many times as fast as the model's own call.

    No signal of a model's making is sent. Only for models whose defaults are values, not calls; TypeError otherwise.
    """

    def __init__(self, model: type[Row]) -> None:
        self._model = model
        fields = model._meta.concrete_fields  # noqa: SLF001 - public in Django
        if any(callable(each.default) for each in fields if each.has_default()):
            msg = f"{model.__name__} has a default that is called"
            raise TypeError(msg)
        self._blank = {each.attname: None if each.primary_key else each.get_default() for each in fields}

    def row(self, **given: Any) -> Row:
        """One row, not saved; every name must be a column's."""
        values = {**self._blank, **given}
        if len(values) != len(self._blank):
            msg = f"{self._model.__name__} has no {sorted(given.keys() - self._blank.keys())}"
            raise TypeError(msg)
        made = self._model.__new__(self._model)
        made._state = ModelState()  # noqa: SLF001 - public in Django
        made.__dict__.update(values)
        return made


def insert_many(rows: Sequence[Model]) -> None:
    """Write rows of one table, all new, and give them their numbers; in the caller's transaction."""
    if not rows:
        return
    statement, get, prepared = _columns(type(rows[0]))
    for row, number in zip(rows, _numbers(type(rows[0]), len(rows)), strict=True):
        row.pk = number
    values = []
    for row in rows:
        cells = list(get(row))
        for place, column in prepared:
            if cells[place] is not None:
                cells[place] = column.get_db_prep_save(cells[place], connection)
        values.append(cells)
        row._state.adding, row._state.db = False, connection.alias  # noqa: SLF001 - public in Django
    with connection.cursor() as cursor:
        cursor.executemany(statement, values)


@cache
def _columns(model: type[Model]) -> tuple[str, Callable[[Model], Any], list[tuple[int, Field[Any, Any]]]]:
    """The INSERT of a table, what reads a row's values, and the columns to be prepared with their places."""
    fields = model._meta.concrete_fields  # noqa: SLF001 - public in Django
    quote = connection.ops.quote_name
    names, marks = ", ".join(quote(str(each.column)) for each in fields), ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({marks})"  # noqa: S608, SLF001 - names of our own tables
    return statement, attrgetter(*(each.attname for each in fields)), [pair for pair in enumerate(fields) if not isinstance(pair[1], PLAIN)]


def _numbers(model: type[Model], many: int) -> Sequence[int]:
    """So many numbers of rows that nobody else gets."""
    table, key = model._meta.db_table, model._meta.pk  # noqa: SLF001 - public in Django
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(SEQUENCES["postgresql"], [table, key.column, many])
            return [number for (number,) in cursor.fetchall()]
        cursor.execute(SEQUENCES["sqlite"], [many, table])
        found = cursor.fetchone()
        if found is None:  # no row was ever written
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, many])
        last = found[0] if found else many
    return range(last - many + 1, last + 1)
