"""Copies for the public: what is gone, what stays, and when none is made."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from mingtang.platform.guard.core.clean import CannotCleanError, clean
from mingtang.platform.guard.core.scan import scan_file
from tests.platform.guard.corpus import office, pdfs
from tests.platform.guard.corpus.measure import PDF_HIDDEN

CLEANABLE = [each for each in office.hidden() if each[0].rpartition(".")[2] in {"docx", "xlsx", "pptx", "odt", "ods"}]
REMOVED = {"author", "comment", "earlier_version"}


def kinds(content: bytes, name: str) -> set[str]:
    return {each.kind for each in scan_file(content, name)}


@pytest.mark.parametrize(("name", "content", "kind"), CLEANABLE, ids=[each[0] for each in CLEANABLE])
def test_the_copy_of_an_office_file_has_no_names_and_comments_and_opens(name, content, kind):
    ending = name.rpartition(".")[2]
    if kind == "tracked_change":
        with pytest.raises(CannotCleanError):
            clean(content, ending)
        return
    made = clean(content, ending)
    assert kinds(made, name) == kinds(content, name) - REMOVED - ({"mobile"} if name == "custom.docx" else set())
    if ending == "docx":
        assert "关于老旧小区加装电梯的公示" in [each.text for each in Document(io.BytesIO(made)).paragraphs]
    if ending == "xlsx":
        assert load_workbook(io.BytesIO(made)).active["C2"].value == 200000


@pytest.mark.parametrize(("name", "content", "kind", "page"), PDF_HIDDEN, ids=[each[0] for each in PDF_HIDDEN])
def test_the_copy_of_a_pdf_shows_the_same_pages(name, content, kind, page):
    made = clean(content, "pdf")
    before, after = PdfReader(io.BytesIO(content)), PdfReader(io.BytesIO(made))
    assert [each.extract_text() for each in after.pages] == [each.extract_text() for each in before.pages]
    gone = {"author", "earlier_version"} | ({"comment"} if name == "note" else set()) | ({"mobile"} if name == "saved" else set())
    assert kinds(made, "a.pdf") == kinds(content, "a.pdf") - gone
    assert "王小明" not in made.decode("latin-1")


def test_the_copy_never_uncovers_what_a_box_drawn_as_a_note_covered():
    assert "covered_text" in kinds(clean(pdfs.box_as_note(), "pdf"), "a.pdf")


def test_the_remark_of_a_highlight_goes_and_its_colour_stays():
    writer = pdfs.opened()
    writer.add_annotation(0, pdfs.Rectangle(rect=(10, 10, 90, 30)))
    note = writer.pages[0]["/Annots"][0].get_object()
    note[pdfs.NameObject("/Contents")] = pdfs.TextStringObject("老王：此处再议")
    note[pdfs.NameObject("/T")] = pdfs.TextStringObject("王小明")
    made = clean(pdfs.written(writer), "pdf")
    notes = PdfReader(io.BytesIO(made)).pages[0]["/Annots"]
    assert len(notes) == 1
    assert "/Contents" not in notes[0].get_object()
    assert "/T" not in notes[0].get_object()


def test_tracked_changes_are_accepted_only_when_asked():
    for kind, words in (("ins", "补助原定三十万元"), ("del", "补助")):
        made = clean(office.docx(office._tracked(kind)), "docx", accept_changes=True)
        assert [each.text for each in Document(io.BytesIO(made)).paragraphs][-1] == words
        assert kinds(made, "a.docx") == set()


def test_the_same_file_gives_the_same_copy():
    content = office.docx(author="王小明")
    assert clean(content, "docx") == clean(content, "docx")


def test_words_behind_a_comment_of_an_open_document_stay():
    for body in (
        f"<text:p>前{office.MARK}后</text:p>",
        f"<text:p><text:span>前</text:span>{office.MARK}后</text:p>",
        f"<text:p>{office.MARK}</text:p>",
    ):
        made = clean(office.open_document("text", body), "odt")
        with zipfile.ZipFile(io.BytesIO(made)) as box:
            words = box.read("content.xml").decode()
        assert "先别发" not in words
        assert ("后" in words) == ("后" in body)


@pytest.mark.parametrize(("content", "ending"), [(b"broken", "docx"), (b"%PDF-broken", "pdf"), (pdfs.locked(), "pdf"), (b"words", "txt")])
def test_what_cannot_be_opened_has_no_copy(content, ending):
    with pytest.raises(CannotCleanError):
        clean(content, ending)
