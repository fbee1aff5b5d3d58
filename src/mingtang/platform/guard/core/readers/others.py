"""PowerPoint and OpenDocument: words by slide, paragraph or cell, and what is hidden in them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator

from lxml import etree

from mingtang.platform.guard.core.kinds import Place, found
from mingtang.platform.guard.core.masking import named, shortened
from mingtang.platform.guard.core.readers.office import embedded, links, properties
from mingtang.platform.guard.core.readers.pieces import Reading, is_person, opened_zip, tree

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
O = "{urn:oasis:names:tc:opendocument:xmlns:"  # noqa: E741 - the letter every OpenDocument text uses
TEXT, OFFICE, TABLE, STYLE = f"{O}text:1.0}}", f"{O}office:1.0}}", f"{O}table:1.0}}", f"{O}style:1.0}}"
FO = f"{O}xsl-fo-compatible:1.0}}"
DC = "{http://purl.org/dc/elements/1.1/}"
NUMBER = re.compile(r"(\d+)\.xml$")


def read_pptx(content: bytes) -> Reading:
    """Look through a PPTX: slides, hidden slides, speaker notes, comments, properties."""
    box, reading = opened_zip(content), Reading()
    for name in sorted(box.namelist()):
        found_number = NUMBER.search(name)
        place = Place("slide", int(found_number[1]) if found_number else 0)
        if name.startswith("ppt/slides/slide") and found_number:
            root = tree(box, name)
            words = "\n".join(_paragraphs(root))
            if root is not None and root.get("show") in {"0", "false"}:
                reading.hidden("hidden_slide", place, words)
            else:
                reading.text(place, words)
        elif name.startswith("ppt/notesSlides/notesSlide") and found_number:
            words = "\n".join(each for each in _paragraphs(tree(box, name)) if not each.strip().isdecimal())
            if words.strip():
                reading.hidden("notes", place, words)
        elif name.startswith("ppt/comments/") and name.endswith(".xml"):
            root = tree(box, name)
            reading.hidden("comment", place, " ".join("".join(root.itertext()).split()) if root is not None else "")
    properties(reading, box)
    embedded(reading, box, "ppt/")
    links(reading, box, "ppt/")
    return reading


def _paragraphs(root: etree._Element | None) -> Iterator[str]:
    for each in root.iter(f"{A}p") if root is not None else ():
        yield "".join(word.text or "" for word in each.iter(f"{A}t"))


def read_open_document(content: bytes) -> Reading:
    """Look through an ODT or ODS."""
    box, reading = opened_zip(content), Reading()
    body = tree(box, "content.xml")
    if body is not None:
        styles = _hidden_styles(body)
        for each in body.iter(f"{TABLE}table"):
            if each.get(f"{TABLE}style-name") in styles:
                reading.hidden("hidden_sheet", Place("sheet", name=each.get(f"{TABLE}name", "")), _words(each))
        _collapsed(reading, body)
        _marks(reading, body)
        for number, each in enumerate(body.iter(f"{TEXT}p", f"{TEXT}h"), 1):
            words = _words(each)
            if each.get(f"{TEXT}style-name") in styles:
                reading.hidden("hidden_text", Place("paragraph", number), words)
            else:
                reading.text(Place("paragraph", number), words)
            _spans(reading, each, styles, number)
    _meta(reading, tree(box, "meta.xml"))
    _objects(reading, box)
    return reading


def _words(element: etree._Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _hidden_styles(body: etree._Element) -> frozenset[str]:
    """Styles whose text, table or section is not displayed."""
    hidden = set()
    for style in body.iter(f"{STYLE}style"):
        for look in style:
            off = look.get(f"{TEXT}display") in {"none", "true"} or look.get(f"{TABLE}display") == "false"
            if off and look.get(f"{TEXT}display") != "true":
                hidden.add(style.get(f"{STYLE}name", ""))
    return frozenset(hidden)


def _collapsed(reading: Reading, body: etree._Element) -> None:
    for row in body.iter(f"{TABLE}table-row"):
        words = _words(row)
        if row.get(f"{TABLE}visibility") in {"collapse", "filter"} and words:
            table = next(row.iterancestors(f"{TABLE}table"))
            reading.hidden("hidden_cells", Place("sheet", name=table.get(f"{TABLE}name", "")), words)
    for table in body.iter(f"{TABLE}table"):
        if any(each.get(f"{TABLE}visibility") in {"collapse", "filter"} for each in table.iter(f"{TABLE}table-column")):
            reading.findings.append(found("hidden_cells", Place("sheet", name=table.get(f"{TABLE}name", ""))))


def _marks(reading: Reading, body: etree._Element) -> None:
    """Comments, tracked changes, hidden text and hidden paragraphs."""
    for number, note in enumerate(body.iter(f"{OFFICE}annotation"), 1):
        who = note.findtext(f"{DC}creator") or ""
        words = " ".join(_words(each) for each in note.iter(f"{TEXT}p"))
        signed = f" ({named(who)})" if is_person(who) else ""
        reading.findings.append(found("comment", Place("comment", number), f"{shortened(words)}{signed}"))
    for change in body.iter(f"{TEXT}changed-region"):
        words = " ".join(_words(each) for each in change.iter(f"{TEXT}p"))
        who = next((each.text or "" for each in change.iter(f"{DC}creator")), "?")
        reading.findings.append(found("tracked_change", Place("whole"), f"{shortened(words)} ({named(who)})"))
    for each in body.iter(f"{TEXT}hidden-text", f"{TEXT}hidden-paragraph"):
        reading.hidden("hidden_text", Place("whole"), each.get(f"{TEXT}string-value") or _words(each))


def _spans(reading: Reading, paragraph: etree._Element, styles: frozenset[str], number: int) -> None:
    for span in paragraph.iter(f"{TEXT}span"):
        if span.get(f"{TEXT}style-name") in styles:
            reading.hidden("hidden_text", Place("paragraph", number), _words(span))


def _meta(reading: Reading, root: etree._Element | None) -> None:
    for each in root.iter() if root is not None else ():
        name, words = etree.QName(each).localname, (each.text or "").strip()
        if name in {"initial-creator", "creator", "printed-by"} and words:
            reading.author(name, words)
        elif name in {"title", "subject", "description", "keyword", "user-defined"}:
            reading.text(Place("property", name=name), words)


def _objects(reading: Reading, box: zipfile.ZipFile) -> None:
    for name in box.namelist():
        if re.match(r"Object \d+/content\.xml$", name):
            reading.findings.append(found("embedded", Place("part", name=name.partition("/")[0])))
        if name.startswith(("Basic/", "Scripts/")) and not name.endswith("/"):
            reading.findings.append(found("script", Place("part", name=name.rpartition("/")[2])))
