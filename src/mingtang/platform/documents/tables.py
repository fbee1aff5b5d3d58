"""Tables in: CSV, XLSX, JSONL as a stream of rows; a bad row is named, never fatal."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from mingtang.kernel.decision import no
from mingtang.kernel.text import NOTHING, Text, t

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
    readers = {"csv": _read_csv, "tsv": _read_csv, "xlsx": _read_xlsx, "jsonl": _read_jsonl}
    if ending not in readers:
        no(t("不会读 {ending} 文件。", "{ending} files cannot be read.", ending=ending), "", t("请用 CSV、XLSX 或 JSONL。", "Use CSV, XLSX or JSONL."), code="kind").require()
    return readers[ending](content)


def columns(content: bytes, name: str) -> list[str]:
    """The column names, from the first good row."""
    first = next((row for row in read_table(content, name) if not row.problem), None)
    return list(first.cells) if first else []


def decoded(content: bytes) -> str:
    """Text in UTF-8 or GB18030; `Refused` when it is neither."""
    for coding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(coding)
        except UnicodeDecodeError:
            continue
    no(t("文件编码读不出来。", "The text encoding cannot be read."), "", t("请另存为 UTF-8 再上传。", "Save it as UTF-8 and upload again."), code="encoding").require()
    raise AssertionError


def _read_csv(content: bytes) -> Iterator[Row]:
    words = decoded(content)
    try:
        dialect: Any = csv.Sniffer().sniff(words[:4096], delimiters=",;\t|")
    except csv.Error:
        dialect = csv.excel
    reader = csv.reader(io.StringIO(words), dialect)
    try:
        header = [each.strip() for each in next(reader)]
    except StopIteration:
        return
    for cells in reader:
        number = reader.line_num
        if not any(each.strip() for each in cells):
            continue
        yield _row(number, header, cells)


def _row(number: int, header: list[str], cells: list[Any]) -> Row:
    if len(cells) > len(header) and any(str(each).strip() for each in cells[len(header):]):
        return Row(number, problem=t("有 {n} 列，表头只有 {m} 列。", "{n} columns; the header has {m}.", n=len(cells), m=len(header)))
    return Row(number, dict(zip(header, cells, strict=False)))


def _read_xlsx(content: bytes) -> Iterator[Row]:
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except (InvalidFileException, KeyError, ValueError, OSError):
        no(t("这个表格文件打不开。", "The workbook cannot be opened."), "", t("请用表格软件另存后再上传。", "Save it again with a spreadsheet program."), code="broken").require()
        return
    rows = book.worksheets[0].iter_rows(values_only=True)
    header = [str(each or "").strip() for each in next(rows, ())]
    for number, cells in enumerate(rows, 2):
        if any(each not in (None, "") for each in cells):
            yield _row(number, header, ["" if each is None else each for each in cells])


def _read_jsonl(content: bytes) -> Iterator[Row]:
    for number, line in enumerate(decoded(content).splitlines(), 1):
        if not line.strip():
            continue
        try:
            found = json.loads(line)
        except json.JSONDecodeError as error:
            yield Row(number, problem=t("不是一行完整的 JSON（第 {n} 个字符）。", "Not a complete JSON line (at character {n}).", n=error.pos + 1))
            continue
        if isinstance(found, dict):
            yield Row(number, found)
        else:
            yield Row(number, problem=t("这一行不是带列名的对象。", "This line is not an object with named values."))


def safe_cell(value: object) -> object:
    """A cell that no spreadsheet will run as a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
