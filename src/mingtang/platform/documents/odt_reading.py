"""The blocks of an ODT: paragraphs, headings, lists with the numbers they print, tables, boxes, notes."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from typing import Any

from lxml import etree

from mingtang.platform.documents.blocks import Block
from mingtang.platform.documents.official.papers import chinese_number

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
SKIPPED = {f"{TEXT}tracked-changes", f"{OFFICE}annotation", f"{TEXT}note", f"{DRAW}frame", f"{TEXT}sequence-decls", f"{OFFICE}forms"}
MOST_XML = 60 * 1024 * 1024


def odt_blocks(content: bytes) -> Iterator[Block]:
    """Every block of the body in reading order; `ValueError` when it is no text document."""
    with zipfile.ZipFile(io.BytesIO(content)) as box:
        roots = [_root(box, each) for each in ("content.xml", "styles.xml") if each in box.namelist()]
    body = roots[0].find(f".//{OFFICE}text") if roots else None
    if body is None:
        msg = "no text document"
        raise ValueError(msg)
    yield from _children(body, _Lists(roots))


def _root(box: zipfile.ZipFile, name: str) -> Any:
    """The parsed part; entities are not followed, nothing is fetched."""
    if box.getinfo(name).file_size > MOST_XML:
        msg = "too large"
        raise ValueError(msg)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(box.read(name), parser)


class _Lists:
    """Counts list items as the office prints them."""

    def __init__(self, roots: list[Any]) -> None:
        self._styles: dict[tuple[str, int], Any] = {}
        for root in roots:
            for style in root.iter(f"{TEXT}list-style"):
                for level in style:
                    if level.tag == f"{TEXT}list-level-style-number":
                        self._styles[style.get(f"{STYLE}name"), int(level.get(f"{TEXT}level"))] = level
        self._counts: Counter[tuple[str, int]] = Counter()

    def before(self, style: str, depth: int) -> str:
        """What is printed before the next item of this list at this depth."""
        shape = self._styles.get((style, depth))
        self._counts[style, depth] += 1
        for deeper in range(depth + 1, 11):
            self._counts.pop((style, deeper), None)
        if shape is None or not shape.get(f"{STYLE}num-format"):
            return ""
        count = int(shape.get(f"{TEXT}start-value") or 1) + self._counts[style, depth] - 1
        chinese = any(each in shape.get(f"{STYLE}num-format") for each in "一壹甲")
        written = chinese_number(count) if chinese else str(count)
        return f"{shape.get(f'{STYLE}num-prefix') or ''}{written}{shape.get(f'{STYLE}num-suffix') or ''}"


def _children(parent: Any, lists: _Lists) -> Iterator[Block]:
    for child in parent:
        if child.tag in {f"{TEXT}p", f"{TEXT}h"}:
            yield from _paragraph(child, "")
        elif child.tag == f"{TEXT}list":
            yield from _list(child, child.get(f"{TEXT}style-name") or "", 1, lists)
        elif child.tag == f"{TABLE}table":
            yield from _table(child)
        elif child.tag not in SKIPPED and isinstance(child.tag, str):
            yield from _children(child, lists)


def _list(element: Any, style: str, depth: int, lists: _Lists) -> Iterator[Block]:
    for entry in element:
        counted = lists.before(style, depth) if entry.tag == f"{TEXT}list-item" else ""
        for child in entry:
            if child.tag == f"{TEXT}list":
                yield from _list(child, child.get(f"{TEXT}style-name") or style, depth + 1, lists)
            else:
                yield from _paragraph(child, counted)
                counted = ""


def _paragraph(element: Any, counted: str) -> Iterator[Block]:
    words = _words(element)
    for n, line in enumerate(words.split("\n")):
        yield Block(f"{counted}\u3000{line.lstrip()}\n" if not n and counted and words.strip() else f"{line}\n")
    for frame in element.iter(f"{DRAW}frame"):
        said = "\n".join(filter(None, (_words(each).strip() for each in frame.iter(f"{TEXT}p"))))
        yield Block(f"{said or '［图］'}\n", aside="box" if said else "picture")
    for note in element.iter(f"{TEXT}note-body"):
        yield Block("\n".join(_words(each) for each in note.iter(f"{TEXT}p")) + "\n", aside="note")


def _words(element: Any) -> str:
    found = [element.text or ""]
    for child in element:
        if child.tag == f"{TEXT}s":
            found.append(" " * int(child.get(f"{TEXT}c") or 1))
        elif child.tag == f"{TEXT}tab":
            found.append("\t")
        elif child.tag == f"{TEXT}line-break":
            found.append("\n")
        elif child.tag not in SKIPPED and isinstance(child.tag, str):
            found.append(_words(child))
        found.append(child.tail or "")
    return "".join(found)


def _table(element: Any) -> Iterator[Block]:
    lines = []
    for row in element.iter(f"{TABLE}table-row"):
        cells = [" ".join(" ".join(_words(each).split()) for each in cell.iter(f"{TEXT}p")) for cell in row.iter(f"{TABLE}table-cell")]
        if any(cells):
            lines.append(" | ".join(each for each in cells if each))
    if lines:
        yield Block("\n".join(lines) + "\n", table=True)
