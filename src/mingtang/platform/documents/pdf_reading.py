"""The blocks of a PDF with text: running heads and folios set aside, lines joined that only the page's width had broken.

A space that stands between a Chinese sign and a figure or Latin letter is the typesetter's, not the author's.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from pypdf import PdfReader

from mingtang.platform.documents.blocks import Block

MOST_PAGES = 600
FEW_PAGES = 3
EDGE_LINES = 2
FULL = 0.75
SHORTEST_FULL = 20
ENDS_A_LINE = tuple("。；：！？”.;:!?")
FOLIO = re.compile(r"^[-—－–·\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/,，]?\s*共?\s*\d{1,4}\s*页?)?[-—－–·\s]*$")
SPACING = re.compile(r"(?<=[\u4e00-\u9fff〔（《“、，。；：]) (?=[0-9A-Za-z])|(?<=[0-9A-Za-z%]) (?=[\u4e00-\u9fff〕）》”、，。；：])")
NUMBER = "[零〇一二三四五六七八九十百千0-9０-９]+"
BEGINS = re.compile(rf"^(?:第\s*{NUMBER}\s*[编章节条]|{NUMBER}\s*[、．]|[（(]\s*{NUMBER}\s*[）)]|\d{{1,3}}\.(?!\d)|[①-⑳]|附\s*[件表录图])")


def pdf_blocks(content: bytes) -> Iterator[Block]:
    """The blocks in reading order; `ValueError` when there are too many pages."""
    reader = PdfReader(io.BytesIO(content))
    if len(reader.pages) > MOST_PAGES:
        msg = "too many pages"
        raise ValueError(msg)
    pages = [[SPACING.sub("", each.strip()) for each in page.extract_text().split("\n") if each.strip()] for page in reader.pages]
    return _joined(pages, _running(pages), _width(pages))


def _running(pages: Sequence[Sequence[str]]) -> frozenset[str]:
    """Lines that stand at the edge of most pages: heads and feet."""
    if len(pages) < FEW_PAGES:
        return frozenset()
    edges = Counter(each for page in pages for each in {*map(_shape, page[:EDGE_LINES]), *map(_shape, page[-EDGE_LINES:])})
    return frozenset(shape for shape, number in edges.items() if number * 2 > len(pages) and number >= FEW_PAGES)


def _shape(line: str) -> str:
    return re.sub(r"\d+", "0", line)


def _width(pages: Sequence[Sequence[str]]) -> float:
    """How wide a full line is: what nine in ten lines do not exceed."""
    lengths = sorted(_wide(each) for page in pages for each in page)
    return max(lengths[int(len(lengths) * 0.9)] if lengths else 0, SHORTEST_FULL)


def _wide(line: str) -> float:
    """How many Chinese signs wide: Latin letters and figures take half of one."""
    return sum(0.5 if each.isascii() else 1.0 for each in line)


def _joined(pages: Sequence[Sequence[str]], running: frozenset[str], width: float) -> Iterator[Block]:
    line, last, aside = "", "", list[Block]()
    for page in pages:
        for n, words in enumerate(page):
            edge = n < EDGE_LINES or n >= len(page) - EDGE_LINES
            if edge and (FOLIO.match(words) or _shape(words) in running):
                aside.append(Block(f"{words}\n", aside="page"))
                continue
            if line and (BEGINS.match(words) or line.endswith(ENDS_A_LINE) or _wide(last) < width * FULL):
                yield Block(f"{line}\n")
                yield from aside
                line, aside = "", []
            line, last = _glued(line, words), words
    if line:
        yield Block(f"{line}\n")
    yield from aside


def _glued(line: str, words: str) -> str:
    """Latin words and numbers keep a space where a line was broken; Chinese needs none."""
    between = " " if line[-1:].isascii() and words[:1].isascii() and line[-1:].isalpha() and words[:1].isalpha() else ""
    return f"{line}{between}{words}"
