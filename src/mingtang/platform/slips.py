"""A receipt as its holder has it, the same for every kind: the code on its page, and the slip that is printed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from mingtang.kernel.text import Text, spoken_language, t
from mingtang.platform.clock import day_of
from mingtang.platform.documents.official import Slip
from mingtang.platform.ledger.printing import key_words, qr_inline
from mingtang.platform.web.edges import Request

Rows = Iterable[tuple[Text, str]]


def _address(request: Request, receipt: str) -> str:
    """Where the receipt is read, at the address at which the reader is now."""
    return request.build_absolute_uri(reverse("portal:receipt", args=[receipt]))


def code_on_page(request: Request, receipt: str, line: str) -> dict[str, str]:
    """For the page of a receipt: its address with the whole receipt (`line`) behind it, and the same as a code; both empty without one."""
    whole = f"{_address(request, receipt)}#{line}" if line else ""
    return {"whole": whole, "qr": qr_inline(whole)}


def slip_of(request: Request, receipt: str, title: Text, rows: Rows, foot: Text, *, at: datetime, line: str, fingerprint: str) -> Slip:
    """The printed receipt in the language being read; `at` is when it was given, `line` and `fingerprint` are empty once it was erased."""
    return Slip(
        str(title),
        str(request.government),
        str(t("回执号", "Receipt")),
        receipt,
        [(str(label), words) for label, words in rows],
        str(foot),
        _address(request, receipt),
        day_of(at),
        spoken_language(),
        line,
        str(key_words(fingerprint)) if line else "",
    )
