"""Who works where: reads for forms and lists."""

from __future__ import annotations

from mingtang.platform.accounts.models import Department, Person
from mingtang.platform.actor import Actor, Role


def departments_for(actor: Actor, *, everything: bool = False) -> list[tuple[int, str]]:
    """(id, name) of the departments an actor acts for; of all with `everything` or a government-wide role."""
    rows = Department.objects.filter(government_id=actor.government_id, closed_on=None)
    wide = any(each.department_id is None for each in actor.held)
    if not everything and not wide:
        rows = rows.filter(pk__in=actor.department_ids)
    return [(row.pk, str(row)) for row in rows]


def people_in(department_id: int, *roles: Role) -> list[Person]:
    """Who holds one of these roles in a department now, each once."""
    held = {"assignments__department_id": department_id, "assignments__role__in": roles, "assignments__until_on": None}
    return list(Person.objects.filter(**held).distinct().order_by("pk"))
