"""The marks of WordprocessingML that python-docx has no words for: East Asian fonts, borders, the text grid."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

ZIP_DAY = (1980, 1, 1, 0, 0, 0)
AFTER_BORDERS = ("w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr")


def _mark(name: str, **values: object) -> Any:
    made = OxmlElement(f"w:{name}")
    for each, value in values.items():
        made.set(qn(f"w:{each}"), str(value))
    return made


def face(owner: Any, name: str) -> None:
    """Give a run or style one font for every script; theme fonts would win over it and are taken away."""
    fonts = owner._element.get_or_add_rPr().get_or_add_rFonts()  # noqa: SLF001 - no interface for East Asian fonts
    for each in list(fonts.attrib):
        del fonts.attrib[each]
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), name)


def speech(style: Any, language: str) -> None:
    """Say which language the text of a style is in, for spelling and for reading aloud."""
    style.element.get_or_add_rPr().append(_mark("lang", val=language, eastAsia="zh-CN"))


def text_grid(section: Any, line_twips: int, sign_parts: int) -> None:
    """Set lines and signs on a grid: the distance of lines in twips, the change of a sign's width in 1/4096 pt."""
    properties = section._sectPr  # noqa: SLF001 - no interface for the grid
    for each in properties.findall(qn("w:docGrid")):
        properties.remove(each)
    properties.append(_mark("docGrid", type="linesAndChars", linePitch=line_twips, charSpace=sign_parts))


def without_borders(style: Any) -> None:
    """Take the rules of a style's paragraphs away."""
    properties = style.element.get_or_add_pPr()
    for each in properties.findall(qn("w:pBdr")):
        properties.remove(each)


def border(line: Any, side: str, *, eighths: int, colour: str = "000000", gap: int = 1) -> None:
    """A rule above ("top") or below ("bottom") a paragraph: its weight in 1/8 pt, its distance in pt."""
    properties = line._p.get_or_add_pPr()  # noqa: SLF001 - no interface for borders
    borders = properties.find(qn("w:pBdr"))
    if borders is None:
        borders = _mark("pBdr")
        properties.insert_element_before(borders, *AFTER_BORDERS)
    borders.append(_mark(side, val="single", sz=eighths, space=gap, color=colour))


def repeated(row: Any) -> None:
    """Print a table's head again on every page."""
    row._tr.get_or_add_trPr().append(_mark("tblHeader"))  # noqa: SLF001 - no interface for repeated heads


def undivided(row: Any) -> None:
    """Keep a row on one page."""
    row._tr.get_or_add_trPr().append(_mark("cantSplit"))  # noqa: SLF001 - no interface for whole rows


def page_number(run: Any) -> None:
    """A field that shows the number of the page."""
    code = _mark("instrText")
    code.text = "PAGE"
    for part in (_mark("fldChar", fldCharType="begin"), code, _mark("fldChar", fldCharType="end")):
        run._r.append(part)  # noqa: SLF001 - no interface for fields


def same_bytes(content: bytes) -> bytes:
    """The same parts under one fixed day, so that the same paper has the same hash."""
    box = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            fixed = zipfile.ZipInfo(name, ZIP_DAY)
            fixed.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(fixed, old.read(name))
    return box.getvalue()
