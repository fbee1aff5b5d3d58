"""Reading files into blocks: every word in reading order, page furniture set aside, hostile files refused with a sentence."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import Any

import pytest
import typst
from docx import Document
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfWriter

from mingtang.kernel.decision import Refused
from mingtang.platform.documents.blocks import Block, blocks_of
from mingtang.platform.documents.official import Paper, Section, to_pdf
from mingtang.platform.documents.reading import read_blocks, text_of


def docx_of(*paragraphs: str) -> tuple[Any, bytes]:
    made = Document()
    for each in paragraphs:
        made.add_paragraph(each)
    return made, saved(made)


def saved(made: Any) -> bytes:
    box = io.BytesIO()
    made.save(box)
    return box.getvalue()


def test_a_docx_is_read_with_its_tables_in_their_place():
    made, _ = docx_of("某办法", "第一条 补助标准如下：")
    grid = made.add_table(rows=2, cols=2)
    for n, words in enumerate(["层数", "金额", "四层", "二十万元"]):
        grid.cell(n // 2, n % 2).text = words
    made.add_paragraph("第二条 自公布之日起施行。")
    assert read_blocks(saved(made), "办法.docx") == (
        Block("某办法\n"),
        Block("第一条 补助标准如下：\n"),
        Block("层数 | 金额\n四层 | 二十万元\n", table=True),
        Block("第二条 自公布之日起施行。\n"),
    )


NUMBERING = f"""<w:abstractNum {nsdecls("w")} w:abstractNumId="77">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="第%1条"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl></w:abstractNum>"""


def test_articles_counted_by_the_word_processor_are_counted_too():
    made, _ = docx_of("某办法")
    numbering = made.part.numbering_part.element
    numbering.insert(0, parse_xml(NUMBERING))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="88"><w:abstractNumId w:val="77"/></w:num>'))
    for depth, words in [
        (0, "制定本办法，方便居民。"),
        (1, "甲。"),
        (1, "乙。"),
        (0, "由区住建局解释，自公布起施行。"),
        (1, "丙。"),
        (2, "丁。"),
        (5, "戊。"),
    ]:
        line = made.add_paragraph(words)
        line._p.get_or_add_pPr().append(parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="88"/></w:numPr>'))
    made.add_paragraph("按样式编号。", style="List Number")
    assert text_of(saved(made), "办法.docx").splitlines() == [
        "某办法",
        "第一条　制定本办法，方便居民。",
        "1）　甲。",
        "2）　乙。",
        "第二条　由区住建局解释，自公布起施行。",
        "1）　丙。",
        "丁。",
        "戊。",
        "1.　按样式编号。",
    ]


def test_a_pdf_is_read_and_lines_broken_by_the_page_are_joined():
    words = "第三条 " + "区住建局应当在收到申请后十五个工作日内完成审核并将结果书面告知申请人，" * 3 + "逾期视为同意。"
    paper = Paper(
        "某区文件",
        "某〔2026〕1号",
        "某办法",
        "某局",
        date(2026, 11, 24),
        (Section(paragraphs=("第一条 为了居民，制定本办法。", words)),),
    )
    lines = text_of(to_pdf(paper), "办法.pdf").splitlines()
    assert "第一条 为了居民，制定本办法。" in lines
    assert words in lines


def blank_pdf() -> bytes:
    made, box = PdfWriter(), io.BytesIO()
    made.add_blank_page(200, 200)
    made.write(box)
    return box.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"not a document", "a.docx", "broken"),
        (b"PK\x03\x04broken", "a.docx", "broken"),
        (b"%PDF-1.4 broken", "a.pdf", "broken"),
        (blank_pdf(), "scan.pdf", "no_text"),
        (b"  \n ", "a.txt", "no_text"),
        (b"\xd0\xcf\x11\xe0\x00\x00", "old.doc", "kind"),
        (b"\xd0\xcf\x11\xe0\x00\x00", "old.txt", "kind"),
        (b"MZ\x00\x00", "setup.exe", "kind"),
        (b"x" * (30 * 1024 * 1024 + 1), "a.txt", "too_large"),
        ("字".encode() * 1_000_001, "a.txt", "too_long"),
        (b"a\n" * 20_001, "a.txt", "too_long"),
    ],
)
def test_a_file_that_gives_no_words_is_refused_with_a_way_out(content, name, code):
    with pytest.raises(Refused) as refused:
        text_of(content, name)
    assert refused.value.decision.code == code
    assert str(refused.value.decision.remedy)


def test_plain_text_is_read_in_an_offices_encoding():
    assert read_blocks("某办法\n\n第一条 好。".encode("gb18030"), "a.txt") == (Block("某办法\n\n"), Block("第一条 好。"))


@given(st.text(alphabet="第一条甲。 \n\r\t\u3000\ufeff", max_size=60))
def test_the_blocks_of_a_text_are_the_text(words):
    assert "".join(each.text for each in blocks_of(words)) == words


def part_of(made: Any, words: str) -> Any:
    return parse_xml(f"<w:p {nsdecls('w')}>{words}</w:p>")


def test_inserted_words_are_read_deleted_ones_are_not_and_what_stands_aside_is_named():
    made, _ = docx_of("某办法")
    body = made.element.body
    body.insert(1, part_of(made, "<w:ins><w:r><w:t>第一条 补。</w:t></w:r></w:ins><w:del><w:r><w:delText>删。</w:delText></w:r></w:del>"))
    body.insert(
        2, parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>第二条 控件里。</w:t></w:r></w:p></w:sdtContent></w:sdt>")
    )
    body.insert(3, part_of(made, "<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t><w:br w:type='page'/></w:r>"))
    body.insert(4, part_of(made, "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>框里的话</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"))
    body.insert(5, part_of(made, "<w:r><w:drawing/></w:r>"))
    body.insert(6, part_of(made, "<w:moveFrom><w:r><w:t>移走的</w:t></w:r></w:moveFrom>"))
    found = [(each.text, each.aside) for each in read_blocks(saved(made), "a.docx") if each.text.strip()]
    assert found == [
        ("某办法\n", ""),
        ("第一条 补。\n", ""),
        ("第二条 控件里。\n", ""),
        ("甲\t乙\n", ""),
        ("丙\n", ""),
        ("框里的话\n", "box"),
        ("［图］\n", "picture"),
    ]


def test_notes_of_a_docx_follow_its_text():
    made, _ = docx_of("某办法")
    notes = Part(
        PackURI("/word/footnotes.xml"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml",
        f"<w:footnotes {nsdecls('w')}><w:footnote><w:p><w:r><w:t>见某法。</w:t></w:r></w:p></w:footnote><w:footnote/></w:footnotes>".encode(),
        made.part.package,
    )
    made.part.relate_to(notes, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes")
    assert read_blocks(saved(made), "a.docx")[-1] == Block("见某法。\n", aside="note")


ODT = """<?xml version="1.0"?>{doctype}<office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0">
<office:automatic-styles><text:list-style style:name="L1">
<text:list-level-style-number text:level="1" style:num-format="一, 二, 三, ..." style:num-prefix="第" style:num-suffix="条"/>
<text:list-level-style-number text:level="2" style:num-format="1" text:start-value="3" style:num-suffix="."/>
<text:list-level-style-bullet text:level="3"/></text:list-style></office:automatic-styles>
<office:body><office:text>{body}</office:text></office:body></office:document-content>"""


def odt_of(body: str, doctype: str = "", extra: dict[str, bytes] | None = None) -> bytes:
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        made.writestr("content.xml", ODT.format(body=body, doctype=doctype))
        for name, content in (extra or {}).items():
            made.writestr(name, content)
    return box.getvalue()


def test_an_odt_is_read_with_the_numbers_it_prints():
    body = (
        "<text:h>某办法</text:h><text:tracked-changes><text:p>删掉的</text:p></text:tracked-changes>"
        '<text:list text:style-name="L1"><text:list-item><text:p>甲<text:s text:c="2"/>乙<text:tab/>丙</text:p>'
        "<text:list><text:list-item><text:p>子一。</text:p></text:list-item></text:list></text:list-item>"
        "<text:list-item><text:p>丁<text:line-break/>戊</text:p></text:list-item>"
        "<text:list-header><text:p>无号。</text:p></text:list-header></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>层数</text:p></table:table-cell>"
        "<table:table-cell><text:p>金额</text:p></table:table-cell></table:table-row><table:table-row/></table:table>"
        "<table:table/><text:section><text:p>末。<text:note><text:note-body><text:p>注。</text:p></text:note-body></text:note>后</text:p></text:section>"
        "<text:p><draw:frame><draw:text-box><text:p>框。</text:p></draw:text-box></draw:frame></text:p><text:p><draw:frame/></text:p>"
    )
    found = [each for each in read_blocks(odt_of(body), "a.odt") if each.text.strip()]
    assert found == [
        Block("某办法\n"),
        Block("第一条　甲  乙\t丙\n"),
        Block("3.　子一。\n"),
        Block("第二条　丁\n"),
        Block("戊\n"),
        Block("无号。\n"),
        Block("层数 | 金额\n", table=True),
        Block("末。后\n"),
        Block("注。\n", aside="note"),
        Block("框。\n", aside="box"),
        Block("［图］\n", aside="picture"),
    ]


def test_entities_of_an_odt_are_not_followed():
    bomb = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]>'
    found = read_blocks(odt_of("<text:p>甲&b;乙</text:p>", bomb), "a.odt")
    assert [each.text for each in found] == ["甲乙\n"]


def bare_zip(**parts: bytes) -> bytes:
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(f"{name}.xml", content)
    return box.getvalue()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (bare_zip(other=b"<a/>"), "a.odt"),
        (bare_zip(content=b"<a/>"), "a.odt"),
        (bare_zip(content=b"<a" + b" " * (61 * 1024 * 1024) + b"/>"), "a.odt"),
        (bare_zip(content=b"0" * (201 * 1024 * 1024)), "a.docx"),
        (bare_zip(content=b"<a/>"), "a.docx"),
    ],
)
def test_a_hostile_or_empty_package_is_refused(content, name):
    with pytest.raises(Refused) as refused:
        read_blocks(content, name)
    assert refused.value.decision.code == "broken"


def pages(*texts: list[str]) -> bytes:
    """A PDF with these lines on its pages, set by our own typesetter."""
    body = "\n#pagebreak()\n".join("\\\n".join(page) for page in texts)
    return bytes(
        typst.compile(f'#set page(width: 210mm, height: 297mm)\n#set text(font: ("Noto Sans CJK SC",), size: 10pt)\n{body}'.encode())
    )


def test_running_heads_and_folios_of_a_pdf_are_set_aside_and_sentences_go_on_over_the_page():
    long = "区住房城乡建设部门应当自收到申请材料之日起十五个工作日内完成审核并把结果告知"
    content = pages(
        ["某区文件", "某办法", f"第一条 {long}", "— 1 —"],
        ["某区文件", "申请人。", "第二条 甲。", "— 2 —"],
        ["某区文件", "第三条 乙。", "use of open", "data here", "— 3 —"],
    )
    found = read_blocks(content, "a.pdf")
    assert [each.text for each in found if not each.aside] == [
        "某办法\n",
        f"第一条 {long}申请人。\n",
        "第二条 甲。\n",
        "第三条 乙。\n",
        "use of open\n",
        "data here\n",
    ]
    assert [each.text for each in found if each.aside == "page"].count("某区文件\n") == 3


def test_a_pdf_of_too_many_pages_is_refused():
    made, box = PdfWriter(), io.BytesIO()
    for _ in range(601):
        made.add_blank_page(200, 200)
    made.write(box)
    with pytest.raises(Refused) as refused:
        read_blocks(box.getvalue(), "a.pdf")
    assert refused.value.decision.code == "broken"


def test_a_line_that_begins_with_a_bracket_goes_on_where_the_line_before_is_full():
    content = pages(
        ["某办法", "第一条 按照区委区政府决策部署在滨河东路北段和南段以及公园路", "（含支路）等 8 个区域先行先试。", "（区城管局负责）"],
    )
    assert [each.text for each in read_blocks(content, "a.pdf")] == [
        "某办法\n",
        "第一条 按照区委区政府决策部署在滨河东路北段和南段以及公园路（含支路）等8个区域先行先试。\n",
        "（区城管局负责）\n",
    ]
