"""A receipt as a small PDF with a QR code that leads back to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO

import segno

from mingtang.kernel.text import Language
from mingtang.platform.documents.official.pdf import families, typeset


@dataclass(frozen=True, slots=True)
class Slip:
    """What stands on a receipt: its number, rows of label and words, a sentence at the foot, and where it leads."""

    title: str
    issuer: str
    number_label: str
    number: str
    rows: Sequence[tuple[str, str]]
    foot: str
    link: str
    issued_on: date
    language: Language = "zh"


def slip_pdf(slip: Slip) -> bytes:
    """The PDF of a receipt; the same receipt gives the same bytes."""
    data: dict[str, object] = {
        "title": slip.title,
        "issuer": slip.issuer,
        "number_label": slip.number_label,
        "number": slip.number,
        "rows": [[label, words or "—"] for label, words in slip.rows],
        "foot": slip.foot,
        "qr": qr_svg(slip.link),
        "qr_label": slip.link,
        "fonts": families(),
        "lang": slip.language,
        "note": "",
    }
    return typeset("slip.typ", data, issued_on=slip.issued_on, language=slip.language)


def qr_svg(link: str) -> str:
    """The code that leads to an address, as SVG."""
    out = BytesIO()
    segno.make(link, error="m").save(out, kind="svg", scale=4, border=1)
    return out.getvalue().decode()
