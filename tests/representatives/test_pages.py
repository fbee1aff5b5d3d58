"""The personal link, the public seats and rules, the staff pages of seats, proof and the door."""

from __future__ import annotations

import re
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from mingtang.meetings.actions import convene_meeting, end_meeting, start_meeting
from mingtang.platform.actor import Role
from mingtang.platform.audit.models import Act
from mingtang.platform.web.models import PageVersion
from mingtang.representatives import actions, published, queries
from mingtang.representatives.models import HouseRules, Invitation, Material, Representative
from tests.factories.meetings import STARTS, frozen, planned
from tests.factories.platform import NOW, actor, government, person
from tests.factories.representatives import TEXTS, accepted, house_rules, invited, pooled, selected, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    return frozen()


def words(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def visitor(of) -> Client:
    return Client(headers={"host": of.home.host})


def staff(of, *roles, within=None) -> Client:
    client = visitor(of)
    client.force_login(person(of.home, *roles, within=within))
    return client


def link(row) -> str:
    return f"/invitation/{row.token}/"


def test_the_house_rules_in_force_are_public(meeting):
    assert "还没有部门公布" in words(visitor(meeting).get("/house-rules/"))
    house_rules(meeting)
    house_rules(meeting, in_force_on=date(2099, 1, 1), duties="以后才施行的责任")
    shown = words(visitor(meeting).get("/house-rules/"))
    assert "准时到会" in shown
    assert "以后才施行的责任" not in shown


def test_a_representative_answers_by_the_link_without_an_account(meeting):
    row = invited(meeting)
    page = visitor(meeting).get(link(row))
    assert "no-store" in page["Cache-Control"]
    assert "张三，邀请您列席" in words(page)
    assert "准时到会，如实反映。" in words(page)
    refusal = visitor(meeting).post(link(row), {"accept": "1", "publish_name": "on"})
    assert refusal.status_code == 409
    assert "请先阅读并确认" in words(refusal)
    assert visitor(meeting).post(link(row), {"accept": "1", "accepted_rules": "on"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.publish_name) == ("accepted", False)
    assert visitor(meeting).post(link(row), {"decline": "1", "reason": "出差"}).status_code == 302
    assert "席位会请别人补上" in words(visitor(meeting).get(link(row)))


def test_a_lost_link_is_explained_and_never_opens_another_governments_page(meeting):
    row = invited(meeting)
    lost = visitor(meeting).get("/invitation/nonsense/")
    assert (lost.status_code, "这个链接不对应任何邀请" in words(lost)) == (404, True)
    elsewhere = Client(headers={"host": government().host}).get(link(row))
    assert (elsewhere.status_code, "张三" in words(elsewhere)) == (404, False)


def test_a_used_up_link_says_what_happened(meeting):
    row = told(meeting)
    paper = Material.objects.filter(invitation=row).first()
    fetched = visitor(meeting).get(f"{link(row)}papers/{paper.document_id}/")
    assert b"".join(fetched.streaming_content) == f"{meeting.topic.pk} {paper.document.kind}".encode()
    fetched.close()
    convene_meeting(meeting.meeting.pk, actor=meeting.office, now=NOW)
    start_meeting(meeting.meeting.pk, actor=meeting.operator, now=STARTS)
    end_meeting(meeting.meeting.pk, actor=meeting.operator, now=STARTS)
    shown = words(visitor(meeting).get(link(row)))
    assert "这个链接不再用于答复" in shown
    assert visitor(meeting).get(f"{link(row)}papers/{paper.document_id}/").status_code == 404
    other = frozen(meeting.department)
    taken = invited(other, "李四")
    actions.revoke(taken.pk, actor=other.operator, now=NOW, reason="席位调整")
    assert "席位调整" in words(visitor(other).get(link(taken)))


def test_the_personal_page_shows_requirements_papers_and_the_rules_that_bind(meeting):
    row = told(meeting)
    house_rules(meeting, duties="更新的责任")
    shown = words(visitor(meeting).get(link(row)))
    assert "八点四十到东门" in shown
    assert "material 文件" in shown
    assert "更新的责任" in shown
    assert "已阅读并遵守第 2 版" in shown


def test_the_public_sees_names_by_consent_and_pseudonyms_else(meeting):
    told(meeting)
    told(meeting, "李四", publish_name=False)
    selected(meeting, "还没邀请的人", audience="expert")
    seats = published.seats(meeting.meeting.pk)
    assert [(str(each.who), each.unit) for each in seats] == [("张三", "向阳小区"), ("社会公众 2", "")]
    shown = words(visitor(meeting).get(f"/meetings/{meeting.meeting.pk}/"))
    assert "张三" in shown
    assert "李四" not in shown
    assert "还没邀请的人" not in shown
    assert published.withheld_names(meeting.meeting.pk) == {"李四": "社会公众2"}


def test_the_public_page_changes_with_every_answer(meeting):
    row = invited(meeting)
    page = f"/meetings/{meeting.meeting.pk}/"
    before = visitor(meeting).get(page)["ETag"]
    visitor(meeting).post(link(row), {"decline": "1", "reason": ""})
    assert visitor(meeting).get(page)["ETag"] != before
    assert PageVersion.objects.filter(government_id=meeting.home.pk, key=f"topic:{meeting.topic.pk}").exists()


def test_the_matter_tells_how_many_were_notified_and_how_early(meeting):
    told(meeting)
    told(meeting, "李四", now=NOW + timedelta(days=3))
    entry = published.chain(meeting.topic.pk)[0]
    assert str(entry.body) == "向 2 位列席代表告知要求并提供审议材料，最晚一位在会前 7 日。"


def test_seats_are_filled_invited_and_told_in_the_browser(meeting):
    house_rules(meeting)
    who, other = pooled(meeting), pooled(meeting, "李四", email="")
    desk = staff(meeting, Role.CLERK, within=meeting.department)
    page = f"/workspace/meetings/{meeting.meeting.pk}/invitations/"
    assert "已用 0 / 3" in words(desk.get(page))
    wrong = desk.post(page, {"item": meeting.item.pk, "representative": who.pk, "method": "nomination", "reason": ""})
    assert (wrong.status_code, "要写明理由或推荐单位" in words(wrong)) == (409, True)
    for each in (who, other):
        assert desk.post(page, {"item": meeting.item.pk, "representative": each.pk, "method": "draw", "reason": ""})["Location"] == page
    assert desk.post(f"{page}all/").status_code == 302
    for row in Invitation.objects.all():
        visitor(meeting).post(link(row), {"accept": "1", "accepted_rules": "on"})
    kept = desk.post(f"{page}all/", {"notify": "1", "requirements": ""})
    assert (kept.status_code, "请填写这一项" in words(kept)) == (200, True)
    assert desk.post(f"{page}all/", {"notify": "1", "requirements": "带证件"}).status_code == 302
    assert {each.noticed_by_door for each in Invitation.objects.all()} == {"email", "link"}
    assert "未打开" in words(desk.get(page))


def test_one_seat_has_its_page_with_every_step(meeting):
    row = selected(meeting)
    house_rules(meeting)
    desk = staff(meeting, Role.OPERATOR)
    page = f"/workspace/meetings/{meeting.meeting.pk}/invitations/{row.pk}/"
    assert desk.post(page, {"invite": "1"})["Location"] == page
    assert desk.post(page, {"remind": "1"})["Location"] == page
    visitor(meeting).post(link(row), {"accept": "1", "accepted_rules": "on"})
    assert desk.post(page, {"notify": "1", "requirements": "", "door": "link"}).status_code == 200
    assert desk.post(page, {"notify": "1", "requirements": "带证件", "door": "link"})["Location"] == page
    assert desk.post(page, {"reached": "1", "reached_by": "pigeon"}).status_code == 409
    assert desk.post(page, {"reached": "1", "reached_by": "phone"})["Location"] == page
    assert "带证件" in words(desk.get(page))
    assert desk.post(page, {"revoke": "1", "reason": ""}).status_code == 409
    assert desk.post(page, {"revoke": "1", "reason": "席位调整"})["Location"] == page
    assert desk.post(page, {"again": "1", "method": "office", "reason": ""}).status_code == 200
    assert desk.post(page, {"again": "1", "method": "office", "reason": "改期后可来"})["Location"] == page
    row.refresh_from_db()
    assert (row.state, row.method) == ("selected", "office")


def test_the_letter_carries_link_and_code(meeting):
    row = invited(meeting)
    letter = staff(meeting, Role.OPERATOR).get(f"/workspace/meetings/{meeting.meeting.pk}/invitations/{row.pk}/letter/")
    said = re.sub(r"\s", "", PdfReader(BytesIO(letter.content)).pages[0].extract_text())
    assert f"/invitation/{row.token}/" in said
    assert row.code in said
    assert "张三：" in said
    other = planned()
    assert staff(meeting, Role.OPERATOR).get(f"/workspace/meetings/{other.meeting.pk}/invitations/{row.pk}/letter/").status_code == 409
    assert staff(meeting, Role.AUDITOR).get(f"/workspace/meetings/{meeting.meeting.pk}/invitations/{row.pk}/letter/").status_code == 409


def test_the_door_is_kept_in_the_browser(meeting):
    row, late = told(meeting), told(meeting, "李四")
    convene_meeting(meeting.meeting.pk, actor=meeting.office, now=NOW)
    desk = staff(meeting, Role.OPERATOR)
    page = f"/workspace/meetings/{meeting.meeting.pk}/checkin/"
    bad = desk.post(page, {"code": "写错的码"})
    assert (bad.status_code, "写错的码" in bad.content.decode()) == (409, True)
    assert desk.post(page, {"code": row.token})["Location"] == page
    desk.post(f"{page}{row.pk}/", {"out": "1"})
    desk.post(f"{page}0/", {"absent": "1"})
    desk.post(f"{page}{late.pk}/")
    assert [each.state for each in queries.invitations(meeting.meeting.pk)] == ["present", "present"]
    assert Invitation.objects.get(pk=row.pk).out_at


def test_the_pool_is_kept_searched_and_looked_into_in_the_browser(meeting):
    desk = staff(meeting, Role.OPERATOR)
    typed = {"audience": "public", "name": "张三", "unit": "向阳小区", "email": "zs@example.org", "phone": "000-1234", "nominated_by": ""}
    assert desk.post("/workspace/representatives/", {**typed, "add": "1", "email": "不是邮箱"}).status_code == 200
    assert desk.post("/workspace/representatives/", {**typed, "add": "1"}).status_code == 302
    who = Representative.objects.get()
    assert "张三" in words(desk.get("/workspace/representatives/?q=向阳&audience=public"))
    assert "没有符合条件的人" in words(desk.get("/workspace/representatives/?q=没有这个"))
    assert "原则上不少于 3 次" in words(desk.get("/workspace/representatives/"))
    page = f"/workspace/representatives/{who.pk}/"
    assert "000-1234" not in words(desk.get(page))
    assert desk.post(page, {"look": "1", "purpose": ""}).status_code == 409
    assert "000-1234" in words(desk.post(page, {"look": "1", "purpose": "电话通知"}))
    assert Act.objects.filter(event="representative.look_at_contact").count() == 1
    desk.post(page, {"leave": "1"})
    assert "已于" in words(desk.get(page))


def test_house_rules_are_published_by_the_head_in_the_browser(meeting):
    head = staff(meeting, Role.HEAD, within=meeting.department)
    typed = {**TEXTS, "in_force_on": "2026-11-24", "department": meeting.department.pk}
    kept = head.post("/workspace/house-rules/", {**typed, "discipline": ""})
    assert TEXTS["duties"] in kept.content.decode()
    assert head.post("/workspace/house-rules/", typed).status_code == 302
    assert HouseRules.objects.get().version == 1
    assert head.post("/workspace/house-rules/", {**typed, "department": "999"}).status_code == 409
    assert "公布新版本" not in words(staff(meeting, Role.OPERATOR).get("/workspace/house-rules/"))


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR])
def test_administrators_see_no_names(meeting, role):
    row = selected(meeting)
    for page in (
        f"meetings/{meeting.meeting.pk}/invitations/",
        f"meetings/{meeting.meeting.pk}/invitations/{row.pk}/",
        "representatives/",
        f"meetings/{meeting.meeting.pk}/checkin/",
    ):
        answer = staff(meeting, role).get(f"/workspace/{page}")
        assert (answer.status_code, "张三" in words(answer)) == (409, False)


