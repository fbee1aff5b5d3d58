"""``opinions.csv`` of a case: every line checked against the case, every fault named with its line."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mingtang.cases.moments import read_moment
from mingtang.consultations.rules import CHANNEL_LABELS, STANCE_LABELS
from mingtang.consultations.rules.opinions import WITHHOLD_LABELS
from mingtang.kernel.text import Text, t

NAME = "opinions.csv"
OPINION_COLUMNS = ("channel", "clause", "stance", "author", "group", "day", "text")


@dataclass(frozen=True, slots=True)
class OpinionRow:
    """One line of the opinions file."""

    line: int
    channel: str
    clause: str
    stance: str
    author: str
    group: str
    day: str
    text: str


def read_opinions(folder: Path, groups: Collection[str], labels: Collection[str], today: date, problems: list[Text]) -> list[OpinionRow]:
    """The rows; what is wrong goes to `problems`."""
    path = folder / NAME
    if not path.is_file():
        return []
    rows: list[OpinionRow] = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            if tuple(reader.fieldnames or ()) != OPINION_COLUMNS:
                problems.append(_at(1, t("列应为 {names}。", "the columns are {names}.", names=", ".join(OPINION_COLUMNS))))
                return rows
            for each in reader:
                if None in each or any(value is None for value in each.values()):
                    problems.append(_at(reader.line_num, t("列数不对。", "wrong number of columns.")))
                    continue
                row = OpinionRow(reader.line_num, **{name: each[name].strip() for name in OPINION_COLUMNS})
                problems.extend(_at(row.line, what) for what in _faults(row, groups, labels, today))
                rows.append(row)
    except (UnicodeDecodeError, csv.Error) as error:
        problems.append(t("{file}：读不出来（{what}）。", "{file}: it cannot be read ({what}).", file=NAME, what=str(error)))
    return rows


def _at(line: int, what: Text) -> Text:
    return t("{file}:{line}：{what}", "{file}:{line}: {what}", file=NAME, line=line, what=what)


def _faults(row: OpinionRow, groups: Collection[str], labels: Collection[str], today: date) -> Iterator[Text]:
    if row.channel not in CHANNEL_LABELS:
        yield t("没有来源“{word}”，可用：{known}。", "no channel “{word}”; use {known}.", word=row.channel, known=[*CHANNEL_LABELS])
    if row.stance and row.stance not in STANCE_LABELS:
        yield t("没有态度“{word}”，可用：{known}。", "no stance “{word}”; use {known}.", word=row.stance, known=[*STANCE_LABELS])
    if row.clause and labels and row.clause not in labels:
        yield t("草案没有“{name}”。", "the draft has no “{name}”.", name=row.clause)
    if row.day and read_moment(row.day, today) is None:
        yield t("时间“{at}”看不懂。", "the moment “{at}” cannot be read.", at=row.day)
    if row.group.startswith("!"):
        if row.group[1:] not in WITHHOLD_LABELS:
            yield t("没有不显示的理由“{word}”。", "no reason “{word}” for withholding.", word=row.group[1:])
    elif not row.text:
        yield t("没有文字。", "it has no words.")
    if row.group and not row.group.startswith(("!", "?")) and row.group.removeprefix("-") not in groups:
        yield t("没有组“{name}”。", "no group “{name}”.", name=row.group.removeprefix("-"))
