"""The office's own templates: put to use, in versions, back to the standard; refused with every fault named."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document

from mingtang.kernel.decision import Refused
from mingtang.platform.actor import Role
from mingtang.platform.documents.official import DOCX
from mingtang.platform.documents.official.marking import same_bytes
from mingtang.platform.documents.official.merging import lines_of, sample, standard_template
from mingtang.platform.papers import actions
from mingtang.platform.papers.models import PaperTemplate
from mingtang.platform.papers.writing import as_docx, as_file
from tests.factories.platform import NOW, actor, government, person
from tests.factories.refusing import refused

pytestmark = pytest.mark.django_db


def own(words: str = "本区自用", *, spoil: str = "") -> bytes:
    made = Document(io.BytesIO(standard_template("minutes")))
    made.add_paragraph(words)
    if spoil:
        made.add_paragraph(spoil)
    box = io.BytesIO()
    made.save(box)
    return same_bytes(box.getvalue())


def test_the_template_in_use_shapes_the_word_file_and_the_standard_comes_back():
    home = government()
    office = actor(home, Role.OFFICE)
    first = actions.put_template("minutes", actor=office, now=NOW, upload=own(), file_name="纪要.docx")
    assert actions.put_template("minutes", actor=office, now=NOW, upload=own(), file_name="纪要.docx") == first
    assert "本区自用" in lines_of(as_docx(home.pk, "minutes", sample("minutes")))
    assert "本区自用" not in lines_of(as_docx(government().pk, "minutes", sample("minutes")))
    assert as_file(home.pk, "minutes", sample("minutes"), "pdf").startswith(b"%PDF-")
    second = actions.put_template("minutes", actor=office, now=NOW, upload=own("第二种"), file_name="b.docx")
    back = actions.use_version(first.pk, actor=office, now=NOW)
    assert [(each.version, each.file_id) for each in PaperTemplate.objects.order_by("version")] == [
        (1, first.file_id),
        (2, second.file_id),
        (3, first.file_id),
    ]
    standard = actions.use_standard("minutes", actor=office, now=NOW)
    assert standard is not None
    assert (standard.version, standard.file, str(standard), str(back.label)) == (4, None, "minutes v4", "会议纪要")
    assert actions.use_standard("minutes", actor=office, now=NOW) == standard
    assert "本区自用" not in lines_of(as_docx(home.pk, "minutes", sample("minutes")))
    assert actions.use_standard("notice", actor=office, now=NOW) is None


def test_a_faulty_template_is_refused_with_every_fault_named_and_nothing_changes():
    office = actor(government(), Role.OFFICE)
    with pytest.raises(Refused) as caught:
        actions.put_template("minutes", actor=office, now=NOW, upload=own(spoil="{{编号}} {{签发人}}"), file_name="a.docx")
    said = [str(each.reason) for each in caught.value.decision.refusals]
    assert said == ["没有这个字段：{{编号}}。", "没有这个字段：{{签发人}}。"]
    made = Document()
    made.add_paragraph("{{标题}}")
    box = io.BytesIO()
    made.save(box)
    with pytest.raises(Refused) as caught:
        actions.put_template("attendance", actor=office, now=NOW, upload=box.getvalue(), file_name="a.docx")
    assert [str(each.reason) for each in caught.value.decision.refusals] == ["缺少必需的字段：{{名单}}。"]
    assert not PaperTemplate.objects.exists()


def test_only_the_office_changes_templates_and_only_of_documents_there_are():
    home = government()
    office = actor(home, Role.OFFICE)
    for act in (
        lambda who: actions.put_template("minutes", actor=who, now=NOW, upload=own(), file_name="a.docx"),
        lambda who: actions.use_standard("minutes", actor=who, now=NOW),
        lambda who: actions.use_version(0, actor=who, now=NOW),
    ):
        with refused("role"):
            act(actor(home, Role.OPERATOR))
    with refused("gone"):
        actions.put_template("menu", actor=office, now=NOW, upload=own(), file_name="a.docx")
    with refused("gone"):
        actions.use_standard("menu", actor=office, now=NOW)
    with refused("gone"):
        actions.use_version(0, actor=office, now=NOW)


def test_the_office_downloads_uploads_looks_and_goes_back_on_the_page():
    home = government()
    office = Client(headers={"host": home.host})
    office.force_login(person(home, Role.OFFICE))
    assert "会议纪要" in office.get("/workspace/templates/").content.decode()
    standard = office.get("/workspace/templates/minutes/standard.docx")
    assert standard.content == standard_template("minutes")
    none = office.post("/workspace/templates/minutes/")
    assert (none.status_code, "没有选择文件" in none.content.decode()) == (409, True)
    bad = SimpleUploadedFile("a.docx", own(spoil="{{编号}}"), content_type=DOCX)
    shown = office.post("/workspace/templates/minutes/", {"file": bad})
    assert (shown.status_code, "没有这个字段：{{编号}}" in shown.content.decode()) == (409, True)
    good = SimpleUploadedFile("a.docx", own(), content_type=DOCX)
    assert office.post("/workspace/templates/minutes/", {"file": good}).status_code == 302
    assert office.get("/workspace/templates/minutes/current.docx").content == own()
    assert "本区自用" in office.get("/workspace/templates/minutes/sample/").content.decode()
    assert "本区自用" in lines_of(office.get("/workspace/templates/minutes/sample.docx").content)
    office.post("/workspace/templates/minutes/back/")
    office.post("/workspace/templates/minutes/back/", {"version": PaperTemplate.objects.order_by("version")[0].pk})
    assert PaperTemplate.objects.count() == 3
    assert office.get("/workspace/templates/menu/sample/").status_code == 404
    clerk = Client(headers={"host": home.host})
    clerk.force_login(person(home, Role.OPERATOR))
    assert clerk.get("/workspace/templates/").status_code == 409
