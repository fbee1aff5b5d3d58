"""Reading a case folder: every fault is named with its file and, where there is one, its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from mingtang.cases.faults import CaseError
from mingtang.cases.grammar import COMMON, faults
from mingtang.cases.moments import read_moment
from mingtang.cases.papers import Head, content_of, document_source
from mingtang.cases.rows import OpinionRow, read_opinions
from mingtang.consultations.rules import VERDICT_LABELS
from mingtang.consultations.rules.drafting import recognise
from mingtang.kernel.text import Text, t
from mingtang.platform.actor import Role

PERSON_FIELDS = {"key", "username", "name", "department", "roles"}
GROUP_FIELDS = {"id", "title", "verdict", "reason", "reason_code", "legal_ref", "landed_in", "single"}
DAYS = ("closes_on", "wished_on", "started_on", "done_on", "starts_at")
AT_LINE = re.compile(r"at line (\d+)")
WHERE = "\0where"


@dataclass(frozen=True, slots=True)
class Event:
    """One act of one person at one moment."""

    number: int
    at: datetime
    by: str
    do: str
    fields: dict[str, Any]
    refused: str = ""
    where: str = ""


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
        return document_source(self.folder / name).read_text(encoding="utf-8")

    def bytes(self, name: str, head: Head | None = None) -> bytes:
        """The content of a file of the folder; ``x.docx`` and ``x.pdf`` are made from ``x.md`` under `head`."""
        return content_of(self.folder / name, head)


def read_case(folder: Path, today: date) -> Case:
    """Read and check a case; `CaseError` lists everything that is wrong, each with its file and line.

    Days written ``D-12 09:00`` are counted from `today`.
    """
    manifest = folder / "case.toml"
    if not manifest.is_file():
        raise CaseError([t("{file}：没有这个文件。", "{file}: there is no such file.", file=str(manifest))])
    problems: list[Text] = []
    data = _toml(manifest, problems)
    if problems:
        raise CaseError(problems)
    for table in ("group", "event"):
        _placed(data, table, "case.toml", manifest)
    data = _with_cast(data, folder, problems)
    people = _people(data, problems)
    groups = {str(each.get("id")): each for each in data.get("group", [])}
    problems.extend(fault for each in data.get("group", []) for fault in _group_faults(each))
    events = _events(data, people, folder, today, problems)
    opinions = read_opinions(folder, groups, _labels(folder, events), today, problems)
    wanted = [name for name in ("title", "government") if name not in data]
    problems.extend(t("case.toml：缺“{name}”。", "case.toml: “{name}” is missing.", name=name) for name in wanted)
    if problems:
        raise CaseError(problems)
    return Case(folder, folder.name, data["title"], data["government"], data.get("department", []), people, events, groups, opinions)


def _toml(path: Path, problems: list[Text]) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        problems.append(t("{file}：读不出来（{what}）。", "{file}: it cannot be read ({what}).", file=path.name, what=str(error)))
    except tomllib.TOMLDecodeError as error:
        last = path.read_text(encoding="utf-8").rstrip().count("\n") + 1
        place = AT_LINE.search(str(error))
        problems.append(
            t(
                "{file}:{line}：不合 TOML 的写法（{what}）。",
                "{file}:{line}: not written as TOML ({what}).",
                file=path.name,
                line=place[1] if place else last,
                what=str(error),
            )
        )
    return {}


def _placed(data: dict[str, Any], table: str, file: str, path: Path) -> None:
    """Note in each table of a list the file and line where it begins."""
    lines = path.read_text(encoding="utf-8").split("\n")
    heads = [number for number, line in enumerate(lines, 1) if line.strip() == f"[[{table}]]"]
    for number, (each, line) in enumerate(zip(data.get(table, []), heads, strict=False), 1):
        each[WHERE] = f"{file}:{line} {table} {number}"


def _with_cast(data: dict[str, Any], folder: Path, problems: list[Text]) -> dict[str, Any]:
    """The manifest with the people of the file it names under ``cast``, if it names one."""
    _placed(data, "person", "case.toml", folder / "case.toml")
    name = data.get("cast")
    if not name:
        return data
    path = folder / name
    faults: list[Text] = []
    shared = _toml(path, faults)
    if faults:
        problems.extend(t("case.toml cast：{what}", "case.toml cast: {what}", what=each) for each in faults)
        return data
    _placed(shared, "person", path.name, path)
    lists = {key: [*shared.get(key, []), *data.get(key, [])] for key in ("department", "person")}
    return {**shared, **data, **lists}


def _people(data: dict[str, Any], problems: list[Text]) -> dict[str, dict[str, Any]]:
    known = {role.value for role in Role}
    departments = {each.get("name") for each in data.get("department", [])}
    people = {}
    for each in data.get("person", []):
        where = each.pop(WHERE, "case.toml person")
        if missing := PERSON_FIELDS - set(each):
            problems.append(t("{where}：缺 {names}。", "{where}: missing {names}.", where=where, names=", ".join(sorted(missing))))
            continue
        if wrong := [role for role in each["roles"] if role not in known]:
            problems.append(t("{where}：没有岗位 {names}。", "{where}: no such role {names}.", where=where, names=", ".join(wrong)))
        if each["department"] not in departments:
            problems.append(t("{where}：没有部门“{name}”。", "{where}: no department “{name}”.", where=where, name=each["department"]))
        people[each["key"]] = each
    return people


def _group_faults(group: dict[str, Any]) -> list[Text]:
    where = group.pop(WHERE, "case.toml group")
    needed = {"id", "verdict"} | (set() if group.get("single") else {"title"})
    missing = sorted(needed - set(group))
    unknown = sorted(set(group) - GROUP_FIELDS)
    faults = [t("{where}：缺“{name}”。", "{where}: “{name}” is missing.", where=where, name=each) for each in missing]
    faults += [t("{where}：没有“{name}”这一项。", "{where}: it has no field “{name}”.", where=where, name=each) for each in unknown]
    if "verdict" in group and group["verdict"] not in VERDICT_LABELS:
        known = [*VERDICT_LABELS]
        faults.append(
            t(
                "{where}：没有“{word}”，可用：{known}。",
                "{where}: no “{word}”; use {known}.",
                where=where,
                word=group["verdict"],
                known=known,
            )
        )
    return faults


def _events(data: dict[str, Any], people: dict[str, Any], folder: Path, today: date, problems: list[Text]) -> list[Event]:
    events: list[Event] = []
    for number, each in enumerate(data.get("event", []), 1):
        where = f"{each.pop(WHERE, f'case.toml event {number}')} ({each.get('do', '?')})"
        said = [*faults(each), *_who_and_files(each, people, folder)]
        at = read_moment(str(each.get("at", "")), today)
        if at is None:
            said.append(
                t(
                    "时间“{at}”看不懂，写成 2026-07-06 09:00 或 D-12 09:00。",
                    "the moment “{at}” cannot be read; write 2026-07-06 09:00 or D-12 09:00.",
                    at=str(each.get("at")),
                )
            )
        elif events and at < events[-1].at:
            said.append(t("时间早于上一件事。", "it is earlier than the one before."))
        said += _days(each, today)
        problems.extend(t("{where}：{what}", "{where}: {what}", where=where, what=what) for what in said)
        if at is not None:
            fields = {key: value for key, value in each.items() if key not in COMMON}
            events.append(Event(number, at, str(each.get("by")), str(each.get("do")), fields, str(each.get("refused", "")), where))
    return events


def _who_and_files(event: dict[str, Any], people: dict[str, Any], folder: Path) -> Iterator[Text]:
    if event.get("by") not in people and event.get("by") != "representative":
        yield t("没有这个人“{who}”。", "nobody is called “{who}”.", who=str(event.get("by")))
    for name in ("file", "files", "redacted"):
        named = [event[name]] if isinstance(event.get(name), str) else event.get(name, [])
        yield from (
            t("没有文件 {file}。", "there is no file {file}.", file=file) for file in named if not document_source(folder / file).is_file()
        )


def _days(event: dict[str, Any], today: date) -> Iterator[Text]:
    for name in DAYS:
        words = str(event.get(name, ""))
        if words and read_moment(words if name == "starts_at" else f"{words} 00:00", today) is None:
            yield t("{name}“{at}”看不懂。", "{name} “{at}” cannot be read.", name=name, at=words)


def _labels(folder: Path, events: list[Event]) -> frozenset[str]:
    """The clauses of the draft that the case consults on."""
    name = next((each.fields.get("file") for each in events if each.do == "consult"), None)
    path = folder / str(name)
    if not name or not path.is_file():
        return frozenset()
    return frozenset(each.label for each in recognise(path.read_text(encoding="utf-8")).clauses)
