"""Who is who, and what they may be asked to do."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from mingtang.kernel.text import speaking
from mingtang.platform.accounts.directory import departments_for
from mingtang.platform.accounts.identity import actor_for
from mingtang.platform.accounts.models import Assignment, Person
from mingtang.platform.actor import ADMIN_ROLES, BUSINESS_ROLES, ROLE_LABELS, STAFF_ROLES, Actor, Held, Role, stranger, system
from tests.factories.platform import TODAY, actor, department, government, person

pytestmark = pytest.mark.django_db


def test_a_person_is_the_actor_with_the_roles_in_force_today():
    home = government()
    housing = department(home)
    who = person(home, Role.CLERK, within=housing)
    Assignment.objects.create(person=who, role=Role.HEAD, since_on=date(2026, 12, 1))
    Assignment.objects.create(person=who, role=Role.OFFICE, since_on=date(2026, 1, 1), until_on=date(2026, 11, 23))
    assert actor_for(who, home.pk, TODAY) == Actor(home.pk, who.pk, who.name, frozenset({Held(Role.CLERK, housing.pk)}))


def test_a_role_holds_until_the_end_of_its_last_day():
    who = person(home := government())
    Assignment.objects.create(person=who, role=Role.OFFICE, since_on=TODAY, until_on=TODAY)
    assert actor_for(who, home.pk, TODAY).roles == {Role.OFFICE}


def test_a_person_without_roles_is_a_citizen_and_no_staff():
    who = person(home := government())
    found = actor_for(who, home.pk, TODAY)
    assert found.roles == {Role.CITIZEN}
    assert not found.is_staff


def test_staff_of_one_government_are_strangers_in_another():
    who = person(government(), Role.OFFICE)
    assert actor_for(who, (other := government()).pk, TODAY) == stranger(other.pk)


def test_somebody_switched_off_or_not_signed_in_is_a_stranger():
    home = government()
    assert actor_for(person(home, Role.OFFICE, is_active=False), home.pk, TODAY) == stranger(home.pk)
    assert actor_for(AnonymousUser(), home.pk, TODAY) == stranger(home.pk)


def test_who_staff_are_costs_one_query(django_assert_num_queries):
    who = person(home := government(), Role.CLERK)
    with django_assert_num_queries(1):
        actor_for(who, home.pk, TODAY)


def test_a_role_for_one_department_does_not_count_for_another():
    home = government()
    housing, schools = department(home), department(home)
    clerk = actor(home, Role.CLERK, within=housing)
    assert clerk.holds(Role.CLERK, department_id=housing.pk)
    assert not clerk.holds(Role.CLERK, department_id=schools.pk)
    assert clerk.holds(Role.CLERK)
    assert clerk.department_ids == {housing.pk}


def test_a_role_for_the_whole_government_counts_for_every_department():
    home = government()
    assert actor(home, Role.CLERK).holds(Role.CLERK, department_id=department(home).pk)
    assert actor(home, Role.CLERK).department_ids == frozenset()


def test_a_stranger_is_nobody_even_compared_with_nobody():
    assert not stranger(1).is_person(None)
    assert not stranger(1).is_staff
    assert system(1).is_system


def test_every_role_has_a_label_and_administrators_are_not_business():
    assert set(ROLE_LABELS) == set(Role)
    assert BUSINESS_ROLES | ADMIN_ROLES == STAFF_ROLES
    assert not BUSINESS_ROLES & ADMIN_ROLES


def test_the_database_refuses_an_unknown_role():
    who = person(government())
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.create(person=who, role="emperor", since_on=TODAY)


def test_departments_are_those_acted_for_all_for_a_wide_role_and_none_closed():
    home = government()
    housing, schools = department(home, name="住建局"), department(home, name="教育局")
    department(home, closed_on=TODAY)
    department(government())
    clerk, office = actor(home, Role.CLERK, within=housing), actor(home, Role.OFFICE)
    assert departments_for(clerk) == [(housing.pk, "住建局")]
    assert departments_for(clerk, everything=True) == departments_for(office) == [(housing.pk, "住建局"), (schools.pk, "教育局")]


def test_names_are_spoken_in_the_language_of_the_reader():
    home = government()
    housing, nameless = department(home, name="住建局", name_en="Housing Bureau"), department(home, name="教育局", name_en="")
    with speaking("en"):
        assert [str(home), str(housing), str(nameless)] == ["Qinghe District Government", "Housing Bureau", "教育局"]
    assert [str(home), str(housing)] == ["清河区人民政府", "住建局"]


def test_a_person_is_named_by_name_else_by_sign_in_and_keeps_no_plain_password():
    who = Person.objects.create_user("zhang", "Green-river-2026", name="")
    assert str(who) == "zhang"
    assert who.check_password("Green-river-2026")
    assert "Green" not in who.password
    assert not Person.objects.create_user("li", name="李").has_usable_password()


def test_an_assignment_is_named_by_its_role():
    who = person(government(), Role.HEAD)
    assert str(who.assignments.get()) == "部门负责人"
