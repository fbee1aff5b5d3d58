"""Reading opinions and decisions from CSV or JSONL files, writing the groups."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from mingtang.engines.grouping.model import Decisions, Ref, Result, Row
from mingtang.kernel.decision import Refused, no
from mingtang.kernel.text import t

OPTIONAL = ("author", "clause", "stance", "submission")
WRITTEN = ("id", "unit", "group", "layer", "medoid")


def read_rows(path: Path) -> list[Row]:
    """The opinions in `path`, CSV with a heading or one JSON object a line, told apart by the name. Raise Refused."""
    rows, seen = [], set()
    for line, told in _records(path):
        name = _word(told.get("id"))
        if "text" not in told or not name:
            raise _unreadable(path, t("第 {line} 行缺少 id 或 text", "line {line} has no id or no text", line=line))
        if name in seen:
            raise _unreadable(path, t("第 {line} 行的 id「{name}」重复", "line {line}: the id {name} occurs twice", line=line, name=name))
        seen.add(name)
        rows.append(Row(name, _word(told["text"]), **{each: _word(told.get(each)) for each in OPTIONAL}))
    return rows


def read_draft(path: Path) -> dict[str, str]:
    """The words of each clause of a draft by its name: a file like that of the opinions, its `id` what stands in their `clause`. Raise Refused."""
    return {row.id: row.text for row in read_rows(path)}


def read_decisions(path: Path) -> Decisions:
    """Decisions from JSON: ``together`` and ``apart`` are lists of pairs, ``fixed`` an object point → group; a point is "id" or "id#2"."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        together, apart = (tuple((ref_of(a), ref_of(b)) for a, b in told.get(each, [])) for each in ("together", "apart"))
        fixed = {ref_of(point): str(group) for point, group in told.get("fixed", {}).items()}
    except (OSError, ValueError, TypeError, AttributeError) as problem:
        raise _unreadable(path, problem) from problem
    return Decisions(together, apart, fixed)


def read_previous(path: Path) -> dict[Ref, str]:
    """The group of each point as an earlier run wrote it."""
    try:
        return {(_word(told["id"]), int(told["unit"])): _word(told["group"]) for _, told in _records(path)}
    except (KeyError, ValueError, TypeError) as problem:
        raise _unreadable(path, problem) from problem


def ref_of(point: str) -> Ref:
    """``"a7"`` → ("a7", 1), ``"a7#2"`` → ("a7", 2)."""
    name, mark, number = str(point).rpartition("#")
    return (name, int(number)) if mark and number.isdigit() else (str(point), 1)


def ref_text(ref: Ref) -> str:
    """The reverse of `ref_of`: the number stands only where it is not 1 or the id itself ends in a number sign and digits."""
    name, number = ref
    return name if number == 1 and ref_of(name) == ref else f"{name}#{number}"


def write_result(result: Result, path: Path) -> None:
    """The points, one a line, in the form the name asks for; the file appears whole or not at all."""
    made = (
        {"id": each.id, "unit": each.unit, "group": each.group, "layer": each.layer, "medoid": ref_text(each.medoid)}
        for each in result.points
    )
    part = path.with_name(path.name + ".part")
    with part.open("w", encoding="utf-8", newline="") as file:
        if _is_jsonl(path):
            file.writelines(json.dumps(each, ensure_ascii=False) + "\n" for each in made)
        else:
            writer = csv.DictWriter(file, WRITTEN)
            writer.writeheader()
            writer.writerows(made)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def _records(path: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as problem:
        raise _unreadable(path, problem) from problem
    if _is_jsonl(path):
        yield from _json_lines(path, text)
        return
    reader = csv.DictReader(io.StringIO(text, newline=""))
    try:
        for told in reader:
            yield reader.line_num, told
    except csv.Error as problem:
        raise _unreadable(path, problem) from problem


def _json_lines(path: Path, text: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            told = json.loads(line)
        except ValueError as problem:
            raise _unreadable(path, t("第 {n} 行：{why}", "line {n}: {why}", n=number, why=str(problem))) from problem
        if not isinstance(told, dict):
            raise _unreadable(path, t("第 {n} 行不是对象", "line {n} is no object", n=number))
        yield number, told


def _is_jsonl(path: Path) -> bool:
    return path.suffix.lower() in {".jsonl", ".ndjson", ".json"}


def _word(value: Any) -> str:
    return "" if value is None else str(value)


def _unreadable(path: Path, problem: object) -> Refused:
    return Refused(
        no(
            t(
                "{path} 读不了：{why}。",
                "{path} cannot be read: {why}.",
                path=str(path),
                why=problem if hasattr(problem, "within") else str(problem),
            ),
            remedy=t(
                "需要带表头的 CSV 或每行一个对象的 JSONL，UTF-8，列 id、text，可有 author、clause、stance、submission。",
                "Give CSV with a heading or JSONL, UTF-8, columns id, text and, if known, author, clause, stance, submission.",
            ),
            code="unreadable",
        )
    )
