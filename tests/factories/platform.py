"""A government, its departments, its people: what every capability's tests begin with."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import count

from mingtang.platform.accounts.models import Assignment, Department, Government, Person
from mingtang.platform.actor import Actor, Held, Role
from mingtang.platform.clock import CHINA

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=CHINA)
TODAY = NOW.date()
PASSWORD = "Green-river-2026"
_serial = count(1)


def later(**span: float) -> datetime:
    """An instant after `NOW`: ``later(days=3)``."""
    return NOW + timedelta(**span)


def government(**fields: object) -> Government:
    """A district government with a host name of its own."""
    n = next(_serial)
    given = {
        "host": f"qh{n}.localhost",
        "name": "清河区人民政府",
        "name_en": "Qinghe District Government",
        "site_name": "清河区明堂",
        "site_name_en": "Qinghe Mingtang",
        "code_prefix": "QH",
    }
    return Government.objects.create(**{**given, **fields})


def department(of: Government, **fields: object) -> Department:
    """A department; the government office with ``is_office=True``."""
    n = next(_serial)
    given = {"name": f"住房和城乡建设局{n}", "name_en": f"Housing Bureau {n}", "position": n}
    return Department.objects.create(government=of, **{**given, **fields})


def person(of: Government, *roles: Role, within: Department | None = None, **fields: object) -> Person:
    """Somebody with roles, held for `within` or for the whole government."""
    n = next(_serial)
    given = {"username": f"person{n}", "name": f"张{n}", "email": f"person{n}@example.org", "government": of, "department": within}
    made = Person.objects.create_user(**{**given, **fields})
    for role in roles:
        Assignment.objects.create(person=made, role=role, department=within, since_on=date(2026, 1, 1))
    return made


def acting(who: Person, *roles: Role, within: Department | None = None) -> Actor:
    """The actor somebody is: the roles named here, or those assigned in the database."""
    assert who.government_id is not None
    named = [Held(role, within.pk if within else None) for role in roles]
    kept = [Held(Role(row.role), row.department_id) for row in who.assignments.all()]
    return Actor(who.government_id, who.pk, who.name, frozenset(named or kept))


def actor(of: Government, *roles: Role, within: Department | None = None, **fields: object) -> Actor:
    """A new person with `roles`, as an actor."""
    return acting(person(of, *roles, within=within, **fields))
