"""Files with one thing hidden in each, and files without anything: what the readers find, and where."""

from __future__ import annotations

import io
import zipfile

import pytest

from mingtang.platform.guard.core.kinds import Place
from mingtang.platform.guard.core.readers import pdf_sight
from mingtang.platform.guard.core.readers.pieces import is_person
from mingtang.platform.guard.core.scan import UnreadableError, scan_file
from tests.platform.guard.corpus import office, pdfs
from tests.platform.guard.corpus.measure import PDF_HARMLESS, PDF_HIDDEN
from tests.platform.guard.corpus.office import P, docx, harmless, hidden, open_document, xlsx

OFFICE = hidden()


def kinds(content: bytes, name: str) -> list[str]:
    return [each.kind for each in scan_file(content, name)]


@pytest.mark.parametrize(("name", "content", "kind"), OFFICE, ids=[each[0] for each in OFFICE])
def test_what_an_office_or_text_file_hides_is_found(name, content, kind):
    assert kind in kinds(content, name)


@pytest.mark.parametrize(("name", "content", "kind", "page"), PDF_HIDDEN, ids=[each[0] for each in PDF_HIDDEN])
def test_what_a_pdf_hides_is_found_on_its_page(name, content, kind, page):
    found = [each for each in scan_file(content, f"{name}.pdf") if each.kind == kind]
    assert [each.place.n for each in found] == [page]


@pytest.mark.parametrize(("name", "content"), [*harmless(), *PDF_HARMLESS])
def test_a_harmless_file_is_let_alone(name, content):
    assert kinds(content, name) == []


def test_there_are_enough_files_to_say_something():
    assert len(OFFICE) + len(PDF_HIDDEN) >= 60


def test_an_excerpt_of_a_file_never_shows_the_number_under_the_box():
    shown = [each.excerpt for each in scan_file(pdfs.covered_on_page_three(), "a.pdf")]
    assert shown == ["138████0001", "联系电话138████0001"]


def test_a_word_file_says_who_changed_what_with_only_the_first_sign_of_the_name():
    found = scan_file(office.docx(office._tracked("del")), "a.docx")
    assert [(each.kind, each.place, each.excerpt) for each in found] == [("tracked_change", Place("paragraph", 2), "- 原定三十万元 (赵██)")]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", pdfs.locked()),
        ("a.pdf", b"%PDF-1.7 broken"),
        ("a.docx", b"PK\x03\x04 broken"),
        ("a.docx", office.box("", **{"word/document.xml": "<w:p>"})),
        ("a.xlsx", office.box("", **{"xl/workbook.xml": "<x/>"})),
        ("a.exe", b"MZ\x00\x01"),
        ("a.html", b"<!doctype"),
        ("a.zip", office.box("", **{"a.txt": "a"})),
    ],
)
def test_what_cannot_be_opened_is_said_to_be_unreadable(name, content):
    with pytest.raises(UnreadableError):
        scan_file(content, name)


def test_a_file_that_unpacks_beyond_measure_is_not_opened(monkeypatch):
    monkeypatch.setattr("mingtang.platform.guard.core.readers.pieces.MOST_UNPACKED", 100)
    with pytest.raises(UnreadableError):
        scan_file(docx(), "a.docx")


def test_a_table_too_large_to_see_whole_says_so(monkeypatch):
    monkeypatch.setattr("mingtang.platform.guard.core.readers.xlsx.MOST_PIECES", 3)
    assert kinds(xlsx(), "a.xlsx") == ["unjudged"]


def test_words_in_a_font_that_is_not_there_are_left_to_people(monkeypatch):
    monkeypatch.setattr(pdf_sight, "_has_glyphs", lambda *_: False)
    found = scan_file(pdfs.raw(b"BT /F1 12 Tf 3 Tr 72 720 Td (Public words) Tj ET"), "a.pdf")
    assert [(each.kind, each.level) for each in found] == [("unjudged", "warn")]


def test_a_file_of_too_many_pages_says_from_where_it_was_not_looked_at(monkeypatch):
    monkeypatch.setattr(pdf_sight, "MOST_PAGES", 2)
    found = scan_file(pdfs.covered_on_page_three(), "a.pdf")
    assert [(each.kind, each.place.n) for each in found] == [("unjudged", 3)]


def test_a_turned_and_cropped_page_is_seen_as_it_is_shown():
    writer = pdfs.opened(pdfs.typeset("公开的文字。\n\n#cover[被盖住的文字]"))
    writer.pages[0].rotate(90)
    writer.pages[0].cropbox.lower_left = (10, 100)
    found = scan_file(pdfs.written(writer), "a.pdf")
    assert [(each.kind, each.excerpt) for each in found] == [("covered_text", "被盖住的文字")]


