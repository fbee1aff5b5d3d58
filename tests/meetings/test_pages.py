"""The calendar, the public meeting, the staff pages and the console, as people walk them."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mingtang.meetings import actions, published, queries
from mingtang.meetings.models import Meeting
from mingtang.platform.actor import Role
from tests.factories.meetings import STARTS, frozen, planned, ready_topic
from tests.factories.platform import NOW, actor, government, person

pytestmark = pytest.mark.django_db


def words(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def visitor(of) -> Client:
    return Client(headers={"host": of.home.host})


def staff(of, *roles) -> Client:
    client = visitor(of)
    client.force_login(person(of.home, *roles))
    return client


MONTH = f"{STARTS:%Y-%m}"


def test_the_calendar_shows_a_meeting_once_its_agenda_is_frozen():
    early = planned()
    page = f"/calendar/?month={MONTH}"
    assert "没有公开议程的会议" in words(visitor(early).get(page))
    actions.freeze_agenda(early.meeting.pk, actor=early.operator, now=NOW)
    shown = visitor(early).get(page)
    assert "第 1 次政府常务会议" in words(shown)
    assert shown["ETag"]


def test_the_calendar_is_filtered_by_kind_and_explains_a_bad_month():
    made = frozen()
    assert "第 1 次政府常务会议" not in words(visitor(made).get(f"/calendar/?month={MONTH}&kind=plenary"))
    assert "第 1 次政府常务会议" in words(visitor(made).get(f"/calendar/?month={MONTH}&kind=executive"))
    assert "“13月”不是月份" in words(visitor(made).get("/calendar/?month=13月"))
    for far in ("0001-01", "9999-12"):
        assert f"“{far}”不是月份" in words(visitor(made).get(f"/calendar/?month={far}"))


def test_the_calendar_costs_the_same_queries_for_one_meeting_and_for_thirty():
    made = frozen()
    client, page = visitor(made), f"/calendar/?month={MONTH}"
    client.get(page)
    with CaptureQueriesContext(connection) as one:
        client.get(page)
    for n in range(2, 31):
        Meeting.objects.create(
            government=made.home,
            kind="plenary",
            state="frozen",
            year=2026,
            number=n,
            starts_at=STARTS,
            place="一楼",
            chair="区长",
            version=1,
            planned_by_id=made.operator.person_id,
            created_at=NOW,
        )
    with CaptureQueriesContext(connection) as thirty:
        client.get(page)
    assert len(one) == len(thirty)


def test_a_closed_item_is_a_stub_without_its_title():
    made = planned()
    secretly = ready_topic(made.department, title="不该看到的题目")
    actions.add_item(made.meeting.pk, secretly.pk, actor=made.operator, now=NOW, attendance="closed", closing_ground="process")
    actions.freeze_agenda(made.meeting.pk, actor=made.operator, now=NOW)
    view = published.meeting(made.home.pk, made.meeting.pk)
    assert [(each.position, bool(each.tomb), each.title == "") for each in view.items] == [(1, False, False), (2, True, True)]
    shown = visitor(made).get(f"/meetings/{made.meeting.pk}/").content.decode()
    assert "不该看到的题目" not in shown
    assert str(made.department) in shown


def test_the_public_keeps_seeing_the_frozen_version_until_the_next():
    made = frozen()
    second = actions.add_item(made.meeting.pk, ready_topic(made.department).pk, actor=made.operator, now=NOW)
    actions.move_item(second.pk, actor=made.operator, now=NOW, up=True)
    assert [each.id for each in published.meeting(made.home.pk, made.meeting.pk).items] == [made.item.pk]
    actions.freeze_agenda(made.meeting.pk, actor=made.operator, now=NOW)
    view = published.meeting(made.home.pk, made.meeting.pk)
    assert ([each.id for each in view.items], view.version) == ([second.pk, made.item.pk], "B")


def test_a_meeting_never_frozen_has_no_public_page_even_when_cancelled():
    made = planned()
    assert visitor(made).get(f"/meetings/{made.meeting.pk}/").status_code == 404
    actions.cancel_meeting(made.meeting.pk, actor=made.operator, now=NOW, reason="并入")
    assert visitor(made).get(f"/meetings/{made.meeting.pk}/").status_code == 404
    assert published.meeting(government().pk, frozen().meeting.pk) is None


def test_the_matter_tells_of_its_deliberation():
    made = frozen()
    stage = published.stages(made.topic.pk, None, None, NOW)[0]
    assert str(stage.fact) == "议程已定"
    actions.convene_meeting(made.meeting.pk, actor=made.office, now=NOW)
    actions.start_meeting(made.meeting.pk, actor=made.operator, now=STARTS)
    actions.begin_item(made.item.pk, actor=made.operator, now=STARTS)
    actions.give_statement(made.item.pk, actor=made.operator, now=STARTS, by="局长")
    assert published.chain(made.topic.pk) == []
    actions.decide_item(made.item.pk, actor=made.operator, now=STARTS, outcome="passed", text="按计划实施。")
    entry = published.chain(made.topic.pk)[0]
    assert str(entry.body) == f"牵头部门于 {STARTS:%H:%M} 说明意见采纳情况。结果：通过。按计划实施。"
    assert str(published.stages(made.topic.pk, None, None, NOW)[0].fact) == "通过"
    assert published.outcome_of([made.topic.pk])[made.topic.pk][1] == made.meeting.pk
    assert published.open_meetings(made.home.pk, STARTS.year) == 1


def test_a_meeting_is_planned_and_its_agenda_built_in_the_browser():
    made = planned()
    desk = staff(made, Role.OPERATOR)
    typed = {"kind": "executive", "starts_at": f"{STARTS:%Y-%m-%dT%H:%M}", "place": "二楼会议室", "chair": "区长陈一"}
    sent = desk.post("/workspace/meetings/new/", typed)
    row = Meeting.objects.get(place="二楼会议室")
    assert sent["Location"] == f"/workspace/meetings/{row.pk}/"
    wrong = desk.post("/workspace/meetings/new/", {**typed, "chair": ""})
    assert "二楼会议室" in wrong.content.decode()
    topic = ready_topic(made.department)
    page = f"/workspace/meetings/{row.pk}/"
    assert desk.post(page, {"topic": topic.pk, "attendance": "open", "minutes": "20"})["Location"] == page
    refusal = desk.post(page, {"topic": made.topic.pk, "attendance": "open", "minutes": "20"})
    assert refusal.status_code == 409
    assert "已列入另一次" in words(refusal)
    item = queries.items(row.pk)[0]
    for act in ("up", "down"):
        assert desk.post(f"{page}items/{item.pk}/", {act: "1"}).status_code == 302
    assert desk.post(f"{page}freeze/").status_code == 302
    assert "A" in words(desk.get(page))
    assert desk.post(f"{page}items/{item.pk}/", {"remove": "1"}).status_code == 302
    assert "冻结以后议程改过" in words(desk.get(page))


def test_the_meeting_day_runs_from_the_console():
    made = frozen()
    desk, office = staff(made, Role.OPERATOR), staff(made, Role.OFFICE)
    page = f"/workspace/meetings/{made.meeting.pk}/"
    office.post(f"{page}convene/")
    assert "会议开始" in words(desk.get(f"{page}console/"))
    desk.post(f"{page}start/")
    for _ in range(2):
        desk.post(f"{page}console/{made.item.pk}/", {"begin": "1"})
    assert "正在审议第 1 项" in words(desk.get(f"{page}console/"))
    kept = desk.post(f"{page}console/{made.item.pk}/", {"text": "已经写好的决定"})
    assert "已经写好的决定" in kept.content.decode()
    desk.post(f"{page}console/{made.item.pk}/", {"statement": "1", "by": "局长"})
    desk.post(f"{page}console/{made.item.pk}/", {"outcome": "passed", "text": "通过。"})
    desk.post(f"{page}end/")
    desk.post(f"{page}close/")
    made.now()
    assert (made.meeting.state, made.item.outcome, made.item.statement_by) == ("closed", "passed", "局长")
    assert "通过" in words(visitor(made).get(f"/meetings/{made.meeting.pk}/"))


def test_reasons_are_asked_for_and_shown():
    made = frozen()
    desk, leader = staff(made, Role.OPERATOR), staff(made, Role.LEADER)
    page = f"/workspace/meetings/{made.meeting.pk}/"
    leader.post(f"{page}emergency/", {"reason": "台风来袭"})
    assert "台风来袭" in words(visitor(made).get(f"/meetings/{made.meeting.pk}/"))
    desk.post(f"{page}postpone/", {"reason": ""})
    assert "要写明理由" in words(desk.get(page))
    desk.post(f"{page}postpone/", {"reason": "会场检修"})
    assert "会场检修" in words(visitor(made).get(f"/meetings/{made.meeting.pk}/"))
    typed = {"kind": "executive", "starts_at": f"{STARTS + timedelta(days=3):%Y-%m-%dT%H:%M}", "place": "二楼", "chair": "区长"}
    assert desk.get(f"{page}edit/").status_code == 200
    assert desk.post(f"{page}edit/", typed).status_code == 302
    desk.post(f"{page}cancel/", {"reason": "并入下次"})
    assert "并入下次" in words(desk.get(page))


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN])
def test_administrators_see_no_meetings(role):
    made = frozen()
    assert staff(made, role).get("/workspace/meetings/").status_code == 409


def test_the_list_is_filtered_and_costs_the_same_for_one_and_thirty():
    made = frozen()
    desk = staff(made, Role.OPERATOR)
    desk.get("/workspace/meetings/")
    with CaptureQueriesContext(connection) as one:
        assert "第 1 次" in words(desk.get("/workspace/meetings/?kind=executive&state=frozen"))
    for n in range(2, 41):
        Meeting.objects.create(
            government=made.home,
            kind="plenary",
            year=2026,
            number=n,
            starts_at=STARTS,
            place="一楼",
            chair="区长",
            planned_by_id=made.operator.person_id,
            created_at=NOW,
        )
    with CaptureQueriesContext(connection) as thirty:
        desk.get("/workspace/meetings/?kind=plenary&state=planned")
    assert len(one) == len(thirty)
    assert "没有会议" in words(desk.get("/workspace/meetings/?state=closed"))


def test_the_desk_shows_operators_what_waits():
    made = frozen()
    assert [str(each.title) for each in queries.desk(made.operator, NOW)] == ["告知代表、召集会议"]
    assert queries.desk(made.clerk, NOW) == []
    assert queries.desk(actor(government(), Role.OPERATOR), NOW) == []


def test_evidence_counts_meetings_held_and_statements_given():
    made = frozen()
    span = (made.home.pk, STARTS.date(), STARTS.date())
    assert [count(*span).kept for count in (queries.meetings_shown, queries.statements_given)] == [0, 0]
    Meeting.objects.filter(pk=made.meeting.pk).update(started_at=STARTS)
    assert [count(*span).kept for count in (queries.meetings_shown, queries.statements_given)] == [1, 0]
    assert queries.meetings_shown(*span).examples[0].url == f"/meetings/{made.meeting.pk}/"
