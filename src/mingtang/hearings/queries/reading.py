"""Reads of hearings and their people for staff, and the facts their gates ask for."""

from __future__ import annotations

from datetime import datetime
from typing import NoReturn

from django.db.models import Count, Q, QuerySet

from mingtang.consultations import queries as consultation_queries
from mingtang.consultations.queries.listening import ListeningFacts
from mingtang.hearings.models import Hearing, HearingProposal, Participant, Point, Quota, Speech
from mingtang.hearings.rules import (
    FIELDS,
    NoticeFacts,
    ServedFact,
    composition,
    may_announce,
    may_stand_seats,
    periods_for,
)
from mingtang.kernel.decision import Decision, all_of, no
from mingtang.kernel.text import Text, t
from mingtang.platform.actor import Actor
from mingtang.platform.clock import day_of
from mingtang.platform.figures.lookup import figures_for
from mingtang.platform.paging import Page, page_of
from mingtang.topics import queries as topic_queries

SEATED = ("chosen", "served", "present", "absent", "signed", "refused")
CAME = ("present", "signed", "refused")
TAKES_POINTS = frozenset({"open", "closed"})


def gone(what: Text) -> NoReturn:
    """Refuse because no such row exists in this government."""
    no(
        t("没有找到{what}。", "There is no such {what}.", what=what),
        "",
        t("请从列表重新打开。", "Open it from its list again."),
        code="gone",
    ).require()
    raise AssertionError


def for_update(hearing_id: int) -> Hearing:
    """One hearing, locked; `Refused` when there is none."""
    rows = Hearing.objects.select_for_update(of=("self",)).select_related("topic__department", "government").prefetch_related("quotas")
    return rows.filter(pk=hearing_id).first() or gone(t("听证会", "hearing"))


def get(government_id: int, hearing_id: int) -> Hearing:
    """One hearing to look at; `Refused` when there is none."""
    rows = Hearing.objects.select_related("topic__department", "government", "decided_by").prefetch_related("quotas", "proposals")
    return rows.filter(government_id=government_id, pk=hearing_id).first() or gone(t("听证会", "hearing"))


def hearings(actor: Actor, *, state: str = "", after: str = "") -> Page[Hearing]:
    """One page of hearings, newest first."""
    rows = Hearing.objects.filter(government_id=actor.government_id).select_related("topic__department")
    return page_of(rows.filter(state=state) if state else rows, after=after)


def pending_of(topic_id: int) -> Hearing | None:
    """A hearing of the matter that is still under way, held but unconfirmed, or put off."""
    return Hearing.objects.filter(topic_id=topic_id).exclude(state__in=["confirmed", "reported", "cancelled"]).first()


def latest_of(topic_id: int) -> Hearing | None:
    """The hearing of the matter that stands on its ledger: the last one decided on, called off before its notice or not shown."""
    return Hearing.objects.filter(topic_id=topic_id).exclude(state="cancelled", announced_at=None).order_by("-id").first()


def seats_of(row: Hearing) -> dict[str, int]:
    """Seats by category."""
    return {each.category: each.seats for each in row.quotas.all()}


def methods_of(row: Hearing) -> dict[str, str]:
    """How each category is filled."""
    return {each.category: each.method for each in row.quotas.all()}


def open_seats(row: Hearing) -> dict[str, int]:
    """Seats one may enrol for: those not filled by nomination."""
    return {each.category: each.seats for each in row.quotas.all() if each.method != "nomination"}


def listening_of(topic_id: int) -> ListeningFacts | None:
    """How the matter is listened to: the consultation in which points land."""
    return consultation_queries.listening(topic_id)


def answers_out(topic_id: int) -> bool:
    """Whether the adoption report of the matter is published, so that it can be said what became of each point."""
    found = listening_of(topic_id)
    return found is not None and found.state == "reported"


def notice_facts(row: Hearing) -> NoticeFacts:
    """What the gate to the announcement needs to know."""
    found = listening_of(row.topic_id)
    public = topic_queries.documents_of(row.topic_id, "draft", "explanation")
    return NoticeFacts(
        tuple(label for name, label in FIELDS if not str(getattr(row, name)).strip()),
        row.starts_at,
        row.enrol_until,
        "lot" in methods_of(row).values() or (row.observers > 0 and row.observers_how == "lot"),
        row.draw_source,
        frozenset(each.kind for each in public if each.published_at),
        found is None or found.state not in {"report_drafted", "report_approved", "reported"},
    )


def announcement(row: Hearing, now: datetime) -> Decision:
    """Everything that stands before the announcement, with what is worth saying."""
    today = day_of(now)
    figures = figures_for(row.government_id, today)
    return all_of(
        may_announce(notice_facts(row), periods_for(row.preset, figures), today),
        may_stand_seats(row.seat_sum(), row.seats_note),
        composition(seats_of(row), row.preset, figures),
    )


def people(hearing_id: int, *, seat: str = "") -> list[Participant]:
    """Everybody of a hearing by number; of one kind of seat."""
    rows = Participant.objects.filter(hearing_id=hearing_id).prefetch_related("papers__document").order_by("number")
    return list(rows.filter(seat=seat) if seat else rows)


