"""My desk and the dossier: the days to come, what stands in the way, every stage, acts in words."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from mingtang.kernel.text import speaking
from mingtang.meetings import queries as meetings
from mingtang.platform.accounts.models import Person
from mingtang.platform.actor import Role
from mingtang.platform.audit.models import Act
from mingtang.platform.clock import day_of
from mingtang.topics.models import Topic
from mingtang.workspace.acts import ACTS, KINDS, in_words
from mingtang.workspace.desk import desk_of
from mingtang.workspace.stages import stages
from tests.factories.consultations import closed, opened, opinion
from tests.factories.held import held
from tests.factories.meetings import STARTS, frozen
from tests.factories.platform import NOW, actor, department, government, person
from tests.factories.topics import approved, drafter

pytestmark = pytest.mark.django_db
TODAY = day_of(NOW)


def words(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def signed_in(who: Person) -> Client:
    client = Client(headers={"host": who.government.host})
    client.force_login(who)
    return client


def wishes(days: int, **fields) -> Topic:
    given = approved(is_major=True, major_category="policy", exclusion="", **fields)
    Topic.objects.filter(pk=given.pk).update(wished_on=TODAY + timedelta(days=days))
    given.refresh_from_db()
    return given


def test_the_next_two_weeks_name_what_closes_and_what_meets():
    made = frozen()
    desk = desk_of(made.operator, NOW)
    assert [(each.day, str(each.what), each.time) for each in desk.coming] == [
        (day_of(STARTS) - timedelta(days=2), "列席告知和材料最迟发出", "24:00"),
        (day_of(STARTS), "第 1 次政府常务会议", "09:30"),
    ]
    mine = desk_of(made.clerk, NOW)
    assert [str(each.what) for each in mine.coming] == ["列席告知和材料最迟发出", "第 1 次政府常务会议，您部门第 1 项"]


def test_a_day_further_off_is_named_when_the_two_weeks_are_empty():
    row, clerk = opened()
    desk = desk_of(clerk, NOW)
    assert desk.coming == []
    assert desk.later is not None
    assert (desk.later.day, str(desk.later.what), desk.later.time) == (row.closes_on, "征求意见截止，开始归组答复", "24:00")


def test_the_last_day_of_an_adoption_report_is_named():
    row, clerk = closed()
    due = row.closes_on + timedelta(days=30)
    found = desk_of(clerk, NOW + timedelta(days=40))
    assert [(each.day, str(each.what)) for each in (*found.coming, *([found.later] if found.later else []))] == [
        (due, "采纳情况报告最后一日")
    ]


def test_administrators_see_no_business_days():
    made = frozen()
    opened(approved(department(made.home)))
    for role in (Role.SECURITY_ADMIN, Role.SYSTEM_ADMIN, Role.AUDITOR):
        desk = desk_of(actor(made.home, role), NOW)
        assert (desk.coming, desk.later, desk.blocked, desk.has_business) == ([], None, [], False)
        assert len(desk.hints) == 1


def test_a_matter_that_cannot_meet_on_its_day_says_why_and_where_to_mend_it():
    given = wishes(5)
    found = meetings.blocked(drafter(given), NOW)
    assert [(str(each.title), each.decision.code, str(each.action), each.url) for each in found] == [
        (f"“{given}”排不上 {given.wished_on} 的会", "not_consulted", "准备征求意见", f"/workspace/topics/{given.pk}/consultation/")
    ]
    assert found[0].earliest > given.wished_on
    shown = words(signed_in(person(given.government, Role.CLERK, within=given.department)).get("/workspace/"))
    for expected in ("卡在哪里", "草案和依据还没有公开征求意见", "怎么办", "最早可排"):
        assert expected in shown


def test_the_nearest_of_several_blocked_matters_stands_on_top_and_the_others_are_named():
    first = wishes(5)
    other = wishes(6, of=first.department)
    found = meetings.blocked(drafter(first), NOW)
    assert [each.more_url for each in found] == [f"/workspace/topics/{each.pk}/" for each in (first, other)]
    assert "另有 1 件也排不上" in words(signed_in(person(first.government, Role.CLERK, within=first.department)).get("/workspace/"))


def test_a_matter_with_time_enough_or_of_others_is_not_blocked():
    given = wishes(300)
    assert meetings.blocked(drafter(given), NOW) == []
    near = wishes(5)
    assert meetings.blocked(actor(near.government, Role.OPERATOR), NOW) == []
    assert meetings.blocked(actor(near.government, Role.CLERK, within=department(near.government)), NOW) == []


def test_the_way_out_follows_what_is_missing():
    given = wishes(5)
    row, clerk = opened(given, kind="major")
    said = meetings.blocked(clerk, NOW)[0]
    assert f"征求意见 {row.closes_on} 24:00 才结束" in str(said.decision.reason)
    assert str(said.action) == "写采纳报告"
    opinion(row)
    assert str(meetings.blocked(clerk, NOW)[0].action) == "去归组 1 条"


def test_the_rail_counts_what_waits_behind_each_link():
    row, _clerk = opened()
    opinion(row)
    who = person(row.government, Role.MODERATOR)
    html = signed_in(who).get("/workspace/").content.decode()
    assert re.search(r'href="/workspace/consultations/"[^>]*>征求意见<span>1</span>', html)
    assert re.search(r'href="/workspace/meetings/"[^>]*>会议与议程</a>', html)


def test_the_dossier_lists_every_stage_with_its_page_and_says_what_is_next():
    given = held()
    topic = given.item.topic
    found = stages(given.operator, topic.pk, given.meeting.ended_at)
    assert [each.stage.code for each in found] == ["declare", "listen", "report", "notice", "meet", "minutes", "result"]
    assert {each.stage.code: each.shape for each in found if each.stage.code in {"declare", "meet"}} == {"declare": "full", "meet": "full"}
    assert all(each.url for each in found if each.stage.code in {"meet", "minutes"})
    shown = words(signed_in(person(given.home, Role.OFFICE)).get(f"/workspace/topics/{topic.pk}/"))
    assert "各阶段" in shown
    assert "下一步：" in shown


def test_a_stage_far_ahead_leads_nowhere():
    given = approved()
    found = stages(drafter(given), given.pk, NOW)
    assert [each.stage.code for each in found if each.url] == ["listen"]
    assert stages(drafter(given), 0, NOW) == []


def test_acts_are_named_in_words_and_an_unknown_one_keeps_its_code():
    assert {each.partition(".")[0] for each in ACTS} <= set(KINDS)
    row = Act(event="topic.begin", government_id=1, subject_type="topic")
    assert (str(in_words(row).kind), str(in_words(row).what)) == ("议题", "开始申报")
    other = Act(event="moon.rise", government_id=1, subject_type="moon")
    assert (str(in_words(other).kind), str(in_words(other).what)) == ("moon", "rise")
    with speaking("en"):
        assert str(in_words(row).kind) == "Matter"


def test_every_recorded_act_of_a_whole_meeting_has_its_words():
    held()
    assert {each for each in Act.objects.values_list("event", flat=True) if each not in ACTS} == set()


def test_the_auditor_keeps_an_own_filter_in_the_list():
    home = government()
    shown = signed_in(person(home, Role.AUDITOR)).get("/workspace/audit/?event=topic.submit").content.decode()
    assert '<option value="topic.submit" selected>' in shown
