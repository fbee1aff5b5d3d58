"""Text out of the parts of a mail: which coding, and what HTML says when nobody draws it."""

from __future__ import annotations

import codecs
import re
from html.parser import HTMLParser

from mingtang.platform.documents.coding import coding_of

WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "cp936": "gb18030", "big5": "big5hkscs", "x-big5": "big5hkscs"}
GUESSED = frozenset({"", "us-ascii", "ascii", "unknown-8bit", "8bit", "default", "iso-8859-1", "latin-1"})
BLOCKS = frozenset(
    {"p", "div", "br", "tr", "table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "section", "article", "pre", "dl", "dt", "dd"}
)
SILENT = frozenset({"script", "style", "head", "title", "template", "noscript"})
UNSAID = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u2060\ufeff\ud800-\udfff]")


def decoded(content: bytes, named: str) -> str:
    """The words behind bytes: in the coding that is named if they can be read in it, else in the one they are written in.

    Senders name GB2312 and write GBK, or name nothing; a coding that says little (US-ASCII) is not believed. What no coding
    reads is read as GB18030 with marks in place of what is broken, so that nothing is left out.
    """
    name = named.strip().strip("\"'").lower()
    name = WIDER.get(name, name)
    if name not in GUESSED:
        try:
            return plain(content.decode(codecs.lookup(name).name))
        except (LookupError, UnicodeDecodeError, ValueError):
            pass
    found = coding_of([content]) if content else "utf-8"
    if found is None:
        found = name if name and name not in GUESSED and _known(name) else "utf-8"
    return plain(content.decode(found, "replace"))


def _known(name: str) -> bool:
    try:
        return bool(codecs.lookup(name).name) and isinstance(b"".decode(name), str)
    except (LookupError, ValueError):
        return False


def plain(text: str) -> str:
    """Lines ended our way, without signs no database keeps and nobody sees."""
    return UNSAID.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " "))


class _Words(HTMLParser):
    """Collects what HTML says; what is quoted gets the mark that plain mails use."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = [""]
        self.silent = 0
        self.quoted = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self.silent += 1
        elif tag == "blockquote":
            self._line()
            self.quoted += 1
        elif tag == "li":
            self._line()
            self._say("· ")
        elif tag in {"td", "th"}:
            self._say(" ")
        elif tag == "img" and (told := dict(attrs).get("alt")):
            self._say(f"[{told}]")
        elif tag in BLOCKS:
            self._line()

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self.silent = max(self.silent - 1, 0)
        elif tag == "blockquote":
            self._line()
            self.quoted = max(self.quoted - 1, 0)
        elif tag in BLOCKS or tag == "li":
            self._line()

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self._say(re.sub(r"\s+", " ", data))

    def _line(self) -> None:
        if self.lines[-1].strip("> "):
            self.lines.append("")

    def _say(self, words: str) -> None:
        if not self.lines[-1]:
            words = words.lstrip()
            self.lines[-1] = "> " * self.quoted if words else ""
        self.lines[-1] += words


def said_by(html: str) -> str:
    """What HTML says, a line for each block; scripts, styles and the head say nothing."""
    reader = _Words()
    reader.feed(html)
    reader.close()
    return plain("\n".join(line.rstrip() for line in reader.lines)).strip()
