"""Levels of sign-off: which are in force, what may be set, what a chain keeps, who signs."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from mingtang.kernel.decision import Refused
from mingtang.kernel.text import t
from mingtang.platform.actor import Actor, Held, Role
from mingtang.platform.audit.models import Act
from mingtang.platform.signing import policy, reads
from mingtang.platform.signing.actions import set_levels
from mingtang.platform.signing.models import ChainStep, LevelSet
from mingtang.platform.signing.rules import DEFAULTS, Kind, Level, may_be_approved, may_set, next_level
from mingtang.platform.signing.running import begin_chain, give_level
from tests.factories.platform import NOW, TODAY, actor, department, government, person

SHIPPED = DEFAULTS[Kind.DECLARATION]
SECTION = Level(1, Role.CLERK, t("科室复核", "Section check"))


def test_the_levels_come_one_after_another():
    assert [next_level(SHIPPED, done).role for done in ([], [1], [2], [1, 2])] == [Role.HEAD, Role.OFFICE, Role.HEAD, Role.LEADER]
    assert next_level(SHIPPED, [1, 2, 3]) is None
    assert str(SHIPPED[0]) == "部门负责人"


@given(st.sets(st.integers(1, 3)))
def test_a_given_level_is_never_asked_again(given_levels):
    level = next_level(SHIPPED, given_levels)
    assert (level is None) == (given_levels == {1, 2, 3})
    assert level is None or level.position not in given_levels


def test_a_document_that_nobody_could_approve_is_not_submitted():
    assert may_be_approved(SHIPPED)
    assert may_be_approved(()).code == "no_level"


def level(n: int, role: Role, name: str = "级", department_id: int | None = None) -> Level:
    return Level(n, role, t(name, name), department_id)


@pytest.mark.parametrize(
    ("levels", "reason", "code"),
    [
        ([], "因", "none"),
        ([level(n, Role.HEAD, department_id=n) for n in range(1, 8)], "因", "many"),
        ([level(1, Role.HEAD, " ")], "因", "title"),
        ([level(1, Role.SYSTEM_ADMIN)], "因", "role"),
        ([level(1, Role.HEAD), level(2, Role.HEAD)], "因", "twice"),
        ([level(1, Role.HEAD)], " ", "reason_missing"),
        ([level(1, Role.HEAD), level(2, Role.HEAD, department_id=5)], "因", ""),
    ],
)
def test_what_may_be_set(levels, reason, code):
    assert may_set(levels, reason).code == code


@pytest.mark.parametrize(
    ("one", "held", "signs"),
    [
        (level(1, Role.HEAD), Held(Role.HEAD, 7), True),
        (level(1, Role.HEAD), Held(Role.HEAD, 8), False),
        (level(1, Role.HEAD), Held(Role.HEAD), True),
        (level(1, Role.HEAD, department_id=8), Held(Role.HEAD, 8), True),
        (level(1, Role.HEAD, department_id=8), Held(Role.HEAD, 7), False),
        (level(1, Role.OFFICE), Held(Role.OFFICE, 8), True),
        (level(1, Role.OFFICE), Held(Role.LEADER), False),
    ],
)
def test_a_level_is_signed_within_its_scope_and_skipped_when_nobody_is_there(one, held, signs):
    who = Actor(1, person_id=2, held=frozenset({held}))
    assert bool(policy.may_sign(who, one, department_id=7, drafter_id=3)) is signs
    assert one.held_in(frozenset({(held.role, held.department_id)}), 7) is signs


def test_a_chain_without_levels_is_returned_by_nobody():
    assert policy.may_return(Actor(1, person_id=2), [], department_id=7, drafter_id=3).code == "role"


def test_running_documents_keep_the_levels_they_were_submitted_with(db):
    home = government()
    of = department(home)
    head, office = actor(home, Role.HEAD, within=of), actor(home, Role.OFFICE)
    before = begin_chain(home.pk, Kind.REPORT, of.pk, now=NOW)
    made = set_levels("report", [SECTION, level(2, Role.HEAD, "局长")], actor=office, now=NOW, reason="本区规定")
    assert [str(each) for each in made.levels.all()] == ["科室复核", "局长"]
    after = begin_chain(home.pk, Kind.REPORT, of.pk, now=NOW)
    rows = [[(str(each), each.skipped) for each in reads.steps_of(chain.pk)] for chain in (before, after)]
    assert rows == [[("部门负责人", False), ("区政府办", False)], [("科室复核", True), ("局长", False)]]
    assert reads.levels(home.pk, "declaration") == SHIPPED
    person(home, Role.CLERK, within=of)
    assert [each.skipped for each in reads.views_ahead(home.pk, "report", of.pk, TODAY)] == [False, False]
    assert [each.skipped for each in reads.views_ahead(home.pk, "report", of.pk, date(2020, 1, 1))] == [True, True]
    act = Act.objects.get(event="levels.set")
    assert (act.reason, act.data) == ("本区规定", {"kind": "report", "before": ["head", "office"], "after": ["clerk", "head"]})
    again = set_levels("report", [SECTION, level(2, Role.HEAD, "局长")], actor=office, now=NOW, reason="再设一次")
    assert (again.pk, LevelSet.objects.count()) == (made.pk, 1)
    waiting = reads.waiting_in(reads.steps_of(after.pk))
    assert give_level(after.pk, waiting, actor=head, now=NOW, remark="同意") is None
    assert reads.signers_in(reads.steps_of(after.pk)) == {head.person_id}


def test_one_person_stands_once_in_a_chain_even_when_the_rules_were_passed_by(db):
    home = government()
    of = department(home)
    head = actor(home, Role.HEAD, within=of)
    actor(home, Role.OFFICE)
    chain = begin_chain(home.pk, Kind.REPORT, of.pk, now=NOW)
    give_level(chain.pk, level(1, Role.HEAD), actor=head, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        give_level(chain.pk, level(2, Role.OFFICE), actor=head, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        ChainStep.objects.filter(chain=chain, position=1).update(skipped=True)


def test_levels_are_set_by_the_office_for_departments_of_its_own(db):
    home = government()
    office, elsewhere = actor(home, Role.OFFICE), department(government())
    for who, kind, levels, code in (
        (actor(home, Role.HEAD), "report", [SECTION], "role"),
        (office, "minutes", [SECTION], "gone"),
        (office, "report", [level(1, Role.HEAD, department_id=elsewhere.pk)], "department"),
    ):
        with pytest.raises(Refused) as refused:
            set_levels(kind, levels, actor=who, now=NOW, reason="因")
        assert refused.value.decision.code == code
    assert not LevelSet.objects.exists()


def test_those_who_are_told_hold_the_level_today(db):
    home = government()
    of, other = department(home), department(home)
    here, _there, wide = person(home, Role.HEAD, within=of), person(home, Role.HEAD, within=other), person(home, Role.HEAD)
    person(home, Role.HEAD, within=of, is_active=False)
    assert reads.holders(home.pk, level(1, Role.HEAD), of.pk, TODAY) == [here, wide]
    leader = person(home, Role.LEADER, within=other)
    assert reads.holders(home.pk, level(1, Role.LEADER), of.pk, TODAY) == [leader]


def test_the_office_changes_the_levels_on_a_page_and_what_was_typed_is_kept(db):
    home = government()
    finance = department(home, name="财政局")
    office, head = person(home, Role.OFFICE), person(home, Role.HEAD)
    client = Client()
    client.force_login(head)
    assert "这一步由区政府办审核人办理" in client.get("/workspace/levels/declaration/").content.decode()
    client.force_login(office)
    assert "部门负责人" in client.get("/workspace/levels/").content.decode()
    assert client.get("/workspace/levels/minutes/").status_code == 404
    typed = {"role_1": "clerk", "title_1": "科室复核", "title_en_1": "Section", "role_3": "head", "department_3": str(finance.pk)}
    page = client.post("/workspace/levels/declaration/", typed).content.decode()
    assert "请填写这一项" in page
    assert "科室复核" in page
    page = client.post("/workspace/levels/declaration/", {"title_2": "无岗位", "reason": "因"}).content.decode()
    assert "第 2 级没有选岗位。" in page
    page = client.post("/workspace/levels/declaration/", {"reason": "因"}).content.decode()
    assert "一级都没有" in page
    assert client.post("/workspace/levels/declaration/", {**typed, "reason": "本区规定"}).status_code == 302
    assert [(each.position, each.role, str(each.title), each.department_id) for each in reads.levels(home.pk, "declaration")] == [
        (1, "clerk", "科室复核", None),
        (2, "head", "部门负责人", finance.pk),
    ]
    page = client.get("/workspace/levels/declaration/").content.decode()
    assert "（财政局）" in page
    assert "本区规定" in page
    assert "本区自" in client.get("/workspace/levels/").content.decode()