def test_a_linearised_file_is_no_former_version():
    content = pdfs.raw(b"BT /F1 12 Tf 72 720 Td (Public words) Tj ET")
    assert kinds(content.replace(b"%PDF-1.3", b"%PDF-1.3\n%/Linearized 1", 1) + b"\n%%EOF\n", "a.pdf") == []


@pytest.mark.parametrize(
    ("value", "person"),
    [
        ("王小明", True),
        ("Wang Xiaoming", True),
        ("laowang", True),
        ("区住建局", False),
        ("python-docx", False),
        (" ", False),
        ("Housing Bureau", False),
    ],
)
def test_an_author_is_a_person_unless_it_is_an_office_or_a_program(value, person):
    assert is_person(value) is person


def test_a_hidden_sheet_is_searched_too_and_its_first_cells_are_shown_masked():
    def fill(book):
        sheet = book.create_sheet("名单")
        sheet.append(["姓名", "手机"])
        sheet.append(["张某", 13805510001.0])
        sheet.sheet_state = "hidden"

    found = scan_file(xlsx(fill), "a.xlsx")
    assert [(each.kind, each.place.name, each.excerpt) for each in found] == [
        ("hidden_sheet", "名单", "姓名 手机 张某 138████0001"),
        ("mobile", "名单!B2", "138████0001"),
    ]


def test_newer_comments_links_and_mail_links_of_a_workbook_are_found():
    def fill(book):
        book.active["A3"] = "来信"
        book.active["A3"].hyperlink = "mailto:laowang@163.com"

    content = office.added(xlsx(fill), "xl/threadedComments/threadedComment1.xml", "<t><c>先别发</c></t>")
    content = office.added(content, "xl/externalLinks/externalLink1.xml", "<x/>")
    content = office.added(content, "xl/pivotCache/pivotCacheRecords1.xml", "<x/>")
    content = office.added(content, "xl/activeX/activeX1.xml", "<x/>")
    assert sorted(kinds(content, "a.xlsx")) == ["comment", "email", "embedded", "embedded", "external_link"]


def test_macros_of_a_document_and_scripts_of_an_open_document_are_found():
    assert kinds(office.added(docx(), "word/vbaProject.bin", b"x"), "a.docx") == ["script"]
    content = office.added(open_document("text", P("正文")), "Basic/Standard/a.xml", "<x/>")
    content = office.added(content, "Object 1/content.xml", "<x/>")
    assert sorted(kinds(content, "a.odt")) == ["embedded", "script"]


def test_hidden_paragraphs_of_an_open_document_are_found():
    body = '<text:p><text:hidden-text text:string-value="暗语"/></text:p><text:p text:style-name="T1">整段不显示</text:p>'
    found = scan_file(open_document("text", body, office.NO_TEXT), "a.odt")
    assert [(each.kind, each.excerpt) for each in found] == [("hidden_text", "暗语"), ("hidden_text", "整段不显示")]


def test_collapsed_columns_of_an_open_table_are_found():
    body = f'<table:table table:name="表"><table:table-column table:visibility="collapse"/><table:table-row>{P("数")}</table:table-row></table:table>'
    assert kinds(open_document("spreadsheet", body), "a.ods") == ["hidden_cells"]


def test_slides_comments_are_found():
    content = office.added(office.slides(), "ppt/comments/comment1.xml", "<c>先别发</c>")
    assert kinds(content, "a.pptx") == ["comment"]


def test_a_page_names_its_author_its_mails_and_its_hidden_fields():
    page = (
        '<html><head><meta name="author" content="王小明"></head><body>'
        '<a href="mailto:laowang@163.com">来信</a><input type="hidden" value="13805510001"></body></html>'
    )
    assert sorted(kinds(page.encode(), "a.html")) == ["author", "email", "hidden_text", "mobile"]


def test_a_picture_without_its_place_is_only_left_to_people():
    assert kinds(office.picture(place=False), "a.jpg") == ["scan"]


def test_a_document_with_an_encrypted_part_is_not_opened():
    content = bytearray(docx())
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as box:
        first = box.infolist()[0]
    central = bytes(content).index(b"PK\x01\x02")
    content[central + 8] |= 1
    assert first.filename
    with pytest.raises(UnreadableError):
        scan_file(bytes(content), "a.docx")
