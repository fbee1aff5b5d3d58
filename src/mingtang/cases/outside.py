"""Opinions from other systems: a file is checked whole, every fault named by line, before anything is taken."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from mingtang.cases.faults import CaseError
from mingtang.cases.mapping import Mapping, mapping_for
from mingtang.cases.nameless import Nameless
from mingtang.consultations.actions import OpinionIn
from mingtang.kernel.decision import Refused
from mingtang.kernel.text import Text, t
from mingtang.platform.clock import CHINA
from mingtang.platform.documents.tables import Row, read_file

Say = Callable[[object], None]
MOST_SAID = 50
EVERY = 2000
LONGEST_TEXT = 100_000
LONGEST_ID = 120
YEARS = range(1970, 2101)
EPOCH = re.compile(r"^\d{10}(\d{3})?$")
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass
class Outside:
    """One file with its mapping. `check` goes through it once; `opinions` gives its good rows, as often as asked."""

    path: Path
    mapping: Mapping
    name: str
    good: int = 0
    skipped: int = 0
    bad: list[tuple[int, Text]] = field(default_factory=list)
    remarks: list[tuple[int, Text]] = field(default_factory=list)
    bad_lines: set[int] = field(default_factory=set)
    nameless: Nameless = field(default_factory=Nameless)

    def check(self, say: Say) -> None:
        """Read every row once: count, name what is wrong, learn which nameless posts repeat one another."""
        seen: dict[int, int] = {}
        for number, row in enumerate(read_file(self.path), 1):
            if number % EVERY == 0:
                say(t("{file}：已核对 {n} 行……", "{file}: {n} lines checked …", file=self.path.name, n=number))
            problem = row.problem or self._problem(row, seen)
            if problem:
                self.bad.append((row.number, problem))
                self.bad_lines.add(row.number)
                continue
            words = self._words(row)
            if not words and self._is_skipped(row):
                self.skipped += 1
                continue
            self.good += 1
            if not self._cell(row, "author"):
                self.nameless.add(self._identity(row), words)
            self._moment(row, self.remarks)

    def opinions(self) -> Iterator[OpinionIn]:
        """The good rows, one by one."""
        for row in read_file(self.path):
            if row.number not in self.bad_lines and not row.problem:
                words = self._words(row)
                if words or not self._is_skipped(row):
                    yield self._opinion(row, words)

    def _problem(self, row: Row, seen: dict[int, int]) -> Text | None:
        column = self.mapping.columns["text"]
        if column not in row.cells:
            return t("没有“{name}”这一项。", "It has no “{name}”.", name=column)
        if not all(isinstance(row.cells.get(each), str | int | float | None) for each in self.mapping.columns.values()):
            return t("有一项不是文字。", "One of its values is not text.")
        if len(self._words(row)) > LONGEST_TEXT:
            return t("文字超过 {n} 字。", "The text is longer than {n} characters.", n=LONGEST_TEXT)
        first = seen.setdefault(hash(self._identity(row)), row.number)
        if first != row.number:
            return t("编号“{id}”与第 {n} 行相同。", "Its id “{id}” is that of line {n} too.", id=self._identity(row), n=first)
        return None

    def _is_skipped(self, row: Row) -> bool:
        return self.mapping.skip_empty and not self.mapping.withheld(self._cell(row, "state"))

    def _opinion(self, row: Row, words: str) -> OpinionIn:
        withheld = self.mapping.withheld(self._cell(row, "state")) or ("" if words else "empty")
        return OpinionIn(
            text=words,
            stance=self.mapping.stance.get(self._cell(row, "stance"), "none"),
            channel="import",
            author=self._author(row),
            received_at=self._moment(row, []),
            outside_id=self.outside_id(row),
            withheld=withheld,
        )

    def _author(self, row: Row) -> str:
        given = self._cell(row, "author")
        if given:
            return f"{self.mapping.people or self.name}:{given}"
        return f"{self.name}#{self.nameless.person(self._identity(row))}"

    def outside_id(self, row: Row) -> str:
        """The id under which a row is kept; one too long is shortened to its digest."""
        whole = f"{self.name}:{self._identity(row)}"
        return whole if len(whole) <= LONGEST_ID else f"{self.name[:40]}:{sha256(whole.encode()).hexdigest()}"

    def _identity(self, row: Row) -> str:
        return self._cell(row, "id") or str(row.number)

    def _words(self, row: Row) -> str:
        parts = (self._cell(row, "heading"), self._cell(row, "text"))
        words = "\n".join(each for each in parts if each)
        return html.unescape(words).strip() if self.mapping.unescape else words

    def _cell(self, row: Row, ours: str) -> str:
        value: Any = row.cells.get(self.mapping.columns.get(ours, ""))
        return "" if value is None else UNSTORABLE.sub("\ufffd", str(value)).strip()

    def _moment(self, row: Row, remarks: list[tuple[int, Text]]) -> datetime | None:
        words = self._cell(row, "at")
        if not words:
            return None
        try:
            found = _read_moment(words)
        except (ValueError, OverflowError):
            found = None
        if found is None:
            what = t(
                "时间“{words}”看不懂，按录入时间计。", "The time “{words}” cannot be read; the moment of entry is used.", words=words[:40]
            )
            remarks.append((row.number, what))
        return found


def _read_moment(words: str) -> datetime | None:
    if EPOCH.match(words):
        return datetime.fromtimestamp(int(words[:10]), UTC)
    found = datetime.fromisoformat(words.replace("/", "-"))
    if found.year not in YEARS:
        return None
    return found if found.tzinfo else found.replace(tzinfo=CHINA)


def outside(paths: Iterable[Path], mapping: str = "", *, skip_bad: bool = False, say: Say = print) -> list[Outside]:
    """The files, each with the mapping that fits, checked whole.

    Raises `CaseError` naming file and line of everything that is wrong; with `skip_bad` bad rows are named and left out.
    """
    sources: list[Outside] = []
    problems: list[Text] = []
    for path in paths:
        try:
            source = _opened(path, mapping, sources)
            source.check(say)
        except CaseError as error:
            problems += error.problems
            continue
        except Refused as refused:
            each = refused.decision
            problems.append(t("{file}：{why}{remedy}", "{file}: {why} {remedy}", file=path.name, why=each.reason, remedy=each.remedy))
            continue
        sources.append(source)
        if source.bad and not skip_bad:
            problems += _named(source.path, source.bad)
    if problems:
        raise CaseError(problems)
    for source in sources:
        _tell(source, say)
    return sources


def _opened(path: Path, mapping: str, before: list[Outside]) -> Outside:
    if not path.is_file():
        raise CaseError([t("没有文件 {path}，请核对路径。", "There is no file {path}; check the path.", path=str(path))])
    if any(path.samefile(each.path) for each in before):
        raise CaseError([t("{file}：同一个文件给了两次。", "{file}: the same file is given twice.", file=path.name)])
    first = next((row for row in read_file(path) if not row.problem), None)
    if first is None:
        problems = [(row.number, row.problem) for row in read_file(path)]
        raise CaseError(_named(path, problems) or [t("{file}：没有一行能读的内容。", "{file}: it holds no readable row.", file=path.name)])
    taken = sum(each.path.stem == path.stem for each in before)
    return Outside(path, mapping_for(path.name, first.cells, mapping), f"{path.stem}~{taken + 1}" if taken else path.stem)


def _named(path: Path, bad: list[tuple[int, Text]]) -> list[Text]:
    said = [t("{file}:{line}：{why}", "{file}:{line}: {why}", file=path.name, line=line, why=why) for line, why in bad[:MOST_SAID]]
    if len(bad) > MOST_SAID:
        said.append(t("{file}：另有 {n} 行有问题。", "{file}: {n} more lines are wrong.", file=path.name, n=len(bad) - MOST_SAID))
    return said


def _tell(source: Outside, say: Say) -> None:
    for each in _named(source.path, [*source.bad, *source.remarks]):
        say(each)
    say(
        t(
            "{file}：按映射 {mapping} 读到 {good} 条意见，没有文字的 {skipped} 条按映射不计，有问题不取的 {bad} 行。",
            "{file}: {good} opinions by the mapping {mapping}; {skipped} without words left out by it; {bad} faulty lines not taken.",
            file=source.path.name,
            mapping=source.mapping.name,
            good=source.good,
            skipped=source.skipped,
            bad=len(source.bad),
        )
    )


def reader(sources: list[Outside], say: Say = print) -> Callable[[dict[str, int]], Iterator[OpinionIn]]:
    """All rows of all files, as the player wants them."""

    def read(_labels: dict[str, int]) -> Iterator[OpinionIn]:
        for source in sources:
            for number, given in enumerate(source.opinions(), 1):
                if number % EVERY == 0:
                    say(t("{file}：已登记 {n} 条……", "{file}: {n} taken …", file=source.path.name, n=number))
                yield given

    return read
