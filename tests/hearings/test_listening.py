"""Symposia, surveys, visits, experts, departments: records, gates, and points that land in the same groups."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from mingtang.consultations.actions import open_consultation
from mingtang.consultations.models import Opinion
from mingtang.hearings import actions, queries
from mingtang.hearings.models import Activity, Member
from mingtang.platform.actor import Role
from mingtang.platform.jobs.registry import SWEEPS
from mingtang.platform.outbox.models import Notice
from tests.factories.consultations import reviewed
from tests.factories.hearings import Around, decided, planned
from tests.factories.platform import NOW, acting, actor, department, government, person
from tests.factories.refusing import refused
from tests.factories.topics import submitted

pytestmark = pytest.mark.django_db
DUE = date(2026, 12, 1)


@pytest.fixture
def of() -> Around:
    return decided()


def who(of, **later):
    return {"actor": of.clerk, "now": NOW + timedelta(**later)}


def test_an_activity_is_planned_on_an_approved_matter_once(of):
    row = planned(of, purpose="当面算账")
    assert (planned(of).pk, row.purpose, row.state) == (row.pk, "当面算账", "planned")
    with refused("incomplete"):
        actions.plan_activity(of.topic.pk, **who(of), kind="dance", title="舞会")
    waiting, _levels = submitted(of.department)
    with refused("incomplete"):
        actions.plan_activity(waiting.pk, **who(of), kind="symposium", title="座谈")
    with refused("role"):
        actions.plan_activity(of.topic.pk, actor=of.operator, now=NOW, kind="symposium", title="座谈二")
    with pytest.raises(TypeError, match="colour"):
        actions.save_activity(row.pk, **who(of), colour="red")


def test_a_symposium_ends_with_people_and_a_summary_and_is_published(of):
    row = planned(of)
    one = actions.add_member(row.pk, **who(of), name="高秀兰", unit="3号楼", publish_name=True)
    assert actions.add_member(row.pk, **who(of), name="高秀兰", unit="3号楼").pk == one.pk
    with refused("name"):
        actions.add_member(row.pk, **who(of))
    actions.start_activity(row.pk, **who(of))
    point = actions.add_point(row.pk, **who(of), member_id=one.pk, claim="按人口算", ground="六口人")
    assert actions.add_point(row.pk, **who(of), member_id=one.pk, claim="按人口算", ground="六口人").pk == point.pk
    with refused("point"):
        actions.add_point(row.pk, **who(of), claim=" ")
    with refused("incomplete"):
        actions.finish_activity(row.pk, **who(of))
    actions.save_activity(row.pk, **who(of), summary="五位住户逐户算账。")
    assert actions.finish_activity(row.pk, **who(of)).state == "done"
    assert actions.publish_activity(row.pk, **who(of)).state == "published"
    with refused("wrong_state"):
        actions.add_point(row.pk, **who(of), claim="晚了")
    assert Opinion.objects.get(pk=point.opinion_id).channel == "symposium"


def test_what_was_said_before_the_consultation_joins_it_when_it_opens():
    consultation, clerk = reviewed()
    row = actions.plan_activity(consultation.topic_id, actor=clerk, now=NOW, kind="field_visit", title="走访")
    point = actions.add_point(row.pk, actor=clerk, now=NOW, claim="楼道太暗")
    assert point.opinion_id is None
    open_consultation(consultation.pk, actor=clerk, now=NOW + timedelta(days=1))
    point.refresh_from_db()
    assert (point.opinion.channel, point.opinion.consultation_id) == ("visit", consultation.pk)


def test_an_activity_in_which_somebody_spoke_keeps_them_and_a_silent_one_may_go(of):
    row = planned(of)
    said, silent = (actions.add_member(row.pk, **who(of), name=name) for name in ("甲", "乙"))
    actions.add_point(row.pk, **who(of), member_id=said.pk, claim="有话说")
    with refused("has_spoken"):
        actions.remove_member(said.pk, **who(of))
    actions.remove_member(silent.pk, **who(of))
    assert [each.name for each in row.members.all()] == ["甲"]
    with refused("gone"):
        actions.remove_member(silent.pk, **who(of))
    with refused("reason_missing"):
        actions.cancel_activity(row.pk, **who(of), reason="")
    assert actions.cancel_activity(row.pk, **who(of), reason="改为听证").state == "cancelled"


def test_a_survey_keeps_its_numbers_straight(of):
    row = planned(of, "survey", reach="self_selected", asked=300, answered=187)
    actions.start_activity(row.pk, **who(of))
    with refused("empty"):
        actions.finish_activity(row.pk, **who(of))
    actions.save_questions(row.pk, [("合适吗", False, [("合适", 120), ("偏低", 90)])], **who(of))
    with refused("too_many"):
        actions.finish_activity(row.pk, **who(of))
    actions.save_questions(row.pk, [("合适吗", False, [("合适", 100), ("偏低", 87)])], **who(of))
    actions.finish_activity(row.pk, **who(of))
    with refused("summary"):
        actions.publish_activity(row.pk, **who(of))


def test_an_expert_with_an_interest_steps_back(of):
    row = planned(of, "expert")
    actions.start_activity(row.pk, **who(of))
    for n in range(5):
        actions.add_member(row.pk, **who(of), name=f"专家{n}", declared=True, stance="for" if n else "against")
    interested = actions.add_member(row.pk, **who(of), name="供水公司顾问", conflict=True, declared=True)
    with refused("conflict"):
        actions.finish_activity(row.pk, **who(of))
    actions.remove_member(interested.pk, **who(of))
    assert actions.finish_activity(row.pk, **who(of)).state == "done"
    assert queries.finishing(Activity.objects.get(pk=row.pk), NOW).warnings == ()


@pytest.fixture
def asked(of):
    """Two departments asked, with a clerk each."""
    row = planned(of, "departments", due_on=DUE)
    clerks = []
    for n in range(2):
        other = department(of.home, name=f"区{n}局")
        clerks.append(acting(person(of.home, Role.CLERK, within=other)))
        actions.add_member(row.pk, **who(of), department_id=other.pk)
    return of, row, clerks


def test_departments_are_asked_with_time_to_answer(asked):
    of, row, _clerks = asked
    actions.save_activity(row.pk, **who(of), due_on=NOW.date() + timedelta(days=2))
    with refused("too_short"):
        actions.start_activity(row.pk, **who(of))
    actions.save_activity(row.pk, **who(of), due_on=DUE)
    assert actions.start_activity(row.pk, **who(of)).state == "under_way"
    assert Notice.objects.filter(template="hearings/email/asked.txt").count() == 2
    again = row.members.first()
    assert actions.add_member(row.pk, **who(of), department_id=again.department_id).pk == again.pk


def test_a_department_reads_answers_once_and_no_opinion_is_counted_apart(asked):
    of, row, (first, second) = asked
    one, two = row.members.order_by("id")
    with refused("not_under_way"):
        actions.reply_request(one.pk, actor=first, now=NOW, claim="早了")
    actions.start_activity(row.pk, **who(of))
    with refused("role"):
        actions.read_request(one.pk, actor=second, now=NOW)
    assert actions.read_request(one.pk, actor=first, now=NOW).read_at == NOW
    assert actions.read_request(one.pk, actor=first, now=NOW + timedelta(days=1)).read_at == NOW
    with refused("point"):
        actions.reply_request(one.pk, actor=first, now=NOW, claim="")
    actions.reply_request(one.pk, actor=first, now=NOW, claim="加压费单列")
    assert actions.reply_request(one.pk, actor=first, now=NOW, no_opinion=True).answer == "opinion"
    opinion = one.points.get().opinion
    assert (opinion.channel, opinion.entered_by) == ("department", None)
    with refused("waiting"):
        actions.finish_activity(row.pk, **who(of))
    assert actions.reply_request(two.pk, actor=second, now=NOW, no_opinion=True).answer == "none"
    assert actions.finish_activity(row.pk, **who(of)).state == "done"


def test_silent_departments_are_reminded_once_a_day_when_the_day_comes(asked):
    of, row, _clerks = asked
    actions.start_activity(row.pk, **who(of))
    assert actions.remind_overdue(NOW) == 0
    late = NOW + timedelta(days=8)
    assert (actions.remind_overdue(late), actions.remind_overdue(late)) == (2, 0)
    assert Notice.objects.filter(template="hearings/email/overdue.txt").count() == 2
    actions.finish_activity(row.pk, **who(of, days=8))
    assert [each.answer for each in Member.objects.all()] == ["", ""]


def test_a_department_of_another_government_is_not_asked(of):
    row = planned(of, "departments", due_on=DUE)
    with refused("gone"):
        actions.add_member(row.pk, **who(of), department_id=department(government()).pk)
    with refused("gone"):
        actions.start_activity(0, **who(of))
    with refused("gone"):
        actions.start_activity(row.pk, actor=actor(government(), Role.OFFICE), now=NOW)


def test_the_clock_runs_the_reminders_and_the_forgetting():
    names = ("hearings.remind_papers", "hearings.remind_departments", "hearings.forget_unselected")
    assert set(names) <= set(SWEEPS)
    for name in names:
        SWEEPS[name].run(NOW)
    assert not Notice.objects.filter(template="hearings/email/overdue.txt").exists()
