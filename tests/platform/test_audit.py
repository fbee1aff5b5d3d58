"""The record of acts: written with the act, never changed."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from mingtang.kernel.decision import Refused
from mingtang.platform.actor import Role, system
from mingtang.platform.audit.acts import acts_of, record
from mingtang.platform.audit.models import Act, AppendOnlyError
from tests.factories.platform import NOW, actor, department, government, later

pytestmark = pytest.mark.django_db


@pytest.fixture
def act():
    home = government()
    who = actor(home, Role.HEAD, Role.CLERK, name="李明")
    return record(
        "department.rename", department(home, name="住建局"), actor=who, now=NOW, reason="机构改革", clause="3.4", data={"from": "建设局"}
    )


def test_an_act_says_who_what_when_why_and_under_which_clause(act):
    kept = Act.objects.get(pk=act.pk)
    assert (kept.event, kept.actor_name, kept.actor_roles, kept.at) == ("department.rename", "李明", "clerk,head", NOW)
    assert (kept.subject_type, kept.subject_title, kept.reason, kept.clause, kept.data) == (
        "accounts.department",
        "住建局",
        "机构改革",
        "3.4",
        {"from": "建设局"},
    )
    assert str(kept) == f"department.rename accounts.department:{kept.subject_id}"


@pytest.mark.parametrize(
    "change",
    [
        lambda act: act.save(),
        lambda act: act.delete(),
        lambda act: Act.objects.filter(pk=act.pk).update(reason="x"),
        lambda act: Act.objects.filter(pk=act.pk).delete(),
        lambda act: Act.objects.bulk_update([act], ["reason"]),
    ],
)
def test_an_act_is_never_changed_or_removed_through_our_code(act, change):
    with pytest.raises(AppendOnlyError):
        change(act)


@pytest.mark.parametrize("statement", ["UPDATE mt_act SET reason = 'x'", "DELETE FROM mt_act"])
def test_an_act_is_never_changed_or_removed_in_the_database_itself(act, statement):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Act.objects.get(pk=act.pk).reason == "机构改革"


def test_acts_of_a_row_come_oldest_first_and_only_its_own():
    home = government()
    one, other = department(home), department(home)
    for event, row in (("department.open", one), ("department.open", other), ("department.close", one)):
        record(event, row, actor=system(home.pk), now=later(minutes=1))
    assert [each.event for each in acts_of(one)] == ["department.open", "department.close"]


def test_nobody_acts_on_a_row_of_another_government():
    theirs = department(government())
    with pytest.raises(Refused) as caught:
        record("department.rename", theirs, actor=actor(government(), Role.OFFICE), now=NOW)
    assert caught.value.decision.code == "gone"
    assert not Act.objects.exists()
