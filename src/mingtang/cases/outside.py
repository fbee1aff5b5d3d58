"""Opinions from other systems: a mapping names the columns; every bad row is named, none is fatal."""

from __future__ import annotations

import html
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from mingtang.consultations import actions, queries
from mingtang.consultations.actions import OpinionIn
from mingtang.kernel.decision import no
from mingtang.kernel.text import Text, t
from mingtang.platform.clock import CHINA
from mingtang.platform.documents.tables import read_table

MAPPINGS = Path(__file__).parent / "mappings"
CHUNK = 5000
SAME = 3


@dataclass
class Outside:
    """One file with its mapping; `bad` fills while it is read."""

    path: Path
    mapping: dict[str, Any]
    bad: list[tuple[int, Text]] = field(default_factory=list)
    skipped: int = 0

    def opinions(self) -> Iterator[OpinionIn]:
        """The good rows, one by one."""
        for row in read_table(self.path.read_bytes(), self.path.name):
            if row.problem:
                self.bad.append((row.number, row.problem))
                continue
            given = self._opinion(row.number, row.cells)
            if given is not None:
                yield given

    def _opinion(self, number: int, cells: Any) -> OpinionIn | None:
        columns = self.mapping["columns"]
        words = str(cells.get(columns["text"]) or "")
        text = html.unescape(words).strip() if self.mapping.get("unescape") else words.strip()
        state = str(cells.get(columns.get("state", ""), ""))
        withheld = self.mapping.get("withhold", {}).get(state, "")
        if not text and not withheld:
            if self.mapping.get("skip_empty"):
                self.skipped += 1
                return None
            withheld = "empty"
        identity = str(cells.get(columns.get("id", ""), "") or number)
        author = str(cells.get(columns.get("author", "")) or "")
        at = self._moment(number, str(cells.get(columns.get("at", ""), "") or ""))
        return OpinionIn(
            text=text,
            stance=self.mapping.get("stance", {}).get(str(cells.get(columns.get("stance", ""), "")), "none"),
            channel="import",
            author=author or f"{self.path.stem}:{identity}",
            received_at=at,
            outside_id=f"{self.path.stem}:{identity}"[:120],
            withheld=withheld,
        )

    def _moment(self, number: int, words: str) -> datetime | None:
        if not words:
            return None
        try:
            return datetime.fromisoformat(words.replace("/", "-")).replace(tzinfo=CHINA)
        except ValueError:
            self.bad.append(
                (
                    number,
                    t(
                        "时间“{words}”看不懂，按录入时间计。",
                        "The time “{words}” cannot be read; the moment of entry is used.",
                        words=words,
                    ),
                )
            )
            return None


def outside(path: Path, mapping: str = "") -> Outside:
    """A file with the mapping of that name or path, else the one that fits its name and columns.

    Raises `Refused` when the file is not there or no mapping fits.
    """
    if not path.exists():
        no(
            t("没有文件 {path}。", "There is no file {path}.", path=str(path)), "", t("请核对路径。", "Check the path."), code="no_file"
        ).require()
    for candidate in _candidates(mapping):
        data = tomllib.loads(candidate.read_text(encoding="utf-8"))
        if mapping or _fits(path, data):
            return Outside(path, data)
    names = "、".join(sorted(each.stem for each in MAPPINGS.glob("*.toml")))
    no(
        t("没有适合 {path} 的列名映射。", "No mapping fits {path}.", path=path.name),
        "",
        t("用 --mapping 指定，现有：{names}。", "Name one with --mapping; there are: {names}.", names=names),
        code="no_mapping",
    ).require()
    raise AssertionError


def _candidates(mapping: str) -> list[Path]:
    if not mapping:
        return sorted(MAPPINGS.glob("*.toml"))
    own = Path(mapping)
    found = own if own.exists() else MAPPINGS / f"{mapping}.toml"
    if not found.exists():
        no(t("没有映射“{name}”。", "There is no mapping “{name}”.", name=mapping), "", code="no_mapping").require()
    return [found]


def _fits(path: Path, data: dict[str, Any]) -> bool:
    first = next((row for row in read_table(path.read_bytes(), path.name) if not row.problem), None)
    return first is not None and set(data["columns"].values()) <= set(first.cells)


def reader(sources: list[Outside]) -> Callable[[dict[str, int]], Iterator[OpinionIn]]:
    """All rows of all files, as the player wants them."""

    def read(_labels: dict[str, int]) -> Iterator[OpinionIn]:
        for source in sources:
            yield from source.opinions()

    return read


def place_outside(consultation_id: int, who: dict[str, Any]) -> None:
    """Give every homeless opinion its place: same words together, the rest one by one with a reason."""
    by_words: dict[str, list[int]] = defaultdict(list)
    singles: list[int] = []
    for pk, words in queries.homeless(consultation_id):
        by_words["".join(each for each in words.lower() if each.isalnum())].append(pk)
    for ids in by_words.values():
        if len(ids) < SAME:
            singles.extend(ids)
            continue
        group = actions.group_opinions(consultation_id, ids, **who, title=f"相同意见：{queries.words_of(ids[0])[:60]}")
        actions.answer_group(
            group.pk, **who, verdict="partly", reason="相同表述合并答复：意见已计入支持与反对的统计，具体建议随草案修改一并研究。"
        )
    for start in range(0, len(singles), CHUNK):
        actions.answer_opinions(
            consultation_id,
            singles[start : start + CHUNK],
            **who,
            verdict="passed_on",
            reason="意见已逐条登记并转牵头部门研究，研究结果随报告修订稿公布。",
        )
