"""Who may do what with a hearing: every role against every act."""

from __future__ import annotations

import pytest

from mingtang.hearings import policy
from mingtang.platform.actor import ADMIN_ROLES, Actor, Held, Role, stranger, system

OWN, OTHER = 7, 8
WIDE = frozenset(Role) - {Role.CLERK, Role.HEAD, Role.CITIZEN, Role.REPRESENTATIVE}


def holder(role: Role, department: int | None = None) -> Actor:
    return Actor(1, 2, "甲", frozenset({Held(role, department)}))


ACTS = {
    "decide": (policy.may_decide, {Role.HEAD, Role.OFFICE}),
    "run": (policy.may_run, {Role.CLERK, Role.HEAD}),
    "check_in": (policy.may_check_in, {Role.CLERK, Role.HEAD, Role.OPERATOR}),
    "contact": (policy.may_see_contact, {Role.CLERK}),
}


@pytest.mark.parametrize("role", sorted(Role))
@pytest.mark.parametrize("act", sorted(ACTS))
def test_an_act_belongs_to_its_roles_of_the_lead_department(act, role):
    may, allowed = ACTS[act]
    where = OWN if role in {Role.CLERK, Role.HEAD} else None
    assert bool(may(holder(role, where), OWN)) is (role in allowed)
    if role in {Role.CLERK, Role.HEAD}:
        assert not may(holder(role, OTHER), OWN)


@pytest.mark.parametrize("role", sorted(Role))
def test_everybody_with_business_sees_hearings_administrators_and_citizens_do_not(role):
    hidden = ADMIN_ROLES | {Role.CITIZEN, Role.REPRESENTATIVE}
    assert bool(policy.may_see(holder(role))) is (role not in hidden)


def test_a_department_answers_for_itself_and_the_platform_lands_what_was_said():
    assert policy.may_reply(holder(Role.CLERK, OWN), OWN)
    assert policy.may_reply(holder(Role.HEAD, OWN), OWN)
    assert not policy.may_reply(holder(Role.CLERK, OTHER), OWN)
    assert not policy.may_reply(holder(Role.CLERK, OWN), None)
    assert policy.may_run(system(1), OWN)
    assert not policy.may_run(stranger(1), OWN)
    assert str(policy.may_decide(stranger(1), OWN).reason) == "这一步由部门负责人办理。"
