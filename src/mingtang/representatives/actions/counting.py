"""The counters of a call: how many applied, and how many with each value that has a quota."""

from __future__ import annotations

from django.db.models import F, Q

from mingtang.representatives.models import Application, Call, Quota


def count(row: Application, *, applied: int = 0, standing: int = 0) -> None:
    """Change the counters of a call by one application; the caller holds the call's lock.

    `applied`: by how much the number of those who applied and did not withdraw changes; `standing`: the same for those who may be drawn.
    """
    if applied:
        Call.objects.filter(pk=row.call_id).update(applied=F("applied") + applied)
    if standing and row.answers:
        theirs = Q()
        for category, value in row.answers.items():
            theirs |= Q(category=category, value=value)
        Quota.objects.filter(theirs, call_id=row.call_id).update(applied=F("applied") + standing)
