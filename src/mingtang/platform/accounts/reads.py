"""Reads of people for the administration pages."""

from __future__ import annotations

from django.db.models import Q

from mingtang.platform.accounts.models import Assignment, Person
from mingtang.platform.paging import Page, page_of


def people(government_id: int, *, words: str = "", after: str = "") -> Page[Person]:
    """One page of staff, by id."""
    rows = Person.objects.filter(government_id=government_id).select_related("department").prefetch_related("assignments__department")
    return page_of(rows.filter(Q(name__icontains=words) | Q(username__icontains=words)) if words else rows, key=("id",), after=after)


def person(government_id: int, person_id: int) -> Person | None:
    """One person of a government."""
    return Person.objects.select_related("department").filter(government_id=government_id, pk=person_id).first()


def assignments(person_id: int) -> list[Assignment]:
    """All roles of a person, past ones too."""
    return list(Assignment.objects.filter(person_id=person_id).select_related("department").order_by("until_on", "-since_on", "id"))


def roles_of(person_id: int | None) -> list[Assignment]:
    """The roles a person holds now."""
    return [each for each in assignments(person_id or 0) if each.until_on is None]
