"""The people of a case: government, departments, accounts, roles; made once, found again."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache

from django.contrib.auth.hashers import make_password

from mingtang.cases.reading import Case
from mingtang.platform.accounts.models import Assignment, Department, Government, Person
from mingtang.platform.actor import Actor, Held, Role

DEMO_PASSWORD = "Mingtang-2026"  # noqa: S105 - the demo's login, printed on start
GOVERNMENT_WIDE = frozenset(Role) - {Role.CLERK, Role.HEAD}


def government_of(case: Case) -> Government:
    """The case's government, made when it is not there."""
    fields = dict(case.government)
    found, _ = Government.objects.get_or_create(host=fields.pop("host"), defaults=fields)
    return found


def cast(case: Case, government: Government, since: date, now: datetime) -> dict[str, Actor]:
    """The case's people as actors, with accounts they can sign in to."""
    departments = {}
    for position, each in enumerate(case.departments, 1):
        fields = {
            "name_en": each.get("name_en", ""),
            "abbreviation": each.get("abbreviation", ""),
            "is_office": each.get("is_office", False),
            "position": position,
        }
        departments[each["name"]], _ = Department.objects.get_or_create(government=government, name=each["name"], defaults=fields)
    return {key: _actor(each, government, departments[each["department"]], since, now) for key, each in case.people.items()}


@cache
def _hashed(password: str) -> str:
    """One hash for all: the same invented password need not be hashed for each of them."""
    return make_password(password)


def _actor(each: dict[str, object], government: Government, department: Department, since: date, now: datetime) -> Actor:
    username = str(each["username"])
    person = Person.objects.filter(username=username).first()
    if person is None:
        person = Person(
            username=username, name=str(each["name"]), government=government, department=department, joined_at=now, password_changed_at=now
        )
        person.password = _hashed(DEMO_PASSWORD)
        person.save()
    held = set()
    for name in each["roles"]:  # type: ignore[attr-defined]  # checked by the reader
        role = Role(name)
        scope = None if role in GOVERNMENT_WIDE else department
        row, _ = Assignment.objects.get_or_create(person=person, role=role, department=scope, defaults={"since_on": since})
        if row.since_on > since:
            Assignment.objects.filter(pk=row.pk).update(since_on=since)
        held.add(Held(role, scope.pk if scope else None))
    return Actor(government.pk, person.pk, person.name, frozenset(held))
