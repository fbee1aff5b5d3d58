"""Uploads: judged by their content, kept once, handed out so that no browser runs them."""

from __future__ import annotations

import io
import zipfile
from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from mingtang.kernel.decision import Refused
from mingtang.platform.files import rules
from mingtang.platform.files.keep import content_of, keep, response
from mingtang.platform.files.rules import DOCUMENTS, may_keep, sniff
from tests.factories.platform import NOW, government, person

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40
MB = 1024 * 1024


def packed(**parts: bytes) -> bytes:
    """A zip of parts, their names with `__` for `/` and `_dot_` for `.`."""
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return box.getvalue()


DOCX = packed(word__document_dot_xml=b"<w/>")
ODT = packed(mimetype=b"application/vnd.oasis.opendocument.text")


@pytest.mark.parametrize(
    ("content", "name", "ending"),
    [
        (PDF, "a.pdf", "pdf"),
        (PNG, "a.png", "png"),
        (DOCX, "a.docx", "docx"),
        (packed(xl__workbook_dot_xml=b"<x/>"), "a.xlsx", "xlsx"),
        (ODT, "a.odt", "odt"),
        ("第一条".encode(), "a.txt", "txt"),
        ("# 标题".encode(), "a.md", "md"),
        ("甲,乙".encode("gb18030"), "a.csv", "csv"),
        (b"words", "no-ending", "txt"),
    ],
)
def test_content_says_what_it_is_and_is_kept_when_its_name_agrees(content, name, ending):
    assert sniff(content, name).ending == ending
    assert bool(may_keep(content, name, DOCUMENTS, MB)) is ("." in name)


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.txt", "empty"),
        (b"x" * (MB + 1), "a.txt", "too_large"),
        (b"MZ\x90\x00" + b"\x00" * 60, "a.pdf", "kind"),
        (b"<script>alert(1)</script>", "a.txt", "kind"),
        (b"<svg onload=x>", "a.png", "kind"),
        (packed(any_dot_txt=b"x"), "a.docx", "kind"),
        (packed(mimetype=b"text/plain"), "a.odt", "kind"),
        (b"\xff\xfe\xff", "a.txt", "kind"),
        (b"a\x00b", "a.txt", "kind"),
        (PDF, "a.docx", "disguised"),
        (DOCX, "a.doc", "disguised"),
        (b"plain words", "a.pdf", "disguised"),
        (packed(word__document_dot_xml=b"x", word__vbaProject_dot_bin=b"x"), "a.docx", "macro"),
        (b"PK\x03\x04broken", "a.docx", "broken"),
        (PDF + b"/JavaScript (app.alert(1))", "a.pdf", "pdf"),
        (PDF + b"/Launch", "a.pdf", "pdf"),
    ],
)
def test_an_upload_that_may_not_be_kept_is_refused_by_what_is_wrong_with_it(content, name, code):
    refusal = may_keep(content, name, DOCUMENTS, MB)
    assert refusal.code == code
    assert name in str(refusal.reason)
    assert str(refusal.remedy)


def test_a_zip_that_would_fill_the_disk_is_refused(monkeypatch):
    monkeypatch.setattr(rules, "MOST_UNPACKED", 1000)
    assert may_keep(packed(word__document_dot_xml=b"0" * 2000), "a.docx", DOCUMENTS, MB).code == "bomb"


def test_plain_kinds_of_text_may_go_by_each_others_names():
    assert may_keep(b"a,b", "a.md", DOCUMENTS, MB)
    assert may_keep(b"\xff\xd8\xff\xe0" + b"\x00" * 30, "photo.jpeg", DOCUMENTS, MB)


@given(st.binary(min_size=1, max_size=300), st.text(max_size=20))
def test_whatever_bytes_come_there_is_an_answer(content, name):
    answer = may_keep(content, name, DOCUMENTS, MB)
    assert answer.allowed is not bool(answer.code)


@pytest.mark.django_db
def test_a_kept_file_has_its_hash_size_and_kind_and_gives_back_its_bytes(own_files):
    who = person(government())
    stored = keep(SimpleUploadedFile("草案.pdf", PDF), government_id=who.government_id, person_id=who.pk, now=NOW)
    assert (stored.sha256, stored.byte_count, stored.media_type, stored.format, str(stored)) == (
        sha256(PDF).hexdigest(),
        len(PDF),
        "application/pdf",
        "PDF",
        "草案.pdf",
    )
    assert content_of(stored) == PDF
    assert [each for each in own_files.rglob("*") if each.is_file()] == [own_files / stored.place]


@pytest.mark.django_db
def test_the_same_content_twice_lies_on_disk_once(own_files):
    home = government()
    for name in ("a.pdf", "b.pdf"):
        keep(PDF, name, government_id=home.pk, person_id=None, now=NOW)
    assert len([each for each in own_files.rglob("*") if each.is_file()]) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given_name", "kept_name"),
    [
        ("..\\..\\etc/passwd.pdf", "passwd.pdf"),
        ("a<b>:c.pdf", "abc.pdf"),
        ("a\r\nb.pdf", "ab.pdf"),
        (("长" * 300) + ".pdf", "长" * 196 + ".pdf"),
    ],
)
def test_a_name_is_kept_without_folders_and_tricks(given_name, kept_name):
    assert keep(PDF, given_name, government_id=government().pk, person_id=None, now=NOW).name == kept_name


@pytest.mark.django_db
def test_a_refused_upload_leaves_nothing_behind(own_files):
    with pytest.raises(Refused):
        keep(b"MZ\x90\x00" + b"\x00" * 60, "a.pdf", government_id=government().pk, person_id=None, now=NOW)
    assert not own_files.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "name", "inline", "disposition"),
    [(PDF, "a.pdf", True, "inline"), (PDF, "a.pdf", False, "attachment"), (DOCX, "a.docx", True, "attachment")],
)
def test_a_file_is_handed_out_inert(content, name, inline, disposition):
    stored = keep(content, name, government_id=government().pk, person_id=None, now=NOW)
    answer = response(stored, inline=inline)
    assert b"".join(answer.streaming_content) == content
    answer.close()
    assert answer["Content-Disposition"].startswith(disposition)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["ETag"] == f'"{stored.sha256[:32]}"'
