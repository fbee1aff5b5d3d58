"""The corners of the readers: what rarely happens, and must then be right."""

from __future__ import annotations

from typing import Any

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl.workbook.defined_name import DefinedName
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, TextStringObject

from mingtang.platform.guard.core.clean import CannotCleanError, clean
from mingtang.platform.guard.core.masking import masked
from mingtang.platform.guard.core.readers.docx import _hidden_styles
from mingtang.platform.guard.core.scan import UnreadableError, scan_file
from tests.platform.guard.corpus import office, pdfs
from tests.platform.guard.corpus.office import P, docx, open_document, xlsx
from tests.platform.guard.corpus.words import A, card


def kinds(content: bytes, name: str) -> list[str]:
    return [each.kind for each in scan_file(content, name)]


def noted(subtype: str, **more: Any) -> bytes:
    """A page with one note of a subtype."""
    writer = pdfs.opened()
    note = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject(subtype),
            NameObject("/Rect"): ArrayObject([NumberObject(n) for n in (0, 0, 9, 9)]),
            **{NameObject(f"/{name}"): value for name, value in more.items()},
        }
    )
    writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(note)])
    return pdfs.written(writer)


def action(kind: str, **more: Any) -> DictionaryObject:
    return DictionaryObject({NameObject("/S"): NameObject(kind), **{NameObject(f"/{name}"): value for name, value in more.items()}})


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (noted("/Link", A=action("/Launch")), ["script"]),
        (noted("/Link", A=action("/URI", URI=TextStringObject("https://www.gov.cn/"))), []),
        (noted("/Link"), []),
        (noted("/FileAttachment"), ["attachment"]),
        (noted("/Popup"), []),
        (noted("/Highlight"), []),
        (noted("/Movie"), []),
        (noted("/Widget", FT=NameObject("/Btn")), []),
        (noted("/Widget", FT=NameObject("/Tx")), []),
        (noted("/Widget", Parent=DictionaryObject({NameObject("/V"): TextStringObject("同意")})), ["form_field"]),
        (
            noted("/Text", Contents=TextStringObject("再议"), AA=DictionaryObject({NameObject("/E"): action("/JavaScript")})),
            ["script", "comment"],
        ),
    ],
)
def test_each_sort_of_note_in_a_pdf(content, found):
    assert kinds(content, "a.pdf") == found


def test_a_chain_of_actions_is_followed_and_ends():
    first = action("/GoTo", Next=action("/JavaScript", JS=TextStringObject("1")))
    writer = pdfs.opened()
    writer.root_object[NameObject("/OpenAction")] = first
    assert kinds(pdfs.written(writer), "a.pdf") == ["script"]
    writer = pdfs.opened()
    loop = DictionaryObject({NameObject("/S"): NameObject("/GoTo")})
    held = writer._add_object(loop)
    loop[NameObject("/Next")] = held
    writer.root_object[NameObject("/OpenAction")] = held
    assert kinds(pdfs.written(writer), "a.pdf") == []


def test_scripts_kept_by_name_and_layers_off_by_default_are_found():
    writer = pdfs.opened()
    writer.root_object[NameObject("/Names")] = DictionaryObject(
        {NameObject("/JavaScript"): DictionaryObject({NameObject("/JS"): TextStringObject("1")})}
    )
    assert kinds(pdfs.written(writer), "a.pdf") == ["script"]
    writer = pdfs.opened()
    groups = [
        writer._add_object(DictionaryObject({NameObject("/Type"): NameObject("/OCG"), NameObject("/Name"): TextStringObject(name)}))
        for name in ("底稿", "正文")
    ]
    writer.root_object[NameObject("/OCProperties")] = DictionaryObject(
        {
            NameObject("/OCGs"): ArrayObject(groups),
            NameObject("/D"): DictionaryObject({NameObject("/BaseState"): NameObject("/OFF"), NameObject("/ON"): ArrayObject([groups[1]])}),
        }
    )
    assert [(each.kind, each.excerpt) for each in scan_file(pdfs.written(writer), "a.pdf")] == [("hidden_layer", "底稿")]


def test_other_properties_of_a_pdf_are_searched():
    writer = pdfs.opened()
    writer.add_metadata({"/Author": "清河区住建局", "/Subject": "请打13805510001", "/Producer": "x"})
    assert [(each.kind, each.place.name) for each in scan_file(pdfs.written(writer), "a.pdf")] == [("mobile", "Subject")]


def test_a_pdf_that_opens_without_a_password_though_encrypted_is_read_and_copied():
    writer = pdfs.opened(pdfs.covered_on_page_three())
    writer.encrypt("", "owner")
    content = pdfs.written(writer)
    assert kinds(content, "a.pdf") == ["covered_text", "mobile"]
    assert kinds(clean(content, "pdf"), "a.pdf") == ["covered_text", "mobile"]


