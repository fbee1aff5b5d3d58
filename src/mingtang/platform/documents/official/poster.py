"""What hangs on a wall or lies on a counter: a poster with a code to scan, and a form to be filled in by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from mingtang.kernel.text import Language
from mingtang.platform.documents.official.pdf import families, typeset
from mingtang.platform.documents.official.slip import qr_svg

PaperSize = Literal["a4", "a3"]


@dataclass(frozen=True, slots=True)
class Poster:
    """The words of a poster.

    `title` may hold sixty characters and more, with ``|`` where it may break; `link` is printed and stands in the code.
    """

    kind: str
    title: str
    issuer: str
    words: str
    asks_label: str
    asks: tuple[str, ...]
    scan: str
    until: str
    ways_label: str
    ways: tuple[str, ...]
    foot: str
    link: str
    issued_on: date
    language: Language = "zh"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The words of a form: clauses with a box for each stance, `lines` to write on, `code` says which draft it is about."""

    title: str
    issuer: str
    code: str
    how: str
    clauses_label: str
    clause_label: str
    clauses: tuple[tuple[str, str], ...]
    stances: tuple[str, ...]
    asks_label: str
    asks: tuple[str, ...]
    words_label: str
    words_hint: str
    who_label: str
    who_hint: str
    who: tuple[str, ...]
    consent: str
    until: str
    ways: tuple[str, ...]
    office: str
    link: str
    issued_on: date
    lines: int = 12
    language: Language = "zh"


@dataclass(frozen=True, slots=True)
class PlainCard:
    """The words of a draft in plain language: what changes for whom, what is asked, hard words; `version` says of which draft."""

    kind: str
    title: str
    issuer: str
    version: str
    words: str
    effects_label: str
    effects: tuple[tuple[str, str], ...]
    asks_label: str
    asks: tuple[str, ...]
    terms_label: str
    terms: tuple[tuple[str, str], ...]
    scan: str
    until: str
    ways: tuple[str, ...]
    link: str
    issued_on: date
    language: Language = "zh"


def plain_pdf(card: PlainCard) -> bytes:
    """The PDF of a draft in plain words on A4; the same card gives the same bytes."""
    return _set("plain.typ", _data(card, **_title(card)), card)


def poster_pdf(poster: Poster, size: PaperSize = "a4") -> bytes:
    """The PDF of a poster on A4 or A3; the same poster gives the same bytes."""
    return _set(
        "poster.typ",
        _data(poster, size=size, **_title(poster)),
        poster,
    )


def sheet_pdf(sheet: Sheet) -> bytes:
    """The PDF of a form on A4, as many pages as its clauses need; the same form gives the same bytes."""
    return _set("sheet.typ", _data(sheet), sheet)


def _title(of: Poster | PlainCard) -> dict[str, object]:
    return {"title": of.title.replace("|", ""), "pieces": [each for each in of.title.split("|") if each]}


def _data(of: Poster | Sheet | PlainCard, **more: object) -> dict[str, object]:
    told = {name: getattr(of, name) for name in of.__slots__ if name not in {"issued_on", "language"}}
    return {**told, "qr": qr_svg(of.link), "fonts": families(), "lang": of.language, "note": "", **more}


def _set(name: str, data: dict[str, object], of: Poster | Sheet | PlainCard) -> bytes:
    return typeset(name, data, issued_on=of.issued_on, language=of.language)
