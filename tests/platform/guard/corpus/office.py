"""Word, Excel, PowerPoint, OpenDocument, web and picture files made for the purpose, each with one thing hidden in it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName

from tests.platform.guard.corpus.words import A, B, K

TEXT = "urn:oasis:names:tc:opendocument:xmlns:"


def docx(fill: Callable[[Any], None] = lambda _document: None, *, author: str = "") -> bytes:
    """A Word file with a harmless paragraph, then what `fill` adds."""
    document = Document()
    document.core_properties.author = author
    document.core_properties.comments = ""
    document.add_paragraph("关于老旧小区加装电梯的公示")
    fill(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def xlsx(fill: Callable[[Any], None] = lambda _book: None, *, author: str = "openpyxl") -> bytes:
    """A workbook with a harmless sheet, then what `fill` adds."""
    book = Workbook()
    book.properties.creator = author
    sheet = book.active
    sheet.title = "公示"
    sheet.append(["序号", "小区", "金额"])
    sheet.append([1, "锦绣花园", 200000])
    fill(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _vanished(document: Any) -> None:
    run = document.add_paragraph("公开的一句。").add_run("内部口径：暂不回应")
    run.font.hidden = True


def _white(document: Any) -> None:
    document.add_paragraph("公开的一句。").add_run("白色的内部意见").font.color.rgb = RGBColor(255, 255, 255)


def _tiny(document: Any) -> None:
    document.add_paragraph("公开的一句。").add_run("缩到一磅的字").font.size = Pt(1)


def _style(document: Any) -> None:
    style = document.styles.add_style("Neibu", 2)
    style.font.hidden = True
    document.add_paragraph("公开。").add_run("按样式隐藏的话", style=style)


def _comment(document: Any) -> None:
    run = document.add_paragraph().add_run("补助二十万元")
    document.add_comment(run, text="财政局不同意这个数", author="王小明", initials="W")


def _tracked(kind: str) -> Callable[[Any], None]:
    def fill(document: Any) -> None:
        words = "delText" if kind == "del" else "t"
        mark = f'<w:{kind} {nsdecls("w")} w:id="9" w:author="赵大力"><w:r><w:{words}>原定三十万元</w:{words}></w:r></w:{kind}>'
        document.add_paragraph("补助")._p.append(parse_xml(mark))

    return fill


def custom_property() -> bytes:
    extra = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="经办电话"><vt:lpwstr>13805510005</vt:lpwstr></property></Properties>'
    )
    return added(docx(), "docProps/custom.xml", extra)


def added(content: bytes, name: str, body: str | bytes) -> bytes:
    """The same box with one more part."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w") as made:
        for each in before.infolist():
            made.writestr(each, before.read(each.filename))
        made.writestr(name, body)
    return out.getvalue()


def _header(document: Any) -> None:
    document.sections[0].header.paragraphs[0].text = f"经办人身份证{A}"


def _footer(document: Any) -> None:
    document.sections[0].footer.paragraphs[0].text = "排版：老李13805510006"


def _cell(document: Any) -> None:
    table = document.add_table(2, 2)
    table.cell(0, 1).text = "身份证号"
    table.cell(1, 1).text = B


