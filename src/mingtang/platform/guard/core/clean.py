"""Copies for the public: the same pages without names in the properties, comments and former states."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

from lxml import etree
from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, NameObject

from mingtang.platform.guard.core.readers.pdf_structure import COMMENTS, SIGNED
from mingtang.platform.guard.core.readers.pieces import UnreadableError, opened_zip, tree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DROPPED = re.compile(
    r"^(?:docProps/(?:custom|thumbnail).*|word/(?:comments.*|people)\.xml|xl/comments.*\.xml|xl/(?:threadedComments|persons)/.*|ppt/comments/.*)$"
)
REFERENCES = frozenset({f"{W}commentRangeStart", f"{W}commentRangeEnd", f"{W}commentReference"})
GONE = (f"{W}del", f"{W}moveFrom", f"{W}rPrChange", f"{W}pPrChange", f"{W}tblPrChange", f"{W}sectPrChange", f"{W}numberingChange")
KEPT = (f"{W}ins", f"{W}moveTo")
MARKS = (f"{W}moveFromRangeStart", f"{W}moveFromRangeEnd", f"{W}moveToRangeStart", f"{W}moveToRangeEnd")
PLAIN = {
    "docProps/core.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties '
    b'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>',
    "docProps/app.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties '
    b'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>',
    "meta.xml": b'<?xml version="1.0" encoding="UTF-8"?><office:document-meta '
    b'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.2"><office:meta/></office:document-meta>',
}
STUCK_ON = frozenset({"/Text", "/Popup"})
NOTE_NAMES = ("/T", "/Popup", "/CreationDate", "/M", "/NM")
EPOCH = (1980, 1, 1, 0, 0, 0)


class CannotCleanError(Exception):
    """A file no clean copy can be made of: tracked changes nobody decided, a signature that would break, or it does not open."""


def clean(content: bytes, ending: str, *, accept_changes: bool = False) -> bytes:
    """A copy without properties, comments and former states; tracked changes are accepted only when asked."""
    try:
        return CLEANERS[ending](content, accept_changes)
    except (UnreadableError, PyPdfError, etree.XMLSyntaxError, KeyError, ValueError) as problem:
        raise CannotCleanError from problem


def _office(content: bytes, accept_changes: bool) -> bytes:  # noqa: FBT001 - one signature for every cleaner
    box = opened_zip(content)
    dropped = {name for name in box.namelist() if DROPPED.match(name)}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for each in box.infolist():
            if each.filename in dropped:
                continue
            body = PLAIN.get(each.filename) or _part(box, each.filename, dropped, accept_changes=accept_changes)
            kept = zipfile.ZipInfo(each.filename, EPOCH)
            kept.compress_type = zipfile.ZIP_STORED if each.filename == "mimetype" else zipfile.ZIP_DEFLATED
            made.writestr(kept, body)
    return out.getvalue()


def _part(box: zipfile.ZipFile, name: str, dropped: set[str], *, accept_changes: bool) -> bytes:
    """One part, without what points to dropped parts."""
    if name == "[Content_Types].xml" or name.endswith(".rels"):
        root = tree(box, name)
        assert root is not None
        for each in list(root):
            target = (each.get("PartName") or each.get("Target") or "").lstrip("/").rpartition("/")[2]
            if target and target in {gone.rpartition("/")[2] for gone in dropped}:
                root.remove(each)
        return _written(root)
    if name.startswith("word/") and name.endswith(".xml"):
        return _word(box, name, accept_changes=accept_changes)
    if name.startswith("xl/worksheets/sheet") and any(gone.startswith("xl/comments") for gone in dropped):
        return _sheet(box, name)
    if name == "content.xml":
        return _open_document(box)
    return box.read(name)


def _sheet(box: zipfile.ZipFile, name: str) -> bytes:
    """A sheet without the drawing that shows its comments."""
    root = tree(box, name)
    assert root is not None
    for each in [*root.iter("{http://schemas.openxmlformats.org/spreadsheetml/2006/main}legacyDrawing")]:
        _out(each)
    return _written(root)


def _word(box: zipfile.ZipFile, name: str, *, accept_changes: bool) -> bytes:
    root = tree(box, name)
    assert root is not None
    for each in [*root.iter(*REFERENCES)]:
        _out(each)
    changed = [*root.iter(*GONE, *KEPT, *MARKS)]
    if changed and not accept_changes:
        raise CannotCleanError
    for each in changed:
        if each.tag in KEPT:
            _unwrapped(each)
        else:
            _out(each)
    for each in root.iter():
        for key in [key for key in each.attrib if str(key).startswith(f"{W}rsid")]:
            del each.attrib[key]
    return _written(root)


def _out(each: etree._Element) -> None:
    above = each.getparent()
    if above is not None:
        above.remove(each)


def _unwrapped(each: etree._Element) -> None:
    above = each.getparent()
    if above is None:
        return
    at = above.index(each)
    for n, child in enumerate(list(each)):
        above.insert(at + n, child)
    above.remove(each)


def _open_document(box: zipfile.ZipFile) -> bytes:
    root = tree(box, "content.xml")
    assert root is not None
    office = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
    if next(root.iter("{urn:oasis:names:tc:opendocument:xmlns:text:1.0}changed-region"), None) is not None:
        raise CannotCleanError
    for each in [*root.iter(f"{office}annotation", f"{office}annotation-end")]:
        _keeping_tail(each)
    return _written(root)


def _keeping_tail(each: etree._Element) -> None:
    above, before = each.getparent(), each.getprevious()
    assert above is not None
    if each.tail and before is not None:
        before.tail = f"{before.tail or ''}{each.tail}"
    elif each.tail:
        above.text = f"{above.text or ''}{each.tail}"
    above.remove(each)


def _written(root: etree._Element) -> bytes:
    body: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return body


def _pdf(content: bytes, accept_changes: bool) -> bytes:  # noqa: FBT001, ARG001 - one signature for every cleaner
    """The pages as they are now, cloned into a new file: former states are not carried over."""
    if SIGNED in content:
        raise CannotCleanError
    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise CannotCleanError
    writer = PdfWriter(clone_from=reader)
    writer.metadata = None
    for key in ("/Metadata", "/PieceInfo"):
        writer.root_object.pop(NameObject(key), None)
    for page in writer.pages:
        page.pop(NameObject("/PieceInfo"), None)
        notes = page.get("/Annots")
        if notes is not None:
            page[NameObject("/Annots")] = ArrayObject(list(_notes(notes.get_object())))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _notes(notes: Any) -> Iterator[Any]:
    """The notes without those stuck on; what is drawn on the page stays, for it may be what covers something."""
    for each in notes:
        note = each.get_object()
        if note.get("/Subtype") in STUCK_ON:
            continue
        for key in NOTE_NAMES if note.get("/Subtype") == "/FreeText" else (*NOTE_NAMES, "/Contents", "/RC"):
            if note.get("/Subtype") in COMMENTS:
                note.pop(NameObject(key), None)
        yield each


CLEANERS: dict[str, Callable[[bytes, bool], bytes]] = {
    "pdf": _pdf,
    "docx": _office,
    "xlsx": _office,
    "pptx": _office,
    "odt": _office,
    "ods": _office,
}
CLEANED = frozenset(CLEANERS)
