"""What a reader of files gives: pieces of text with their places, and what it found hidden on the way."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field

from lxml import etree

from mingtang.platform.guard.core.kinds import Finding, Place, found
from mingtang.platform.guard.core.masking import named, shortened

MOST_UNPACKED = 200 * 1024 * 1024
MOST_PIECES = 200_000


class UnreadableError(Exception):
    """A file that cannot be looked through; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text at one place; `context` is what its column or field is called."""

    place: Place
    words: str
    context: str = ""


@dataclass(slots=True)
class Reading:
    """One file as read: its text, hidden or not, and the hidden things as findings."""

    pieces: list[Piece] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def text(self, place: Place, words: str, context: str = "") -> None:
        """Keep text to be searched."""
        if words.strip():
            self.pieces.append(Piece(place, words, context))

    def hidden(self, kind: str, place: Place, words: str) -> None:
        """Something hidden is a finding by itself, and its words are searched as well."""
        self.findings.append(found(kind, place, shortened(words)))
        self.text(place, words)

    def author(self, name: str, value: str) -> None:
        """A name in the properties, unless it is an office's or a program's."""
        if is_person(value):
            self.findings.append(found("author", Place("property", name=name), named(value)))
        self.text(Place("property", name=name), value)


NOBODY = frozenset(
    {
        "",
        "python-docx",
        "openpyxl",
        "administrator",
        "admin",
        "user",
        "users",
        "author",
        "unknown",
        "root",
        "pc",
        "微软用户",
        "微软中国",
        "microsoft",
        "microsoft office user",
        "windows 用户",
        "windows user",
        "wps office",
        "apache poi",
        "typst",
        "libreoffice",
        "openoffice.org",
        "office",
        "un-named",
    }
)
ORGANISATION = re.compile(
    r"(?:局|委|办|厅|处|科|部|院|所|站|中心|政府|公司|集团|大学|学院|协会|委员会|办公室|街道|办事处|[Gg]overnment|[Oo]ffice|[Bb]ureau|Ltd\.?|Inc\.?)$"
)


def is_person(value: str) -> bool:
    """Whether a value of the author kind names somebody, and not an office or a program."""
    return value.strip().lower() not in NOBODY and not ORGANISATION.search(value.strip())


def opened_zip(content: bytes) -> zipfile.ZipFile:
    """An Office or OpenDocument file as a box of parts; `UnreadableError` when it is broken, encrypted or a bomb."""
    try:
        box = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, OSError) as problem:
        raise UnreadableError from problem
    if sum(each.file_size for each in box.infolist()) > MOST_UNPACKED or any(each.flag_bits & 1 for each in box.infolist()):
        raise UnreadableError
    return box


def tree(box: zipfile.ZipFile, name: str) -> etree._Element | None:
    """One XML part, None when the file has none; entities and the network stay shut."""
    if name not in box.namelist():
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        return etree.fromstring(box.read(name), parser)
    except (etree.XMLSyntaxError, zipfile.BadZipFile, OSError) as problem:
        raise UnreadableError from problem
