"""Hearings as the public sees them: notice, seats, draw, list, record in short, report. Nothing personal without consent."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from mingtang.consultations.rules import masked
from mingtang.hearings.models import Hearing, Participant, Point, Speech
from mingtang.hearings.published.drawing import draws_of
from mingtang.hearings.published.points import PointView, called, points_of, pseudonym
from mingtang.hearings.rules import AFTER_ANNOUNCEMENT, AFTER_LIST, METHOD_LABELS, SeatSum, lead, periods_for
from mingtang.kernel.text import NOTHING, Text, same, t
from mingtang.platform.clock import closing_of, day_of, opening_of
from mingtang.platform.drawing.showing import DrawView
from mingtang.platform.figures.lookup import figures_for
from mingtang.platform.paging import Page, page_of
from mingtang.platform.web.chain import DocumentLink
from mingtang.topics import published as topics_published
from mingtang.topics.rules import named

SEATED = ("chosen", "served", "present", "absent", "signed", "refused")
CAME = ("present", "signed", "refused")
PAPERS = ("draft", "explanation", "basis", "expert", "risk")


def seen() -> QuerySet[Hearing]:
    """What was ever announced: one cancelled after that keeps its page, with the reason."""
    rows = Hearing.objects.filter(Q(state__in=AFTER_ANNOUNCEMENT) | Q(state="cancelled", announced_at__isnull=False))
    return rows.filter(**named("topic__")).select_related("topic__department", "topic__government")


@dataclass(frozen=True, slots=True)
class HearingRow:
    """A hearing in a list."""

    id: int
    title: str
    department: Text
    state: str
    state_label: Text
    starts_at: datetime | None
    place: str
    seats: int
    enrolled: int
    may_enrol: bool
    enrol_until: date | None


def hearings(government_id: int, today: date, *, after: str = "") -> tuple[Page[Hearing], list[HearingRow]]:
    """One page of announced hearings, newest first; the same few queries for any number."""
    rows = seen().filter(government_id=government_id).annotate(enrolled=Count("people", filter=~Q(people__state="withdrawn")))
    found: Page[Any] = page_of(rows, after=after)
    return found, [_row(each, each.enrolled, today) for each in found.rows]


def hearings_of_month(government_id: int, first: date, today: date) -> list[HearingRow]:
    """The announced hearings of one month, in the order of their days; one query."""
    last = date(first.year, first.month, monthrange(first.year, first.month)[1])
    rows = seen().filter(government_id=government_id, starts_at__gte=opening_of(first), starts_at__lt=closing_of(last))
    rows = rows.annotate(enrolled=Count("people", filter=~Q(people__state="withdrawn"))).order_by("starts_at", "id")
    return [_row(each, each.enrolled, today) for each in rows]


def _row(row: Hearing, enrolled: int, today: date) -> HearingRow:
    return HearingRow(
        row.pk,
        row.title,
        same(row.topic.department),
        row.state,
        row.state_label,
        row.starts_at,
        row.place,
        row.seats_stated,
        enrolled,
        enrolment_open(row, today),
        row.enrol_until,
    )


def enrolment_open(row: Hearing, today: date) -> bool:
    """Whether one may enrol today."""
    return row.state == "enrolling" and row.enrol_until is not None and today <= row.enrol_until


@dataclass(frozen=True, slots=True)
class QuotaView:
    """The seats of one category."""

    category: str
    label: Text
    seats: int
    method: Text
    enrolled: int
    taken: int


@dataclass(frozen=True, slots=True)
class SeatedView:
    """One person on the published list: a name with consent, else category and number."""

    number: str
    category: Text
    who: Text
    unit: str
    method: Text
    reason: str
    presence: str


@dataclass(frozen=True, slots=True)
class SpeechView:
    """One turn of the order of speaking."""

    at: datetime
    minutes: int
    kind: Text
    who: Text


@dataclass(frozen=True, slots=True)
class Promise:
    """A period of the procedure: what is asked, what was done."""

    label: Text
    asked: int
    done: int | None
    law: str

    @property
    def kept(self) -> bool:
        """Whether what was done meets what is asked (nothing done yet breaks nothing)."""
        return self.done is None or self.done >= self.asked


@dataclass(frozen=True, slots=True)
class HearingView:
    """Everything the hearing's page shows."""

    row: HearingRow
    hearing: Hearing
    topic_id: int
    topic: str
    quotas: tuple[QuotaView, ...]
    total: SeatSum
    observers_how: Text
    promises: tuple[Promise, ...]
    documents: tuple[DocumentLink, ...]
    seated: tuple[SeatedView, ...]
    draws: tuple[DrawView, ...]
    present: int
    signed: int
    refused: int
    speeches: tuple[SpeechView, ...]
    points: tuple[PointView, ...]
    report: str
    reported: bool

    @property
    def draw(self) -> DrawView | None:
        """The draw that stands."""
        return next((each for each in self.draws if each.annulled_at is None), None)

    @property
    def annulled(self) -> list[DrawView]:
        """What was frozen and annulled, or drawn from wrong figures."""
        return [each for each in self.draws if each.annulled_at is not None]


