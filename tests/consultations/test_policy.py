"""Who may do what: every role against every act."""

from __future__ import annotations

import pytest

from mingtang.consultations import policy
from mingtang.consultations.models import Consultation, Opinion
from mingtang.platform.actor import STAFF_ROLES, Actor, Held, Role, stranger, system

ROLES = sorted(STAFF_ROLES)
HOUSING, WATER = 7, 8


def holding(role: Role, department: int | None = None, person: int = 1) -> Actor:
    return Actor(1, person, "某人", frozenset({Held(role, department)}))


@pytest.mark.parametrize("role", ROLES)
def test_clerk_and_head_of_the_department_prepare_and_nobody_else(role):
    assert bool(policy.may_prepare(holding(role, HOUSING), HOUSING)) == (role in {Role.CLERK, Role.HEAD})
    assert not policy.may_prepare(holding(role, WATER), HOUSING)
    assert bool(policy.may_open_it(holding(role, HOUSING), HOUSING)) == (role in {Role.CLERK, Role.HEAD})


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("stage", [1, 2, 3])
def test_each_review_has_its_role(role, stage):
    row = Consultation(prepared_by_id=99)
    wanted = {1: {Role.EDITOR_1}, 2: {Role.EDITOR_2}, 3: {Role.EDITOR_3, Role.SECRECY}}[stage]
    assert bool(policy.may_review(holding(role), row, stage, frozenset())) == (role in wanted)


def test_nobody_reviews_their_own_or_twice():
    row = Consultation(prepared_by_id=1)
    assert policy.may_review(holding(Role.EDITOR_1), row, 1, frozenset()).code == "own_work"
    assert policy.may_review(holding(Role.EDITOR_1, person=2), row, 1, frozenset({2})).code == "same_person"
    assert policy.may_review(holding(Role.EDITOR_1, person=2), row, 1, frozenset({3}))


@pytest.mark.parametrize("role", ROLES)
def test_moderators_moderate_and_nobody_else(role):
    assert bool(policy.may_moderate(holding(role), Opinion())) == (role is Role.MODERATOR)
    assert bool(policy.may_moderate_any(holding(role))) == (role is Role.MODERATOR)


def test_nobody_moderates_what_they_keyed_in():
    assert policy.may_moderate(holding(Role.MODERATOR), Opinion(entered_by_id=1)).code == "own_work"
    assert policy.may_moderate(holding(Role.MODERATOR), Opinion(entered_by_id=2))
    assert policy.may_moderate(system(1), Opinion(entered_by_id=2))
    assert policy.may_moderate_any(system(1))


@pytest.mark.parametrize("role", ROLES)
def test_contact_data_are_for_the_departments_clerk(role):
    assert bool(policy.may_see_contact(holding(role, HOUSING), HOUSING)) == (role is Role.CLERK)
    assert not policy.may_see_contact(holding(role, WATER), HOUSING)
    assert not policy.may_see_contact(system(1), HOUSING)


@pytest.mark.parametrize("role", ROLES)
def test_administrators_do_not_see_the_business(role):
    seen = bool(policy.may_see(holding(role, HOUSING), HOUSING))
    assert seen == (role not in {Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR})
    assert policy.may_see(system(1), HOUSING)
    assert not policy.may_see(holding(Role.CLERK, WATER), HOUSING)


def test_a_stranger_may_nothing():
    nobody = stranger(1)
    for decision in (
        policy.may_prepare(nobody, HOUSING),
        policy.may_see(nobody, HOUSING),
        policy.may_moderate_any(nobody),
        policy.may_see_contact(nobody, HOUSING),
        policy.may_review(nobody, Consultation(prepared_by_id=1), 1, frozenset()),
    ):
        assert not decision
        assert decision.code == "role"
