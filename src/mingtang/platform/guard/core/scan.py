"""Looking through a text or a whole file: the findings, each once at each place."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from mingtang.platform.files.rules import sniff
from mingtang.platform.guard.core.kinds import Finding, Place, found
from mingtang.platform.guard.core.masking import excerpt
from mingtang.platform.guard.core.patterns import find, folded
from mingtang.platform.guard.core.readers.docx import read_docx
from mingtang.platform.guard.core.readers.others import read_open_document, read_pptx
from mingtang.platform.guard.core.readers.pdf import read_pdf
from mingtang.platform.guard.core.readers.pieces import Piece, Reading, UnreadableError
from mingtang.platform.guard.core.readers.words import read_csv, read_html, read_picture, read_text
from mingtang.platform.guard.core.readers.xlsx import read_xlsx

VERSION = 1  # raised whenever patterns or readers change, so that files kept are looked through again
READERS: dict[str, Callable[[bytes], Reading]] = {
    "pdf": read_pdf,
    "docx": read_docx,
    "docm": read_docx,
    "xlsx": read_xlsx,
    "pptx": read_pptx,
    "odt": read_open_document,
    "ods": read_open_document,
    "txt": read_text,
    "md": read_text,
    "jsonl": read_text,
    "csv": read_csv,
    "html": read_html,
    "png": read_picture,
    "jpg": read_picture,
}
SHORTEST_TITLE = 6
MOST_FINDINGS = 500

__all__ = ["READERS", "VERSION", "UnreadableError", "read_file", "scan_file", "scan_reading", "scan_words"]


def scan_words(words: str, *, allowed: frozenset[str] = frozenset(), titles: Iterable[str] = ()) -> list[Finding]:
    """Look through one text, paragraph by paragraph."""
    reading = Reading()
    for number, line in enumerate(words.splitlines(), 1):
        reading.text(Place("paragraph", number), line)
    return scan_reading(reading, allowed=allowed, titles=titles)


def scan_file(content: bytes, name: str, *, allowed: frozenset[str] = frozenset(), titles: Iterable[str] = ()) -> list[Finding]:
    """Look through one file; `UnreadableError` when it cannot be."""
    return scan_reading(read_file(content, name), allowed=allowed, titles=titles)


def read_file(content: bytes, name: str) -> Reading:
    """The text and the hidden things of a file, its kind judged by content; `UnreadableError` for others."""
    reader = READERS.get(sniff(content, name).ending)
    if reader is None:
        raise UnreadableError
    return reader(content)


def scan_reading(reading: Reading, *, allowed: frozenset[str] = frozenset(), titles: Iterable[str] = ()) -> list[Finding]:
    """Findings of a reading: the hidden things first, then what its text says."""
    seen = dict.fromkeys(reading.findings)
    named = [title for title in map(_plain, titles) if len(title) >= SHORTEST_TITLE]
    for piece in reading.pieces:
        for each in _of_piece(piece, allowed):
            seen.setdefault(each)
        if named:
            for each in _titles(piece, named):
                seen.setdefault(each)
        if len(seen) > MOST_FINDINGS:
            break
    return list(seen)[:MOST_FINDINGS]


def _of_piece(piece: Piece, allowed: frozenset[str]) -> list[Finding]:
    hits = find(piece.words, context=piece.context, allowed=allowed)
    return [found(hit.kind, piece.place, excerpt(piece.words, hit, hits), hit.level) for hit in hits]


def _titles(piece: Piece, titles: list[str]) -> list[Finding]:
    words = _plain(piece.words)
    return [found("closed_title", piece.place, f"{title[:2]}███{title[-2:]}") for title in titles if title in words]


def _plain(words: str) -> str:
    plain, _ = folded(words)
    return "".join(each for each in plain if each.isalnum())
