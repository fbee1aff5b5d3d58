"""What changed between two versions of an agenda, in words anybody can read."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mingtang.kernel.text import Text, t
from mingtang.meetings.rules.life import ATTENDANCE_LABELS

Line = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: its kind, the matter it is about (0: the meeting itself), how it was and how it is."""

    kind: str
    topic: int = 0
    before: Any = None
    after: Any = None


@dataclass(frozen=True, slots=True)
class Frozen:
    """A version as it was frozen: when and where the meeting was to be, and its lines."""

    starts_at: datetime | None
    place: str
    lines: Sequence[Line]


def version_letter(number: int) -> str:
    """The name of an agenda version: 1 is A, 27 is AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def difference(old: Frozen, new: Frozen) -> tuple[Change, ...]:
    """Every difference from `old` to `new`: day and place first, then what came, what left, what changed.

    Matters that only slid because others came or left are not called moved.
    """
    was, now = ({line["topic"]: line for line in each.lines} for each in (old, new))
    found = []
    if old.starts_at and new.starts_at and old.starts_at != new.starts_at:
        found.append(Change("when", 0, old.starts_at, new.starts_at))
    if old.place and new.place and old.place != new.place:
        found.append(Change("place", 0, old.place, new.place))
    found += [Change("added", topic, None, line["position"]) for topic, line in now.items() if topic not in was]
    found += [Change("gone", topic, line["position"], None) for topic, line in was.items() if topic not in now]
    stayed = [topic for topic in now if topic in was]
    moved = set(stayed) - _in_order([was[topic]["position"] for topic in stayed], stayed)
    for topic in stayed:
        if topic in moved:
            found.append(Change("moved", topic, was[topic]["position"], now[topic]["position"]))
        found += [
            Change(name, topic, was[topic][name], now[topic][name])
            for name in ("minutes", "attendance")
            if was[topic][name] != now[topic][name]
        ]
        if "papers" in was[topic] and was[topic]["papers"] != now[topic].get("papers"):
            found.append(Change("papers", topic, _papers(was[topic]), _papers(now[topic])))
    return tuple(found)


def _papers(line: Line) -> tuple[tuple[str, str], ...]:
    return tuple((title, digest) for title, digest in line.get("papers", ()))


def _in_order(positions: Sequence[int], topics: Sequence[int]) -> set[int]:
    """The most matters that kept their order among each other: the longest rising run of their old places."""
    tails: list[int] = []
    at: list[int] = []
    back: list[int] = []
    for n, position in enumerate(positions):
        place = bisect_left(tails, position)
        tails[place : place + 1] = [position]
        at[place : place + 1] = [n]
        back.append(at[place - 1] if place else -1)
    kept, n = set(), at[-1] if at else -1
    while n >= 0:
        kept.add(topics[n])
        n = back[n]
    return kept


WORDS: Mapping[str, Callable[[Any, Any, object], Text]] = {
    "when": lambda was, now, _x: t("会议时间由 {a} 改为 {b}。", "The meeting moved from {a} to {b}.", a=was, b=now),
    "place": lambda was, now, _x: t("会议地点由“{a}”改为“{b}”。", "The place changed from “{a}” to “{b}”.", a=was, b=now),
    "added": lambda _was, now, x: t("列入第 {n} 项：{x}。", "Put on as item {n}: {x}.", n=now, x=x),
    "gone": lambda was, _now, x: t("移出原第 {n} 项：{x}。", "Taken off, formerly item {n}: {x}.", n=was, x=x),
    "moved": lambda was, now, x: t("由第 {a} 项改为第 {b} 项：{x}。", "Moved from item {a} to item {b}: {x}.", a=was, b=now, x=x),
    "minutes": lambda was, now, x: t("计划时间由 {a} 分钟改为 {b} 分钟：{x}。", "Planned minutes from {a} to {b}: {x}.", a=was, b=now, x=x),
    "attendance": lambda was, now, x: t(
        "列席由“{a}”改为“{b}”：{x}。", "Attendance from “{a}” to “{b}”: {x}.", a=ATTENDANCE_LABELS[was], b=ATTENDANCE_LABELS[now], x=x
    ),
    "papers": lambda _was, _now, x: t("审议材料有更新：{x}。", "The papers were renewed: {x}.", x=x),
}


def in_words(change: Change, title: object, *, staff: bool = False) -> Text:
    """A difference as a sentence; the names of papers are for the house (`staff`)."""
    if change.kind == "papers" and staff:
        return _papers_in_words(change, title)
    return WORDS[change.kind](change.before, change.after, title)


def _papers_in_words(change: Change, title: object) -> Text:
    fresh = "、".join(name for name, digest in change.after if (name, digest) not in change.before)
    stay = {name for name, _ in change.after}
    left = "、".join(name for name, _ in change.before if name not in stay)
    return t(
        "审议材料：{x}。新增或换新“{a}”；撤下“{b}”。", "Papers of {x}. New: “{a}”; gone: “{b}”.", x=title, a=fresh or "—", b=left or "—"
    )
