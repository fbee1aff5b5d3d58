"""What a PDF carries beside its pages: properties, notes, attachments, layers, fields, scripts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from mingtang.platform.guard.core.kinds import Place, found
from mingtang.platform.guard.core.readers.pieces import Reading

COMMENTS = frozenset(
    [
        "/Text",
        "/FreeText",
        "/Highlight",
        "/Underline",
        "/StrikeOut",
        "/Squiggly",
        "/Popup",
        "/Ink",
        "/Stamp",
        "/Caret",
        "/Line",
        "/Square",
        "/Circle",
        "/Polygon",
    ]
)
ACTIVE = frozenset({"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/RichMediaExecute"})
DEEPEST = 12
SIGNED = b"/ByteRange"


def structure(reading: Reading, reader: PdfReader, content: bytes) -> None:
    """Everything but the words on the pages."""
    root = reader.trailer["/Root"].get_object()
    if SIGNED in content:
        reading.findings.append(found("signed", Place("whole")))
    _properties(reading, reader)
    _layers(reading, root)
    _attachments(reading, reader)
    if b"/JS" in content or any(_actions(root)):
        _scripts(reading, root)
    for number, page in enumerate(reader.pages, 1):
        for note in page.get("/Annots") or ():
            _annotation(reading, note.get_object(), number)


def _properties(reading: Reading, reader: PdfReader) -> None:
    info: Mapping[str, Any] = reader.metadata or {}
    seen: set[str] = set()
    for name, value in info.items():
        words = str(value)
        if name in {"/Author", "/Company", "/Manager", "/LastModifiedBy"} and words.strip():
            seen.add(words.strip())
            reading.author(name.strip("/"), words)
        elif name not in {"/Producer", "/Creator", "/CreationDate", "/ModDate", "/Trapped"}:
            reading.text(Place("property", name=name.strip("/")), words)
    xmp = reader.xmp_metadata
    for each in (xmp.dc_creator or []) if xmp is not None else []:
        if str(each).strip() not in seen:
            reading.author("dc:creator", str(each))
    if xmp is not None:
        for words in (xmp.dc_description or {}).values():
            reading.text(Place("property", name="dc:description"), str(words))


def _layers(reading: Reading, root: Any) -> None:
    """Layers that are off when the file is opened; what stands on them is found page by page as unseen."""
    layers = root.get("/OCProperties")
    if layers is None:
        return
    layers = layers.get_object()
    default: Any = (layers.get("/D") or DictionaryObject()).get_object()
    off = [each.get_object() for each in (default.get("/OFF") or ArrayObject())]
    if default.get("/BaseState") == "/OFF":
        on = [each.get_object() for each in (default.get("/ON") or ArrayObject())]
        off += [each.get_object() for each in (layers.get("/OCGs") or ArrayObject()) if each.get_object() not in on]
    for each in off:
        reading.hidden("hidden_layer", Place("part", name=str(each.get("/Name", "?"))), str(each.get("/Name", "")))


def _attachments(reading: Reading, reader: PdfReader) -> None:
    for name in reader.attachments:
        reading.hidden("attachment", Place("part", name=str(name)), str(name))


def _scripts(reading: Reading, root: Any) -> None:
    for kind in _actions(root):
        reading.findings.append(found("script", Place("whole"), kind.strip("/")))
    names: Any = (root.get("/Names") or DictionaryObject()).get_object()
    if "/JavaScript" in names:
        reading.findings.append(found("script", Place("whole"), "JavaScript"))


def _actions(thing: Any) -> Iterator[str]:
    """The active actions of the document or of one note, chained ones included."""
    waiting = [thing.get("/OpenAction"), thing.get("/A")]
    more = thing.get("/AA")
    waiting += list(more.get_object().values()) if more is not None else []
    for _ in range(DEEPEST):
        if not waiting:
            return
        action = waiting.pop()
        action = action.get_object() if action is not None else None
        if isinstance(action, DictionaryObject):
            if action.get("/S") in ACTIVE:
                yield str(action["/S"])
            waiting.append(action.get("/Next"))


def _annotation(reading: Reading, note: Any, page: int) -> None:
    kind, place = note.get("/Subtype"), Place("page", page)
    words = str(note.get("/Contents") or "")
    for action in _actions(note):
        reading.findings.append(found("script", place, action.strip("/")))
    link = note["/A"].get_object().get("/URI") if kind == "/Link" and note.get("/A") is not None else None
    if link is not None and str(link).lower().startswith(("file:", "\\\\")):
        reading.hidden("external_link", place, str(link))
    if kind == "/FileAttachment":
        reading.hidden("attachment", place, words or "FileAttachment")
    elif kind in COMMENTS and (words.strip() or kind == "/Popup"):
        if words.strip():
            reading.hidden("comment", place, words)
    elif kind == "/Widget" and note.get("/FT") in {"/Tx", "/Ch", None}:
        _field(reading, note, place)


def _field(reading: Reading, note: Any, place: Place) -> None:
    parent = note.get("/Parent")
    value = note.get("/V") or (parent.get_object().get("/V") if parent is not None else None)
    if value is not None and str(value).strip():
        name = str(note.get("/T") or note.get("/TU") or "")
        reading.findings.append(found("form_field", place))
        reading.text(place, str(value), name)
