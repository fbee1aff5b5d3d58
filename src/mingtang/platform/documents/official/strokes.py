"""Names by the strokes of their characters (按姓氏笔画为序)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from unicodedataplus import total_strokes

T = TypeVar("T")
NO_STROKES = 1000


def by_strokes(rows: Iterable[T], name: Callable[[T], str]) -> list[T]:
    """The rows with their names in order of strokes: fewest in the first character first, then the second, and so on.

    The counts are those of the simplified forms in Unicode (kTotalStrokes). Characters of equally many strokes stand in
    the order of the Unicode table, so that one surname stays together; the order of single strokes (GB 13000.1) is not in
    the data. 欧阳 is counted by 欧. Names in other scripts stand behind, by their letters; spaces do not count.
    """
    return sorted(rows, key=lambda row: [(total_strokes(each) or NO_STROKES, each) for each in name(row) if not each.isspace()])
