"""The pool in the browser: the public form, the personal page, the desk, choosing somebody; wrong input keeps what was typed."""

from __future__ import annotations

import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mingtang.platform.actor import Role
from mingtang.representatives import actions
from mingtang.representatives.models import Application, Conflict, Invitation, Representative
from tests.factories import calls as call
from tests.factories.meetings import frozen
from tests.factories.platform import government, person
from tests.factories.pool import joined, listed
from tests.factories.representatives import house_rules

pytestmark = pytest.mark.django_db
TYPED = {
    "audience": "public",
    "name": "赵小满",
    "phone": "000-55",
    "email": "",
    "unit": "向阳小区",
    "area": "柳荫街道",
    "trade": "",
    "specialities": "",
    "meets_conditions": "on",
    "token": "t1",
}


@pytest.fixture
def meeting():
    return frozen()


def site(home):
    return Client(headers={"host": home.host})


def staff(of, *roles, within=None):
    client = site(of)
    client.force_login(person(of, *roles, within=within), backend="django.contrib.auth.backends.ModelBackend")
    return client


def words(answer):
    return answer.content.decode()


def test_joining_takes_one_form_and_gives_receipt_and_link():
    home = government()
    visitor = site(home)
    assert "加入代表库" in words(visitor.get("/pool/"))
    kept = visitor.post("/pool/join/", {**TYPED, "phone": "", "meets_conditions": ""})
    assert kept.status_code == 409
    assert 'value="赵小满"' in words(kept)
    done = visitor.post("/pool/join/", TYPED)
    row = Representative.objects.get()
    assert done["Location"] == f"/pool/mine/{row.token}/?new=1"
    page = words(visitor.get(done["Location"]))
    assert row.receipt in page
    assert "区政府办会联系您核验身份和条件" in page
    assert visitor.post("/pool/join/", TYPED)["Location"] == done["Location"]
    by_receipt = words(visitor.get(f"/pool/find/?code={row.receipt.lower()}"))
    assert ("待核验" in by_receipt, "赵小满" in by_receipt, "000-55" in by_receipt) == (True, False, False)
    assert "没有这个回执号" in words(visitor.get("/pool/find/?code=QH-0000"))


def test_ones_own_page_shows_corrects_consents_declares_and_leaves(meeting):
    row = listed(meeting.home)
    visitor, page = site(meeting.home), f"/pool/mine/{row.token}/"
    assert "000-9001" in words(visitor.get(page))
    bad = visitor.post(page, {"correct": "1", "name": "", "phone": "000-1", "email": "不是"})
    assert (bad.status_code, 'value="000-1"' in words(bad)) == (200, True)
    fine = {"correct": "1", "name": "来人1", "phone": "000-2", "email": "", "unit": "", "area": "", "trade": "", "specialities": ""}
    assert visitor.post(page, fine)["Location"] == f"{page}?done=1"
    assert "已记录" in words(visitor.get(f"{page}?done=1"))
    visitor.post(page, {"agree": "1"})
    assert Representative.objects.get(pk=row.pk).publish_name
    assert visitor.post(page, {"renew": "1"}).status_code == 409
    assert visitor.post(page, {"declare": "1", "topic": "", "reason": ""}).status_code == 200
    visitor.post(page, {"declare": "1", "topic": str(meeting.topic.pk), "reason": "亲属承包"})
    assert Conflict.objects.get().reason == "亲属承包"
    assert json.loads(visitor.get(f"{page}data.json").content)["conflicts"][0]["reason"] == "亲属承包"
    assert "您已退出代表库" in words(visitor.post(page, {"leave": "1"}))
    assert (visitor.get(page).status_code, visitor.get(f"{page}data.json").status_code) == (404, 404)
    assert "sessionid" not in visitor.cookies


def test_the_office_verifies_from_the_list_and_one_by_one():
    home = government()
    one, two, three = (joined(home, n) for n in range(3))
    office = staff(home, Role.OFFICE)
    page = words(office.get("/workspace/representatives/?state=waiting"))
    assert all(each.name in page for each in (one, two, three))
    office.post("/workspace/representatives/verify/", {"person": [str(one.pk), "x"]})
    office.post(f"/workspace/representatives/{two.pk}/", {"verify": "1"})
    assert office.post(f"/workspace/representatives/{three.pk}/", {"refuse": "1", "why": ""}).status_code == 409
    office.post(f"/workspace/representatives/{three.pk}/", {"refuse": "1", "why": "不符合条件"})
    assert list(Representative.objects.order_by("pk").values_list("state", flat=True)) == ["listed", "listed", "refused"]
    clerk = staff(home, Role.CLERK)
    assert "核验勾选的人" not in words(clerk.get("/workspace/representatives/?state=waiting"))
    clerk.post("/workspace/representatives/verify/", {"person": [str(three.pk)]})
    assert "没有勾选" in words(office.post("/workspace/representatives/verify/", {}, follow=True))


