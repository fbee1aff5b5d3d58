"""PDF: the words of each page and whether they can be seen; then what the file carries beside its pages."""

from __future__ import annotations

import io
from collections.abc import Iterator

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from mingtang.platform.guard.core.kinds import Place, found
from mingtang.platform.guard.core.masking import shortened
from mingtang.platform.guard.core.readers.pdf_sight import Page, pages
from mingtang.platform.guard.core.readers.pdf_structure import structure
from mingtang.platform.guard.core.readers.pieces import Reading, UnreadableError

BROKEN = (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError)


def read_pdf(content: bytes) -> Reading:
    """Look through a PDF."""
    reading = Reading()
    seen = pages(content)
    for page in seen:
        _page(reading, page)
    if empty := [page.number for page in seen if page.is_picture]:
        reading.findings.append(found("scan", Place("page", empty[0]), f"{len(empty)}/{len(seen)}"))
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            reader.decrypt("")
        structure(reading, reader, content)
    except BROKEN as problem:
        raise UnreadableError from problem
    _earlier(reading, content, "".join(page.words for page in seen))
    return reading


def _page(reading: Reading, page: Page) -> None:
    reading.text(Place("page", page.number), page.words)
    for run in page.unseen:
        if run.unjudged:
            reading.findings.append(found("unjudged", Place("page", page.number), f"{len(run.words)}"))
        else:
            kind = "hidden_text" if run.invisible else "covered_text"
            reading.findings.append(found(kind, Place("page", page.number), shortened(run.words)))


def _earlier(reading: Reading, content: bytes, now: str) -> None:
    """Each former state of a file that was saved incrementally, when its words are gone from the present one."""
    present = _flat(now)
    for former in _revisions(content):
        try:
            before = pages(former, sight=False)
        except UnreadableError:
            continue
        gone = [page for page in before if page.words.strip() and any(_flat(line) not in present for line in page.words.splitlines())]
        for page in gone:
            lost = [line for line in page.words.splitlines() if line.strip() and _flat(line) not in present]
            reading.hidden("earlier_version", Place("page", page.number), "\n".join(lost))


def _flat(words: str) -> str:
    return "".join(words.split())


def _revisions(content: bytes) -> Iterator[bytes]:
    """The file as it was before each incremental save; the first part of a linearised file is no revision."""
    ends: list[int] = []
    at = content.find(b"%%EOF")
    while at >= 0:
        ends.append(at + 5)
        at = content.find(b"%%EOF", at + 5)
    first = 1 if b"/Linearized" in content[:2048] else 0
    for end in ends[first:-1][-5:]:
        yield content[:end]
