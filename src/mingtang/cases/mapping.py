"""Which column of another system's file means what: read from a mapping file, checked, found by the columns."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mingtang.cases.faults import CaseError
from mingtang.consultations.rules import STANCE_LABELS
from mingtang.consultations.rules.opinions import WITHHOLD_LABELS
from mingtang.kernel.text import Text, t

FOLDER = Path(__file__).parent / "mappings"
COLUMNS = ("id", "text", "heading", "author", "at", "stance", "state", "also")
TABLES = {"columns", "stance", "withhold"}
PLAIN: dict[str, type] = {"unescape": bool, "skip_empty": bool, "people": str, "show": list}


@dataclass(frozen=True, slots=True)
class Mapping:
    """One mapping. Columns by our names; the words of the other system's stances and states by theirs."""

    name: str
    columns: dict[str, str]
    stance: dict[str, str] = field(default_factory=dict)
    withhold: dict[str, str] = field(default_factory=dict)
    show: frozenset[str] = frozenset()
    people: str = ""
    unescape: bool = False
    skip_empty: bool = False

    def withheld(self, state: str) -> str:
        """The reason for withholding what stands in this state there; a state nobody named is not shown."""
        if "state" not in self.columns or state in self.show:
            return ""
        return self.withhold.get(state, "pending_elsewhere")


def mapping_names() -> list[str]:
    """The mappings that come with the platform."""
    return sorted(each.stem for each in FOLDER.glob("*.toml"))


def read_mapping(path: Path) -> Mapping:
    """A mapping from its file; `CaseError` names everything that is wrong with it."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CaseError([t("{file}：{what}", "{file}: {what}", file=path.name, what=str(error))]) from error
    if problems := list(_problems(data)):
        raise CaseError([t("{file}：{what}", "{file}: {what}", file=path.name, what=each) for each in problems])
    plain = {name: data[name] for name in ("unescape", "skip_empty", "people") if name in data}
    return Mapping(
        path.stem, data["columns"], data.get("stance", {}), data.get("withhold", {}), frozenset(map(str, data.get("show", []))), **plain
    )


def _problems(data: dict[str, Any]) -> Iterable[Text]:
    unknown = [name for name in data if name not in TABLES and name not in PLAIN]
    unknown += [f"columns.{name}" for name in _table(data, "columns") if name not in COLUMNS]
    yield from (t("没有“{name}”这一项。", "there is nothing called “{name}”.", name=name) for name in unknown)
    wrong = [name for name in TABLES if not _is_words(data.get(name, {}))]
    wrong += [name for name, kind in PLAIN.items() if name in data and not isinstance(data[name], kind)]
    yield from (t("“{name}”写得不对。", "“{name}” is not written as it should be.", name=name) for name in sorted(wrong))
    if not _table(data, "columns").get("text"):
        yield t("[columns] 里缺 text：哪一列是意见的文字。", "[columns] lacks text: which column holds the words.")
    for table, known in (("stance", STANCE_LABELS), ("withhold", WITHHOLD_LABELS)):
        for word in sorted(set(map(str, _table(data, table).values())) - set(known)):
            yield t(
                "[{table}] 里没有“{word}”，可用：{known}。",
                "[{table}] knows no “{word}”; use {known}.",
                table=table,
                word=word,
                known=[*known],
            )


def _table(data: dict[str, Any], name: str) -> dict[str, Any]:
    found = data.get(name, {})
    return found if isinstance(found, dict) else {}


def _is_words(found: Any) -> bool:
    return isinstance(found, dict) and all(isinstance(each, str) for each in found.values())


def mapping_for(file: str, there: Iterable[str], wanted: str = "") -> Mapping:
    """The mapping of that name or path, else the one that knows most of a file's columns; `CaseError` when none fits."""
    names = set(there)
    if wanted:
        return _named(file, names, wanted)
    known = [read_mapping(each) for each in sorted(FOLDER.glob("*.toml"))]
    fitting = [each for each in known if set(each.columns.values()) <= names]
    if fitting:
        return max(fitting, key=lambda each: len(each.columns))
    raise CaseError(
        [
            t(
                "{file}：没有适合这个文件的列名映射。文件里的列有：{there}。用 --mapping 指定一个（现有 {names}），或自己写一个，写法见 docs/cases.md。",
                "{file}: no mapping fits. Its columns are: {there}. Name one with --mapping (there are {names}), or write one; see docs/cases.md.",
                file=file,
                there=sorted(names),
                names=mapping_names(),
            )
        ]
    )


def _named(file: str, there: set[str], wanted: str) -> Mapping:
    own = Path(wanted)
    path = own if own.is_file() else FOLDER / f"{wanted}.toml"
    if not path.is_file():
        raise CaseError(
            [
                t(
                    "没有映射“{name}”，现有：{names}。",
                    "There is no mapping “{name}”; there are: {names}.",
                    name=wanted,
                    names=mapping_names(),
                )
            ]
        )
    found = read_mapping(path)
    if lost := [each for each in found.columns.values() if each not in there]:
        raise CaseError(
            [
                t(
                    "{file}：没有映射 {name} 所说的列：{lost}。文件里的列有：{there}。",
                    "{file}: it lacks the columns that the mapping {name} names: {lost}. Its columns are: {there}.",
                    file=file,
                    name=found.name,
                    lost=lost,
                    there=sorted(there),
                )
            ]
        )
    return found
