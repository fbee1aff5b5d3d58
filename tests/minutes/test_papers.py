"""Every official document of a meeting, written and read back."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest
from django.test import Client
from docx import Document
from pypdf import PdfReader

from mingtang.meetings.models import AgendaItem, Meeting
from mingtang.minutes import actions, queries
from mingtang.platform.actor import Role
from mingtang.platform.clock import day_of
from mingtang.platform.documents.official import to_docx, to_pdf
from mingtang.platform.documents.official.strokes import by_strokes
from mingtang.platform.figures.models import FigureSetting
from tests.factories.held import STARTS, held
from tests.factories.platform import person

pytestmark = pytest.mark.django_db
NOW = STARTS + timedelta(hours=2)


@pytest.fixture
def over():
    made = held()
    actions.compose_minutes(made.meeting.pk, actor=made.operator, now=NOW)
    return made


def words(content: bytes) -> str:
    """A PDF without spaces."""
    return "".join("".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages)


def test_every_document_of_a_meeting_says_its_facts_in_both_forms(over):
    found = {each.kind: each.paper for each in queries.papers_of(over.meeting, day_of(NOW))}
    assert sorted(found) == ["agenda", "attendance", "declaration", "notice"]
    expected = {
        "agenda": ("第1次政府常务会议议程", "主持：区长陈一。", "清河区老旧小区加装电梯补助实施办法"),
        "attendance": ("出席：区长陈一、区住房和城乡建设局", "列席：张三（社会公众，向阳小区）、李四（社会公众，和平小区）"),
        "declaration": ("议题申报表", "基本情况", "五项程序", "审核审批"),
        "notice": ("关于列席第1次政府常务会议的通知", "列席要求：", "九点到会"),
    }
    for kind, said in expected.items():
        pdf, docx = words(to_pdf(found[kind])), Document(io.BytesIO(to_docx(found[kind])))
        written = "".join("".join(each.text.split()) for each in docx.element.body.iter() if each.text)
        for each in said:
            assert each in pdf, (kind, each)
            assert each in written, (kind, each)


def test_the_attendance_list_is_ordered_present_excused_sitting_in(over):
    section = queries.section_named(over.meeting.pk, "excused")
    actions.write_section(section.pk, actor=over.operator, now=NOW, text="副区长李四", base=section.version)
    row = queries.of_meeting(over.meeting.pk)
    assert row is not None
    assert [each.heading for each in queries.attendance_paper(row, day_of(NOW)).lists] == ["出席", "请假", "列席"]


def test_the_house_downloads_each_document_and_nobody_else_does(over):
    office, stranger = Client(), Client()
    office.force_login(person(over.home, Role.OFFICE))
    seat, meeting, topic = over.invitations[0].pk, over.meeting.pk, over.topic.pk
    for place in (f"topics/{topic}/declaration", f"meetings/{meeting}/agenda", f"meetings/{meeting}/attendance"):
        for form, first in (("docx", b"PK"), ("pdf", b"%PDF")):
            assert office.get(f"/workspace/{place}.{form}").content.startswith(first)
        assert stranger.get(f"/workspace/{place}.pdf").status_code == 302
    clerk = Client()
    clerk.force_login(person(over.home, Role.CLERK, within=over.department))
    assert clerk.get(f"/workspace/invitations/{seat}/notice.pdf").content.startswith(b"%PDF")
    assert clerk.get(f"/workspace/meetings/{meeting}/attendance.pdf").status_code == 409


@pytest.mark.parametrize(("words", "order"), [("", ["欧阳青", "丁七"]), ("是", ["丁七", "欧阳青"]), ("否", ["欧阳青", "丁七"])])
def test_representatives_stand_by_strokes_where_the_government_wants_it(words, order):
    """丁 has 2, 欧 has 8; otherwise they stand in the order of items and invitations."""
    made = held()
    for row, name in zip(made.invitations, ("欧阳青", "丁七"), strict=False):
        type(row.representative).objects.filter(pk=row.representative_id).update(name=name)
    if words:
        facts = {"source": "局规", "reason": "惯例", "set_at": NOW, "since_on": day_of(NOW)}
        FigureSetting.objects.create(government=made.home, key="minutes.names_by_strokes", value=words, **facts)
    row = actions.compose_minutes(made.meeting.pk, actor=made.operator, now=NOW)
    assert [line.split("（")[0] for line in row.observers.splitlines()] == order
    sitting = next(each for each in queries.attendance_paper(row, day_of(NOW)).lists if each.heading == "列席")
    assert [name.split("（")[0] for name in sitting.names] == order


def test_strokes_of_characters_in_use():
    names = ["Ann", "欧阳 青", "鬱一", "王小二", "王二", "丁", "陈一", "李一", "卜一"]
    assert by_strokes(names, lambda each: each) == ["丁", "卜一", "王二", "王小二", "李一", "陈一", "欧阳 青", "鬱一", "Ann"]


def linked(page: str, name: str) -> list[str]:
    """The links of a page that lead to a document of this name."""
    return sorted(set(re.findall(rf'href="([^"]*{name}\.(?:docx|pdf))"', page)))


def test_each_document_hangs_on_the_page_it_belongs_to(over):
    office = Client()
    office.force_login(person(over.home, Role.OFFICE))
    clerk = Client()
    clerk.force_login(person(over.home, Role.CLERK, within=over.department))
    seat, meeting, topic = over.invitations[0].pk, over.meeting.pk, over.topic.pk
    places = (
        (office, f"/workspace/topics/{topic}/", "declaration"),
        (office, f"/workspace/meetings/{meeting}/", "agenda"),
        (office, f"/workspace/meetings/{meeting}/minutes/", "attendance"),
        (office, f"/workspace/meetings/{meeting}/minutes/", "draft"),
        (clerk, f"/workspace/meetings/{meeting}/invitations/{seat}/", "notice"),
        (Client(), f"/meetings/{meeting}/", "agenda"),
    )
    for who, place, name in places:
        found = linked(who.get(place).content.decode(), name)
        assert [each.rpartition(".")[2] for each in found] == ["docx", "pdf"], (place, name)
        for each, first in zip(found, (b"PK", b"%PDF"), strict=True):
            assert who.get(each).content.startswith(first), each
    assert not linked(clerk.get(f"/workspace/meetings/{meeting}/minutes/").content.decode(), "(?:attendance|draft)")


def test_the_public_agenda_names_nothing_that_is_closed(over):
    shown = Client().get(f"/meetings/{over.meeting.pk}/agenda.pdf").content
    assert "清河区老旧小区加装电梯补助实施办法" in words(shown)
    AgendaItem.objects.filter(pk=over.item.pk).update(attendance="closed", closing_ground="process")
    shown = words(Client().get(f"/meetings/{over.meeting.pk}/agenda.pdf").content)
    assert "一项不公开的议题" in shown
    assert "电梯" not in shown
    assert over.department.name not in shown
    Meeting.objects.filter(pk=over.meeting.pk).update(state="planned")
    assert Client().get(f"/meetings/{over.meeting.pk}/agenda.pdf").status_code == 404
