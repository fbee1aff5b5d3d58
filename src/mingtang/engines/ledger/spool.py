"""What a check must remember of a long export, on disk: its memory stays the same however many opinions there are.

SQLite's own temporary file, which is gone when it is closed; its cache and its sorting take `CACHE_KIB` at most.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from mingtang.engines.ledger.hashing import digest_of

CACHE_KIB = 32 * 1024
DEEPEST = 62  # levels: what a whole number of SQLite holds
TABLES = """
CREATE TABLE pieces (first INTEGER, level INTEGER, hash BLOB);
CREATE TABLE received (number INTEGER PRIMARY KEY, leaf TEXT, place INTEGER, algorithm TEXT, content TEXT, channel TEXT, withheld TEXT);
CREATE TABLE tombs (leaf TEXT, code TEXT);
CREATE TABLE placing (line BLOB);
"""


class Known(NamedTuple):
    """What the log holds of one received opinion; `withheld`: the code of the reason, or nothing."""

    algorithm: str
    content: str
    channel: str
    withheld: str


class Spool:
    """Pieces of the tree, receipts, tombstones and places of one export. Close it."""

    def __init__(self) -> None:
        self._file = sqlite3.connect("", isolation_level=None)
        self._file.executescript(f"PRAGMA cache_size=-{CACHE_KIB}; PRAGMA temp_store=FILE; {TABLES} BEGIN;")
        self._seen = bytearray(1)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def piece(self, level: int, index: int, value: bytes) -> None:
        """A complete node, or a leaf at level 0; ValueError when no tree has it."""
        if not (0 <= level <= DEEPEST and 0 <= index < 1 << (DEEPEST - level)):
            raise ValueError(f"no tree has a node {level}:{index}")
        self._file.execute("INSERT INTO pieces VALUES (?, ?, ?)", (index << level, level, value))

    def pieces(self) -> Iterator[tuple[int, int, bytes]]:
        """(level, index, hash) from left to right."""
        for first, level, value in self._file.execute("SELECT first, level, hash FROM pieces ORDER BY first"):
            yield level, first >> level, value

    def receive(self, leaf: str, index: int, known: Known) -> None:
        """A received opinion: its leaf in hex and its place in the log."""
        self._file.execute("INSERT INTO received VALUES (NULL, ?, ?, ?, ?, ?, ?)", (leaf, index, *known))
        self._seen.append(0)

    def bury(self, leaf: str, code: str) -> None:
        """A tombstone: the opinion of this leaf is withheld for the reason of this code."""
        self._file.execute("INSERT INTO tombs VALUES (?, ?)", (leaf, code))

    def sort(self) -> None:
        """Make ready for finding; once, after the last receipt and tombstone."""
        self._file.execute("CREATE INDEX by_leaf ON received (leaf)")
        self._file.execute("CREATE INDEX by_tomb ON tombs (leaf, code)")

    def take(self, leaf: str) -> Known | None:
        """The receipt of a leaf; None when there is none, or it was taken before."""
        row = self._file.execute(
            "SELECT number, algorithm, content, channel, withheld FROM received WHERE leaf = ? ORDER BY number", (leaf,)
        ).fetchone()
        if row is None or self._seen[row[0]]:
            return None
        self._seen[row[0]] = 1
        return Known(*row[1:])

    def buried(self, leaf: str, code: str) -> bool:
        """Whether there is such a tombstone."""
        return self._file.execute("SELECT 1 FROM tombs WHERE leaf = ? AND code = ?", (leaf, code)).fetchone() is not None

    def not_taken(self) -> Iterator[int]:
        """The places in the log of the receipts that nobody took."""
        number = self._seen.find(0, 1)
        while number >= 0:
            yield from self._file.execute("SELECT place FROM received WHERE number = ?", (number,)).fetchone()
            number = self._seen.find(0, number + 1)

    def place(self, line: bytes) -> None:
        """A line of where an opinion is placed."""
        self._file.execute("INSERT INTO placing VALUES (?)", (line,))

    def placing_digest(self, algorithm: str) -> str:
        """The digest of all lines, in whatever order they came: as `export.set_digest` gives it."""
        return digest_of(algorithm, _joined_lines(line for (line,) in self._file.execute("SELECT line FROM placing ORDER BY line"))).hex()


def _joined_lines(lines: Iterator[bytes]) -> Iterator[bytes]:
    between = b""
    for line in lines:
        yield between + line
        between = b"\n"
