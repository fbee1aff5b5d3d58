"""What waits on the desk: seats to fill, people to notify."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.urls import reverse

from mingtang.kernel.text import t
from mingtang.meetings import queries as meeting_queries
from mingtang.platform.actor import Actor
from mingtang.platform.clock import day_of
from mingtang.platform.figures.lookup import figures_for
from mingtang.platform.web.desk import DeskItem
from mingtang.representatives.policy import may_select
from mingtang.representatives.queries.reading import notice_facts, taken
from mingtang.representatives.rules import last_notice_moment
from mingtang.topics import queries as topic_queries

if TYPE_CHECKING:
    from mingtang.meetings.models import AgendaItem


def desk(actor: Actor, now: datetime) -> list[DeskItem]:
    """Seats to fill and notices to send before their last moment."""
    rows = meeting_queries.meetings(actor.government_id, state="frozen").rows
    found = []
    for row in rows:
        figures = figures_for(actor.government_id, day_of(row.starts_at))
        last = day_of(last_notice_moment(row.starts_at, figures)).toordinal() - 1
        late = [each for each in notice_facts(row.pk) if each.posted_at is None]
        items = meeting_queries.items(row.pk)
        found += [each for each in (_to_fill(actor, row.pk, str(row), item, now, last) for item in items) if each]
        if late and any(may_select(actor, item.topic.department_id) for item in items):
            found.append(
                DeskItem(
                    t("告知列席代表并送材料：{n} 人", "Notify {n} representatives with the papers", n=len(late)),
                    str(row),
                    reverse("workspace:invitations", args=[row.pk]),
                    t("去告知", "Notify"),
                    "3.2d",
                    due_on=date.fromordinal(last),
                    began_on=day_of(now),
                )
            )
    return found


def _to_fill(actor: Actor, meeting_id: int, title: str, item: AgendaItem, now: datetime, last: int) -> DeskItem | None:
    if item.attendance == "closed" or not may_select(actor, item.topic.department_id):
        return None
    openness = topic_queries.openness(item.topic_id)
    free = sum(openness.audiences.values()) - len(taken(item.pk))
    if free <= 0 or "attendance" not in openness.forms:
        return None
    words = t("选定列席代表：还有 {n} 席", "Select representatives: {n} seats are free", n=free)
    return DeskItem(
        words,
        title,
        reverse("workspace:invitations", args=[meeting_id]),
        t("去选定", "Select"),
        "3.2c",
        due_on=date.fromordinal(last),
        began_on=day_of(now),
    )
