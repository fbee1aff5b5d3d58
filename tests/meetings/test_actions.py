"""Planning, freezing, convening and running a meeting: each gate refused and passed, each act twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mingtang.meetings import actions, queries
from mingtang.meetings.models import AgendaItem, AgendaVersion, Meeting
from mingtang.platform.actor import Role
from mingtang.platform.audit.models import Act
from mingtang.platform.web.models import PageVersion
from mingtang.topics.models import StatutoryStep
from tests.factories.meetings import STARTS, frozen, planned, ready_topic
from tests.factories.platform import NOW, actor, department, government, later
from tests.factories.refusing import refused
from tests.factories.topics import approved

pytestmark = pytest.mark.django_db


def running(of=None):
    made = frozen(of)
    actions.convene_meeting(made.meeting.pk, actor=made.office, now=NOW)
    actions.start_meeting(made.meeting.pk, actor=made.operator, now=STARTS)
    return made.now()


def test_meetings_are_numbered_by_kind_and_year():
    home = government()
    who = actor(home, Role.OPERATOR)
    plan = {"actor": who, "now": NOW, "place": "一楼", "chair": "区长"}
    first = actions.plan_meeting(**plan, kind="executive", starts_at=later(days=5))
    second = actions.plan_meeting(**plan, kind="executive", starts_at=later(days=12))
    other = actions.plan_meeting(**plan, kind="plenary", starts_at=later(days=12))
    next_year = actions.plan_meeting(**plan, kind="executive", starts_at=later(days=60))
    assert [each.number for each in (first, second, other, next_year)] == [1, 2, 1, 1]
    assert str(second) == "第 2 次政府常务会议"
    with refused("number"):
        actions.plan_meeting(**plan, kind="executive", starts_at=later(days=13), number=2)


def test_planning_the_same_meeting_twice_makes_one():
    home = government()
    plan = {
        "actor": actor(home, Role.OPERATOR),
        "now": NOW,
        "place": "一楼",
        "chair": "区长",
        "kind": "plenary",
        "starts_at": later(days=5),
    }
    assert actions.plan_meeting(**plan).pk == actions.plan_meeting(**plan).pk
    assert Meeting.objects.count() == 1


@pytest.mark.parametrize("role", [Role.CLERK, Role.HEAD, Role.LEADER, Role.MODERATOR, Role.SYSTEM_ADMIN, Role.AUDITOR])
def test_only_operator_and_office_plan(role):
    home = government()
    with refused("role"):
        actions.plan_meeting(actor=actor(home, role), now=NOW, kind="plenary", starts_at=STARTS, place="一楼", chair="区长")


def test_a_matter_is_put_on_once_its_duties_are_met():
    made = planned()
    again = actions.add_item(made.meeting.pk, made.topic.pk, actor=made.operator, now=NOW)
    assert (again.pk, again.position) == (made.item.pk, 1)
    assert AgendaItem.objects.count() == 1
    bare = approved(made.department)
    with refused("no_material"):
        actions.add_item(made.meeting.pk, bare.pk, actor=made.operator, now=NOW)


def test_a_matter_on_another_agenda_is_refused():
    made = planned()
    other = actions.plan_meeting(actor=made.operator, now=NOW, kind="plenary", starts_at=STARTS, place="二楼", chair="区长")
    with refused("elsewhere"):
        actions.add_item(other.pk, made.topic.pk, actor=made.operator, now=NOW)


def test_a_major_matter_is_refused_in_a_mayors_office_meeting_and_without_listening():
    of = department(government())
    topic = approved(of, is_major=True, major_category="policy", exclusion="")
    meeting = actions.plan_meeting(
        actor=actor(of.government, Role.OPERATOR), now=NOW, kind="mayors_office", starts_at=STARTS, place="二楼", chair="区长"
    )
    with refused("not_consulted"):
        actions.add_item(meeting.pk, topic.pk, actor=actor(of.government, Role.OPERATOR), now=NOW)


def test_closing_an_item_needs_its_ground():
    made = planned()
    topic = ready_topic(made.department)
    with refused("ground"):
        actions.add_item(made.meeting.pk, topic.pk, actor=made.operator, now=NOW, attendance="closed")
    item = actions.add_item(made.meeting.pk, topic.pk, actor=made.operator, now=NOW, attendance="closed", closing_ground="process")
    assert (item.position, item.attendance) == (2, "closed")


def test_a_matter_approved_as_not_public_is_listed_as_closed_only() -> None:
    made = planned()
    topic = ready_topic(made.department, disclosure="closed", disclosure_ground="trade")
    for attendance in ("open", "partly"):
        with refused("nameless"):
            actions.add_item(made.meeting.pk, topic.pk, actor=made.operator, now=NOW, attendance=attendance, closing_ground="trade")
    actions.add_item(made.meeting.pk, topic.pk, actor=made.operator, now=NOW, attendance="closed", closing_ground="trade")
    AgendaItem.objects.filter(topic=topic).update(attendance="open")
    with refused("nameless"):
        actions.freeze_agenda(made.meeting.pk, actor=made.operator, now=NOW)


def test_an_agenda_reaches_over_no_border():
    made, stranger = planned(), planned()
    with refused("gone"):
        actions.add_item(made.meeting.pk, stranger.topic.pk, actor=made.operator, now=NOW)
    for act in (
        lambda: actions.add_item(stranger.meeting.pk, made.topic.pk, actor=made.operator, now=NOW),
        lambda: actions.freeze_agenda(stranger.meeting.pk, actor=made.operator, now=NOW),
        lambda: actions.remove_item(stranger.item.pk, actor=made.operator, now=NOW),
        lambda: actions.begin_item(stranger.item.pk, actor=made.operator, now=NOW),
        lambda: actions.cancel_meeting(stranger.meeting.pk, actor=made.operator, now=NOW, reason="换"),
        lambda: actions.record_emergency(stranger.meeting.pk, actor=made.leader, now=NOW, reason="急"),
    ):
        with refused("gone"):
            act()


def test_items_move_up_and_down_and_stay_at_the_ends():
    made = planned()
    second = actions.add_item(made.meeting.pk, ready_topic(made.department).pk, actor=made.operator, now=NOW)
    who = {"actor": made.operator, "now": NOW}
    actions.move_item(second.pk, up=True, **who)
    assert [each.pk for each in queries.items(made.meeting.pk)] == [second.pk, made.item.pk]
    actions.move_item(second.pk, up=True, **who)
    actions.move_item(second.pk, up=False, **who)
    actions.move_item(second.pk, up=False, **who)
    assert [(each.pk, each.position) for each in queries.items(made.meeting.pk)] == [(made.item.pk, 1), (second.pk, 2)]


def test_an_item_taken_off_can_be_put_on_again():
    made = planned()
    who = {"actor": made.operator, "now": NOW}
    second = actions.add_item(made.meeting.pk, ready_topic(made.department).pk, **who)
    actions.remove_item(made.item.pk, **who)
    actions.remove_item(made.item.pk, **who)
    assert [(each.pk, each.position) for each in queries.items(made.meeting.pk)] == [(second.pk, 1)]
    actions.move_item(made.item.pk, up=True, **who)
    back = actions.add_item(made.meeting.pk, made.topic.pk, minutes=15, **who)
    assert (back.pk, back.state, back.position, back.planned_minutes) == (made.item.pk, "listed", 2, 15)


def test_a_frozen_agenda_is_a_version_and_freezing_twice_changes_nothing():
    made = frozen()
    again = actions.freeze_agenda(made.meeting.pk, actor=made.operator, now=NOW)
    assert (again.version, AgendaVersion.objects.count()) == (1, 1)
    assert AgendaVersion.objects.get().lines[0]["title"] == str(made.topic)


def test_an_agenda_changed_after_freezing_is_frozen_anew_before_convening():
    made = frozen()
    actions.add_item(made.meeting.pk, ready_topic(made.department).pk, actor=made.operator, now=NOW)
    with refused("not_frozen"):
        actions.convene_meeting(made.meeting.pk, actor=made.office, now=NOW)
    assert actions.freeze_agenda(made.meeting.pk, actor=made.operator, now=NOW).version == 2
    assert actions.convene_meeting(made.meeting.pk, actor=made.office, now=NOW).state == "convened"


def test_an_empty_agenda_or_one_in_the_past_is_not_frozen():
    home = government()
    who = actor(home, Role.OPERATOR)
    empty = actions.plan_meeting(actor=who, now=NOW, kind="plenary", starts_at=STARTS, place="一楼", chair="区长")
    with refused("empty"):
        actions.freeze_agenda(empty.pk, actor=who, now=NOW)
    made = planned()
    with refused("past"):
        actions.freeze_agenda(made.meeting.pk, actor=made.operator, now=STARTS)


def test_only_the_office_convenes_and_only_a_leader_waives():
    made = frozen()
    with refused("role"):
        actions.convene_meeting(made.meeting.pk, actor=made.operator, now=NOW)
    with refused("role"):
        actions.record_emergency(made.meeting.pk, actor=made.office, now=NOW, reason="台风")
    with refused("reason"):
        actions.record_emergency(made.meeting.pk, actor=made.leader, now=NOW, reason=" ")
    for _ in range(2):
        assert actions.record_emergency(made.meeting.pk, actor=made.leader, now=NOW, reason="台风").emergency_reason == "台风"
    assert Act.objects.filter(event="meeting.emergency").count() == 1


def test_each_step_of_the_day_taken_twice_is_taken_once():
    made = frozen()
    who = {"actor": made.operator, "now": STARTS}
    steps = (
        lambda: actions.convene_meeting(made.meeting.pk, actor=made.office, now=NOW),
        lambda: actions.start_meeting(made.meeting.pk, **who),
        lambda: actions.begin_item(made.item.pk, **who),
        lambda: actions.give_statement(made.item.pk, by="", **who),
        lambda: actions.decide_item(made.item.pk, outcome="passed", text="通过。", **who),
        lambda: actions.end_meeting(made.meeting.pk, **who),
        lambda: actions.close_meeting(made.meeting.pk, **who),
    )
    for step in steps:
        step()
        done = Act.objects.count()
        step()
        assert Act.objects.count() == done
    made.now()
    assert (made.meeting.state, made.item.state, made.item.statement_by) == ("closed", "decided", str(made.department))


def test_a_decision_once_made_is_not_made_differently():
    made = running()
    who = {"actor": made.operator, "now": STARTS}
    actions.begin_item(made.item.pk, **who)
    actions.decide_item(made.item.pk, outcome="deferred", **who)
    with refused("wrong_state"):
        actions.decide_item(made.item.pk, outcome="passed", **who)
    assert not StatutoryStep.objects.filter(topic=made.topic, kind="collective", status="done").exists()


def test_a_settling_decision_completes_the_collective_step():
    made = running()
    who = {"actor": made.operator, "now": STARTS}
    actions.begin_item(made.item.pk, **who)
    actions.decide_item(made.item.pk, outcome="passed_in_principle", **who)
    assert StatutoryStep.objects.get(topic=made.topic, kind="collective").status == "done"


def test_items_run_one_at_a_time_and_only_in_a_running_meeting():
    made = frozen()
    second = actions.add_item(made.meeting.pk, ready_topic(made.department).pk, actor=made.operator, now=NOW)
    actions.freeze_agenda(made.meeting.pk, actor=made.operator, now=NOW)
    who = {"actor": made.operator, "now": STARTS}
    with refused("wrong_state"):
        actions.begin_item(made.item.pk, **who)
    actions.convene_meeting(made.meeting.pk, actor=made.office, now=NOW)
    actions.start_meeting(made.meeting.pk, **who)
    actions.begin_item(made.item.pk, **who)
    with refused("running"):
        actions.begin_item(second.pk, **who)
    with refused("running"):
        actions.end_meeting(made.meeting.pk, **who)
    actions.decide_item(made.item.pk, outcome="returned", **who)
    actions.end_meeting(made.meeting.pk, **who)
    second.refresh_from_db()
    assert second.state == "adjourned"
    assert [each.pk for each in queries.meetings_of(second.topic_id)] == [second.pk]


def test_a_matter_not_reached_may_go_on_the_next_agenda():
    made = running()
    actions.end_meeting(made.meeting.pk, actor=made.operator, now=STARTS)
    after = actions.plan_meeting(
        actor=made.operator, now=STARTS, kind="executive", starts_at=STARTS + timedelta(days=7), place="一楼", chair="区长"
    )
    assert (made.topic.pk, str(made.topic)) in queries.candidates(after)
    assert actions.add_item(after.pk, made.topic.pk, actor=made.operator, now=STARTS).position == 1


def test_postponing_keeps_the_agenda_and_a_new_day_is_frozen_again():
    made = frozen()
    with refused("reason_missing"):
        actions.postpone_meeting(made.meeting.pk, actor=made.operator, now=NOW, reason="")
    for _ in range(2):
        assert actions.postpone_meeting(made.meeting.pk, actor=made.operator, now=NOW, reason="台风").change_reason == "台风"
    day = STARTS + timedelta(days=60)
    moved = actions.change_meeting(made.meeting.pk, actor=made.operator, now=NOW, starts_at=day, place="二楼", chair="区长")
    assert (moved.year, moved.number, moved.place) == (2027, 1, "二楼")
    assert actions.freeze_agenda(made.meeting.pk, actor=made.operator, now=NOW).version == 2


def test_a_cancelled_meeting_lets_its_matters_go_and_changes_no_more():
    made = frozen()
    actions.cancel_meeting(made.meeting.pk, actor=made.operator, now=NOW, reason="并入下次会议")
    for act in (
        lambda: actions.change_meeting(made.meeting.pk, actor=made.operator, now=NOW, starts_at=STARTS, place="x", chair="y"),
        lambda: actions.freeze_agenda(made.meeting.pk, actor=made.operator, now=NOW),
        lambda: actions.convene_meeting(made.meeting.pk, actor=made.office, now=NOW),
    ):
        with refused("wrong_state"):
            act()
    other = actions.plan_meeting(actor=made.operator, now=NOW, kind="plenary", starts_at=STARTS, place="二楼", chair="区长")
    assert actions.add_item(other.pk, made.topic.pk, actor=made.operator, now=NOW)


def test_what_the_public_sees_is_touched_by_every_step():
    made = planned()
    row = PageVersion.objects.get(government_id=made.home.pk, key=f"meeting:{made.meeting.pk}")
    actions.freeze_agenda(made.meeting.pk, actor=made.operator, now=NOW)
    assert PageVersion.objects.get(pk=row.pk).number == row.number + 1


def test_missing_rows_are_explained():
    who = actor(government(), Role.OPERATOR)
    with refused("gone"):
        actions.start_meeting(999, actor=who, now=NOW)
    with refused("gone"):
        actions.begin_item(999, actor=who, now=NOW)
    with refused("gone"):
        queries.get(who.government_id, 999)
