"""What of the log stands on paper: the head on minutes and reports, the key on every receipt, the code that carries a receipt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import segno

from mingtang.engines.ledger.checking import grouped
from mingtang.kernel.text import Text, t


def anchor_words(head: Mapping[str, Any] | None) -> str:
    """The head of the log as a sentence for the end of a document, in the language being read; nothing before the first head."""
    if head is None:
        return ""
    words = t(
        "公开总账 {log} 截至 {at} 共 {n} 条，根 {root}，密钥 {key}。凭此可查总账此后有没有改过。",
        "The public log {log} at {at}: {n} entries, root {root}, key {key}. By this anybody can tell whether the log was changed since.",
        log=head["log"],
        at=head["at"],
        n=head["size"],
        root=head["root"],
        key=grouped(head["key"]),
    )
    return str(words)


def key_words(fingerprint: str) -> Text:
    """The fingerprint of the key, as every printed receipt has it."""
    return t(
        "密钥指纹 {key}。二维码里是整张回执，不联网也能查；指纹请与信任页上的比对。",
        "Key fingerprint {key}. The code holds the whole receipt and is checked without a network; compare the fingerprint with the trust page.",
        key=fingerprint,
    )


def qr_inline(whole: str) -> str:
    """The code of a receipt's address with the receipt behind it, as SVG within a page; nothing for nothing."""
    return segno.make(whole, error="l", boost_error=False).svg_inline(scale=4, omitsize=True) if whole else ""
