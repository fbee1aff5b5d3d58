"""Text out of the parts of a mail: which coding, and what HTML says when nobody draws it."""

from __future__ import annotations

import codecs
import re
from html import unescape

from mingtang.platform.documents.coding import coding_of

WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "cp936": "gb18030", "big5": "big5hkscs", "x-big5": "big5hkscs"}
GUESSED = frozenset({"", "us-ascii", "ascii", "unknown-8bit", "8bit", "default", "iso-8859-1", "latin-1"})
BLOCKS = frozenset(
    {"p", "div", "br", "tr", "table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "section", "article", "pre", "dl", "dt", "dd"}
)
SILENT = frozenset({"script", "style", "head", "title", "template", "noscript"})
TAG = re.compile(r"<(/?)([A-Za-z!?][A-Za-z0-9:-]*)([^<>]*)>")
ALT = re.compile(r"\balt\s*=\s*[\"']([^\"']{1,200})")
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


class _Words:
    """Collects what HTML says; what is quoted gets the mark that plain mails use.

    A reader of its own, for it goes over the signs once whatever a stranger sent: that of Python takes the square of the length
    over comments and tags that never end.
    """

    def __init__(self) -> None:
        self.lines: list[list[str]] = [[]]  # pieces of lines: adding to a long text would copy it each time
        self.spoken = False
        self.silent = 0
        self.quoted = 0

    def read(self, html: str) -> None:
        """Take in a whole text."""
        position, last_end = 0, html.rfind("-->")
        while (found := html.find("<", position)) >= 0:
            self._words(html[position:found])
            tag = TAG.match(html, found)
            if html.startswith("<!--", found):
                position = html.find("-->", found) + 3 if found + 4 <= last_end else found + 4
            elif tag:
                position = tag.end()
                self._tag(tag[2].lower(), tag[3], ends=bool(tag[1]))
            else:
                position = found + 1
                self._words("<")
        self._words(html[position:])

    def _tag(self, name: str, more: str, *, ends: bool) -> None:
        step = -1 if ends else 1
        if name in SILENT:
            self.silent = max(self.silent + step, 0)
        elif name == "blockquote":
            self._line()
            self.quoted = max(self.quoted + step, 0)
        elif name in BLOCKS:
            self._line()
        elif name == "li":
            self._line()
            self._say("" if ends else "· ")
        elif name in {"td", "th"} and not ends:
            self._say(" ")
        elif name == "img" and (told := ALT.search(more)) and not self.silent:
            self._say(f"[{unescape(told[1])}]")

    def _words(self, data: str) -> None:
        if data and not self.silent:
            self._say(re.sub(r"\s+", " ", unescape(data)))

    def _line(self) -> None:
        if self.spoken:
            self.lines.append([])
            self.spoken = False

    def _say(self, words: str) -> None:
        if not self.spoken:
            words = words.lstrip()
            if words:
                self.lines[-1].append("> " * min(self.quoted, 20))
        self.spoken = self.spoken or bool(words)
        self.lines[-1].append(words)


def said_by(html: str) -> str:
    """What HTML says, a line for each block; scripts, styles and the head say nothing."""
    reader = _Words()
    reader.read(html)
    return plain("\n".join(re.sub(" {2,}", " ", "".join(pieces)).rstrip() for pieces in reader.lines)).strip()
