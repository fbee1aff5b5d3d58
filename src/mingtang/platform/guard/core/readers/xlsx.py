"""Excel: every cell, hidden or not; sheets, rows, columns, comments, names, links to other books."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from mingtang.platform.guard.core.kinds import Place, found
from mingtang.platform.guard.core.masking import shortened
from mingtang.platform.guard.core.readers.office import embedded, links, properties
from mingtang.platform.guard.core.readers.pieces import MOST_PIECES, Reading, UnreadableError, opened_zip, tree

BROKEN = (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, OSError)
EMPTY_FORMATS = frozenset({";;;", ";;;;", '"";"";""'})
WHITE = frozenset({"FFFFFFFF", "00FFFFFF"})


def read_xlsx(content: bytes) -> Reading:
    """Look through an XLSX."""
    box, reading = opened_zip(content), Reading()
    try:
        book = load_workbook(io.BytesIO(content), data_only=False)
    except BROKEN as problem:
        raise UnreadableError from problem
    for sheet in book.worksheets:
        _sheet(reading, sheet)
    for name, defined in book.defined_names.items():
        _defined(reading, name, str(defined.attr_text or ""))
    _threads(reading, box)
    for name in box.namelist():
        if name.startswith("xl/pivotCache/pivotCacheRecords"):
            reading.findings.append(found("embedded", Place("part", name=name.rpartition("/")[2])))
    properties(reading, box)
    embedded(reading, box, "xl/")
    links(reading, box, "xl/")
    return reading


def _sheet(reading: Reading, sheet: Any) -> None:
    whole = Place("sheet", name=sheet.title)
    if sheet.sheet_state != "visible":
        reading.findings.append(found("hidden_sheet", whole, shortened(" ".join(_sample(sheet)))))
    rows = {n for n, each in sheet.row_dimensions.items() if each.hidden}
    columns = set(_hidden_columns(sheet))
    unseen: list[str] = []
    heads: dict[int, str] = {}
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is not None:
                if len(reading.pieces) >= MOST_PIECES:
                    reading.findings.append(found("unjudged", whole))
                    return
                _cell(reading, sheet.title, cell, heads)
                if cell.row in rows or cell.column in columns:
                    unseen.append(written(cell.value))
            if cell.comment is not None:
                _comment(reading, Place("cell", name=f"{sheet.title}!{cell.coordinate}"), cell.comment.text)
    if unseen and sheet.sheet_state == "visible":
        reading.findings.append(found("hidden_cells", _where(sheet.title, rows, columns), shortened(" ".join(unseen[:12]))))


def _where(title: str, rows: set[int], columns: set[int]) -> Place:
    ends = [*(get_column_letter(n) for n in sorted(columns)), *(str(n) for n in sorted(rows))]
    return Place("sheet", name=f"{title}!{','.join(ends[:8])}")


def _cell(reading: Reading, title: str, cell: Any, heads: dict[int, str]) -> None:
    words = written(cell.value)
    place = Place("cell", name=f"{title}!{cell.coordinate}")
    head = heads.setdefault(cell.column, words if isinstance(cell.value, str) else "")
    if _is_unseen(cell):
        reading.hidden("hidden_text", place, words)
    else:
        reading.text(place, words, "" if head == words else head)
    link = cell.hyperlink.target if cell.hyperlink is not None else None
    if link and link.lower().startswith("mailto:"):
        reading.text(place, link[7:])


def _is_unseen(cell: Any) -> bool:
    """White on no ground, or a number format that shows nothing."""
    if cell.number_format in EMPTY_FORMATS:
        return True
    colour = cell.font.color if cell.font is not None else None
    white = colour is not None and colour.type == "rgb" and colour.rgb in WHITE
    return white and (cell.fill is None or cell.fill.fill_type is None)


def written(value: object) -> str:
    """A cell's value as a person would type it."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, (date, datetime)):
        return value.isoformat()[:10]
    return str(value)


def _hidden_columns(sheet: Any) -> Iterator[int]:
    for each in sheet.column_dimensions.values():
        if each.hidden:
            yield from range(each.min or 0, min((each.max or 0), 500) + 1)


def _sample(sheet: Any) -> Iterator[str]:
    for row in sheet.iter_rows(max_row=6, max_col=8, values_only=True):
        yield from (written(each) for each in row if each is not None)


def _comment(reading: Reading, place: Place, words: str) -> None:
    reading.hidden("comment", place, words)


def _defined(reading: Reading, name: str, words: str) -> None:
    if "[" in words or "\\" in words:
        reading.hidden("external_link", Place("part", name=name), words)
    else:
        reading.text(Place("part", name=name), words)


def _threads(reading: Reading, box: zipfile.ZipFile) -> None:
    """Comments of the newer kind, and links to other workbooks."""
    for name in box.namelist():
        if name.startswith("xl/threadedComments/"):
            root = tree(box, name)
            words = " ".join("".join(root.itertext()).split()) if root is not None else ""
            reading.hidden("comment", Place("part", name=name.rpartition("/")[2]), words)
        if name.startswith("xl/externalLinks/externalLink") and name.endswith(".xml"):
            reading.findings.append(found("external_link", Place("part", name=name.rpartition("/")[2])))
