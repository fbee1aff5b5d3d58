"""What waits on the desk: seats to fill, people to notify, calls and draws to go on with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Prefetch
from django.urls import reverse

from mingtang.kernel.text import Text, t
from mingtang.meetings import queries as meeting_queries
from mingtang.platform.actor import BUSINESS_ROLES, Actor, Role
from mingtang.platform.clock import day_of
from mingtang.platform.figures.lookup import figures_over, work_calendar
from mingtang.platform.web.desk import ComingDay, DeskItem
from mingtang.representatives.models import Application, Call, Draw, HouseRules, Invitation
from mingtang.representatives.policy import may_publish_call, may_reveal, may_run_call, may_select
from mingtang.representatives.queries.pooling import pool_desk
from mingtang.representatives.queries.reading import come_back_at, left_empty_at, not_told_at, taken_at
from mingtang.representatives.rules import last_notice_moment, may_freeze, must_confirm_anew
from mingtang.topics import queries as topic_queries

COMING = ("planned", "frozen", "convened", "postponed")

if TYPE_CHECKING:
    from mingtang.meetings.models import AgendaItem, Meeting


def desk(actor: Actor, now: datetime) -> list[DeskItem]:
    """Seats to fill and notices to send before their last moment."""
    rows = meeting_queries.meetings(actor.government_id, state="frozen").rows
    mine = _mine(actor, [row.pk for row in rows])
    last_of = _last_moments(actor.government_id)
    untold, back, empty = (
        not_told_at([row.pk for row in rows]),
        come_back_at([row.pk for row in rows]),
        left_empty_at([row.pk for row in rows]),
    )
    unconfirmed = unconfirmed_at(rows, day_of(now))
    found = []
    for row in rows:
        last = last_of(row.starts_at)
        if row.pk in mine:
            found += _to_confirm(row, unconfirmed.get(row.pk, 0), now)
            found += [_to_fill(row.pk, str(row), free, now, last) for free in mine[row.pk] if free > 0 and now < last]
            found += _notices(row, untold.get(row.pk, 0), back.get(row.pk, 0), empty.get(row.pk, 0), now, last)
        elif untold.get(row.pk) and actor.holds(Role.OFFICE, Role.LEADER):
            found.append(_not_told_yet(row, untold[row.pk], now, last))
    return [*found, *_calls(actor, now), *pool_desk(actor, now)]


def coming(actor: Actor, first: date, last: date) -> list[ComingDay]:
    """The last sending moment of each coming meeting with representatives, for everybody who works with it (3.2d)."""
    if not actor.roles & BUSINESS_ROLES:
        return []
    last_of, found = _last_moments(actor.government_id), []
    for row in [*meeting_queries.meetings(actor.government_id, state="frozen").rows]:
        day = day_of(last_of(row.starts_at) - timedelta(seconds=1))
        if first <= day <= last:
            words = t("列席告知和材料最迟发出", "Last moment for notice and papers to representatives")
            found.append(ComingDay(day, words, str(row), reverse("workspace:invitations", args=[row.pk]), "24:00"))
    return found


def _last_moments(government_id: int) -> Callable[[datetime], datetime]:
    figures, calendar = figures_over(government_id), work_calendar()
    return lambda starts_at: last_notice_moment(starts_at, figures(day_of(starts_at)), calendar)


def _notices(row: Meeting, untold: int, back: int, empty: int, now: datetime, last: datetime) -> list[DeskItem]:
    """What stands open with the notices of one meeting: to be sent, come back, and seats that stay empty."""
    found = []
    if untold:
        words = t("告知列席代表并送材料：{n} 人", "Notify {n} representatives with the papers", n=untold)
        found.append(_item(row, words, t("去告知", "Notify"), now, last, _latest(last)))
    if back:
        words = t("告知退回或没有送达：{n} 人", "The notice came back from {n} people", n=back)
        found.append(_item(row, words, t("改用别的方式", "Reach them otherwise"), now, last, _latest(last)))
    if empty:
        words = t("空出 {n} 席，没有递补", "{n} freed seats stay empty", n=empty)
        why = t(
            "告知时限已过或没有候补，会议页面已说明", "The notice period is over or there is no reserve; the page of the meeting says so"
        )
        found.append(replace(_item(row, words, t("去看", "Look"), now, last, why), waits=False, due_on=None))
    return found


def _to_confirm(row: Meeting, n: int, now: datetime) -> list[DeskItem]:
    """3.2b: house rules changed, and not everybody has confirmed them anew."""
    if not n:
        return []
    words = t("{n} 位代表还没有确认新的列席工作规定", "{n} representatives have not confirmed the new house rules", n=n)
    day = day_of(row.starts_at)
    place = reverse("workspace:invitations", args=[row.pk])
    return [DeskItem(words, str(row), place, t("去提醒", "Remind them"), "3.2b", due_on=day, began_on=day_of(now))]


def unconfirmed_at(rows: Sequence[Meeting], today: date) -> dict[int, int]:
    """How many accepted other house rules than those in force on the day of each of these meetings; none are left out."""
    day = {each.pk: max(today, day_of(each.starts_at)) for each in rows}
    seats = Invitation.objects.filter(meeting_id__in=day, state__in=["accepted", "noticed"]).order_by()
    counts = list(seats.values_list("meeting_id", "item__topic__department_id", "rules__version", "state").annotate(n=Count("pk")))
    texts = HouseRules.objects.filter(department_id__in={of for _meeting, of, *_others in counts}).order_by("version")
    versions = list(texts.values_list("department_id", "version", "in_force_on")) if counts else []
    found: dict[int, int] = {}
    for meeting_id, of, accepted, state, n in counts:
        binding = max((version for who, version, since in versions if who == of and since <= day[meeting_id]), default=None)
        if must_confirm_anew(accepted, binding, state):
            found[meeting_id] = found.get(meeting_id, 0) + n
    return found


def _not_told_yet(row: Meeting, n: int, now: datetime, last: datetime) -> DeskItem:
    """For those who convene or waive: somebody is not told yet."""
    words = t("{n} 位列席代表还没有告知", "{n} representatives are not notified yet", n=n)
    late = t("已过最后时限；召集须改期，或由分管领导记录紧急情况", "It is too late: postpone, or a leader records an emergency")
    return replace(_item(row, words, t("去看", "Look"), now, last, late if now >= last else _latest(last)), waits=False)


def _latest(last: datetime) -> Text:
    return t("最迟 {day} 24:00 前发出", "To be sent before 24:00 of {day}", day=f"{day_of(last - timedelta(seconds=1)):%Y-%m-%d}")


def _item(row: Meeting, words: Text, act: Text, now: datetime, last: datetime, sub: Text) -> DeskItem:
    return DeskItem(
        words,
        str(row),
        reverse("workspace:invitations", args=[row.pk]),
        act,
        "3.2d",
        sub=sub,
        due_on=day_of(last - timedelta(seconds=1)),
        began_on=day_of(now),
    )


def _calls(actor: Actor, now: datetime) -> list[DeskItem]:
    """Calls to publish, lists to freeze, randomness to enter, people drawn to seat."""
    today, figures = day_of(now), figures_over(actor.government_id)(day_of(now))
    rows = Call.objects.filter(government_id=actor.government_id, state__in=["preparing", "open", "frozen", "drawn"])
    rows = rows.select_related("topic").annotate(
        to_seat=Exists(
            Application.objects.filter(call=OuterRef("pk"), state="drawn", call__topic__agenda_items__meeting__state__in=COMING)
        ),
    )
    standing = Prefetch("draws", Draw.objects.filter(annulled_at=None).select_related("call__topic"), to_attr="standing")
    found = []
    for row in rows.prefetch_related(standing).order_by("pk"):
        own = may_run_call(actor, row.topic.department_id)
        draw: Draw | None = row.standing[0] if row.standing else None
        if row.state == "preparing" and row.closes_on and may_publish_call(actor, row):
            found.append(_call(row, t("公布代表征集", "Publish a call"), t("去看", "Look"), row.closes_on, now))
        elif row.state == "open" and own and may_freeze(row.state, row.closes_on, None, figures, today):
            found.append(_call(row, t("报名已截止，冻结名单", "Applications are over: freeze the list"), t("去冻结", "Freeze"), None, now))
        elif row.state == "frozen" and draw and draw.source_day <= today and may_reveal(actor, draw):
            found.append(_call(row, t("填入随机数并抽签", "Enter the randomness"), t("去填", "Enter"), draw.source_day, now))
        elif row.state == "drawn" and own and row.to_seat:
            found.append(_call(row, t("把入选的人安排到席位", "Give those drawn their seats"), t("去安排", "Seat them"), None, now))
    return found


def _call(row: Call, words: Text, act: Text, due_on: date | None, now: datetime) -> DeskItem:
    return DeskItem(words, row.title, reverse("workspace:call", args=[row.pk]), act, "3.2c", due_on=due_on, began_on=day_of(now))


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


def _to_fill(meeting_id: int, title: str, free: int, now: datetime, last: datetime) -> DeskItem:
    words = t("选定列席代表：还有 {n} 席", "Select representatives: {n} seats are free", n=free)
    return DeskItem(
        words,
        title,
        reverse("workspace:invitations", args=[meeting_id]),
        t("去选定", "Select"),
        "3.2c",
        sub=_latest(last),
        due_on=day_of(last - timedelta(seconds=1)),
        began_on=day_of(now),
    )
