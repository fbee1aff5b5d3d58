"""People and roles: the security administrator's work."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from mingtang.kernel.decision import Refused
from mingtang.kernel.text import speaking
from mingtang.platform.accounts import actions, reads
from mingtang.platform.accounts.identity import actor_for
from mingtang.platform.accounts.models import Assignment, Person
from mingtang.platform.accounts.passwords import KindsValidator
from mingtang.platform.actor import ADMIN_ROLES, STAFF_ROLES, Role, system
from mingtang.platform.audit.models import Act
from tests.factories.platform import NOW, PASSWORD, TODAY, actor, department, government, later, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper():
    """A security administrator."""
    return actor(government(), Role.SECURITY_ADMIN)


def refused(act) -> str:
    with pytest.raises(Refused) as caught, transaction.atomic():
        act()
    return caught.value.decision.code


def add(keeper, **fields):
    given = {"username": "lihua", "name": "李华", "password": PASSWORD}
    return actions.add_person(actor=keeper, now=NOW, **{**given, **fields})


@pytest.mark.parametrize("role", sorted(STAFF_ROLES))
def test_only_the_security_administrator_manages_people(role):
    assert bool(actions.may_administer(actor(government(), role))) is (role == Role.SECURITY_ADMIN)


def test_the_platform_itself_may_set_up_people():
    assert actions.may_administer(system(1))


@pytest.mark.parametrize("role", sorted(STAFF_ROLES))
@pytest.mark.parametrize("held", sorted(STAFF_ROLES))
def test_administrators_are_three_and_hold_no_business_role(role, held):
    separate = role in ADMIN_ROLES or held in ADMIN_ROLES
    assert bool(actions.may_hold(frozenset({held}), role)) is (role == held or not separate)


def test_a_person_is_added_and_must_change_the_password(keeper):
    made = add(keeper, department_id=None)
    assert (made.government_id, made.must_change_password, made.check_password(PASSWORD)) == (keeper.government_id, True, True)
    assert refused(lambda: add(keeper)) == "taken"
    assert [each.event for each in Act.objects.all()] == ["person.add"]


@pytest.mark.parametrize("password", ["short-1A", "alllowercase", "12345678901", "password123456"])
def test_a_weak_password_is_refused(keeper, password):
    assert refused(lambda: add(keeper, password=password)) == "password"
    assert not Person.objects.filter(username="lihua").exists()


def test_a_role_is_given_once_and_counts_from_today(keeper):
    made = add(keeper)
    housing = department(Person.objects.get(pk=made.pk).government)
    first = actions.give_role(made.pk, Role.CLERK, actor=keeper, now=NOW, department_id=housing.pk)
    assert actions.give_role(made.pk, Role.CLERK, actor=keeper, now=NOW, department_id=housing.pk) == first
    assert actor_for(made, keeper.government_id, TODAY).holds(Role.CLERK, department_id=housing.pk)
    assert [each.role for each in reads.roles_of(made.pk)] == ["clerk"]
    assert reads.roles_of(None) == []


def test_a_role_taken_back_ends_at_once_and_may_be_given_again_the_same_day(keeper):
    made = add(keeper)
    home = Person.objects.get(pk=made.pk).government
    housing = department(home)
    for _ in range(2):
        row = actions.give_role(made.pk, Role.CLERK, actor=keeper, now=NOW, department_id=housing.pk)
        actions.take_role(row.pk, actor=keeper, now=NOW)
        assert actor_for(made, home.pk, TODAY).roles == {Role.CITIZEN}
    actions.take_role(row.pk, actor=keeper, now=NOW)
    assert len(reads.assignments(made.pk)) == 1


def test_what_may_not_be_given_is_refused(keeper):
    made = add(keeper)
    foreign = department(government())
    assert refused(lambda: actions.give_role(keeper.person_id, Role.CLERK, actor=keeper, now=NOW)) == "own"
    assert refused(lambda: actions.give_role(made.pk, Role.CLERK, actor=keeper, now=NOW, department_id=foreign.pk)) == "department"
    assert refused(lambda: actions.give_role(person(government()).pk, Role.CLERK, actor=keeper, now=NOW)) == "gone"
    actions.give_role(made.pk, Role.AUDITOR, actor=keeper, now=NOW)
    assert refused(lambda: actions.give_role(made.pk, Role.OFFICE, actor=keeper, now=NOW)) == "separate"
    assert refused(lambda: actions.give_role(made.pk, Role.SYSTEM_ADMIN, actor=keeper, now=NOW)) == "separate"


def test_a_role_of_another_government_is_not_taken(keeper):
    theirs = person(government(), Role.OFFICE).assignments.get()
    actions.take_role(theirs.pk, actor=keeper, now=NOW)
    assert Assignment.objects.get(pk=theirs.pk).until_on is None


def test_an_account_is_closed_and_reopened_with_a_record_of_each(keeper):
    made = add(keeper)
    for active in (False, False, True):
        assert actions.set_active(made.pk, actor=keeper, now=later(hours=1), active=active).is_active is active
    assert [each.data for each in Act.objects.filter(event="person.set_active").order_by("pk")] == [{"active": False}, {"active": True}]


def test_people_are_listed_and_found_in_their_own_government():
    home = government()
    zhang, li = person(home, name="张三", username="zhangsan"), person(home, name="李四", username="lisi")
    outsider = person(government())
    assert list(reads.people(home.pk)) == [zhang, li]
    assert list(reads.people(home.pk, words="李")) == list(reads.people(home.pk, words="LISI")) == [li]
    assert reads.person(home.pk, zhang.pk) == zhang
    assert reads.person(home.pk, outsider.pk) is None


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_of_people_costs_the_same_however_long(number, django_assert_num_queries):
    home = government()
    for _ in range(number):
        person(home, Role.CLERK, within=department(home))
    with django_assert_num_queries(3):
        assert [each.assignments.all()[0].department.name for each in reads.people(home.pk)]


@pytest.mark.parametrize(
    ("password", "enough"),
    [("aaaBBB1234", True), ("aaa-1234", True), ("密码aaa111", True), ("aaaBBB", False), ("12345678", False), ("", False)],
)
def test_a_password_has_three_of_four_kinds(password, enough):
    if enough:
        KindsValidator().validate(password)
    else:
        with pytest.raises(ValidationError, match="3 类"):
            KindsValidator().validate(password)
    with speaking("en"):
        assert KindsValidator(2).get_help_text() == "Use 2 of: upper case, lower case, digits, symbols."
