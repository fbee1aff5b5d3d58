"""My desk: what is late, what waits for me, what the next two weeks bring, and what stands in the way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse

from mingtang.consultations import queries as consultations
from mingtang.hearings import queries as hearings
from mingtang.kernel.text import Text, t
from mingtang.meetings import queries as meetings
from mingtang.minutes import queries as minutes
from mingtang.platform.actor import BUSINESS_ROLES, Actor, Role
from mingtang.platform.clock import day_of
from mingtang.platform.guard import holding
from mingtang.platform.web.desk import Blocked, ComingDay, DeskItem
from mingtang.platform.web.navigation import Link
from mingtang.publishing import queries as publishing
from mingtang.representatives import queries as representatives
from mingtang.topics import queries as topics

DESKS = (
    *(topics.desk, consultations.desk, hearings.desk, meetings.desk, representatives.desk, minutes.desk, publishing.desk),
    holding.desk,
)
COMING = (consultations.coming, meetings.coming, representatives.coming, publishing.coming)
NEAR, FAR = timedelta(days=14), timedelta(days=90)
HINTS: tuple[tuple[Role, Text, str], ...] = (
    (Role.CLERK, t("申报新议题", "Declare a matter"), "topic-new"),
    (Role.OPERATOR, t("安排会议", "Plan a meeting"), "meetings"),
    (Role.OFFICE, t("看全部议题", "See all matters"), "topics"),
    (Role.SECURITY_ADMIN, t("管理人员与岗位", "People and roles"), "people"),
    (Role.AUDITOR, t("看审计日志", "Read the audit log"), "audit"),
    (Role.SYSTEM_ADMIN, t("看后台任务", "Look at the jobs"), "jobs"),
)


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything one person's desk shows; `later` is the first day after the next two weeks when these hold none."""

    late: list[DeskItem]
    waiting: list[DeskItem]
    running: list[DeskItem]
    coming: list[ComingDay]
    later: ComingDay | None
    blocked: list[Blocked]
    hints: list[Link]
    has_business: bool

    @property
    def count(self) -> int:
        """How many things wait, late ones among them."""
        return len(self.late) + len(self.waiting)

    def under(self, url: str) -> int:
        """How many things stand under one part of the workspace: a line that speaks of many counts them all."""
        return sum(each.many for each in (*self.late, *self.waiting) if each.url.startswith(url))


def desk_of(actor: Actor, now: datetime) -> Desk:
    """Ask every capability and put the answers in order."""
    today = day_of(now)
    items = [item for part in DESKS for item in part(actor, now)]
    items.sort(key=lambda each: (each.due_on is None, each.due_on or today))
    late = [each for each in items if each.due_on and each.due_on < today and each.waits]
    days = sorted(_days(actor, today), key=lambda each: (each.day, each.time))
    near = [each for each in days if each.day <= today + NEAR]
    return Desk(
        late=late,
        waiting=[each for each in items if each.waits and each not in late],
        running=[each for each in items if not each.waits and each.sub],
        coming=near,
        later=None if near else next(iter(days), None),
        blocked=meetings.blocked(actor, now),
        hints=[Link(label, reverse(f"workspace:{name}")) for role, label, name in HINTS if actor.holds(role)],
        has_business=bool(actor.roles & BUSINESS_ROLES),
    )


def _days(actor: Actor, today: date) -> list[ComingDay]:
    return [each for part in COMING for each in part(actor, today, today + FAR)]
