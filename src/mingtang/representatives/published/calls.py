"""What outsiders may read of calls: what is asked for, how many applied, what was frozen and what came out, under numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse

from mingtang.kernel.text import Text, same, t
from mingtang.platform.drawing.showing import DrawView
from mingtang.platform.figures.lookup import figures_for
from mingtang.platform.paging import Page, page_of
from mingtang.platform.web.chain import ChainEntry, DocumentLink
from mingtang.representatives.models import Application, Call, Draw, Quota
from mingtang.representatives.published.draws import SHOWN, draw_view
from mingtang.representatives.rules import AUDIENCE, may_apply, seats_of
from mingtang.topics import published as topics_published


@dataclass(frozen=True, slots=True)
class CallRow:
    """A call in the list."""

    id: int
    title: str
    department: Text
    state: str
    state_label: Text
    closes_on: date | None
    takes: bool
    seats: int
    applied: int


@dataclass(frozen=True, slots=True)
class QuotaView:
    """A quota, why it is as it is, and how many applied."""

    category: Text
    value: Text
    least: int
    most: int
    rationale: str
    relaxed_reason: str
    applied: int
    enough: bool


@dataclass(frozen=True, slots=True)
class CallView:
    """A call with everything that is public about it."""

    id: int
    title: str
    topic_id: int
    topic: str
    department: Text
    state: str
    state_label: Text
    purpose: str
    conditions: str
    contact: str
    reserves: int
    household_limit: int
    closes_on: date | None
    published_at: datetime
    takes: bool
    change_reason: str
    seats: int
    applied: int
    quotas: tuple[QuotaView, ...]
    draws: tuple[DrawView, ...]
    replaced: tuple[tuple[str, str], ...]
    papers: tuple[DocumentLink, ...]

    @property
    def draw(self) -> DrawView | None:
        """The draw that stands."""
        return next((each for each in self.draws if each.annulled_at is None), None)

    @property
    def annulled(self) -> list[DrawView]:
        """The draws that were annulled."""
        return [each for each in self.draws if each.annulled_at is not None]


def _public(government_id: int) -> Any:
    rows = Call.objects.filter(SHOWN, government_id=government_id).select_related("topic__department")
    return rows.prefetch_related("quotas")


def calls(government_id: int, today: date, *, after: str = "") -> tuple[Page[Call], list[CallRow]]:
    """One page of published calls, newest first."""
    found: Page[Call] = page_of(_public(government_id), after=after)
    return found, _rows(found.rows, today)


def calls_of(government_id: int, topic_ids: Sequence[int], today: date) -> list[CallRow]:
    """The published calls for these matters, oldest first."""
    rows = _public(government_id).filter(topic_id__in=topic_ids).order_by("pk") if topic_ids else ()
    return _rows(list(rows), today)


def _rows(rows: Sequence[Call], today: date) -> list[CallRow]:
    return [_row(each, today) for each in rows]


def _row(row: Call, today: date) -> CallRow:
    seats = sum(seats_of(row.lines()).values())
    takes = bool(may_apply(row.state, row.closes_on, today))
    return CallRow(row.pk, row.title, same(row.topic.department), row.state, row.state_label, row.closes_on, takes, seats, row.applied)


def call(government_id: int, call_id: int, today: date) -> CallView | None:
    """One published call; None when there is none."""
    frozen = Prefetch("draws", Draw.objects.order_by("-number"))
    row = _public(government_id).prefetch_related(frozen).filter(pk=call_id).first()
    if row is None:
        return None
    moved_up = Application.objects.filter(call=row, replaces__isnull=False).order_by("pk")
    return CallView(
        row.pk,
        row.title,
        row.topic_id,
        topics_published.plain_title(row.topic),
        same(row.topic.department),
        row.state,
        row.state_label,
        row.purpose,
        row.conditions,
        row.contact,
        row.reserves,
        row.household_limit,
        row.closes_on,
        row.published_at,
        bool(may_apply(row.state, row.closes_on, today)),
        row.change_reason,
        sum(seats_of(row.lines()).values()),
        row.applied,
        tuple(_quota(each) for each in row.quotas.all()),
        tuple(draw_view(each) for each in row.draws.all()),
        tuple(moved_up.values_list("replaces__number", "number")),
        topics_published.documents(row.topic_id),
    )


def _quota(row: Quota) -> QuotaView:
    words = (row.category_label, row.value_label)
    return QuotaView(*words, row.least, row.most, row.rationale, row.relaxed_reason, row.applied, row.applied >= row.least)


@dataclass(frozen=True, slots=True)
class OpenCall:
    """A call that takes applications: its audiences, its other categories with their values."""

    id: int
    title: str
    conditions: str
    takes: bool
    audiences: list[tuple[str, Text]]
    categories: dict[str, list[str]]
    kept_days: int
    household_limit: int
    least_age: int

    @property
    def declaration(self) -> Text:
        """What everybody who applies declares."""
        return t("我已年满 {n} 周岁，符合报名条件，能按时到会", "I am {n} or older, meet the conditions and can attend", n=self.least_age)


def open_call(government_id: int, call_id: int, today: date) -> OpenCall | None:
    """What the form needs; None when there is no such call."""
    row = _public(government_id).filter(pk=call_id).first()
    if row is None:
        return None
    audiences = [(each.value, each.value_label) for each in row.quotas.all() if each.category == AUDIENCE and each.most]
    categories: dict[str, list[str]] = {}
    for each in row.quotas.all():
        if each.category != AUDIENCE:
            categories.setdefault(each.category, []).append(each.value)
    figures = figures_for(government_id, today)
    days, least = figures.number("pii.retain_days_unselected"), figures.number("rep.min_age")
    takes = bool(may_apply(row.state, row.closes_on, today))
    return OpenCall(row.pk, row.title, row.conditions, takes, audiences, categories, days, row.household_limit, least)


def called(topic_id: int) -> list[ChainEntry]:
    """Calls published, frozen and drawn, on the matter page."""
    rows = Call.objects.filter(SHOWN, topic_id=topic_id).prefetch_related(
        "quotas", Prefetch("draws", Draw.objects.filter(annulled_at=None))
    )
    entries = []
    for row in rows.order_by("pk"):
        url, seats = reverse("portal:call", args=[row.pk]), sum(seats_of(row.lines()).values())
        assert row.published_at is not None  # SHOWN
        body = t("抽签产生 {n} 席，报名至 {day}。", "{n} seats by lot, applications until {day}.", n=seats, day=row.closes_on)
        entries.append(ChainEntry(row.published_at, t("征集列席代表", "Call for representatives"), body, url=url))
        for draw in row.draws.all():
            day = t("随机数用 {day} 的公开数字。", "Randomness: public figures of {day}.", day=draw.source_day)
            entries.append(ChainEntry(draw.frozen_at, t("冻结名单和名额", "List and quotas frozen"), day, url=url))
            if draw.revealed_at:
                done = t("结果和全部数据已公布，任何人都能重算。", "Outcome and data are published; anybody can repeat it.")
                entries.append(ChainEntry(draw.revealed_at, t("抽签", "The draw"), done, url=url))
    return entries
