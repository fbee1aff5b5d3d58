"""Broken, disguised and hostile files: each door answers with a sentence, takes what is good and keeps nothing else."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document
from openpyxl import Workbook

from mingtang.consultations import actions
from mingtang.kernel.decision import Refused
from mingtang.platform.documents.reading import text_of
from mingtang.platform.files.keep import keep
from mingtang.platform.files.models import StoredFile
from mingtang.platform.files.rules import DOCUMENTS, EVIDENCE, TABLES
from tests.factories.consultations import opened
from tests.factories.platform import NOW, government

pytestmark = pytest.mark.django_db


def book(*, formulas: bool = False, merged: bool = False, second: bool = False, rows: int = 2) -> bytes:
    made = Workbook()
    sheet = made.active
    sheet.append(["text", "stance"])
    for n in range(rows):
        sheet.append([f"意见{n}", "for"])
    if formulas:
        sheet.append(["=1+1", "for"])
        sheet.append(['=HYPERLINK("http://x.example.org")', "for"])
    if merged:
        sheet.append(["合并的一格", None])
        sheet.merge_cells(start_row=sheet.max_row, start_column=1, end_row=sheet.max_row, end_column=2)
    if second:
        made.create_sheet("另一张").append(["不该读到", "against"])
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def archive(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        for name, content in parts.items():
            box.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def word(*, macro: bool = False) -> bytes:
    out = io.BytesIO()
    Document().save(out)
    if macro:
        with zipfile.ZipFile(out, "a") as box:
            box.writestr("word/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    return out.getvalue()


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box, box.open("xl/workbook.xml", "w", force_zip64=True) as part:
        for _ in range(201):
            part.write(bytes(1024 * 1024))
    return out.getvalue()


PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n"
EICAR_LIKE = b"MZ\x90\x00" + b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + bytes(64)
HOSTILE = [
    (b"", "a.pdf", "empty"),
    (b"x" * (20 * 1024 * 1024 + 1), "a.txt", "too_large"),
    (word(macro=True), "a.docx", "macro"),
    (word(macro=True), "a.docm", "macro"),
    (bomb(), "a.xlsx", "bomb"),
    (book()[:400], "a.xlsx", "broken"),
    (archive(secret=b"x"), "a.docx", "kind"),
    (b"<!doctype html><script>alert(1)</script>", "a.pdf", "kind"),
    (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "a.png", "kind"),
    (b"<?xml version='1.0'?><svg/>", "a.txt", "kind"),
    (EICAR_LIKE, "a.pdf", "kind"),
    (PDF + b"2 0 obj<</S/JavaScript/JS(app.alert(1))>>endobj", "a.pdf", "pdf"),
    (PDF + b"2 0 obj<</S/Launch>>endobj", "a.pdf", "pdf"),
    (PDF + b"2 0 obj<</Type/EmbeddedFile>>endobj", "a.pdf", "pdf"),
    (PDF, "a.docx", "disguised"),
    (word(), "a.pdf", "disguised"),
    (b"\x89PNG\r\n\x1a\n" + bytes(30), "a.jpg", "disguised"),
    (b"ab\x00cd", "a.csv", "kind"),
]


@pytest.mark.parametrize(("content", "name", "code"), HOSTILE, ids=lambda each: each if isinstance(each, str) else "")
@pytest.mark.parametrize("allowed", [DOCUMENTS, EVIDENCE, TABLES], ids=["documents", "evidence", "tables"])
def test_a_hostile_upload_is_refused_with_a_sentence_at_every_door(content, name, code, allowed, own_files):
    with pytest.raises(Refused) as caught:
        keep(content, name, government_id=government().pk, person_id=None, now=NOW, allowed=allowed)
    found = caught.value.decision
    assert found.code in {code, "kind"}
    assert found.code == code or allowed is not DOCUMENTS
    for language in ("zh", "en"):
        assert name in found.reason.within(language)
        assert found.remedy.within(language)
    assert not own_files.exists()
    assert not StoredFile.objects.exists()


def imported(content: bytes, name: str):
    row, clerk = opened()
    return actions.prepare_import(row.pk, content, name, {"text": "text", "stance": "stance"}, channel="paper", actor=clerk, now=NOW), clerk


HEAD = "text,stance\n"
TAKEN = [
    (book(), "a.xlsx", 2, 0),
    (book(second=True), "a.xlsx", 2, 0),
    (book(merged=True), "a.xlsx", 3, 0),
    ((HEAD + "补助太少,for\n").encode("gb18030"), "a.csv", 1, 0),
    ((HEAD + "补助太少,for\n").encode(), "a.csv", 1, 0),
    ((HEAD + "好,for,多一列\n短\n补助,for\n").encode(), "a.csv", 2, 1),
    ((HEAD + "长" * 1_000_000 + ",for\n好,for\n").encode(), "a.csv", 1, 1),
    ((HEAD + '好,for\n"没关的引号,for\n好,for\n').encode(), "a.csv", 1, 1),
    ((HEAD + "好,maybe\n,for\n好,for\n").encode(), "a.csv", 1, 2),
    (b'{"text": "\xe5\xa5\xbd", "stance": "for"}\n{broken\n[1]\n', "a.jsonl", 1, 2),
]


@pytest.mark.parametrize(("content", "name", "good", "bad"), TAKEN)
def test_a_crooked_table_gives_its_good_rows_and_names_each_bad_one(content, name, good, bad):
    batch, clerk = imported(content, name)
    assert (batch.rows_good, batch.rows_bad_count) == (good, bad)
    assert all(each["row"] > 1 and each["zh"] and each["en"] for each in batch.rows_bad) if name != "a.jsonl" else batch.rows_bad
    assert actions.confirm_import(batch.pk, actor=clerk, now=NOW).taken == good


REFUSED = [
    ((HEAD + "好,for\n").encode("utf-16"), "a.csv"),
    (b"text,stance\n\x00\x00,for\n", "a.csv"),
    (b"\xff\xfe\xfa\xfb" * 20, "a.csv"),
    (book()[:600], "a.xlsx"),
    (archive(**{"xl__workbook.xml": b"<nothing/>"}), "a.xlsx"),
    (b"", "a.csv"),
    (b"\n\n\n", "a.csv"),
    ("别的列\n好\n".encode(), "a.csv"),
]


@pytest.mark.parametrize(("content", "name"), REFUSED)
def test_a_table_that_cannot_be_read_is_refused_with_what_to_do_and_nothing_is_taken(content, name):
    with pytest.raises(Refused) as caught:
        imported(content, name)
    found = caught.value.decision
    for language in ("zh", "en"):
        assert found.reason.within(language)
        assert found.remedy.within(language)


def test_a_formula_is_never_taken_as_words_to_run():
    batch, clerk = imported(book(formulas=True), "a.xlsx")
    actions.confirm_import(batch.pk, actor=clerk, now=NOW)
    assert not [each for each in batch.consultation.opinions.values_list("text", flat=True) if each.startswith("=")]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (word()[:300], "a.docx"),
        (word(), "a.docx"),
        (b"%PDF-1.4 nothing", "a.pdf"),
        (PDF, "a.pdf"),
        (archive(x=b"y"), "a.docx"),
        (b"\xff\xfe\xfa", "a.txt"),
        (b"  \n ", "a.md"),
    ],
)
def test_a_draft_that_cannot_be_read_is_refused_with_what_to_do(content, name):
    with pytest.raises(Refused) as caught:
        text_of(content, name)
    found = caught.value.decision
    for language in ("zh", "en"):
        assert found.reason.within(language)
        assert found.remedy.within(language)
