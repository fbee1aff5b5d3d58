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
    """What stands on a receipt: its number, rows of label and words, a sentence at the foot, and where it leads.

    `line` is the whole receipt (`engines.ledger.packing`): the code holds it behind the address, so that the paper alone can
    be checked without a network; `fingerprint` says in words by which key. Both are empty once a receipt was erased.
    """

    title: str
    issuer: str
    number_label: str
    number: str
    rows: Sequence[tuple[str, str]]
    foot: str
    link: str
    issued_on: date
    language: Language = "zh"
    line: str = ""
    fingerprint: str = ""

    @property
    def whole(self) -> str:
        """The address of the receipt with everything behind it."""
        return f"{self.link}#{self.line}" if self.line else self.link


def slip_pdf(slip: Slip) -> bytes:
    """The PDF of a receipt; the same receipt gives the same bytes."""
    data: dict[str, object] = {
        "title": slip.title,
        "issuer": slip.issuer,
        "number_label": slip.number_label,
        "number": slip.number,
        "rows": [[label, words or "—"] for label, words in slip.rows],
        "foot": slip.foot,
        "qr": qr_svg(slip.whole, error="l" if slip.line else "m"),
        "qr_width": 46 if slip.line else 28,
        "qr_label": slip.link,
        "address": slip.link,
        "fingerprint": slip.fingerprint,
        "fonts": families(),
        "lang": slip.language,
        "note": "",
    }
    return typeset("slip.typ", data, issued_on=slip.issued_on, language=slip.language)


def slip_text(slip: Slip) -> str:
    """The receipt as plain text; its last line is the whole of it, which the verifier reads from this very file."""
    rows = [f"{label}  {words}" for label, words in slip.rows]
    printed = [slip.fingerprint] if slip.fingerprint else []
    return "\r\n".join([slip.title, f"{slip.number_label}  {slip.number}", *rows, slip.foot, *printed, slip.whole]) + "\r\n"


def qr_svg(link: str, *, error: str = "m") -> str:
    """The code that leads to an address, as SVG; `error`: how much of it may be lost (l, m, q, h)."""
    out = BytesIO()
    segno.make(link, error=error, boost_error=False).save(out, kind="svg", scale=4, border=1)
    return out.getvalue().decode()
