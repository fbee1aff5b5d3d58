"""Whether the words of a page can be seen: the page is drawn, and where a sign should be there must be ink.

One test finds all of it: words under a box or a picture, white on white, invisible, outside the page, on a
layer switched off. A scan with its words recognised behind the picture passes, for there the ink is.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from threading import Lock

import pypdfium2
from pypdfium2 import raw

from mingtang.platform.guard.core.readers.pieces import UnreadableError

LOCK = Lock()  # PDFium knows one thread only
SCALE, LARGEST = 2.0, 2400
LEAST_CONTRAST = 14
SHORTEST, SHORTEST_RECOGNISED = 2, 6
MOST_PAGES = 600
DARK = 110
STANDARD = ("Helvetica", "Arial", "Times", "Courier", "Symbol", "ZapfDingbats")
INVISIBLE = 3
BLANK, NO_SIGNS, HALVES = 0x20, frozenset({0xFFFE, 0xFFFF}), range(0xD800, 0xE000)


@dataclass(frozen=True, slots=True)
class Run:
    """Words in a row that nobody sees."""

    words: str
    invisible: bool = False
    unjudged: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its words, and those nobody sees."""

    number: int
    words: str
    unseen: tuple[Run, ...] = ()
    is_picture: bool = False


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign of a page and how it looks."""

    index: int
    sign: str
    seen: bool
    dark: bool


def pages(content: bytes, *, sight: bool = True) -> list[Page]:
    """Every page of a PDF; `UnreadableError` when it cannot be opened."""
    try:
        with LOCK, closing(pypdfium2.PdfDocument(content)) as document:
            seen = [_page(document, n, sight=sight) for n in range(min(len(document), MOST_PAGES))]
            rest = len(document) - len(seen)
    except pypdfium2.PdfiumError as problem:
        raise UnreadableError from problem
    return [*seen, Page(len(seen) + 1, "", (Run(str(rest), unjudged=True),))] if rest else seen


def _page(document: pypdfium2.PdfDocument, n: int, *, sight: bool) -> Page:
    page = document[n]
    text = page.get_textpage()
    try:
        words = text.get_text_range().replace("\r\n", "\n").replace("\r", "\n").replace("\ufffe", "").replace("\x02", "")
        unseen = tuple(_runs(page, text)) if sight and words.strip() else ()
        picture = not words.strip() and any(each.type == raw.FPDF_PAGEOBJ_IMAGE for each in page.get_objects(max_depth=3))
    finally:
        text.close()
        page.close()
    return Page(n + 1, words, unseen, picture)


def _runs(page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage) -> Iterator[Run]:
    signs = list(_signs(page, text))
    if all(each.seen for each in signs):
        return
    recognised = _is_recognised(signs, text)
    for row in _rows(signs):
        dark = any(each.dark for each in row)
        if len(row) < (SHORTEST_RECOGNISED if recognised and not dark else SHORTEST):
            continue
        unjudged = len(row) > len(signs) * 0.9 and not _has_glyphs(text, row[0].index)
        yield Run(_joined(row), _mode(text, row[0].index) == INVISIBLE, unjudged)


def _is_recognised(signs: list[Sign], text: pypdfium2.PdfTextPage) -> bool:
    """Whether most words are invisible ones with ink where they stand: recognised behind the picture of a scan."""
    invisible = [each for each in signs if _mode(text, each.index) == INVISIBLE]
    return len(invisible) > len(signs) / 2 and sum(each.seen for each in invisible) > len(invisible) / 2


def _joined(row: list[Sign]) -> str:
    gaps = ["", *(" " if each.index - before.index > 1 else "" for before, each in pairwise(row))]
    return "".join(f"{gap}{each.sign}" for gap, each in zip(gaps, row, strict=True))


def _rows(signs: list[Sign]) -> Iterator[list[Sign]]:
    row: list[Sign] = []
    for each in signs:
        if each.seen:
            if row:
                yield row
            row = []
        else:
            row.append(each)
    if row:
        yield row


def _signs(page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage) -> Iterator[Sign]:
    """Every sign but blanks, with whether there is ink where it stands."""
    width, height = page.get_size()
    scale = min(SCALE, LARGEST / max(width, height, 1))
    bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=True)
    try:
        ground = Ground(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride)
        place = _placing(page, bitmap.width, bitmap.height)
        sides = [ctypes.c_double() for _ in range(4)]
        for index in range(text.count_chars()):
            code = raw.FPDFText_GetUnicode(text.raw, index)
            if code <= BLANK or code in NO_SIGNS or code in HALVES or not chr(code).strip():
                continue
            raw.FPDFText_GetCharBox(text.raw, index, *sides)
            left, right, bottom, top = (each.value for each in sides)
            if left == right and raw.FPDFText_IsGenerated(text.raw, index) == 1:
                continue
            low, high = ground.range(place(left, bottom), place(right, top))
            yield Sign(index, chr(code), high - low >= LEAST_CONTRAST, high < DARK)
    finally:
        bitmap.close()


def _placing(page: pypdfium2.PdfPage, width: int, height: int) -> Callable[[float, float], tuple[float, float]]:
    """From a point of the page to a point of its picture: three points tell how, whatever the page's turn and crop."""

    def asked(x: float, y: float) -> tuple[int, int]:
        across, down = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(page.raw, 0, 0, width, height, 0, x, y, across, down)
        return across.value, down.value

    far = 1000.0
    (a, b), (c, d), (e, f) = asked(0, 0), asked(far, 0), asked(0, far)
    xx, xy, yx, yy = (c - a) / far, (e - a) / far, (d - b) / far, (f - b) / far
    return lambda x, y: (a + xx * x + xy * y, b + yx * x + yy * y)


def _mode(text: pypdfium2.PdfTextPage, index: int) -> int:
    thing = raw.FPDFText_GetTextObject(text.raw, index)
    return int(raw.FPDFTextObj_GetTextRenderMode(thing)) if thing else 0


def _has_glyphs(text: pypdfium2.PdfTextPage, index: int) -> bool:
    """Whether the font of a sign is inside the file, or one that is always there."""
    thing = raw.FPDFText_GetTextObject(text.raw, index)
    font = raw.FPDFTextObj_GetFont(thing) if thing else None
    if not font:
        return True
    if raw.FPDFFont_GetIsEmbedded(font) == 1:
        return True
    name = ctypes.create_string_buffer(200)
    raw.FPDFFont_GetBaseFontName(font, name, 200)
    return name.value.decode("utf-8", "replace").startswith(STANDARD)


@dataclass(frozen=True, slots=True)
class Ground:
    """A page as drawn, in grey."""

    pixels: bytes
    width: int
    height: int
    stride: int

    def range(self, one: tuple[float, float], other: tuple[float, float]) -> tuple[int, int]:
        """The darkest and the lightest grey between two corners, looked for until they differ; alike where nothing is drawn."""
        (a, b), (c, d) = one, other
        left, right = max(0, int(min(a, c))), min(self.width, int(max(a, c)) + 2)
        low, high = 255, 0
        for y in range(max(0, int(min(b, d))), min(self.height, int(max(b, d)) + 2)):
            row = self.pixels[y * self.stride + left : y * self.stride + right]
            if row:
                low, high = min(low, *row), max(high, *row)
            if high - low >= LEAST_CONTRAST:
                break
        return (low, high) if low <= high else (255, 255)
