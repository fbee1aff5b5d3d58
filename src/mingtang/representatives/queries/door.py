"""Reads at the door: who is inside, who waits outside, which item runs."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

from mingtang.meetings import queries as meeting_queries
from mingtang.platform.clock import day_of
from mingtang.platform.paging import Page, page_of
from mingtang.representatives.models import CheckIn, Invitation
from mingtang.representatives.queries.reading import rules_in_force
from mingtang.representatives.rules import may_invite

if TYPE_CHECKING:
    from mingtang.meetings.models import AgendaItem

SETTLED = frozenset({"frozen", "convened"})
EXPECTED = ("accepted", "noticed", "present", "absent")


def may_be_invited(row: Invitation, now: datetime) -> bool:
    """Whether an invitation may go out now: house rules in force, agenda settled."""
    in_force = rules_in_force(row.item.topic.department_id, day_of(now)) is not None
    return row.state == "selected" and bool(may_invite(rules_in_force=in_force, agenda_frozen=row.meeting.state in SETTLED))


def notified_of(topic_id: int) -> list[Invitation]:
    """Everybody who has the papers of a matter and whose meeting is still to come."""
    rows = Invitation.objects.filter(
        item__topic_id=topic_id, state="noticed", meeting__state__in=["planned", "frozen", "convened", "postponed"]
    )
    rows = rows.select_related("meeting__government", "item__topic", "representative").prefetch_related("materials__document__file")
    return list(rows.order_by("pk"))


def running_item(meeting_id: int) -> AgendaItem | None:
    """The item that is deliberated now."""
    return next((each for each in meeting_queries.items(meeting_id) if each.state == "running"), None)


def closed_item_runs(meeting_id: int) -> bool:
    """Whether the item deliberated now is closed to representatives."""
    item = running_item(meeting_id)
    return item is not None and item.attendance == "closed"


def inside(meeting_id: int) -> list[Invitation]:
    """Everybody in the room."""
    return list(Invitation.objects.filter(meeting_id=meeting_id, state="present", out_at=None).order_by("pk"))


def inside_count(meeting_id: int) -> int:
    """How many are in the room."""
    return Invitation.objects.filter(meeting_id=meeting_id, state="present", out_at=None).count()


def waiting_outside(meeting_id: int) -> list[Invitation]:
    """Those whose last way out was for a closed item."""
    last = CheckIn.objects.filter(invitation=OuterRef("pk"), inward=False, way="closed", at=OuterRef("out_at"))
    return list(Invitation.objects.filter(Exists(last), meeting_id=meeting_id, state="present", out_at__isnull=False).order_by("pk"))


def audiences_present(item_id: int) -> list[str]:
    """The audiences of those who came for an item."""
    return list(Invitation.objects.filter(item_id=item_id, state="present").values_list("audience", flat=True))


def door_list(meeting_id: int, *, words: str = "", after: str = "") -> Page[Invitation]:
    """One page of those expected at the door, by name or code when asked."""
    rows = Invitation.objects.filter(meeting_id=meeting_id, state__in=EXPECTED).select_related("representative", "item")
    if words:
        rows = rows.filter(representative__name__icontains=words) | rows.filter(code__istartswith=words)
    return page_of(rows, key=("id",), after=after)


def roster(meeting_id: int) -> list[Invitation]:
    """Everybody expected, for the device at the door and the list on paper."""
    rows = Invitation.objects.filter(meeting_id=meeting_id, state__in=EXPECTED).select_related("representative", "item")
    return list(rows.order_by("item__position", "id"))
