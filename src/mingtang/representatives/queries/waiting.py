"""What waits on the desk: seats to fill, people to notify."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.urls import reverse

from mingtang.kernel.text import t
from mingtang.meetings import queries as meeting_queries
from mingtang.platform.actor import Actor
from mingtang.platform.clock import day_of
from mingtang.platform.figures.lookup import figures_over
from mingtang.platform.web.desk import DeskItem
from mingtang.representatives.policy import may_select
from mingtang.representatives.queries.reading import not_told_at, taken_at
from mingtang.representatives.rules import last_notice_moment
from mingtang.topics import queries as topic_queries

if TYPE_CHECKING:
    from mingtang.meetings.models import AgendaItem


def desk(actor: Actor, now: datetime) -> list[DeskItem]:
    """Seats to fill and notices to send before their last moment."""
    rows = meeting_queries.meetings(actor.government_id, state="frozen").rows
    mine = _mine(actor, [row.pk for row in rows])
    figures = figures_over(actor.government_id)
    untold = not_told_at([row.pk for row in rows])
    found = []
    for row in rows:
        last = day_of(last_notice_moment(row.starts_at, figures(day_of(row.starts_at)))).toordinal() - 1
        found += [_to_fill(row.pk, str(row), free, now, last) for free in mine.get(row.pk, ()) if free > 0]
        if untold.get(row.pk) and row.pk in mine:
            found.append(
                DeskItem(
                    t("告知列席代表并送材料：{n} 人", "Notify {n} representatives with the papers", n=untold[row.pk]),
                    str(row),
                    reverse("workspace:invitations", args=[row.pk]),
                    t("去告知", "Notify"),
                    "3.2d",
                    due_on=date.fromordinal(last),
                    began_on=day_of(now),
                )
            )
    return found


def _mine(actor: Actor, meeting_ids: list[int]) -> dict[int, list[int]]:
    """For each meeting with an item of this person's department: the free seats of each such item."""
    items = meeting_queries.items_of(meeting_ids)
    own = {pk: [item for item in each if may_select(actor, item.topic.department_id)] for pk, each in items.items()}
    every = [item for each in own.values() for item in each]
    openness = topic_queries.openness_of(item.topic_id for item in every)
    seated = taken_at([item.pk for item in every])
    return {pk: [_free(item, openness[item.topic_id], seated) for item in each] for pk, each in own.items() if each}


def _free(item: AgendaItem, openness: topic_queries.OpennessFacts, seated: dict[int, int]) -> int:
    if item.attendance == "closed" or "attendance" not in openness.forms:
        return 0
    return sum(openness.audiences.values()) - seated.get(item.pk, 0)


def _to_fill(meeting_id: int, title: str, free: int, now: datetime, last: int) -> DeskItem:
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