def test_a_signed_pdf_is_published_as_it_was_signed():
    content = noted("/Widget", FT=NameObject("/Sig"), V=DictionaryObject({NameObject("/ByteRange"): ArrayObject([NumberObject(0)])}))
    assert kinds(content, "a.pdf") == ["signed"]
    with pytest.raises(CannotCleanError):
        clean(content, "pdf")


def test_a_pdf_whose_notes_are_nonsense_is_unreadable():
    writer = pdfs.opened()
    writer.pages[0][NameObject("/Annots")] = ArrayObject([NumberObject(7)])
    with pytest.raises(UnreadableError):
        scan_file(pdfs.written(writer), "a.pdf")


def test_a_broken_former_state_is_passed_over():
    content = pdfs.plain()
    assert kinds(content.replace(b"%PDF-1.", b"%PDF-1.\n%%EOF\n1.", 1), "a.pdf") == []


def test_white_words_on_marked_ground_and_words_of_ordinary_size_are_seen():
    def fill(document: Any) -> None:
        for look in (
            '<w:color w:val="FFFFFF"/><w:highlight w:val="black"/>',
            '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="000000"/>',
            '<w:vanish w:val="0"/>',
            '<w:sz w:val="21"/>',
            "",
        ):
            document.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w')}><w:r><w:rPr>{look}</w:rPr><w:t>看得见</w:t></w:r></w:p>"))

    assert kinds(docx(fill), "a.docx") == []


def test_a_whole_paragraph_hidden_by_its_style_is_found_and_other_styles_are_not():
    def fill(document: Any) -> None:
        style = document.styles.add_style("Yincang", 1)
        style.font.hidden = True
        document.add_paragraph("整段隐藏", style=style)
        document.add_paragraph("标题", style="Heading 1").add_run("字").style = document.styles["Strong"]

    assert [(each.kind, each.excerpt) for each in scan_file(docx(fill), "a.docx")] == [("hidden_text", "整段隐藏")]
    assert _hidden_styles(None) == frozenset()


def test_field_codes_and_breaks_are_read_with_the_words_around():
    def fill(document: Any) -> None:
        document.element.body.insert(
            0,
            parse_xml(f"<w:p {nsdecls('w')}><w:r><w:t>电话</w:t><w:tab/><w:instrText>13805510001</w:instrText><w:drawing/></w:r></w:p>"),
        )

    assert kinds(docx(fill), "a.docx") == ["mobile"]


def test_titles_companies_and_links_to_the_net_are_no_findings_of_their_own():
    def fill(document: Any) -> None:
        document.core_properties.title = "联系13805510001"
        document.part.relate_to(
            "https://www.gov.cn/", "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink", is_external=True
        )

    assert [(each.kind, each.place.name) for each in scan_file(docx(fill), "a.docx")] == [("mobile", "title")]


def test_names_and_days_of_a_workbook_are_searched():
    def fill(book: Any) -> None:
        from datetime import date

        book.defined_names["说明"] = DefinedName("说明", attr_text='"13805510001"')
        book.active["A9"] = date(2026, 8, 1)
        book.active["B9"] = 1.5
        book.active.row_dimensions[40].hidden = True

    assert [(each.kind, each.place.name) for each in scan_file(xlsx(fill), "a.xlsx")] == [("mobile", "说明")]


def test_a_workbook_that_is_none_is_unreadable():
    with pytest.raises(UnreadableError):
        scan_file(office.box("", **{"xl/workbook.xml": "<workbook/>", "[Content_Types].xml": "<Types/>"}), "a.xlsx")


def test_slides_notes_that_hold_only_their_number_are_none_and_other_meta_is_searched():
    assert kinds(office.slides(notes="3"), "a.pptx") == []
    content = open_document("text", P("正文"), meta="<dc:title>13805510001</dc:title><dc:date>2026</dc:date>")
    assert kinds(content, "a.odt") == ["mobile"]


def test_rows_and_columns_that_are_shown_are_let_alone():
    body = f'<table:table table:name="表"><table:table-column/><table:table-row>{P("数")}</table:table-row><table:table-row table:visibility="collapse"/></table:table>'
    assert kinds(open_document("spreadsheet", body), "a.ods") == []


def test_empty_remarks_are_none_and_a_table_of_nothing_is_clean():
    assert kinds(b"<html><body>a<!-- --></body></html>", "a.html") == []
    assert kinds("公示<!-- -->".encode(), "a.md") == []
    assert kinds(b" \n", "a.csv") == []
    assert kinds('公示<a href="/">首页</a>'.encode(), "a.txt") == []


def test_an_empty_page_of_the_web_is_unreadable():
    with pytest.raises(UnreadableError):
        scan_file(b"<html", "a.html")


@pytest.mark.parametrize("words", [f"{A[:17]}9" if A[17] != "9" else f"{A[:17]}8", card("62", 19)[:-1] + "0"])
def test_numbers_whose_check_fails_are_masked_all_the_same_where_an_opinion_shows_them(words):
    assert "█" in masked(words)


def test_a_number_broken_up_by_unseen_signs_is_masked():
    assert masked("138\u200b0551\u200b0001") == "138████0001"
