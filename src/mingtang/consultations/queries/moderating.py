"""The moderation queue with its filters, and what of it waits on whose desk."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from mingtang.consultations.models import MARKED, WORDS, Appeal, Opinion, Withholding
from mingtang.consultations.rules import OPINION
from mingtang.consultations.rules.moderation import PROPOSED, confirm_by
from mingtang.kernel.days import WorkCalendar
from mingtang.kernel.parameters import Figures
from mingtang.kernel.text import NOTHING, Text, t
from mingtang.platform.actor import Actor, Role
from mingtang.platform.clock import day_of
from mingtang.platform.figures.lookup import figures_for, work_calendar
from mingtang.platform.paging import Page, page_found, page_of
from mingtang.platform.web.desk import DeskItem

QUEUES: dict[str, Text] = {
    "received": t("新到", "New"),
    "proposed": t("待确认", "Proposed"),
    "appeals": t("申诉", "Appeals"),
    "shown": OPINION.label("shown"),
    "withheld": OPINION.label("withheld"),
}
MOST = 200


@dataclass(frozen=True, slots=True)
class QueueFilters:
    """What the queue is narrowed by."""

    state: str = "received"
    code: str = ""
    channel: str = ""
    flagged: bool = False
    marked: bool = False
    words: str = ""


def queue(consultation_id: int, filters: QueueFilters, after: str = "") -> Page[Opinion]:
    """Opinions for the moderator, oldest first."""
    rows = _in(Opinion.objects.filter(consultation_id=consultation_id), filters.state)
    if filters.code:
        named = Q(withheld_code=filters.code) if filters.state == "withheld" else Q(withholding__code=filters.code)
        rows = rows.filter(named)
    if filters.channel:
        rows = rows.filter(channel=filters.channel)
    if filters.flagged:
        rows = rows.filter(flagged=True)
    if filters.marked and filters.state == "received":
        rows = rows.filter(MARKED)
    wide = rows.select_related(
        "clause", "entered_by", "withholding__proposed_by", "withholding__decided_by", "withholding__kept", "withholding__appeal"
    )
    whole = wide.prefetch_related("files__file", "masks")
    if filters.words:
        return page_found(whole, WORDS.find("words", consultation_id, filters.words, newest_first=False), key="id", after=after)
    return page_of(whole, key=("id",), after=after)


def _in(rows: QuerySet[Opinion], state: str) -> QuerySet[Opinion]:
    if state == "proposed":
        return rows.filter(state__in=PROPOSED)
    if state == "appeals":
        return rows.filter(state="withheld", withholding__appeal__state="waiting")
    return rows.filter(state=state)


def queue_sizes(numbers: dict[tuple[str, str], int]) -> dict[str, int]:
    """How many stand in each part of the queue, from counters already read."""
    sizes = {state: numbers.get(("state", state), 0) for state in ("received", "shown", "withheld")}
    proposed = sum(numbers.get(("state", state), 0) for state in PROPOSED)
    return {**sizes, "proposed": proposed, "appeals": numbers.get(("appeal", "waiting"), 0)}


def same_person(opinion: Opinion) -> list[Opinion]:
    """Other opinions by the same person in this consultation, the oldest first."""
    rows = Opinion.objects.filter(consultation_id=opinion.consultation_id, author_key=opinion.author_key).exclude(pk=opinion.pk)
    return list(rows.order_by("pk")[:20])


def history(opinion: Opinion) -> list[Withholding]:
    """Every proposal on an opinion and what became of it."""
    return list(
        Withholding.objects.filter(opinion=opinion).select_related("proposed_by", "decided_by", "kept", "appeal").order_by("-pk")[:20]
    )


def moderation_desk(actor: Actor, now: datetime) -> list[DeskItem]:
    """Proposals that somebody else made and appeals against decisions of others: a few queries at any number."""
    if not actor.holds(Role.MODERATOR, Role.OFFICE):
        return []
    figures = figures_for(actor.government_id, day_of(now))
    found = _proposals(actor, now, figures) if actor.holds(Role.MODERATOR) else []
    return [*found, *_appeals(actor, figures)]


def _proposals(actor: Actor, now: datetime, figures: Figures) -> list[DeskItem]:
    rows = (
        Withholding.objects.filter(outcome="", opinion__government_id=actor.government_id, opinion__state__in=PROPOSED)
        .exclude(proposed_by_id=actor.person_id)
        .exclude(opinion__entered_by_id=actor.person_id)
        .select_related("opinion__consultation__topic")
        .order_by("proposed_at")
    )
    found: dict[tuple[int, bool], list[Withholding]] = defaultdict(list)
    for each in rows[:MOST]:
        found[each.opinion.consultation_id, each.at_once].append(each)
    calendar = work_calendar() if found else None
    return [_proposal(pk, together, at_once, now, figures, calendar) for (pk, at_once), together in found.items()]


def _proposal(
    pk: int,
    rows: list[Withholding],
    at_once: bool,  # noqa: FBT001 - a key of the grouping
    now: datetime,
    figures: Figures,
    calendar: WorkCalendar | None,
) -> DeskItem:
    first = rows[0]
    what: dict[str, Any] = {
        "topic": str(first.opinion.consultation.topic),
        "url": reverse("workspace:opinions", args=[pk]) + "?state=proposed",
    }
    began = day_of(first.proposed_at)
    if at_once:
        until = confirm_by(first.proposed_at, figures)
        late = t("已过确认时限", "Past the time to confirm") if now > until else NOTHING
        words = t("确认先行隐藏的意见 {n} 条", "Confirm {n} opinions hidden at once", n=len(rows))
        return DeskItem(words, action=t("确认", "Confirm"), clause="711 Art.17", sub=late, due_on=day_of(until), began_on=began, **what)
    assert calendar is not None
    due = calendar.add_working_days(began, figures.number("opinion.moderation_workdays"))
    words = t("确认或驳回拟不显示的意见 {n} 条", "Confirm or reject {n} proposals to withhold", n=len(rows))
    return DeskItem(
        words, action=t("确认", "Confirm"), clause="711 Art.17", due_on=due.day, began_on=began, provisional=due.provisional, **what
    )


def _appeals(actor: Actor, figures: Figures) -> list[DeskItem]:
    mine = Q(withholding__proposed_by_id=actor.person_id) | Q(withholding__decided_by_id=actor.person_id)
    rows = (
        Appeal.objects.filter(government_id=actor.government_id, state="waiting")
        .exclude(mine | Q(withholding__opinion__entered_by_id=actor.person_id, withholding__opinion__entered_by__isnull=False))
        .select_related("withholding__opinion__consultation__topic")
        .order_by("made_at")
    )
    found: dict[int, list[Appeal]] = defaultdict(list)
    for each in rows[:MOST]:
        found[each.withholding.opinion.consultation_id].append(each)
    if not found:
        return []
    calendar, days = work_calendar(), figures.number("moderation.appeal_workdays")
    items = []
    for pk, together in found.items():
        began = day_of(together[0].made_at)
        due = calendar.add_working_days(began, days)
        items.append(
            DeskItem(
                t("复议申诉 {n} 件", "Decide {n} appeals", n=len(together)),
                str(together[0].withholding.opinion.consultation.topic),
                reverse("workspace:opinions", args=[pk]) + "?state=appeals",
                t("复议", "Decide"),
                "711 Art.17",
                due_on=due.day,
                began_on=began,
                provisional=due.provisional,
            )
        )
    return items
