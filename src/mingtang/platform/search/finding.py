"""Rows that hold the words typed, a stretch at a time in the order of their numbers; FTS5 on SQLite, tsvector on PostgreSQL.

A stretch ends after so many hits, however many there are: a word that stands in every tenth row of a million costs what it
costs in a thousand.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import connection

from mingtang.platform.search.tokens import phrases

Find = Callable[[int | None, int], list[int]]


@dataclass(frozen=True, slots=True)
class Index:
    """A table of tokens: its name, its key, the column that narrows it to one list, the index over it on SQLite."""

    table: str
    key: str
    scope: str
    fts: str

    def find(self, column: str, scope: int, typed: str, *, newest_first: bool) -> Find:
        """What finds the next so many keys beyond one in the order wanted; nothing for words without a sign to search for."""
        asked = phrases(typed)

        def look(beyond: int | None, most: int) -> list[int]:
            return self._look(column, scope, asked, (beyond, most, newest_first)) if asked else []

        return look

    def _look(self, column: str, scope: int, asked: list[list[str]], stretch: tuple[int | None, int, bool]) -> list[int]:
        beyond, most, newest_first = stretch
        sqlite = connection.vendor == "sqlite"
        key = "rowid" if sqlite else self.key
        way, order = ("<", "DESC") if newest_first else (">", "ASC")
        further = f" AND {key} {way} %s" if beyond is not None else ""
        if sqlite:
            given: list[int | str] = [f'{column} : ("{scoped(scope)}" AND {_fts(asked)})']
            where = f"SELECT rowid FROM {self.fts} WHERE {self.fts} MATCH %s"  # noqa: S608 - names of our own tables
        else:
            given = [scope, _tsquery(asked)]
            where = f"SELECT {key} FROM {self.table} WHERE {self.scope} = %s AND to_tsvector('simple', {column}) @@ %s::tsquery"  # noqa: S608
        given += [beyond] if beyond is not None else []
        with connection.cursor() as cursor:
            cursor.execute(f"{where}{further} ORDER BY {key} {order} LIMIT %s", [*given, most])
            return [int(number) for (number,) in cursor.fetchall()]


def scoped(scope: int) -> str:
    """The token by which the index on SQLite tells lists apart: it begins with a sign of nobody's script, which no text's token has."""
    return f"\ue000{scope}"


def _fts(asked: Sequence[Sequence[str]]) -> str:
    return " AND ".join(f'"{" ".join(each).removesuffix("*")}"{"*" if each[-1].endswith("*") else ""}' for each in asked)


def _tsquery(asked: Sequence[Sequence[str]]) -> str:
    return " & ".join("(" + " <-> ".join(_lexeme(each) for each in phrase) + ")" for phrase in asked)


def _lexeme(token: str) -> str:
    return f"'{token.removesuffix('*')}'{':*' if token.endswith('*') else ''}"
