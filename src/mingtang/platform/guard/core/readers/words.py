"""Plain text, Markdown, tables as text, web pages; and what pictures say about themselves."""

from __future__ import annotations

import csv
import re

from lxml import html

from mingtang.platform.documents.tables import decoded
from mingtang.platform.guard.core.kinds import Place, found
from mingtang.platform.guard.core.readers.pieces import Reading, UnreadableError

UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|opacity\s*:\s*0(?![.\d])", re.IGNORECASE)
REMARK = re.compile(r"<!--(.*?)-->", re.DOTALL)
GPS_TAG = (b"\x88\x25", b"\x25\x88")
HEAD = 256 * 1024


def read_text(content: bytes) -> Reading:
    """Look through plain text or Markdown, line by line; remarks of Markdown are hidden."""
    reading, words = Reading(), decoded(content)
    for remark in REMARK.finditer(words):
        if remark[1].strip():
            reading.hidden("comment", Place("line", words.count("\n", 0, remark.start()) + 1), remark[1])
    for number, line in enumerate(words.splitlines(), 1):
        reading.text(Place("line", number), line)
    return reading


def read_csv(content: bytes) -> Reading:
    """Look through a table as text; the first line names the columns."""
    reading = Reading()
    rows = list(csv.reader(decoded(content).splitlines()))
    heads = rows[0] if rows else []
    for number, row in enumerate(rows, 1):
        for column, words in enumerate(row):
            reading.text(Place("line", number), words, heads[column] if number > 1 and column < len(heads) else "")
    return reading


def read_html(content: bytes) -> Reading:
    """Look through a web page: its text, remarks, hidden parts, scripts, author."""
    reading = Reading()
    words = decoded(content)
    try:
        root = html.fromstring(words)
    except (ValueError, html.etree.ParserError) as problem:
        raise UnreadableError from problem
    for remark in REMARK.finditer(words):
        if remark[1].strip():
            reading.hidden("comment", Place("line", words.count("\n", 0, remark.start()) + 1), remark[1])
    for each in root.iter():
        if isinstance(each.tag, str):
            _element(reading, each)
    return reading


def _element(reading: Reading, each: html.HtmlElement) -> None:
    place = Place("line", each.sourceline or 0)
    if each.tag == "meta" and str(each.get("name", "")).lower() == "author":
        reading.author("author", str(each.get("content", "")))
    elif each.tag == "script":
        reading.findings.append(found("script", place))
    elif UNSEEN.search(each.get("style", "")) or "hidden" in each.attrib or (each.tag == "input" and each.get("type") == "hidden"):
        reading.hidden("hidden_text", place, each.text_content() or str(each.get("value", "")))
    elif each.tag != "style":
        reading.text(place, " ".join([each.text or "", *(child.tail or "" for child in each)]))
        if str(each.get("href", "")).lower().startswith("mailto:"):
            reading.text(place, str(each.get("href"))[7:])


def read_picture(content: bytes) -> Reading:
    """A picture's words are not read; the place where it was taken is."""
    reading = Reading()
    start = content.find(b"Exif\x00\x00", 0, HEAD)
    start = start if start >= 0 else content.find(b"eXIf", 0, HEAD)
    if start >= 0 and any(tag in content[start : start + 512] for tag in GPS_TAG):
        reading.findings.append(found("position", Place("property", name="GPS")))
    reading.findings.append(found("scan", Place("whole")))
    return reading
