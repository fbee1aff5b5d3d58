"""Who may do what: every role in every state."""

from __future__ import annotations

import pytest

from mingtang.platform.actor import STAFF_ROLES, Actor, Held, Role, system
from mingtang.platform.signing.rules import DEFAULTS, Kind
from mingtang.topics import policy
from mingtang.topics.models import Topic, TopicDocument
from mingtang.topics.rules import TOPIC

DEFAULT_LEVELS = DEFAULTS[Kind.DECLARATION]
HERE, THERE, DRAFTER, OTHER = 7, 8, 100, 200
WIDE = {Role.OFFICE, Role.LEADER, Role.LEGALITY, Role.SECRECY, Role.INSPECTOR, Role.OPERATOR, Role.EDITOR_1, Role.EDITOR_2, Role.EDITOR_3}
ROLES = sorted(STAFF_ROLES | {Role.CITIZEN, Role.REPRESENTATIVE})


def who(role: Role, department_id: int | None = HERE, person_id: int = OTHER) -> Actor:
    return Actor(1, person_id, "李", frozenset({Held(role, department_id)}))


def topic(state: str = "drafting") -> Topic:
    return Topic(government_id=1, department_id=HERE, drafted_by_id=DRAFTER, state=state, title="路灯")


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("department_id", [HERE, THERE, None])
def test_the_department_itself_declares(role, department_id):
    assert bool(policy.may_declare(who(role, department_id), HERE)) is (role in {Role.CLERK, Role.HEAD} and department_id != THERE)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("state", TOPIC.codes)
def test_a_declaration_is_edited_by_its_department_while_it_is_open(role, state):
    allowed = role in {Role.CLERK, Role.HEAD} and state in {"drafting", "returned"}
    assert bool(policy.may_edit(who(role), topic(state))) is allowed


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("state", TOPIC.codes)
def test_documents_and_steps_are_kept_until_the_withdrawal(role, state):
    allowed = role in {Role.CLERK, Role.HEAD} and state != "withdrawn"
    assert bool(policy.may_work(who(role), topic(state))) is allowed


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("level", DEFAULT_LEVELS, ids=lambda each: each.role)
def test_a_level_is_given_by_the_holder_of_its_role_only(role, level):
    assert bool(policy.may_approve(who(role), topic("submitted"), level)) is (role == level.role)


def test_a_head_approves_for_the_own_department_only():
    assert not policy.may_approve(who(Role.HEAD, THERE), topic("submitted"), DEFAULT_LEVELS[0])
    assert policy.may_approve(who(Role.HEAD, None), topic("submitted"), DEFAULT_LEVELS[0])


@pytest.mark.parametrize("level", DEFAULT_LEVELS, ids=lambda each: each.role)
def test_nobody_approves_what_they_drafted(level):
    assert policy.may_approve(who(level.role, person_id=DRAFTER), topic("submitted"), level).code == "own_work"


def test_nobody_gives_two_levels_of_one_round():
    answer = policy.may_approve(who(Role.OFFICE), topic("submitted"), DEFAULT_LEVELS[1], frozenset({OTHER}))
    assert answer.code == "same_person"


def test_nothing_is_left_to_approve_after_the_last_level():
    assert policy.may_approve(who(Role.LEADER), topic("submitted"), None).code == "done"


@pytest.mark.parametrize("role", ROLES)
def test_a_matter_is_withdrawn_by_its_department_or_the_office(role):
    assert bool(policy.may_withdraw(who(role), topic())) is (role in {Role.CLERK, Role.HEAD, Role.OFFICE})


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("department_id", [HERE, THERE])
def test_administrators_and_strangers_see_no_dossier(role, department_id):
    narrow = role in {Role.CLERK, Role.HEAD, Role.MODERATOR} and department_id == HERE
    assert bool(policy.may_see(who(role, department_id), topic())) is (role in WIDE or narrow)


@pytest.mark.parametrize("role", ROLES)
def test_withholding_is_approved_by_the_office_a_leader_or_the_secrecy_reviewer(role):
    paper = TopicDocument(title="案卷", disclosure="closed", ground="law", added_by_id=DRAFTER)
    assert bool(policy.may_withhold(who(role), paper)) is (role in {Role.OFFICE, Role.LEADER, Role.SECRECY})


def test_nobody_approves_withholding_what_they_attached_and_an_open_document_needs_no_approval():
    paper = TopicDocument(title="案卷", disclosure="closed", ground="law", added_by_id=DRAFTER)
    assert policy.may_withhold(who(Role.OFFICE, person_id=DRAFTER), paper).code == "own_work"
    assert policy.may_withhold(who(Role.OFFICE), TopicDocument(title="草案", disclosure="open")).code == "open"


def test_the_platform_itself_declares_and_sees_but_approves_nothing():
    itself = system(1)
    assert policy.may_declare(itself, HERE)
    assert policy.may_see(itself, topic())
    assert not policy.may_approve(itself, topic("submitted"), DEFAULT_LEVELS[1])


def test_every_refusal_says_what_to_do():
    refusals = [
        policy.may_declare(who(Role.MODERATOR), HERE),
        policy.may_edit(who(Role.CLERK), topic("approved")),
        policy.may_withhold(who(Role.CLERK), TopicDocument(title="x", disclosure="closed")),
    ]
    for each in refusals:
        assert str(each.reason)
        assert str(each.remedy)
        assert each.clause
