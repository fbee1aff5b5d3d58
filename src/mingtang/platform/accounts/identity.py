"""From a signed-in person to the `Actor` that actions take."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

from mingtang.platform.accounts.models import Assignment
from mingtang.platform.actor import Actor, Held, Role, stranger

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from mingtang.platform.accounts.models import Person


def actor_for(person: Person | AnonymousUser, government_id: int, day: date) -> Actor:
    """The actor a person is within one government on one day; a stranger outside their own.

    One query for staff, none for anybody else.
    """
    if not person.is_authenticated or not person.is_active or person.government_id not in (None, government_id):
        return stranger(government_id)
    rows = Assignment.objects.filter(person_id=person.pk, since_on__lte=day).filter(Q(until_on__isnull=True) | Q(until_on__gte=day))
    held = frozenset(Held(Role(role), department) for role, department in rows.values_list("role", "department_id"))
    return Actor(government_id, person.pk, person.name, held or frozenset({Held(Role.CITIZEN)}))
