"""Reads for staff and facts for actions: calls, who applied, the pool of a draw, who takes a freed seat."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q

from mingtang.engines.lottery.classes import problem_of
from mingtang.engines.lottery.model import LEXIMIN, MAXIMIN, Applicant, Pool, Quota
from mingtang.engines.lottery.record import Document, pool_of
from mingtang.engines.lottery.selection import Outcome, successor
from mingtang.kernel.decision import no
from mingtang.kernel.text import t
from mingtang.meetings import queries as meeting_queries
from mingtang.platform.clock import day_of
from mingtang.platform.codes import row_id
from mingtang.platform.figures.lookup import figures_for
from mingtang.platform.paging import Page, page_of
from mingtang.representatives.models import Application, ApplicationContact, Call, Draw, Representative
from mingtang.representatives.queries.reading import SEATED, taken
from mingtang.representatives.rules import AUDIENCE, AUDIENCE_WORDS, IN_THE_DOCUMENT, may_seat
from mingtang.topics import queries as topic_queries
from mingtang.topics.rules import AUDIENCE_LABELS

if TYPE_CHECKING:
    from mingtang.meetings.models import AgendaItem

MANY_CLASSES = 30
NO_CALL = no(t("没有找到这次征集。", "There is no such call."), "", t("请从列表重新打开。", "Open it from the list again."), code="gone")
NO_APPLICATION = no(
    t("没有找到这份报名。", "There is no such application."), "", t("请从报名列表重新打开。", "Open it from the list again."), code="gone"
)


def calls(government_id: int, *, state: str = "", topic: str = "", after: str = "") -> Page[Call]:
    """One page of calls, newest first; those of one matter when `topic` is its number."""
    rows = Call.objects.filter(government_id=government_id).select_related("topic__department")
    if (topic_id := row_id(topic)) is not None:
        rows = rows.filter(topic_id=topic_id)
    return page_of(rows.filter(state=state) if state else rows, after=after)


def calls_at(meeting_id: int) -> list[Call]:
    """The calls for the matters on the agenda of a meeting, oldest first."""
    topic_ids = [each.topic_id for each in meeting_queries.items(meeting_id)]
    return list(Call.objects.filter(topic_id__in=topic_ids).order_by("pk"))


def _call(rows: Any) -> Call:
    found: Call | None = rows.first()
    if found is None:
        NO_CALL.require()
    assert found is not None
    return found


def call(government_id: int, call_id: int) -> Call:
    """One call; `Refused` when there is none."""
    rows = Call.objects.select_related("topic__department", "made_by").prefetch_related("quotas")
    return _call(rows.filter(government_id=government_id, pk=call_id))


def call_for_update(call_id: int) -> Call:
    """One call, locked; `Refused` when there is none."""
    return _call(Call.objects.select_for_update(of=("self",)).select_related("topic__department", "government").filter(pk=call_id))


def application_for_update(application_id: int) -> Application:
    """One application, locked; `Refused` when there is none."""
    rows = Application.objects.select_for_update(of=("self",)).select_related("call__topic", "invitation")
    found = rows.filter(pk=application_id).first()
    if found is None:
        NO_APPLICATION.require()
    assert found is not None
    return found


def applications(call_id: int, *, state: str = "", after: str = "") -> Page[Application]:
    """One page of the applications of a call, in the order in which they came."""
    rows = Application.objects.filter(call_id=call_id).select_related("invitation")
    return page_of(rows.filter(state=state) if state else rows, key=("id",), after=after)


def application(government_id: int, application_id: int) -> Application:
    """One application; `Refused` when there is none."""
    rows = Application.objects.select_related("call__topic__department", "invitation", "replaces", "replaced_by")
    found = rows.filter(government_id=government_id, pk=application_id).first()
    if found is None:
        NO_APPLICATION.require()
    assert found is not None
    return found


def free_seats(topic_id: int) -> dict[str, int]:
    """Approved seats of a matter that nobody has taken yet, by audience."""
    approved = dict(topic_queries.openness(topic_id).audiences)
    item = item_for(topic_id)
    for audience in taken(item.pk) if item else ():
        approved[audience] = approved.get(audience, 0) - 1
    return approved


def item_for(topic_id: int) -> AgendaItem | None:
    """The agenda item at which those drawn will sit: the next open one of the matter."""
    rows = [each for each in meeting_queries.meetings_of(topic_id) if may_seat(each.meeting.state, each.attendance)]
    return rows[-1] if rows else None


def draw_of(call_id: int) -> Draw | None:
    """The draw of a call that stands, or None."""
    rows = Draw.objects.filter(call_id=call_id, annulled_at=None).select_related("call__topic", "frozen_by", "revealed_by")
    return rows.order_by("-number").first()


def draws(call_id: int) -> list[Draw]:
    """Every draw of a call, those annulled too."""
    return list(Draw.objects.filter(call_id=call_id).select_related("frozen_by", "revealed_by").order_by("number"))


def pool_to_draw(row: Call, now: datetime) -> Pool:
    """Everything a draw depends on, as the engine reads it: people under their numbers, quotas, seats, reserves."""
    people = list(Application.objects.filter(call=row, state__in=IN_THE_DOCUMENT).order_by("number"))
    living = Counter(each.household for each in people if row.household_limit and each.household)
    past = past_seats([each.pk for each in people], now.year)
    quotas = row.lines()
    made = Pool(
        title=row.title,
        seats=sum(each.most for each in quotas if each.category == AUDIENCE),
        people=tuple(
            Applicant(
                each.number,
                dict(named(key, value) for key, value in each.answers.items()),
                household=each.household if living[each.household] > 1 else "",
                past_seats=past.get(each.pk, 0),
                has_conflict=each.ground == "conflict",
                is_unfit=each.ground == "unfit",
            )
            for each in people
        ),
        quotas=tuple(Quota(*named(each.category, each.value), each.least, each.most) for each in quotas),
        reserves=row.reserves,
        reserve_category=AUDIENCE_WORDS.zh,
        household_limit=row.household_limit,
        past_limit=figures_for(row.government_id, day_of(now)).number("rep.max_repeat_per_year"),
        goal=MAXIMIN,
    )
    return made if len(problem_of(made).classes) > MANY_CLASSES else replace(made, goal=LEXIMIN)


def named(category: str, value: str) -> tuple[str, str]:
    """Category and value as the published document writes them."""
    return (AUDIENCE_WORDS.zh, AUDIENCE_LABELS[value].zh) if category == AUDIENCE else (category, value)


def past_seats(application_ids: Iterable[int], year: int) -> dict[int, int]:
    """How often each applicant, known by name and phone, held a seat in a year; those who never did are left out."""
    asked = ApplicationContact.objects.filter(application_id__in=list(application_ids)).exclude(phone="")
    keys = {pk: (name, phone) for pk, name, phone in asked.values_list("application_id", "name", "phone")}
    people = Representative.objects.filter(contact__phone__in={phone for _name, phone in keys.values()})
    counted = people.annotate(n=Count("invitations", filter=Q(invitations__state__in=SEATED, invitations__meeting__year=year)))
    known: dict[tuple[str, str], int] = {}
    for name, phone, n in counted.values_list("name", "contact__phone", "n"):
        known[(name, phone)] = known.get((name, phone), 0) + n
    return {pk: known[key] for pk, key in keys.items() if known.get(key)}


def holds_place(draw: Draw, row: Application) -> bool:
    """Whether somebody was drawn, or moved up into the seat of somebody drawn."""
    return row.replaces_id is not None or (bool(draw.outcome) and row.number in json.loads(draw.outcome)["panel"])


def after_leaving(draw: Draw, leaving: Application) -> Application | None:
    """Who takes the seat of somebody drawn who leaves: the next reserve with whom every quota still holds."""
    document: Document = json.loads(draw.document)
    outcome: Document = json.loads(draw.outcome)
    rows = {each.number: each for each in Application.objects.filter(call_id=draw.call_id).select_related("replaces")}
    replaced = {each.replaces.number for each in rows.values() if each.replaces}
    panel = {*outcome["panel"], *(each.number for each in rows.values() if each.replaces)} - replaced
    given = pool_of(document)
    standing = Outcome(tuple(sorted(panel)), {value: tuple(numbers) for value, numbers in outcome["reserves"].items()})
    reachable = set(ApplicationContact.objects.filter(application__call_id=draw.call_id).values_list("application_id", flat=True))
    gone = tuple(number for number, each in rows.items() if each.state != "reserve" or each.pk not in reachable)
    number = successor(given, problem_of(given), standing, leaving.number, gone)
    return rows[number] if number else None


def announcement(draw: Draw) -> Any:
    """The source of randomness as it was announced."""
    return json.loads(draw.document)["randomness"]


def outcome(draw: Draw | None) -> list[Application]:
    """Those drawn and those who moved up, with their invitations; who may be replaced has lost or refused theirs."""
    if draw is None or not draw.outcome:
        return []
    rows = Application.objects.filter(call_id=draw.call_id).select_related("invitation", "replaces", "replaced_by")
    numbers = json.loads(draw.outcome)["panel"]
    return list(rows.filter(Q(number__in=numbers) | Q(replaces__isnull=False)).order_by("number"))