def enrolled_page(hearing_id: int, *, state: str = "", category: str = "", after: str = "") -> Page[Participant]:
    """One page of those enrolled, in the order of their numbers."""
    rows = Participant.objects.filter(hearing_id=hearing_id)
    rows = rows.filter(state=state) if state else rows
    rows = rows.filter(category=category) if category else rows
    return page_of(rows, key=("number",), after=after)


def counts(hearing_id: int) -> dict[str, dict[str, int]]:
    """People by category (or kind of seat) and state; one query."""
    found: dict[str, dict[str, int]] = {}
    rows = Participant.objects.filter(hearing_id=hearing_id).values("seat", "category", "state").annotate(n=Count("pk")).order_by()
    for row in rows:
        found.setdefault(row["category"] or row["seat"], {})[row["state"]] = row["n"]
    return found


def quota_lines(row: Hearing) -> list[tuple[Quota, int, int, int]]:
    """Each category with its people enrolled, its seats taken and its reserves."""
    found = counts(row.pk)
    return [(each, *_line(found.get(each.category, {}))) for each in row.quotas.all()]


def _line(states: dict[str, int]) -> tuple[int, int, int]:
    return sum(states.values()), sum(states.get(each, 0) for each in SEATED), states.get("reserve", 0)


def seated(hearing_id: int, *, seat: str = "participant") -> list[Participant]:
    """Those with a seat, in the order of their numbers."""
    return list(Participant.objects.filter(hearing_id=hearing_id, seat=seat, state__in=SEATED).order_by("number"))


def taken(hearing_id: int) -> list[str]:
    """The categories of the seats taken."""
    rows = Participant.objects.filter(hearing_id=hearing_id, seat="participant", state__in=SEATED)
    return list(rows.values_list("category", flat=True))


def undecided(hearing_id: int) -> int:
    """How many enrolled people have no answer."""
    return Participant.objects.filter(hearing_id=hearing_id, state="enrolled").count()


def served_facts(hearing_id: int) -> tuple[ServedFact, ...]:
    """The papers of everybody with a seat."""
    return tuple(ServedFact(each.name, each.sent_at, each.arrived_at) for each in seated(hearing_id))


def attendance(hearing_id: int) -> tuple[int, int]:
    """How many participants are present, and how many have seats."""
    found = Participant.objects.filter(hearing_id=hearing_id, seat="participant", state__in=SEATED).aggregate(
        all=Count("pk"), here=Count("pk", filter=Q(state__in=CAME))
    )
    return found["here"], found["all"]


def unsigned(hearing_id: int) -> list[str]:
    """Those who were present and have neither confirmed the record nor refused."""
    rows = Participant.objects.filter(hearing_id=hearing_id, seat="participant", state="present").order_by("number")
    return list(rows.values_list("name", flat=True))


def signed(hearing_id: int) -> int:
    """How many have confirmed or refused."""
    return Participant.objects.filter(hearing_id=hearing_id, state__in=["signed", "refused"]).count()


def person_for_update(participant_id: int) -> Participant:
    """One person of a hearing, locked; `Refused` when there is none."""
    rows = Participant.objects.select_for_update(of=("self",)).select_related("hearing__topic__department", "hearing__government")
    return rows.filter(pk=participant_id).first() or gone(t("参加人", "participant"))


def person(government_id: int, participant_id: int) -> Participant:
    """One person of a hearing with their papers; `Refused` when there is none."""
    rows = Participant.objects.select_related("hearing__topic__department", "signed_file").prefetch_related("papers__document")
    return rows.filter(government_id=government_id, pk=participant_id).first() or gone(t("参加人", "participant"))


def by_token(token: str) -> Participant | None:
    """The person behind a personal link."""
    rows = Participant.objects.select_related("hearing__topic__department", "hearing__topic__government", "hearing__government")
    return rows.prefetch_related("papers__document__file").filter(token=token).first()


def speeches(hearing_id: int) -> list[Speech]:
    """The order of speaking."""
    return list(Speech.objects.filter(hearing_id=hearing_id).select_related("participant").order_by("position"))


def points(rows: QuerySet[Point]) -> list[Point]:
    """Points with who raised them and what became of them."""
    return list(rows.select_related("participant", "member", "opinion__group").order_by("id"))


def points_of(hearing_id: int) -> list[Point]:
    """The points of one hearing."""
    return points(Point.objects.filter(hearing_id=hearing_id))


def unplaced(hearing_id: int) -> int:
    """Points that are not among the opinions yet."""
    return Point.objects.filter(hearing_id=hearing_id, opinion=None).count()


def proposals(government_id: int, *, after: str = "") -> Page[HearingProposal]:
    """One page of proposals, newest first."""
    rows = HearingProposal.objects.filter(government_id=government_id).select_related("topic__department", "hearing", "answered_by")
    return page_of(rows, after=after)


def proposal(government_id: int, proposal_id: int) -> HearingProposal:
    """One proposal; `Refused` when there is none."""
    rows = HearingProposal.objects.select_related("topic__department", "hearing", "answered_by")
    return rows.filter(government_id=government_id, pk=proposal_id).first() or gone(t("听证建议", "proposal"))
