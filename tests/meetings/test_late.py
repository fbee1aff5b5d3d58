"""Late items, the formal check of every item, versions for everybody."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mingtang.meetings import actions, published, queries
from mingtang.meetings.models import AgendaItem, AgendaVersion
from mingtang.meetings.queries import gating
from mingtang.platform.actor import Role
from mingtang.topics.models import TopicDocument
from tests.factories.meetings import STARTS, frozen, planned, ready_topic
from tests.factories.platform import NOW, actor
from tests.factories.refusing import refused
from tests.factories.topics import approved

pytestmark = pytest.mark.django_db
EVE = STARTS - timedelta(days=1)


def late():
    """A frozen meeting on whose eve one more matter is put on."""
    of = frozen()
    return of, actions.add_item(of.meeting.pk, ready_topic(of.department).pk, actor=of.operator, now=EVE, minutes=10)


def test_a_late_item_is_frozen_only_when_a_leader_has_let_it_in():
    of, item = late()
    with refused("late"):
        actions.freeze_agenda(of.meeting.pk, actor=of.operator, now=EVE)
    with refused("reason"):
        actions.ask_late_item(item.pk, actor=of.operator, now=EVE, reason=" ")
    actions.ask_late_item(item.pk, actor=of.operator, now=EVE, reason="寒潮预警今早发布。")
    assert [each.pk for each in gating.late_waiting(of.home.pk)] == [item.pk]
    with refused("role"):
        actions.approve_late_item(item.pk, actor=of.office, now=EVE)
    actions.approve_late_item(item.pk, actor=of.leader, now=EVE)
    assert actions.freeze_agenda(of.meeting.pk, actor=of.operator, now=EVE).version == 2
    view = published.meeting(of.home.pk, of.meeting.pk)
    assert [each.late_reason for each in view.items] == ["", "寒潮预警今早发布。"]


def test_another_reason_asks_the_leader_anew():
    of, item = late()
    actions.ask_late_item(item.pk, actor=of.operator, now=EVE, reason="理由一")
    actions.approve_late_item(item.pk, actor=of.leader, now=EVE)
    assert actions.ask_late_item(item.pk, actor=of.operator, now=EVE, reason="理由二").late_approved_at is None
    with refused("late"):
        actions.freeze_agenda(of.meeting.pk, actor=of.operator, now=EVE)


def test_an_item_in_time_needs_no_leader_and_a_reason_unasked_lets_nothing_in():
    of, item = late()
    with refused("in_time"):
        actions.ask_late_item(of.item.pk, actor=of.operator, now=NOW, reason="急")
    with refused("reason"):
        actions.approve_late_item(item.pk, actor=of.leader, now=EVE)


def test_a_leader_who_asked_cannot_let_it_in():
    of, item = late()
    both = actor(of.home, Role.LEADER, Role.OFFICE)
    actions.ask_late_item(item.pk, actor=both, now=EVE, reason="急")
    with refused("own_work"):
        actions.approve_late_item(item.pk, actor=both, now=EVE)


def test_a_paper_that_came_in_too_late_makes_its_item_late_too():
    of = planned()
    TopicDocument.objects.filter(topic=of.topic, kind="material").update(added_at=EVE)
    with refused("late"):
        actions.freeze_agenda(of.meeting.pk, actor=of.operator, now=NOW)


def test_what_is_missing_stands_beside_each_item_in_the_same_number_of_queries():
    of = planned()
    bare = AgendaItem.objects.create(government=of.home, meeting=of.meeting, topic=approved(of.department), position=2)
    with CaptureQueriesContext(connection) as few:
        one = queries.standing(of.meeting, queries.items(of.meeting.pk))
    assert [bool(each.gate) for each in one] == [True, False]
    assert [each.code for each in one[1].gate.refusals] == ["no_material"]
    for n in range(3, 9):
        AgendaItem.objects.create(government=of.home, meeting=of.meeting, topic=ready_topic(of.department), position=n)
    with CaptureQueriesContext(connection) as many:
        assert len(queries.standing(of.meeting, queries.items(of.meeting.pk))) == 8
    assert len(many) == len(few)
    assert bare.position == 2


def test_a_new_paper_after_freezing_is_worth_a_version_but_does_not_stop_convening():
    of = frozen()
    row = TopicDocument.objects.get(topic=of.topic, kind="material")
    row.title = "汇报（修改稿）"
    row.save()
    assert queries.as_frozen(of.meeting)
    assert actions.freeze_agenda(of.meeting.pk, actor=of.operator, now=NOW).version == 2
    assert actions.freeze_agenda(of.meeting.pk, actor=of.operator, now=NOW).version == 2
    (view,) = published.versions(of.home.pk, of.meeting.pk)
    assert (view.letter, view.before) == ("B", "A")
    assert [str(each) for each in view.changes] == [f"审议材料有更新：{of.topic}。"]
    assert "修改稿" not in str(view.changes)


def test_the_public_sees_what_changed_and_no_name_of_a_closed_item():
    of = frozen()
    secret = ready_topic(of.department)
    actions.add_item(of.meeting.pk, secret.pk, actor=of.operator, now=NOW, attendance="closed", closing_ground="process", minutes=20)
    actions.change_meeting(of.meeting.pk, actor=of.operator, now=NOW, starts_at=STARTS + timedelta(hours=1), place="二楼", chair="区长陈一")
    actions.freeze_agenda(of.meeting.pk, actor=of.operator, now=NOW)
    (view,) = published.versions(of.home.pk, of.meeting.pk)
    assert [str(each) for each in view.changes] == [
        "会议时间由 2026-12-04 09:30 改为 2026-12-04 10:30。",
        "会议地点由“区政府第一会议室”改为“二楼”。",
        "列入第 2 项：一项不公开的议题。",
    ]
    assert AgendaVersion.objects.count() == 2
    live = published.live(of.home.pk, of.meeting.pk, NOW)
    assert [each.title for each in live.items] == [str(of.topic), ""]


def test_a_meeting_never_frozen_has_no_live_state_and_no_versions():
    of = planned()
    assert published.live(of.home.pk, of.meeting.pk, NOW) is None
    assert published.versions(of.home.pk, of.meeting.pk) == []
