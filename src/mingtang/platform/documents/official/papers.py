"""START HERE. What an official document says, and the measures of GB/T 9704-2012. No Django."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, datetime
from typing import Any, Literal
from unicodedata import category

from mingtang.kernel.text import Language

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
Kind = Literal["minutes", "paper"]

PAGE_MM = (210.0, 297.0)
TOP_MM, LEFT_MM = 37.0, 28.0
BODY_MM = (156.0, 225.0)
RIGHT_MM = PAGE_MM[0] - LEFT_MM - BODY_MM[0]
BOTTOM_MM = PAGE_MM[1] - TOP_MM - BODY_MM[1]
MARK_BELOW_BODY_TOP_MM = 35.0
RULE_BELOW_NUMBER_MM = 4.0
FOLIO_BELOW_BODY_MM = 7.0
LINES_A_PAGE, SIGNS_A_LINE = 22, 28
NO_2, NO_3, NO_4, SMALL_4 = 22.0, 16.0, 14.0, 12.0
SIGNS_A_TITLE_LINE = 20
ANCHOR_PT = 9.0
LINE_PT = BODY_MM[1] / 25.4 * 72 / LINES_A_PAGE
SIGN_PT = BODY_MM[0] / 25.4 * 72 / SIGNS_A_LINE

ONES = "零一二三四五六七八九"
TEN = 10
HUNDRED = 100
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its column heads, its rows; `widths` are shares of the line, equal when empty."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...] = ()

    @property
    def shares(self) -> tuple[int, ...]:
        """One share of the line for every column."""
        return self.widths if len(self.widths) == len(self.columns) else (1,) * len(self.columns)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of rank 1 (黑体), 2 (楷体) or 3 (仿宋), what it says, and perhaps a table below."""

    heading: str = ""
    paragraphs: tuple[str, ...] = ()
    rank: int = 1
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class NameList:
    """Who was there: ``NameList("出席", ("张三", "李四（区住建局）"))``; printed 出席 → 请假 → 列席 as given."""

    heading: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """One document. `mark` is the red line at its head (``××纪要``, ``××文件``), `number` the 发文字号.

    A paper of kind "minutes" carries issuer and day under its mark and the lists of names behind its body;
    a "paper" carries issuer and day behind its body. ``|`` in `title` marks where its line may break. `anchor` is the head of
    the public log in a sentence, in small print at the end: whoever keeps the paper can hold it against the log.
    """

    mark: str
    number: str
    title: str
    issuer: str
    issued_on: date
    sections: tuple[Section, ...] = ()
    lists: tuple[NameList, ...] = ()
    kind: Kind = "paper"
    addressee: str = ""
    attachments: tuple[str, ...] = ()
    copies_to: str = ""
    printed_by: str = ""
    anchor: str = ""
    language: Language = "zh"


def numbered(sections: Iterable[Section], language: Language = "zh") -> tuple[Section, ...]:
    """The sections with 一、（一）1. before their headings, counted anew under each higher heading."""
    counts: Counter[int] = Counter()
    found = []
    for each in sections:
        if each.heading:
            counts[each.rank] += 1
            for lower in [rank for rank in counts if rank > each.rank]:
                del counts[lower]
            each = replace(each, heading=f"{_ordinal(counts[each.rank], each.rank, language)}{each.heading}")  # noqa: PLW2901 - the numbered copy takes its place
        found.append(each)
    return tuple(found)


def _ordinal(n: int, rank: int, language: Language) -> str:
    if language == "en":
        return {1: f"{n}. ", 2: f"({n}) "}.get(rank, f"({chr(96 + n)}) " if n <= 26 else f"({n}) ")  # noqa: PLR2004 - the letters of the alphabet
    return {1: f"{chinese_number(n)}、", 2: f"（{chinese_number(n)}）"}.get(rank, f"{n}. ")


def chinese_number(n: int) -> str:
    """1 to 99 in Chinese figures: 一, 十, 十二, 二十, 九十九; larger ones in Arabic figures."""
    if not 0 < n < HUNDRED:
        return str(n)
    tens, ones = divmod(n, TEN)
    head = "" if not tens else "十" if tens == 1 else f"{ONES[tens]}十"
    return head + (ONES[ones] if ones else "")


def day_words(on: date, language: Language) -> str:
    """2026年11月24日, or 24 November 2026."""
    if language == "en":
        return f"{on.day} {MONTHS[on.month - 1]} {on.year}"
    return f"{on.year}年{on.month}月{on.day}日"


def moment_words(at: datetime, language: Language) -> str:
    """2026年11月24日09:00, or 24 November 2026, 09:00; `at` is local time."""
    return f"{day_words(at.date(), language)}{', ' if language == 'en' else ''}{at:%H:%M}"


def title_lines(title: str, most: int = SIGNS_A_TITLE_LINE) -> tuple[str, ...]:
    """The title in lines: broken only at its ``|`` marks, and only when it is too long for one line."""
    whole = title.replace("|", "")
    if signs_wide(whole) <= most or "|" not in title:
        return (whole,)
    lines = [""]
    for part in title.split("|"):
        if lines[-1] and signs_wide(lines[-1] + part) > most:
            lines.append("")
        lines[-1] += part
    return tuple(each for each in lines if each)


def signs_wide(words: str) -> float:
    """How many Chinese signs wide: Latin letters and figures take half of one."""
    return sum(0.5 if each.isascii() else 1.0 for each in words)


def names_in_line(names: Sequence[str], language: Language) -> str:
    """Names one after the other."""
    return ("、" if language == "zh" else ", ").join(names)


def cleaned(value: Any) -> Any:
    """The same facts without signs that no document can carry (control signs, lone surrogates).

    Works on a whole `Paper`, its parts and plain strings alike.
    """
    if isinstance(value, str):
        return "".join(each for each in value.replace("\r\n", "\n") if _printable(each))
    if isinstance(value, tuple):
        return tuple(cleaned(each) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{each.name: cleaned(getattr(value, each.name)) for each in fields(value)})
    return value


def complete(paper: Paper) -> Paper:
    """The paper as it can be printed: cleaned; without a title its mark is the title, as PDF/UA demands one."""
    paper = cleaned(paper)
    sections = tuple(replace(each, heading=each.heading.strip()) for each in paper.sections)
    return replace(paper, title=paper.title.strip("| \t\n") or paper.mark, sections=sections)


def _printable(sign: str) -> bool:
    return sign in "\t\n" or (category(sign) not in {"Cc", "Cs"} and sign not in "\ufffe\uffff")
