"""Word: body, headers, footers, notes; comments, tracked changes, hidden words, properties, embedded files."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator

from lxml import etree

from mingtang.platform.guard.core.kinds import Place, found
from mingtang.platform.guard.core.masking import named, shortened
from mingtang.platform.guard.core.readers.office import embedded, links, properties
from mingtang.platform.guard.core.readers.pieces import Reading, is_person, opened_zip, tree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PARTS = (("word/header", "header"), ("word/footer", "footer"), ("word/footnotes", "note"), ("word/endnotes", "note"))
CHANGES = {f"{W}ins": "+", f"{W}del": "-", f"{W}moveFrom": "-", f"{W}moveTo": "+"}
PALE = re.compile(r"[fF][c-fC-F][fF][c-fC-F][fF][c-fC-F]")
SMALLEST = 4  # half points


def read_docx(content: bytes) -> Reading:
    """Look through a DOCX."""
    box, reading = opened_zip(content), Reading()
    hidden = _hidden_styles(tree(box, "word/styles.xml"))
    for name in box.namelist():
        if name == "word/document.xml":
            _part(reading, tree(box, name), "paragraph", hidden)
        for beginning, code in PARTS:
            if name.startswith(beginning) and name.endswith(".xml"):
                _part(reading, tree(box, name), code, hidden)
    _comments(reading, box)
    properties(reading, box)
    embedded(reading, box, "word/")
    links(reading, box, "word/")
    return reading


def _part(reading: Reading, root: etree._Element | None, code: str, hidden: frozenset[str]) -> None:
    if root is None:
        return
    paragraphs = list(root.iter(f"{W}p"))
    for number, paragraph in enumerate(paragraphs, 1):
        place = Place(code, number)
        shown, unseen, changes = _sorted(paragraph, hidden)
        reading.text(place, shown)
        if unseen.strip():
            reading.hidden("hidden_text", place, unseen)
        for mark, who, words in changes:
            reading.findings.append(found("tracked_change", place, f"{mark} {shortened(words)} ({named(who)})"))
            if mark == "-":
                reading.text(place, words)


def _sorted(paragraph: etree._Element, hidden: frozenset[str]) -> tuple[str, str, list[tuple[str, str, str]]]:
    """The words of one paragraph: those seen, those hidden, those tracked with their mark and author."""
    shown: list[str] = []
    unseen: list[str] = []
    changes: list[tuple[str, str, str]] = []
    base = _is_hidden_paragraph(paragraph, hidden)
    for run in _runs(paragraph):
        words = "".join(_words(run))
        if not words:
            continue
        change = next((each for each in run.iterancestors() if each.tag in CHANGES), None)
        if change is not None:
            changes.append((CHANGES[str(change.tag)], change.get(f"{W}author") or "?", words))
            if CHANGES[str(change.tag)] == "-":
                continue
        (unseen if base or _is_hidden(run, hidden) else shown).append(words)
    return "".join(shown), "".join(unseen), changes


def _runs(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The runs of this very paragraph; those of a text box inside it belong to the box's own paragraphs."""
    for run in paragraph.iter(f"{W}r"):
        if next(run.iterancestors(f"{W}p")) is paragraph:
            yield run


def _words(run: etree._Element) -> Iterator[str]:
    for each in run:
        if each.tag in {f"{W}t", f"{W}delText", f"{W}instrText"}:
            yield each.text or ""
        elif each.tag in {f"{W}tab", f"{W}br", f"{W}cr"}:
            yield " "


def _on(properties_: etree._Element | None, name: str) -> bool:
    mark = properties_.find(f"{W}{name}") if properties_ is not None else None
    return mark is not None and mark.get(f"{W}val", "1") not in {"0", "false", "off"}


def _is_hidden(run: etree._Element, hidden: frozenset[str]) -> bool:
    look = run.find(f"{W}rPr")
    if look is None:
        return False
    style = look.find(f"{W}rStyle")
    return _unseen_look(look) or (style is not None and style.get(f"{W}val") in hidden)


def _unseen_look(look: etree._Element) -> bool:
    """Hidden outright, white on no ground, or too small to be seen."""
    if _on(look, "vanish") or _on(look, "webHidden"):
        return True
    colour, ground, size = look.find(f"{W}color"), look.find(f"{W}shd"), look.find(f"{W}sz")
    if colour is not None and PALE.fullmatch(colour.get(f"{W}val", "")):
        shade = ground.get(f"{W}fill", "auto") if ground is not None else "auto"
        if (shade == "auto" or PALE.fullmatch(shade)) and look.find(f"{W}highlight") is None and not _shaded(look):
            return True
    return size is not None and size.get(f"{W}val", "").isdecimal() and int(size.get(f"{W}val", "0")) < SMALLEST


def _shaded(look: etree._Element) -> bool:
    """Whether the paragraph or the cell around has a dark ground, on which white is seen."""
    for above in look.iterancestors(f"{W}p", f"{W}tc"):
        for ground in above.iterfind(f"{W}pPr/{W}shd" if above.tag == f"{W}p" else f"{W}tcPr/{W}shd"):
            if ground.get(f"{W}fill", "auto") not in {"auto", "FFFFFF"}:
                return True
    return False


def _is_hidden_paragraph(paragraph: etree._Element, hidden: frozenset[str]) -> bool:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return style is not None and style.get(f"{W}val") in hidden


def _hidden_styles(root: etree._Element | None) -> frozenset[str]:
    if root is None:
        return frozenset()
    hidden = set()
    for style in root.iter(f"{W}style"):
        look = style.find(f"{W}rPr")
        if look is not None and _on(look, "vanish"):
            hidden.add(style.get(f"{W}styleId", ""))
    return frozenset(hidden)


def _comments(reading: Reading, box: zipfile.ZipFile) -> None:
    root = tree(box, "word/comments.xml")
    for number, comment in enumerate(root.iter(f"{W}comment") if root is not None else (), 1):
        words = "".join(each.text or "" for each in comment.iter(f"{W}t"))
        who = comment.get(f"{W}author") or ""
        signed = f" ({named(who)})" if is_person(who) else ""
        reading.findings.append(found("comment", Place("comment", number), f"{shortened(words)}{signed}"))
        reading.text(Place("comment", number), words)
