"""By what one may follow matters: focus areas, and departments that led a public one."""

from __future__ import annotations

from mingtang.kernel.text import Text, same
from mingtang.platform.accounts.models import Department
from mingtang.topics.models import Topic
from mingtang.topics.published.matters import PUBLIC
from mingtang.topics.rules import FOCUS_LABELS


def focus_areas() -> tuple[tuple[str, Text], ...]:
    """The focus areas of 1.2 with their names."""
    return tuple(FOCUS_LABELS.items())


def departments(government_id: int) -> list[tuple[int, Text]]:
    """The departments that led a public matter, in the government's own order."""
    led = Topic.objects.filter(PUBLIC, government_id=government_id).order_by().values("department_id").distinct()
    return [(row.pk, same(row)) for row in Department.objects.filter(pk__in=led).order_by("position", "id")]