def test_the_desk_corrects_renews_notes_a_conflict_and_prints_the_link(meeting):
    row = listed(meeting.home)
    desk, page = staff(meeting.home, Role.OPERATOR), f"/workspace/representatives/{row.pk}/"
    said = {"correct": "1", "name": "来人1", "unit": "春晖小区", "area": "", "trade": "", "specialities": "", "phone": "", "email": ""}
    desk.post(page, said)
    row.refresh_from_db()
    assert (row.unit, row.contact.phone) == ("春晖小区", "000-9001")
    assert desk.post(page, {"renew": "1"}).status_code == 409
    desk.post(page, {"declare": "1", "topic": str(meeting.topic.pk), "reason": "亲属承包"})
    assert "亲属承包" in words(desk.get(page))
    assert f"/pool/mine/{row.token}/" in words(desk.post(f"{page}link/"))
    desk.post(page, {"leave": "1"})
    assert desk.post(f"{page}link/").status_code == 409
    assert "随即" in words(desk.get("/workspace/representatives/forgotten/"))


def test_a_table_is_brought_in_and_its_bad_rows_are_downloaded():
    home = government()
    clerk = staff(home, Role.CLERK)
    upload = SimpleUploadedFile("名单.csv", "姓名,类别,电话\n李四,社会公众,1\n=王五,不知道,2\n".encode())
    page = words(clerk.post("/workspace/representatives/import/", {"upload": upload}))
    assert "收下 1 人，已在库 0 人，未收 1 行" in page
    table = b"".join(clerk.get(_link(page)).streaming_content).decode("utf-8-sig")
    assert table.splitlines()[0] == "姓名,类别,电话,行,问题"
    assert table.splitlines()[1].startswith("'=王五,不知道,2,3,")
    bad = SimpleUploadedFile("名单.csv", "电话\n1\n".encode())
    assert clerk.post("/workspace/representatives/import/", {"upload": bad}).status_code == 409


def _link(page):
    return next(each.split('"')[0] for each in page.split('href="') if "rejected.csv" in each.split('"')[0])


def test_somebody_is_chosen_by_letter_or_with_the_departments_reason(meeting):
    who, other = listed(meeting.home), listed(meeting.home, 2)
    desk = staff(meeting.home, Role.OPERATOR)
    base = f"/workspace/meetings/{meeting.meeting.pk}/choose/{meeting.item.pk}/"
    assert who.name in words(desk.get(f"{base}?q=来人1"))
    assert "没有符合条件的人" in words(desk.get(f"{base}?q=不存在的"))
    kept = desk.post(f"{base}{who.pk}/", {"method": "nomination", "body": "区政协办公室", "letter_no": "", "dated_on": "2026-11-20"})
    assert (kept.status_code, 'value="区政协办公室"' in words(kept)) == (409, True)
    letter = io.BytesIO(b"%PDF-1.4\n%%EOF\n")
    letter.name = "函.pdf"
    said = {"method": "nomination", "body": "区政协办公室", "letter_no": "5号", "dated_on": "2026-11-20", "letter": letter}
    assert desk.post(f"{base}{who.pk}/", said).status_code == 302
    assert desk.post(f"{base}{other.pk}/", {"method": "office", "reason": ""}).status_code == 409
    assert desk.post(f"{base}{other.pk}/", {"method": "office", "reason": "熟悉物业管理"}).status_code == 302
    assert sorted(Invitation.objects.values_list("method", flat=True)) == ["nomination", "office"]
    assert desk.get(f"/workspace/meetings/{meeting.meeting.pk}/choose/999999/").status_code == 409


def test_the_paper_form_asks_what_the_web_asks_and_carries_the_code():
    of = call.opened()
    page = words(site(of.of.home).get(f"/calls/{of.row.pk}/form/"))
    assert all(each in page for each in ("社会公众", "性别", "□ 女", f"/calls/{of.row.pk}/apply/", "<svg", "入选后可以公开我的姓名"))
    assert site(of.of.home).get("/calls/999999/form/").status_code == 404


def test_a_reserve_sees_the_place_on_the_waiting_list_as_it_stands_now():
    made, _draw = call.drawn()
    rows = list(Application.objects.filter(call=made.row, state="reserve", answers__audience="public").order_by("rank"))
    assert len(rows) == 2
    visitor = site(made.of.home)
    assert "候补名单现在第 2 位" in words(visitor.get(f"/r/{rows[1].receipt}/"))
    actions.withdraw_application(rows[0].receipt, actor=made.anybody, now=call.DRAWN)
    page = words(visitor.get(f"/r/{rows[1].receipt}/"))
    assert "候补名单现在第 1 位" in page
    assert "（抽签时第 2 位）" in page


def test_the_call_shows_who_sits_in_and_how_they_were_found():
    made, _draw = call.drawn()
    actions.seat_drawn(made.row.pk, actor=made.clerk, now=call.DRAWN)
    house_rules(made.of)
    for each in Invitation.objects.order_by("pk"):
        actions.invite(each.pk, actor=made.of.operator, now=call.DRAWN)
    page = words(site(made.of.home).get(f"/calls/{made.row.pk}/"))
    assert ("列席名单和产生方式" in page, "社会公众 1" in page, "抽签" in page, "报名人0" in page) == (True, True, True, False)


def test_the_counter_stands_on_the_public_page_of_duties(meeting):
    page = words(site(meeting.home).get("/obligations/"))
    assert "代表列席会议（制度 2.2）" in page
