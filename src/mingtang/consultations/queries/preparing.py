"""Consultations for those who prepare, review and moderate them."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet

from mingtang.consultations.models import Clause, Consultation, Opinion, PublicReview, Tally
from mingtang.consultations.rules import OpeningFacts
from mingtang.kernel.decision import no
from mingtang.kernel.text import t
from mingtang.platform.actor import Actor, Role
from mingtang.platform.web.paging import Page, page_of
from mingtang.topics import queries as topic_queries

GONE = no(t("没有找到这次征求意见。", "There is no such consultation."), "", t("请从列表重新打开。", "Open it from its list again."), code="gone")
WIDE = frozenset(
    {Role.OFFICE, Role.LEADER, Role.LEGALITY, Role.SECRECY, Role.INSPECTOR, Role.MODERATOR, Role.EDITOR_1, Role.EDITOR_2, Role.EDITOR_3}
)


def get(government_id: int, consultation_id: int) -> Consultation:
    """One consultation with its matter, clauses and effects; `Refused` when there is none."""
    found = (
        Consultation.objects.select_related("topic__department", "topic__government", "prepared_by", "report")
        .prefetch_related("clauses", "effects", Prefetch("reviews", PublicReview.objects.select_related("person").order_by("round", "stage")))
        .filter(government_id=government_id, pk=consultation_id).first()
    )
    if found is None:
        GONE.require()
    assert found is not None  # noqa: S101 - require() raised otherwise
    return found


def for_update(consultation_id: int) -> Consultation:
    """One consultation, locked; `Refused` when there is none."""
    found = Consultation.objects.select_for_update(of=("self",)).select_related("topic", "government").filter(pk=consultation_id).first()
    if found is None:
        GONE.require()
    assert found is not None  # noqa: S101 - require() raised otherwise
    return found


def of_topic(topic_id: int) -> Consultation | None:
    """The consultation of a matter, if one was begun."""
    return Consultation.objects.filter(topic_id=topic_id).first()


def visible(actor: Actor) -> QuerySet[Consultation]:
    """The consultations an actor may see."""
    rows = Consultation.objects.filter(government_id=actor.government_id).select_related("topic__department", "topic__government")
    whole = any(each.role in WIDE or each.department_id is None for each in actor.held)
    return rows if whole else rows.filter(topic__department_id__in=actor.department_ids)


def consultations(actor: Actor, *, state: str = "", after: str = "") -> Page[Consultation]:
    """One page of consultations, newest first."""
    rows = visible(actor)
    return page_of(rows.filter(state=state) if state else rows, key=("-id",), after=after)


def opening_facts(row: Consultation) -> OpeningFacts:
    """What the gate to opening needs to know."""
    documents = topic_queries.documents_of(row.topic_id)
    return OpeningFacts(
        kind=row.kind, documents=frozenset(each.kind for each in documents if each.disclosure == "open"),
        clauses=row.clauses.count(), summary=row.summary, effects=row.effects.count(), contact=row.contact,
        channels=len(row.channels), closes_on=row.closes_on, shorten_reason=row.shorten_reason,
        topic_approved=row.topic.state == "approved", reviews=len(reviewers(row)),
    )


def reviewers(row: Consultation) -> frozenset[int]:
    """Who has passed a stage in the present round."""
    return frozenset(PublicReview.objects.filter(consultation=row, round=row.round).values_list("person_id", flat=True))


def waiting_stage(row: Consultation) -> int:
    """The stage that must be passed next: 1, 2 or 3."""
    return PublicReview.objects.filter(consultation=row, round=row.round).count() + 1


def tallies(consultation_id: int) -> dict[tuple[str, str], int]:
    """All counters of a consultation; one query."""
    rows = Tally.objects.filter(consultation_id=consultation_id)
    return {(dimension, key): number for dimension, key, number in rows.values_list("dimension", "key", "number")}


def queue(consultation_id: int, *, state: str = "received", after: str = "") -> Page[Opinion]:
    """Opinions for the moderator, oldest first."""
    rows = Opinion.objects.filter(consultation_id=consultation_id, state=state).select_related("clause", "entered_by")
    return page_of(rows, key=("id",), after=after)


def clause_ids(consultation_id: int) -> dict[str, int]:
    """The clauses of a draft by their label."""
    return dict(Clause.objects.filter(consultation_id=consultation_id).values_list("label", "pk"))


def ids_by_outside(consultation_id: int) -> dict[str, int]:
    """Opinions by the id they had outside."""
    rows = Opinion.objects.filter(consultation_id=consultation_id, outside_id__isnull=False)
    return {str(outside): pk for outside, pk in rows.values_list("outside_id", "pk")}
