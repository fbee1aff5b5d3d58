"""The documents of a case: kept as Markdown, handed in as the DOCX or PDF that an office would hand in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mingtang.platform.documents.official import Paper, Section, Table, to_docx, to_pdf

MADE = {".docx", ".pdf"}
RULE_SIGNS = set("|-: ")


def document_source(path: Path) -> Path:
    """The Markdown from which ``x.docx`` or ``x.pdf`` is made; the file itself when it is there."""
    source = path.with_suffix(".md")
    return source if path.suffix.lower() in MADE and not path.is_file() and source.is_file() else path


@dataclass(frozen=True, slots=True)
class Head:
    """Who hands a paper in, under which number and when: what its red head and its end say."""

    issuer: str
    day: date
    number: str = ""
    mark: str = ""


def content_of(path: Path, head: Head | None = None) -> bytes:
    """The bytes of a document, made from its Markdown where need be."""
    source = document_source(path)
    if source == path or head is None:
        return source.read_bytes()
    paper = as_paper(source.read_text(encoding="utf-8"), head)
    return to_docx(paper) if path.suffix.lower() == ".docx" else to_pdf(paper)


def as_paper(words: str, head: Head) -> Paper:
    """Markdown with headings, paragraphs and tables as an official paper."""
    lines = [line.strip() for line in words.split("\n") if line.strip()]
    title = lines.pop(0).lstrip("# ") if lines and lines[0].startswith("# ") else ""
    return Paper(
        mark=head.mark or head.issuer,
        number=head.number,
        title=title,
        issuer=head.issuer,
        issued_on=head.day,
        sections=tuple(_sections(lines)),
    )


def _sections(lines: list[str]) -> Iterator[Section]:
    heading, rank = "", 1
    paragraphs: list[str] = []
    cells: list[tuple[str, ...]] = []
    for line in [*lines, "# "]:
        if cells and not line.startswith("|"):
            yield Section(heading, tuple(paragraphs), rank, Table(cells[0], tuple(cells[1:])))
            heading, paragraphs, cells = "", [], []
        if line.startswith("#"):
            if heading or paragraphs:
                yield Section(heading, tuple(paragraphs), rank)
            heading, paragraphs = line.lstrip("# "), []
            rank = max(1, len(line) - len(line.lstrip("#")) - 1)
        elif line.startswith("|"):
            if not set(line) <= RULE_SIGNS:
                cells.append(tuple(each.strip() for each in line.strip("|").split("|")))
        else:
            paragraphs.append(line.replace("**", ""))