def _box(document: Any) -> None:
    mark = (
        f'<w:p {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r>'
        "<w:t>文本框里的电话13805510007</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    )
    document.element.body.insert(1, parse_xml(mark))


def _template(document: Any) -> None:
    document.part.relate_to("file:///C:/Users/laowang/模板.dotx", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)


def _split_runs(document: Any) -> None:
    paragraph = document.add_paragraph("电话：")
    for part in ("138", "0551", "0008"):
        paragraph.add_run(part).bold = True


def _dark_head(document: Any) -> None:
    """White words in a dark cell are seen."""
    cell = document.add_table(1, 1).cell(0, 0)
    cell.paragraphs[0].add_run("项目").font.color.rgb = RGBColor(255, 255, 255)
    shade = OxmlElement("w:shd")
    shade.set(qn("w:fill"), "1B4B43")
    cell._tc.get_or_add_tcPr().append(shade)


def _sheet(state: str) -> Callable[[Any], None]:
    def fill(book: Any) -> None:
        sheet = book.create_sheet("名单")
        sheet.append(["姓名", "金额"])
        sheet.append(["张某", 100])
        sheet.sheet_state = state

    return fill


def _row(book: Any) -> None:
    book.active.append(["内部测算", "", 350000])
    book.active.row_dimensions[3].hidden = True


def _column(book: Any) -> None:
    book.active["D1"], book.active["D2"] = "内部评分", 61
    book.active.column_dimensions["D"].hidden = True


def _note(book: Any) -> None:
    book.active["C2"].comment = Comment("此数未经审定", "王小明")


def _white_cell(book: Any) -> None:
    book.active["E2"] = "白色的批示"
    book.active["E2"].font = Font(color="FFFFFFFF")


def _dark_cell(book: Any) -> None:
    book.active["E1"] = "合计"
    book.active["E1"].font = Font(color="FFFFFFFF")
    book.active["E1"].fill = PatternFill("solid", fgColor="FF1B4B43")


def _format(book: Any) -> None:
    book.active["F2"] = 880000
    book.active["F2"].number_format = ";;;"


def _name(book: Any) -> None:
    book.defined_names["底表"] = DefinedName("底表", attr_text=r"'C:\zjj\laowang\[底表.xlsx]Sheet1'!$A$1")


def _number(book: Any) -> None:
    book.active["G1"], book.active["G2"] = "手机号", 13805510009


def _account(book: Any) -> None:
    book.active["H1"], book.active["H2"] = "银行卡号", K


def box(mimetype: str, **parts: str) -> bytes:
    """A zip of parts; an OpenDocument file begins with its type."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        if mimetype:
            made.writestr("mimetype", mimetype)
        for name, body in parts.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml"), body)
    return out.getvalue()


def open_document(kind: str, body: str, styles: str = "", meta: str = "") -> bytes:
    """An ODT or ODS."""
    spaces = (
        " ".join(f'xmlns:{name}="{TEXT}{name}:1.0"' for name in ("office", "text", "table", "style"))
        + ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    )
    content = f"<office:document-content {spaces}><office:automatic-styles>{styles}</office:automatic-styles><office:body>{body}</office:body></office:document-content>"
    head = f"<office:document-meta {spaces}><office:meta>{meta}</office:meta></office:document-meta>"
    return box(f"application/vnd.oasis.opendocument.{kind}", content_xml=content, meta_xml=head)


def slides(*, show: str = "1", notes: str = "") -> bytes:
    """A presentation of one slide."""
    spaces = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
    parts = {
        "ppt__presentation_xml": f"<p:presentation {spaces}/>",
        "ppt__slides__slide1_xml": f'<p:sld {spaces} show="{show}"><a:p><a:r><a:t>方案比选</a:t></a:r></a:p></p:sld>',
    }
    if notes:
        parts["ppt__notesSlides__notesSlide1_xml"] = f"<p:notes {spaces}><a:p><a:r><a:t>{notes}</a:t></a:r></a:p></p:notes>"
    return box("", **parts)


def picture(*, place: bool) -> bytes:
    """A JPEG's beginning with Exif, with or without the tag of the co-ordinates."""
    exif = (
        b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01"
        + (b"\x88\x25" if place else b"\x01\x0f")
        + b"\x00\x04\x00\x00\x00\x01\x00\x00\x00\x1a"
    )
    return b"\xff\xd8\xff\xe1\x00\x40" + exif + b"\x00" * 64 + b"\xff\xd9"


P = "<text:p>{}</text:p>".format
MARK = "<office:annotation><dc:creator>王小明</dc:creator><text:p>先别发</text:p></office:annotation>"
REGION = (
    "<text:tracked-changes><text:changed-region><text:deletion><dc:creator>赵大力</dc:creator><text:p>三十万</text:p>"
    "</text:deletion></text:changed-region></text:tracked-changes>"
)
NOT_SHOWN = '<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>'
NO_TEXT = '<style:style style:name="T1"><style:text-properties text:display="none"/></style:style>'


def hidden() -> list[tuple[str, bytes, str]]:
    """Name, content, and the kind of finding each must give."""
    return [
        ("comment.docx", docx(_comment), "comment"),
        ("deleted.docx", docx(_tracked("del")), "tracked_change"),
        ("inserted.docx", docx(_tracked("ins")), "tracked_change"),
        ("vanished.docx", docx(_vanished), "hidden_text"),
        ("white.docx", docx(_white), "hidden_text"),
        ("tiny.docx", docx(_tiny), "hidden_text"),
        ("style.docx", docx(_style), "hidden_text"),
        ("author.docx", docx(author="王小明"), "author"),
        ("custom.docx", custom_property(), "author"),
        ("header.docx", docx(_header), "id_number"),
        ("footer.docx", docx(_footer), "mobile"),
        ("cell.docx", docx(_cell), "id_number"),
        ("textbox.docx", docx(_box), "mobile"),
        ("template.docx", docx(_template), "external_link"),
        ("runs.docx", docx(_split_runs), "mobile"),
        ("embedded.docx", added(docx(), "word/embeddings/Microsoft_Excel_Sheet1.xlsx", b"PK"), "embedded"),
        ("hidden-sheet.xlsx", xlsx(_sheet("hidden")), "hidden_sheet"),
        ("very-hidden.xlsx", xlsx(_sheet("veryHidden")), "hidden_sheet"),
        ("row.xlsx", xlsx(_row), "hidden_cells"),
        ("column.xlsx", xlsx(_column), "hidden_cells"),
        ("note.xlsx", xlsx(_note), "comment"),
        ("white.xlsx", xlsx(_white_cell), "hidden_text"),
        ("format.xlsx", xlsx(_format), "hidden_text"),
        ("author.xlsx", xlsx(author="赵大力"), "author"),
        ("name.xlsx", xlsx(_name), "external_link"),
        ("number.xlsx", xlsx(_number), "mobile"),
        ("account.xlsx", xlsx(_account), "bank_card"),
        ("slide.pptx", slides(show="0"), "hidden_slide"),
        ("notes.pptx", slides(notes="这页不要念"), "notes"),
        ("annotation.odt", open_document("text", f"<text:p>正文{MARK}</text:p>"), "comment"),
        ("tracked.odt", open_document("text", REGION + P("正文")), "tracked_change"),
        (
            "span.odt",
            open_document("text", '<text:p>正文<text:span text:style-name="T1">暗语</text:span></text:p>', NO_TEXT),
            "hidden_text",
        ),
        ("author.odt", open_document("text", P("正文"), meta="<dc:creator>王小明</dc:creator>"), "author"),
        (
            "table.ods",
            open_document("spreadsheet", f'<table:table table:name="底" table:style-name="ta2">{P("数")}</table:table>', NOT_SHOWN),
            "hidden_sheet",
        ),
        (
            "row.ods",
            open_document(
                "spreadsheet",
                f'<table:table table:name="表"><table:table-row table:visibility="collapse">{P("数")}</table:table-row></table:table>',
            ),
            "hidden_cells",
        ),
        ("none.html", '<html><body>公开<p style="display:none">内部</p></body></html>'.encode(), "hidden_text"),
        ("remark.html", "<html><body>公开<!-- 老王改的 --></body></html>".encode(), "comment"),
        ("script.html", "<html><body>公开<script>1</script></body></html>".encode(), "script"),
        ("remark.md", "# 公示\n\n<!-- 先不要发 -->\n".encode(), "comment"),
        ("gb.txt", "联系人电话13805510010".encode("gb18030"), "mobile"),
        ("list.csv", f"姓名,身份证号\n张某,{A}\n".encode(), "id_number"),
        ("place.jpg", picture(place=True), "position"),
    ]


def harmless() -> list[tuple[str, bytes]]:
    """Files without anything to find."""
    return [
        ("plain.docx", docx(author="清河区住房和城乡建设局")),
        ("dark.docx", docx(_dark_head)),
        ("plain.xlsx", xlsx()),
        ("dark.xlsx", xlsx(_dark_cell)),
        ("plain.pptx", slides()),
        ("plain.odt", open_document("text", P("正文"), meta="<dc:creator>区政府办公室</dc:creator>")),
        ("plain.ods", open_document("spreadsheet", f'<table:table table:name="表">{P("数")}</table:table>')),
        ("plain.html", "<html><head><style>p{color:red}</style></head><body><p>公开</p></body></html>".encode()),
        ("plain.md", "# 公示\n\n- 第一条\n".encode()),
        ("plain.txt", "公示".encode()),
        ("plain.csv", "小区,户数\n锦绣花园,48\n".encode()),
    ]