def hearing(government_id: int, hearing_id: int, now: datetime) -> HearingView | None:
    """One announced hearing, None when there is none at this address."""
    people = Prefetch("people", Participant.objects.order_by("number"))
    found = seen().prefetch_related("quotas", "draws", people).filter(government_id=government_id, pk=hearing_id).first()
    if found is None:
        return None
    everybody = [each for each in found.people.all() if each.state != "withdrawn"]
    listed = found.state in AFTER_LIST
    spoken = found.state in {"held", "confirmed", "reported"}
    points = tuple(points_of(Point.objects.filter(hearing=found))) if spoken else ()
    return HearingView(
        _row(found, len(everybody), day_of(now)),
        found,
        found.topic_id,
        topics_published.title_of(found.topic),
        _quotas(found, everybody),
        found.seat_sum(),
        METHOD_LABELS.get(found.observers_how, NOTHING),
        _promises(found),
        topics_published.documents(found.topic_id, *PAPERS),
        tuple(_seat(each) for each in everybody if listed and each.seat == "participant" and each.state in SEATED),
        draws_of(found),
        sum(each.state in CAME and each.seat == "participant" for each in everybody),
        sum(each.state == "signed" for each in everybody),
        sum(each.state == "refused" for each in everybody),
        _speeches(found, everybody) if spoken else (),
        points,
        _without_names(found.report_text, everybody) if found.state == "reported" else "",
        any(each.verdict for each in points),
    )


def _quotas(row: Hearing, everybody: list[Participant]) -> tuple[QuotaView, ...]:
    return tuple(
        QuotaView(
            each.category,
            each.category_label,
            each.seats,
            each.method_label,
            sum(one.category == each.category for one in everybody),
            sum(one.category == each.category and one.state in SEATED for one in everybody),
        )
        for each in row.quotas.all()
    )


def _seat(row: Participant) -> SeatedView:
    presence = "present" if row.state in CAME else row.state if row.state == "absent" else ""
    unit = row.unit if row.publish_name else ""
    return SeatedView(row.number, row.category_label, called(row), unit, row.method_label, row.method_reason, presence)


def _promises(row: Hearing) -> tuple[Promise, ...]:
    assert row.starts_at is not None  # announced hearings have a day
    assert row.announced_at is not None
    periods = periods_for(row.preset, figures_for(row.government_id, day_of(row.announced_at)))
    steps = (
        (t("公告", "Notice"), periods.notice, row.announced_at),
        (t("抽签", "Draw"), periods.draw, row.drawn_at if any(each.outcome for each in row.draws.all()) else None),
        (t("公布名单", "List"), periods.listing, row.listed_at),
        (t("材料送达", "Papers"), periods.papers, row.served_at),
    )
    starts = row.starts_at
    return tuple(Promise(label, asked, lead(starts, day_of(at)) if at else None, "713 Art.16") for label, asked, at in steps if asked)


def _speeches(row: Hearing, everybody: list[Participant]) -> tuple[SpeechView, ...]:
    found = Speech.objects.filter(hearing=row, began_at__isnull=False).select_related("participant").order_by("position")
    return tuple(
        SpeechView(
            each.began_at,
            max(round(((each.ended_at or each.began_at) - each.began_at).total_seconds() / 60), 1),
            each.kind_label,
            called(each.participant) if each.participant else same(_without_names(each.speaker, everybody)),
        )
        for each in found
        if each.began_at
    )


def _without_names(words: str, everybody: list[Participant]) -> str:
    """The report with the names of people who did not agree replaced, and numbers that name a person blacked out."""
    for each in sorted(everybody, key=lambda one: len(one.name), reverse=True):
        if not each.publish_name and len(each.name) > 1:
            words = words.replace(each.name, pseudonym(each).zh)
    return masked(words)
