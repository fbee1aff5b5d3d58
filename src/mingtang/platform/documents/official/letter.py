"""A letter to one person on A4, with a code to scan and one to read out; and the mark that a copy of a paper carries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.errors import PyPdfError

from mingtang.kernel.decision import no
from mingtang.kernel.text import Language, t
from mingtang.platform.documents.official.pdf import families, typeset
from mingtang.platform.documents.official.slip import qr_svg


@dataclass(frozen=True, slots=True)
class Letter:
    """The words of a letter. `scanned` is what the code says to a camera, `link` what is printed beside it, `code` what is typed."""

    title: str
    issuer: str
    greeting: str
    paragraphs: tuple[str, ...]
    facts: Sequence[tuple[str, str]]
    code_label: str
    code: str
    how: str
    link: str
    scanned: str
    issued_on: date
    day: str
    language: Language = "zh"


def letter_pdf(letter: Letter) -> bytes:
    """The PDF of a letter; the same letter gives the same bytes."""
    told = {name: getattr(letter, name) for name in letter.__slots__ if name not in {"issued_on", "language", "scanned"}}
    data = {**told, "qr": qr_svg(letter.scanned), "fonts": families(), "lang": letter.language, "note": ""}
    return typeset("letter.typ", data, issued_on=letter.issued_on, language=letter.language)


def stamped(content: bytes, words: str, *, on: date, language: Language = "zh") -> bytes:
    """The PDF with `words` across every page, so that a copy says whose it is.

    `Refused` for a file that is locked or cannot be read: it is never handed out without its mark.
    """
    try:
        writer = PdfWriter(clone_from=_opened(content))
        marks: dict[tuple[float, float], PageObject] = {}
        for page in writer.pages:
            page.transfer_rotation_to_content()
            size = (round(float(page.mediabox.width), 1), round(float(page.mediabox.height), 1))
            if size not in marks:
                marks[size] = _mark(words, size, on, language)
            page.merge_translated_page(marks[size], float(page.mediabox.left), float(page.mediabox.bottom))
        out = BytesIO()
        writer.write(out)
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError):
        LOCKED.require()
    return out.getvalue()


def require_stampable(content: bytes) -> None:
    """`Refused` for a PDF that `stamped` could not mark."""
    try:
        _opened(content)
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError):
        LOCKED.require()


def _opened(content: bytes) -> PdfReader:
    reader = PdfReader(BytesIO(content))
    if reader.is_encrypted or not reader.pages:
        LOCKED.require()
    return reader


def _mark(words: str, size: tuple[float, float], on: date, language: Language) -> PageObject:
    data: dict[str, object] = {"words": words, "width": size[0], "height": size[1], "fonts": families(), "lang": language, "note": ""}
    return PdfReader(BytesIO(typeset("mark.typ", data, issued_on=on, language=language))).pages[0]


LOCKED = no(
    t("这份 PDF 已加密或损坏，不能加上姓名。", "This PDF is locked or damaged; no name can be put on it."),
    "3.2d",
    t("请换成未加密的 PDF，或打电话索取纸质材料。", "Attach one that is not locked, or ask for it on paper by phone."),
    code="locked",
)