def test_the_seats_of_one_cost_the_same_queries_as_of_thirty(meeting):
    told(meeting)
    desk, page = staff(meeting, Role.OPERATOR), f"/workspace/meetings/{meeting.meeting.pk}/invitations/"
    desk.get(page)
    with CaptureQueriesContext(connection) as one, CaptureQueriesContext(connection):
        desk.get(page)
    people = Representative.objects.bulk_create(
        Representative(government=meeting.home, audience="public", name=f"代表{n}", added_at=NOW) for n in range(30)
    )
    Invitation.objects.bulk_create(
        Invitation(
            government=meeting.home,
            meeting=meeting.meeting,
            item=meeting.item,
            representative=each,
            audience="public",
            method="draw",
            token=f"t{each.pk}",
        )
        for each in people
    )
    with CaptureQueriesContext(connection) as thirty:
        desk.get(page)
    assert len(one) == len(thirty)


def test_the_year_counts_meetings_with_somebody_present(meeting):
    year = queries.year_so_far(meeting.home.pk, STARTS.date())
    assert (year.attended, year.planned, year.least, year.outlook.allowed) == (0, 0, 3, False)
    row = told(meeting)
    assert queries.year_so_far(meeting.home.pk, STARTS.date()).planned == 1
    convene_meeting(meeting.meeting.pk, actor=meeting.office, now=NOW)
    start_meeting(meeting.meeting.pk, actor=meeting.operator, now=STARTS)
    actions.check_in(row.pk, actor=meeting.operator, now=STARTS)
    assert queries.attended_meetings(meeting.home.pk, 2026) == published.attended(meeting.home.pk, 2026) == 1


