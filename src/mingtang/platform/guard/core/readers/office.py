"""What DOCX, XLSX and PPTX have in common: properties, embedded files, links out of the file."""

from __future__ import annotations

import zipfile

from lxml import etree

from mingtang.platform.guard.core.kinds import Place, found
from mingtang.platform.guard.core.masking import shortened
from mingtang.platform.guard.core.readers.pieces import Reading, tree

NAMES = {"creator": "author", "lastModifiedBy": "last editor", "Manager": "manager", "Company": "company"}
WORDS = frozenset({"title", "subject", "description", "keywords", "category", "Company"})
LOCAL = ("file:", "\\\\", "c:", "d:", "e:")
INSIDE = ("http://10.", "http://192.168.", "http://172.16.", "http://localhost", "http://oa.")


def properties(reading: Reading, box: zipfile.ZipFile) -> None:
    """Authors, editors, managers, and what other properties say."""
    for part in ("docProps/core.xml", "docProps/app.xml"):
        root = tree(box, part)
        for each in root if root is not None else ():
            name, words = etree.QName(each).localname, (each.text or "").strip()
            if name in {"creator", "lastModifiedBy", "Manager"} and words:
                reading.author(NAMES[name], words)
            elif name in WORDS:
                reading.text(Place("property", name=NAMES.get(name, name)), words)
    root = tree(box, "docProps/custom.xml")
    for each in root if root is not None else ():
        words = " ".join("".join(each.itertext()).split())
        if words:
            name = str(each.get("name", ""))
            reading.findings.append(found("author", Place("property", name=name), shortened(words)))
            reading.text(Place("property", name=name), words, name)


def embedded(reading: Reading, box: zipfile.ZipFile, folder: str) -> None:
    """Whole files inside the file: embedded workbooks, OLE objects, ActiveX controls, macros."""
    for name in box.namelist():
        tail = name.removeprefix(folder)
        if name.startswith(folder) and tail.startswith(("embeddings/", "activeX/")) and not tail.endswith((".rels", "/")):
            reading.findings.append(found("embedded", Place("part", name=name.rpartition("/")[2])))
        if name.lower().endswith("vbaproject.bin"):
            reading.findings.append(found("script", Place("part", name=name.rpartition("/")[2]), "VBA"))


def links(reading: Reading, box: zipfile.ZipFile, folder: str) -> None:
    """Links to files of a machine or an inner network, templates included."""
    for name in box.namelist():
        if not (name.startswith(folder) and name.endswith(".rels")):
            continue
        root = tree(box, name)
        for each in root if root is not None else ():
            target = str(each.get("Target", ""))
            if each.get("TargetMode") == "External" and target.lower().startswith((*LOCAL, *INSIDE)):
                reading.hidden("external_link", Place("part", name=name.rpartition("/")[2].removesuffix(".rels")), target)
