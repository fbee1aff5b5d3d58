"""PDF files made for the purpose, each with one thing hidden in it."""

from __future__ import annotations

import io
from typing import Any

import typst
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText, Rectangle, Text
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, NumberObject, TextStringObject

from tests.platform.guard.corpus.words import A

COVER = "#let cover(body) = box({ body; place(top + left, dy: -1mm, rect(width: 100%, height: 5.5mm, fill: black)) })\n"
HEAD = '#set page(width: 210mm, height: 297mm)\n#set text(font: ("Noto Serif CJK SC", "Noto Sans CJK SC"), size: 11pt)\n'
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="20"><rect width="300" height="20" fill="#555"/></svg>'


def typeset(body: str) -> bytes:
    """A page or more of Typst."""
    made: bytes = typst.compile((HEAD + COVER + body).encode())
    return made


def plain(body: str = "公示：以下内容可以公开。") -> bytes:
    """A harmless page."""
    return typeset(body)


def raw(stream: bytes, **extra: Any) -> bytes:
    """A page drawn by hand in Helvetica; `extra` goes into its resources."""
    writer = PdfWriter()
    page = writer.add_blank_page(595, 842)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    resources = DictionaryObject({NameObject("/Font"): DictionaryObject({NameObject("/F1"): writer._add_object(font)})})
    for name, value in extra.items():
        resources[NameObject(f"/{name}")] = value
    page[NameObject("/Resources")] = resources
    body = DecodedStreamObject()
    body.set_data(stream)
    page[NameObject("/Contents")] = writer._add_object(body)
    writer.metadata = None
    return written(writer)


