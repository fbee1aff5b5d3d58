"""What waits on the desk: the next step of each hearing with its last lawful day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from mingtang.hearings import actions, published, queries
from mingtang.hearings.actions.landing import land
from mingtang.hearings.models import Point
from mingtang.platform.actor import Role
from tests.factories.hearings import AFTER, STARTS, Around, announced, decided, enrolled, listed, served, settled
from tests.factories.platform import NOW, actor, department

pytestmark = pytest.mark.django_db


def step(of: Around, now) -> tuple[str, date | None, bool]:
    found = [each for each in queries.desk(of.clerk, now) if each.topic == of.hearing.title]
    return (str(found[0].title), found[0].due_on, found[0].waits)


@pytest.mark.parametrize(
    ("make", "now", "said"),
    [
        (decided, NOW, ("写公告，公布听证会", None, True)),
        (announced, NOW, ("报名截止，产生参加人", date(2027, 1, 4), False)),
        (announced, AFTER, ("报名截止，产生参加人", date(2027, 1, 4), True)),
        (settled, AFTER, ("公布参加人名单", date(2027, 1, 4), True)),
        (listed, AFTER, ("送达听证材料", date(2026, 12, 29), True)),
        (served, AFTER, ("举行听证会", date(2027, 1, 5), False)),
        (served, STARTS, ("举行听证会", date(2027, 1, 5), True)),
    ],
)
def test_the_desk_names_the_next_step_and_its_last_day(make, now, said):
    assert step(make(), now) == said


def test_a_hearing_waits_on_the_desk_of_its_own_department_only():
    of = announced()
    assert queries.desk(actor(of.home, Role.CLERK, within=department(of.home)), AFTER) == []


def test_a_list_found_by_rule_alone_names_no_seed_in_the_chain():
    of = announced(seats={"operator": (1, "rule")}, draw_source="")
    row = enrolled(of, "供水企业", category="operator")
    actions.choose(row.pk, actor=of.clerk, now=NOW, reason="唯一企业")
    actions.settle(of.hearing.pk, actor=of.clerk, now=AFTER)
    actions.publish_list(of.hearing.pk, actor=of.clerk, now=AFTER)
    assert [str(each.body) for each in published.chain(of.topic.pk)][1:] == [""]


def test_a_point_lands_once_and_a_notice_may_be_saved_in_parts():
    of = decided()
    actions.save_notice(of.hearing.pk, actor=of.clerk, now=NOW, place="大礼堂")
    assert (of.now().place, of.hearing.quotas.count()) == ("大礼堂", 3)
    row = actions.plan_activity(of.topic.pk, actor=of.clerk, now=NOW, kind="symposium", title="座谈")
    actions.add_point(row.pk, actor=of.clerk, now=NOW, claim="话")
    assert land(of.topic.pk, Point.objects.all(), actor=of.clerk, now=NOW + timedelta(days=1)) == 0
