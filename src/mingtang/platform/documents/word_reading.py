"""The blocks of a DOCX: paragraphs, tables, text boxes, notes; what changes were taken in, and the numbers Word counts."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from mingtang.platform.documents.blocks import Block
from mingtang.platform.documents.word_numbers import Numbers

SKIPPED = {qn("w:del"), qn("w:moveFrom"), qn("w:txbxContent"), qn("w:pPr"), qn("w:rPr")}
BREAKS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
NOTES = ("footnotes", "endnotes")
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def word_blocks(content: bytes) -> Iterator[Block]:
    """Every block of the body in reading order, then the notes."""
    document = Document(io.BytesIO(content))
    numbers = Numbers(document)
    yield from _children(document.element.body, document, numbers)
    yield from _notes(document)


def _children(parent: Any, document: Any, numbers: Numbers) -> Iterator[Block]:
    for child in parent:
        if child.tag == qn("w:p"):
            yield from _paragraph(child, document, numbers)
        elif child.tag == qn("w:tbl"):
            yield from _table(child)
        elif child.tag in {qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml")}:
            yield from _children(child, document, numbers)


def _paragraph(element: Any, document: Any, numbers: Numbers) -> Iterator[Block]:
    counted = numbers.before(Paragraph(element, document._body))  # noqa: SLF001 - python-docx has no public parent for a loose paragraph
    words = _words(element)
    for n, line in enumerate(words.split("\n")):
        first = not n and counted and words.strip()
        yield Block(f"{counted}\u3000{line.lstrip()}\n" if first else f"{line}\n")
    boxes = [each for each in element.iter(qn("w:txbxContent")) if not any(up.tag == FALLBACK for up in each.iterancestors())]
    for box in boxes:
        for inner in box.iter(qn("w:p")):
            if (said := _words(inner)).strip():
                yield Block(f"{said}\n", aside="box")
    if (
        not words.strip()
        and (element.find(f".//{qn('w:drawing')}") is not None or element.find(f".//{qn('w:pict')}") is not None)
        and not boxes
    ):
        yield Block("［图］\n", aside="picture")


def _words(element: Any) -> str:
    """The words of a paragraph: what was inserted is there, what was deleted is not."""
    found: list[str] = []
    for child in element:
        if child.tag in SKIPPED or not isinstance(child.tag, str):
            continue
        if child.tag == qn("w:t"):
            found.append(child.text or "")
        elif child.tag == FALLBACK:
            continue
        elif child.tag in BREAKS:
            page = child.get(qn("w:type")) in {"page", "column"}
            found.append("" if page else BREAKS[child.tag])
        else:
            found.append(_words(child))
    return "".join(found)


def _table(element: Any) -> Iterator[Block]:
    """A table as one block: a line for each row, cells with bars between."""
    lines = []
    for row in element.iter(qn("w:tr")):
        cells = [" ".join(" ".join(_words(each).split()) for each in cell.iter(qn("w:p"))).strip() for cell in row.findall(qn("w:tc"))]
        if any(cells):
            lines.append(" | ".join(each for each in cells if each))
    if lines:
        yield Block("\n".join(lines) + "\n", table=True)


def _notes(document: Any) -> Iterator[Block]:
    for part in document.part.package.iter_parts():
        if any(str(part.partname).endswith(f"/{each}.xml") for each in NOTES):
            for note in parse_xml(part.blob):
                said = "\n".join(filter(None, (_words(each).strip() for each in note.iter(qn("w:p")))))
                if said:
                    yield Block(f"{said}\n", aside="note")
