"""Reading a case folder: every fault is named with its file and, where there is one, its line."""

from __future__ import annotations

import csv
import re
import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from mingtang.kernel.text import Text, t
from mingtang.platform.actor import Role
from mingtang.platform.clock import CHINA

STAMP = re.compile(r"^(?:(\d{4}-\d{2}-\d{2})|D([+-]\d+)) (\d{2}):(\d{2})$")
PERSON_FIELDS = {"key", "username", "name", "department", "roles"}
OPINION_COLUMNS = ("channel", "clause", "stance", "author", "group", "day", "text")


class CaseError(Exception):
    """A case folder that cannot be played; `problems` says where and why."""

    def __init__(self, problems: list[Text]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Event:
    """One act of one person at one moment."""

    number: int
    at: datetime
    by: str
    do: str
    fields: dict[str, Any]
    refused: str = ""


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


@dataclass(frozen=True)
class Case:
    """A case as read: who, what, when, and the opinions."""

    folder: Path
    key: str
    title: str
    government: dict[str, Any]
    departments: list[dict[str, Any]]
    people: dict[str, dict[str, Any]]
    events: list[Event]
    groups: dict[str, dict[str, Any]]
    opinions: list[OpinionRow] = field(default_factory=list)

    def text(self, name: str) -> str:
        """The words of a file of the folder."""
        return (self.folder / name).read_text(encoding="utf-8")

    def bytes(self, name: str) -> bytes:
        """The content of a file of the folder."""
        return (self.folder / name).read_bytes()


def read_case(folder: Path, today: date) -> Case:
    """Read and check a case; `CaseError` lists everything that is wrong.

    Days written ``D-12 09:00`` are counted from `today`.
    """
    manifest = folder / "case.toml"
    if not manifest.exists():
        raise CaseError([t("{file}：没有这个文件。", "{file}: there is no such file.", file=str(manifest))])
    try:
        data = tomllib.loads(manifest.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise CaseError([t("case.toml：{what}", "case.toml: {what}", what=str(error))]) from error
    problems: list[Text] = []
    data = _with_cast(data, folder, problems)
    people = _people(data, problems)
    groups = {str(each.get("id")): each for each in data.get("group", [])}
    opinions = _opinions(folder, groups, problems)
    events = _events(data, people, folder, today, problems)
    wanted = [name for name in ("title", "government") if name not in data]
    problems.extend(t("case.toml：缺“{name}”。", "case.toml: “{name}” is missing.", name=name) for name in wanted)
    if problems:
        raise CaseError(problems)
    return Case(folder, folder.name, data["title"], data["government"], data.get("department", []), people, events, groups, opinions)


def _with_cast(data: dict[str, Any], folder: Path, problems: list[Text]) -> dict[str, Any]:
    """The manifest with the people of the file it names under ``cast``, if it names one."""
    name = data.get("cast")
    if not name:
        return data
    try:
        shared = tomllib.loads((folder / name).read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        problems.append(t("case.toml cast：{what}", "case.toml cast: {what}", what=str(error)))
        return data
    lists = {key: [*shared.get(key, []), *data.get(key, [])] for key in ("department", "person")}
    return {**shared, **data, **lists}


def _people(data: dict[str, Any], problems: list[Text]) -> dict[str, dict[str, Any]]:
    known = {role.value for role in Role}
    departments = {each.get("name") for each in data.get("department", [])}
    people = {}
    for number, each in enumerate(data.get("person", []), 1):
        where = f"case.toml person {number}"
        if missing := PERSON_FIELDS - set(each):
            problems.append(t("{where}：缺 {names}。", "{where}: missing {names}.", where=where, names=", ".join(sorted(missing))))
            continue
        if wrong := [role for role in each["roles"] if role not in known]:
            problems.append(t("{where}：没有岗位 {names}。", "{where}: no such role {names}.", where=where, names=", ".join(wrong)))
        if each["department"] not in departments:
            problems.append(t("{where}：没有部门“{name}”。", "{where}: no department “{name}”.", where=where, name=each["department"]))
        people[each["key"]] = each
    return people


def _events(data: dict[str, Any], people: dict[str, Any], folder: Path, today: date, problems: list[Text]) -> list[Event]:
    events: list[Event] = []
    for number, each in enumerate(data.get("event", []), 1):
        where = f"case.toml event {number} ({each.get('do', '?')})"
        at = _moment(str(each.get("at", "")), today)
        if at is None:
            problems.append(
                t(
                    "{where}：时间“{at}”看不懂，写成 2026-07-06 09:00 或 D-12 09:00。",
                    "{where}: the moment “{at}” cannot be read; write 2026-07-06 09:00 or D-12 09:00.",
                    where=where,
                    at=str(each.get("at")),
                )
            )
            continue
        if events and at < events[-1].at:
            problems.append(t("{where}：时间早于上一件事。", "{where}: it is earlier than the one before.", where=where))
        if each.get("by") not in people and each.get("by") != "representative":
            problems.append(t("{where}：没有这个人“{who}”。", "{where}: nobody is called “{who}”.", where=where, who=str(each.get("by"))))
        for name in ("file", "files"):
            named = [each[name]] if isinstance(each.get(name), str) else each.get(name, [])
            absent = [file for file in named if not (folder / file).exists()]
            problems.extend(t("{where}：没有文件 {file}。", "{where}: there is no file {file}.", where=where, file=file) for file in absent)
        fields = {key: value for key, value in each.items() if key not in {"at", "by", "do", "refused"}}
        events.append(Event(number, at, str(each.get("by")), str(each.get("do")), fields, str(each.get("refused", ""))))
    return events


def _moment(words: str, today: date) -> datetime | None:
    found = STAMP.match(words)
    if not found:
        return None
    try:
        day = date.fromisoformat(found[1]) if found[1] else today + timedelta(days=int(found[2]))
        return datetime(day.year, day.month, day.day, int(found[3]), int(found[4]), tzinfo=CHINA)
    except ValueError:
        return None


def moment(words: str, today: date) -> datetime:
    """A moment of the manifest; ValueError when it cannot be read."""
    found = _moment(words, today)
    if found is None:
        msg = f"not a moment: {words!r}"
        raise ValueError(msg)
    return found


def _opinions(folder: Path, groups: dict[str, Any], problems: list[Text]) -> list[OpinionRow]:
    path = folder / "opinions.csv"
    if not path.exists():
        return []
    rows: list[OpinionRow] = []
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if tuple(reader.fieldnames or ()) != OPINION_COLUMNS:
            problems.append(
                t("opinions.csv:1：列应为 {names}。", "opinions.csv:1: the columns are {names}.", names=", ".join(OPINION_COLUMNS))
            )
            return rows
        for each in reader:
            line = reader.line_num
            if None in each or any(value is None for value in each.values()):
                problems.append(t("opinions.csv:{line}：列数不对。", "opinions.csv:{line}: wrong number of columns.", line=line))
                continue
            row = OpinionRow(line, **{name: each[name].strip() for name in OPINION_COLUMNS})
            if row.group and not row.group.startswith(("-", "!", "?")) and row.group not in groups:
                problems.append(
                    t("opinions.csv:{line}：没有组“{name}”。", "opinions.csv:{line}: no group “{name}”.", line=line, name=row.group)
                )
            rows.append(row)
    return rows
