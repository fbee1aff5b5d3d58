"""Tables in: CSV, XLSX, JSONL as a stream of rows; a bad row is named, never fatal."""

from __future__ import annotations

import csv
import io
import json
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from itertools import chain, count
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from mingtang.kernel.decision import no
from mingtang.kernel.text import NOTHING, Text, t
from mingtang.platform.documents.coding import coding_of, coding_of_file

DAMAGED = (
    InvalidFileException,
    zipfile.BadZipFile,
    zlib.error,
    SyntaxError,
    LookupError,
    ValueError,
    TypeError,
    OSError,
)
SEPARATORS = ",;\t|"
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as a person counts (the header is 1), its cells by column, what is wrong."""

    number: int
    cells: Mapping[str, Any] = field(default_factory=dict)
    problem: Text = NOTHING


def read_table(content: bytes, name: str) -> Iterator[Row]:
    """The rows of a table; `Refused` when the file as a whole cannot be read."""
    ending = name.rpartition(".")[2].lower()
    if ending == "xlsx":
        return _rows(_xlsx_lines(content))
    _must_be_text(ending)
    words = decoded(content)
    if ending == "jsonl":
        return _read_jsonl(words.split("\n"))
    return _rows(_csv_lines(io.StringIO(words, newline="")))


def read_file(path: Path) -> Iterator[Row]:
    """The rows of a CSV, TSV or JSONL file, read line by line however large it is; `Refused` as above.

    A workbook is read whole, as its format demands.
    """
    ending = path.suffix.lower().lstrip(".")
    if ending == "xlsx":
        return _rows(_xlsx_lines(path.read_bytes()))
    _must_be_text(ending)
    return _from_file(path, ending, _known(coding_of_file(path)))


def _from_file(path: Path, ending: str, coding: str) -> Iterator[Row]:
    with path.open(encoding=coding, newline="\n" if ending == "jsonl" else "") as lines:
        yield from _read_jsonl(lines) if ending == "jsonl" else _rows(_csv_lines(lines))


def _must_be_text(ending: str) -> None:
    if ending not in {"csv", "tsv", "jsonl"}:
        no(
            t("不会读 {ending} 文件。", "{ending} files cannot be read.", ending=ending),
            "",
            t("请用 CSV、XLSX 或 JSONL。", "Use CSV, XLSX or JSONL."),
            code="kind",
        ).require()


def columns(content: bytes, name: str) -> list[str]:
    """The column names, from the first good row."""
    first = next((row for row in read_table(content, name) if not row.problem), None)
    return list(first.cells) if first else []


def decoded(content: bytes) -> str:
    """Text in UTF-8, UTF-16 with its mark, GB18030 or Big5; `Refused` when it is none of them."""
    return content.decode(_known(coding_of([content])))


def _known(coding: str | None) -> str:
    if coding is None:
        no(
            t("文件编码读不出来。", "The text encoding cannot be read."),
            "",
            t("请另存为 UTF-8 再上传。", "Save it as UTF-8 and upload again."),
            code="encoding",
        ).require()
    assert coding is not None
    return coding


def _csv_lines(lines: Iterable[str]) -> Iterator[tuple[int, list[Any] | Text]]:
    """Lines of cells by the separator that the header uses most; a line that cannot be read is named."""
    stream = iter(lines)
    head = next(stream, "")
    reader = csv.reader(chain([head], stream), delimiter=max(SEPARATORS, key=head.count), strict=True)
    while True:
        try:
            yield reader.line_num + 1, next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield (
                reader.line_num,
                t(
                    "这一行读不出来：有一格过长或引号不成对。",
                    "The line cannot be read: a cell is too long or a quote is not closed.",
                ),
            )


def _xlsx_lines(content: bytes) -> Iterator[tuple[int, list[Any] | Text]]:
    """The first sheet's lines of cells; dates as ``2026-11-24``. `Refused` when the workbook does not open."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        return _sheet_lines(book.worksheets[0].iter_rows(values_only=True))
    except DAMAGED:
        no(
            t("这个表格文件打不开。", "The workbook cannot be opened."),
            "",
            t("请用表格软件另存后再上传。", "Save it again with a spreadsheet program."),
            code="broken",
        ).require()
        raise AssertionError from None


def _sheet_lines(rows: Iterator[tuple[Any, ...]]) -> Iterator[tuple[int, list[Any] | Text]]:
    for number in count(1):
        try:
            yield number, [_plain(each) for each in next(rows)]
        except StopIteration:
            return
        except DAMAGED:
            yield (
                number,
                t(
                    "表格从这一行起已损坏，读不下去。",
                    "From this line on the workbook is damaged and cannot be read.",
                ),
            )
            return


def _plain(cell: Any) -> Any:
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "minutes")
    return "" if cell is None else cell


def _rows(lines: Iterator[tuple[int, list[Any] | Text]]) -> Iterator[Row]:
    header: list[str] | None = None
    for number, cells in lines:
        if isinstance(cells, Text):
            yield Row(number, problem=cells)
        elif not any(str(each).strip() for each in cells):
            continue
        elif header is None:
            header = _header(cells)
        else:
            yield _row(number, header, cells)


def _header(cells: list[Any]) -> list[str]:
    """Column names; one without a name is called by its place, one named twice by name and place."""
    names = [str(each).strip() for each in cells]
    while names and not names[-1]:
        names.pop()
    return [f"{each}[{n}]" if not each or each in names[: n - 1] else each for n, each in enumerate(names, 1)]


def _row(number: int, header: list[str], cells: list[Any]) -> Row:
    if any(str(each).strip() for each in cells[len(header) :]):
        return Row(
            number,
            problem=t(
                "有 {n} 列，表头只有 {m} 列。",
                "{n} columns; the header has {m}.",
                n=len(cells),
                m=len(header),
            ),
        )
    return Row(number, {name: cells[n] if n < len(cells) else "" for n, name in enumerate(header)})


def _read_jsonl(lines: Iterable[str]) -> Iterator[Row]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            found = json.loads(line)
        except json.JSONDecodeError as error:
            yield Row(
                number,
                problem=t(
                    "不是一行完整的 JSON（第 {n} 个字符）。",
                    "Not a complete JSON line (at character {n}).",
                    n=error.pos + 1,
                ),
            )
            continue
        except (ValueError, RecursionError):
            yield Row(
                number,
                problem=t(
                    "这一行有过大的数或过深的嵌套。",
                    "The line holds a number too large or is nested too deeply.",
                ),
            )
            continue
        if isinstance(found, dict):
            yield Row(number, found)
        else:
            yield Row(number, problem=t("这一行不是带列名的对象。", "This line is not an object with named values."))


def safe_cell(value: object) -> object:
    """A cell that no spreadsheet will run as a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def table_lines(head: Iterable[object], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """A table as CSV for spreadsheets, line by line, in flat memory: a mark for UTF-8, the head, the rows; no cell runs as a formula."""
    line = io.StringIO()
    writer = csv.writer(line)
    for number, row in enumerate(chain([head], rows)):
        line.seek(0)
        line.truncate()
        writer.writerow([safe_cell(cell) for cell in row])
        yield line.getvalue() if number else "\ufeff" + line.getvalue()