def test_the_desk_asks_to_fill_seats_and_to_notify(meeting):
    assert [str(each.title) for each in queries.desk(meeting.clerk, NOW)] == ["选定列席代表：还有 3 席"]
    accepted(meeting)
    waiting = queries.desk(meeting.clerk, NOW)
    assert [str(each.title) for each in waiting] == ["选定列席代表：还有 2 席", "告知列席代表并送材料：1 人"]
    assert waiting[1].due_on == STARTS.date() - timedelta(days=2)
    assert str(waiting[1].sub) == "最迟 2026-12-02 24:00 前发出"
    for role in (Role.OFFICE, Role.LEADER):
        other = [each for each in queries.desk(actor(meeting.home, role), NOW) if each.clause == "3.2d"]
        assert [(str(each.title), str(each.sub), each.waits) for each in other] == [
            ("1 位列席代表还没有告知", "最迟 2026-12-02 24:00 前发出", False)
        ]


def test_evidence_counts_those_told_in_time_and_those_told_late(meeting):
    row, late = told(meeting), told(meeting, "李四")
    convene_meeting(meeting.meeting.pk, actor=meeting.office, now=NOW)
    start_meeting(meeting.meeting.pk, actor=meeting.operator, now=STARTS)
    for each in (row, late):
        actions.check_in(each.pk, actor=meeting.operator, now=STARTS)
    Invitation.objects.filter(pk=late.pk).update(noticed_at=STARTS - timedelta(days=1))
    span = (meeting.home.pk, STARTS.date(), STARTS.date())
    assert (queries.told_in_time(*span).kept, queries.told_in_time(*span).broken) == (1, 1)
    assert (queries.invited(*span).kept, queries.rules_published(*span).kept, queries.rules_published(*span).broken) == (2, 1, 0)
    assert (queries.attended_enough(*span).kept, queries.attended_enough(*span).broken) == (1, 1)
