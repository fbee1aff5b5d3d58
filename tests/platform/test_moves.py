"""The one function that moves rows, and the events it announces."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mingtang.kernel.decision import Refused
from mingtang.platform import events
from mingtang.platform.actor import Role
from mingtang.platform.audit.models import Act
from mingtang.platform.moves import move
from mingtang.topics.models import Topic
from mingtang.topics.rules import TOPIC
from tests.factories.platform import NOW, actor, government
from tests.factories.topics import topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard():
    """What was announced while this test ran."""
    kept, before = [], dict(events._reactions)
    events.install({"topic.submit": (kept.append,)})
    yield kept
    events.install(before)


def test_a_move_changes_the_row_records_the_act_and_tells_the_listeners(heard):
    row = topic()
    who = actor(row.government, Role.CLERK)
    move(row, TOPIC, "submit", actor=who, now=NOW, facts={"by": "web"}, submitted_at=NOW)
    kept = Topic.objects.get(pk=row.pk)
    assert (kept.state, kept.submitted_at, row.state) == ("submitted", NOW, "submitted")
    assert [(each.event, each.clause, each.data) for each in Act.objects.all()] == [
        ("topic.submit", "3.2", {"from": "drafting", "to": "submitted"})
    ]
    assert heard == [events.Happened("topic.submit", row, who, NOW, {"reason": "", "by": "web"})]


def test_an_arrow_the_table_does_not_have_from_here_changes_nothing(heard):
    row = topic()
    with pytest.raises(Refused):
        move(row, TOPIC, "approve", actor=actor(row.government), now=NOW)
    assert Topic.objects.get(pk=row.pk).state == "drafting"
    assert not heard
    assert not Act.objects.exists()


def test_the_second_of_two_people_acting_at_once_is_told_so():
    row = topic()
    Topic.objects.filter(pk=row.pk).update(state="submitted")
    with pytest.raises(Refused) as caught:
        move(row, TOPIC, "submit", actor=actor(row.government), now=NOW)
    assert caught.value.decision.code == "overtaken"


def test_nobody_moves_a_row_of_another_government():
    row = topic()
    with pytest.raises(Refused) as caught:
        move(row, TOPIC, "submit", actor=actor(government(), Role.CLERK), now=NOW)
    assert caught.value.decision.code == "gone"
    assert Topic.objects.get(pk=row.pk).state == "drafting"


def test_listeners_run_in_the_order_of_the_table_and_others_are_left_alone():
    before, told = dict(events._reactions), []
    events.install({"x": (lambda _: told.append(1), lambda _: told.append(2))})
    events.announce(events.Happened("x", None, actor(government()), NOW + timedelta(days=1)))
    events.announce(events.Happened("unheard", None, actor(government()), NOW))
    events.install(before)
    assert told == [1, 2]