def written(writer: PdfWriter) -> bytes:
    """The bytes of a writer."""
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def opened(content: bytes | None = None) -> PdfWriter:
    """A writer over a harmless page, without a name in its properties."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content or plain())))
    writer.metadata = None
    return writer


def covered() -> bytes:
    return typeset(f"申请人身份证#cover[{A}]，同意公开其余内容。")


def covered_on_page_three() -> bytes:
    return typeset("第一页#pagebreak()第二页#pagebreak()联系电话#cover[13805510001]")


def white() -> bytes:
    return typeset("公开内容。#text(fill: white)[内部意见：不宜采纳]")


def under_picture() -> bytes:
    svg = SVG.replace('"', '\\"')
    picture = 'place(top + left, dy: -1mm, image(mask, format: "svg", width: 100%, height: 6mm, fit: "stretch"))'
    return typeset(f'#let mask = bytes("{svg}")\n#box({{ [原报价三百二十万元整]; {picture} }})')


def off_the_page() -> bytes:
    return typeset("公开内容。#place(dx: 260mm)[页面外的内部批示文字]")


def grey_on_grey() -> bytes:
    return typeset('#rect(fill: rgb("#888888"), width: 80mm)[#text(fill: rgb("#888888"))[看不见的灰色文字]]')


def invisible() -> bytes:
    return raw(b"BT /F1 12 Tf 72 720 Td (Public words) Tj ET BT 3 Tr /F1 12 Tf 72 690 Td (Internal remark not for the public) Tj ET")


def layer_off() -> bytes:
    writer = opened(raw(b"BT /F1 12 Tf 72 720 Td (Public words) Tj ET /OC /L1 BDC BT /F1 12 Tf 72 690 Td (Draft layer words) Tj ET EMC"))
    group = writer._add_object(
        DictionaryObject({NameObject("/Type"): NameObject("/OCG"), NameObject("/Name"): TextStringObject("内部审签层")})
    )
    resources: Any = writer.pages[0]["/Resources"]
    resources[NameObject("/Properties")] = DictionaryObject({NameObject("/L1"): group})
    writer.root_object[NameObject("/OCProperties")] = DictionaryObject(
        {
            NameObject("/OCGs"): ArrayObject([group]),
            NameObject("/D"): DictionaryObject({NameObject("/OFF"): ArrayObject([group])}),
        }
    )
    return written(writer)


def sticky_note() -> bytes:
    writer = opened()
    writer.add_annotation(0, Text(rect=(50, 700, 70, 720), text="此处数字与财政局口径不一致，先不要公开"))
    return written(writer)


def free_text() -> bytes:
    writer = opened()
    writer.add_annotation(0, FreeText(text="请老李13805510002再核", rect=(50, 500, 250, 540)))
    return written(writer)


def box_as_note() -> bytes:
    source = raw(b"BT /F1 14 Tf 72 700 Td (Secret price three million) Tj ET")
    writer = opened(source)
    writer.add_annotation(0, Rectangle(rect=(60, 690, 320, 720), interior_color="000000"))
    notes: Any = writer.pages[0]["/Annots"]
    form = DecodedStreamObject()
    form.set_data(b"0 0 0 rg 0 0 260 30 re f")
    form.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): ArrayObject([NumberObject(n) for n in (0, 0, 260, 30)]),
        }
    )
    notes[0].get_object()[NameObject("/AP")] = DictionaryObject({NameObject("/N"): writer._add_object(form)})
    return written(writer)


def attachment() -> bytes:
    writer = opened()
    writer.add_attachment("名单（含身份证）.xlsx", b"PK")
    return written(writer)


def author() -> bytes:
    writer = opened()
    writer.add_metadata({"/Author": "王小明", "/Title": "公示"})
    return written(writer)


def xmp_author() -> bytes:
    writer = opened()
    packet = (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator><rdf:Seq><rdf:li>赵大力</rdf:li></rdf:Seq></dc:creator>'
        "</rdf:Description></rdf:RDF></x:xmpmeta>"
    )
    stream = DecodedStreamObject()
    stream.set_data(packet.encode())
    stream.update({NameObject("/Type"): NameObject("/Metadata"), NameObject("/Subtype"): NameObject("/XML")})
    writer.root_object[NameObject("/Metadata")] = writer._add_object(stream)
    return written(writer)


def script() -> bytes:
    writer = opened()
    action = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(action)
    return written(writer)


def internal_link() -> bytes:
    writer = opened()
    action = DictionaryObject(
        {NameObject("/S"): NameObject("/URI"), NameObject("/URI"): TextStringObject("file:///D:/zjj-laowang/draft.docx")}
    )
    note = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Link"),
            NameObject("/Rect"): ArrayObject([NumberObject(n) for n in (0, 0, 9, 9)]),
            NameObject("/A"): action,
        }
    )
    writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(note)])
    return written(writer)


def form_field() -> bytes:
    writer = opened()
    field = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Widget"),
            NameObject("/FT"): NameObject("/Tx"),
            NameObject("/T"): TextStringObject("联系电话"),
            NameObject("/V"): TextStringObject("13805510003"),
            NameObject("/Rect"): ArrayObject([NumberObject(n) for n in (10, 10, 90, 30)]),
        }
    )
    writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(field)])
    return written(writer)


def saved_over() -> bytes:
    """Saved incrementally: the number was deleted, the page before is still in the file."""
    first = raw(b"BT /F1 12 Tf 72 720 Td (Call 13805510004 now) Tj ET")
    writer = PdfWriter(io.BytesIO(first), incremental=True)
    page: Any = writer.pages[0]
    stream = DecodedStreamObject()
    stream.set_data(b"BT /F1 12 Tf 72 720 Td (Call the office) Tj ET")
    page[NameObject("/Contents")] = writer._add_object(stream)
    return written(writer)


def saved_twice_unchanged() -> bytes:
    """Saved incrementally with a title added and nothing taken away: harmless."""
    writer = PdfWriter(io.BytesIO(raw(b"BT /F1 12 Tf 72 720 Td (Public words) Tj ET")), incremental=True)
    writer.root_object[NameObject("/Lang")] = TextStringObject("zh-CN")
    return written(writer)


def recognised_scan() -> bytes:
    """A picture of words with the recognised words, invisible, behind it: harmless."""
    ink = b" ".join(b"0 0 0 rg %d 688 4 12 re f %d 688 2 12 re f" % (x, x + 6) for x in range(72, 300, 9))
    return raw(ink + b" BT 3 Tr /F1 12 Tf 72 690 Td (Recognised words behind the scan) Tj ET")


def bright_table() -> bytes:
    """White words on a dark table head, highlights, a crossed-out price: all of it seen."""
    return typeset(
        '#table(columns: 2, fill: (x, y) => if y == 0 { rgb("#1b4b43") }, text(fill: white)[项目], text(fill: white)[金额], [电梯], [#strike[30] 20 万元])\n'
        '#highlight[高亮的一句] #text(fill: rgb("#9a9a9a"))[浅灰小注] #text(size: 6pt)[六号小字] #underline[划线]'
    )


def scanned() -> bytes:
    """A picture and nothing else."""
    writer = opened(raw(b""))
    image = DecodedStreamObject()
    image.set_data(bytes(range(256)) * 4)
    image.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Image"),
            NameObject("/Width"): NumberObject(32),
            NameObject("/Height"): NumberObject(32),
            NameObject("/ColorSpace"): NameObject("/DeviceGray"),
            NameObject("/BitsPerComponent"): NumberObject(8),
        }
    )
    resources: Any = writer.pages[0]["/Resources"]
    resources[NameObject("/XObject")] = DictionaryObject({NameObject("/I"): writer._add_object(image)})
    body = DecodedStreamObject()
    body.set_data(b"q 500 0 0 700 40 60 cm /I Do Q")
    writer.pages[0][NameObject("/Contents")] = writer._add_object(body)
    return written(writer)


def locked() -> bytes:
    """A PDF with a password."""
    writer = opened()
    writer.encrypt("mima")
    return written(writer)
