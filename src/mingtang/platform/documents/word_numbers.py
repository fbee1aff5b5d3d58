"""The numbers a word processor prints before paragraphs but does not store in their text.

Many offices let the word processor count 第一条, 第二条; the file then only says "a numbered paragraph".
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

from mingtang.platform.documents.official.papers import chinese_number

CHINESE_FORMATS = {
    "chineseCounting",
    "chineseCountingThousand",
    "ideographTraditional",
    "japaneseCounting",
    "taiwaneseCounting",
}
DEEPEST = 9


class Numbers:
    """Counts the numbered paragraphs of one document in reading order."""

    def __init__(self, document: Any) -> None:
        self._numbering = _numbering(document)
        self._abstract_of = self._abstracts()
        self._counts: Counter[tuple[str, int]] = Counter()

    def _abstracts(self) -> dict[str, Any]:
        if self._numbering is None:
            return {}
        shapes = {each.get(qn("w:abstractNumId")): each for each in self._numbering.findall(qn("w:abstractNum"))}
        found = {}
        for each in self._numbering.findall(qn("w:num")):
            link = each.find(qn("w:abstractNumId"))
            shape = shapes.get(link.get(qn("w:val"))) if link is not None else None
            if shape is not None:
                found[each.get(qn("w:numId"))] = shape
        return found

    def before(self, paragraph: Any) -> str:
        """What is printed before this paragraph: ``第四条``, ``一、``; empty when it is not numbered."""
        number, depth = _numbered(paragraph)
        levels = self._levels(number)
        if depth not in levels:
            return ""
        family = self._abstract_of[number].get(qn("w:abstractNumId"))
        self._counts[(family, depth)] += 1
        for deeper in range(depth + 1, DEEPEST):
            self._counts.pop((family, deeper), None)
        words = _value(levels[depth], "w:lvlText")
        for n in range(depth + 1):
            if f"%{n + 1}" in words and n in levels:
                words = words.replace(f"%{n + 1}", self._written(family, n, levels[n]))
        return words if any(each.isalnum() for each in words) else ""

    def _levels(self, number: str) -> dict[int, Any]:
        shape = self._abstract_of.get(number)
        if shape is None:
            return {}
        return {int(each.get(qn("w:ilvl"))): each for each in shape.findall(qn("w:lvl"))}

    def _written(self, family: str, depth: int, shape: Any) -> str:
        first = int(_value(shape, "w:start") or 1)
        count = first + max(self._counts[(family, depth)], 1) - 1
        form = _value(shape, "w:numFmt")
        if form == "bullet":
            return ""
        return chinese_number(count) if form in CHINESE_FORMATS else str(count)


def _numbering(document: Any) -> Any:
    parts = (each.target_part for each in document.part.rels.values() if each.reltype == RELATIONSHIP_TYPE.NUMBERING)
    return next((part.element for part in parts), None)


def _numbered(paragraph: Any) -> tuple[str, int]:
    """Which numbering a paragraph belongs to, itself or by its style, and how deep."""
    places = [paragraph._p.pPr, *_style_properties(paragraph)]  # noqa: SLF001 - python-docx has no interface for numbering
    for each in places:
        found = each.find(qn("w:numPr")) if each is not None else None
        if found is not None:
            return _value(found, "w:numId"), int(_value(found, "w:ilvl") or 0)
    return "", 0


def _style_properties(paragraph: Any) -> list[Any]:
    style, found = paragraph.style, []
    while style is not None:
        found.append(style.element.find(qn("w:pPr")))
        style = style.base_style
    return found


def _value(element: Any, name: str) -> str:
    child = element.find(qn(name))
    return "" if child is None else str(child.get(qn("w:val"), ""))
