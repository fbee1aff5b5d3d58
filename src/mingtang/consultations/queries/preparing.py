"""Consultations for those who prepare, review and moderate them."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from mingtang.consultations.models import Clause, Consultation, Opinion, OpinionFile, PublicReview, Tally
from mingtang.consultations.queries.drafting import unplaced
from mingtang.consultations.rules import OpeningFacts
from mingtang.kernel.decision import no
from mingtang.kernel.text import t
from mingtang.platform.actor import Actor, Role
from mingtang.platform.files.models import StoredFile
from mingtang.platform.identity.provider import provider
from mingtang.platform.paging import Page, page_of
from mingtang.topics import queries as topic_queries

GONE = no(
    t("没有找到这次征求意见。", "There is no such consultation."), "", t("请从列表重新打开。", "Open it from its list again."), code="gone"
)
WIDE = frozenset(
    {Role.OFFICE, Role.LEADER, Role.LEGALITY, Role.SECRECY, Role.INSPECTOR, Role.MODERATOR, Role.EDITOR_1, Role.EDITOR_2, Role.EDITOR_3}
)


def get(government_id: int, consultation_id: int) -> Consultation:
    """One consultation with its matter, clauses and effects; `Refused` when there is none."""
    found = (
        Consultation.objects.select_related("topic__department", "topic__government", "prepared_by", "report")
        .prefetch_related(
            "clauses",
            "effects",
            "extensions",
            Prefetch("reviews", PublicReview.objects.select_related("person").order_by("round", "stage")),
        )
        .filter(government_id=government_id, pk=consultation_id)
        .first()
    )
    if found is None:
        GONE.require()
    assert found is not None
    return found


def for_update(consultation_id: int) -> Consultation:
    """One consultation, locked; `Refused` when there is none."""
    found = Consultation.objects.select_for_update(of=("self",)).select_related("topic", "government").filter(pk=consultation_id).first()
    if found is None:
        GONE.require()
    assert found is not None
    return found


def of_topic(topic_id: int) -> Consultation | None:
    """The consultation of a matter, if one was begun: the newest, as one that was cancelled may be followed by another."""
    return Consultation.objects.filter(topic_id=topic_id).order_by("-id").first()


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
        kind=row.kind,
        documents=frozenset(
            each.kind for each in documents if each.disclosure == "open" or (each.disclosure == "partial" and each.withheld_at)
        ),
        clauses=row.clauses.count(),
        summary=row.summary,
        effects=row.effects.count(),
        contact=row.contact,
        channels=len(row.channels),
        closes_on=row.closes_on,
        shorten_reason=row.shorten_reason,
        topic_approved=row.topic.state == "approved",
        is_major=bool(row.topic.is_major),
        unplaced=unplaced(row.pk),
        unplaced_url=reverse("workspace:draft-blocks", args=[row.pk, 1]),
        verified_only_reason=row.verified_only_reason,
        ways=row.ways,
        provider=provider() is not None,
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


def whole_text(row: Consultation) -> str:
    """The draft as one text, as it would be pasted: chapters, then clauses."""
    lines, chapter = [], ""
    for each in row.clauses.all():
        if each.chapter != chapter:
            chapter = each.chapter
            lines.append(chapter)
        lines.append("　".join(part for part in (each.label, each.heading, each.text) if part))
    return "\n".join(line for line in lines if line)


def opinion(actor: Actor, consultation_id: int, opinion_id: int) -> Opinion:
    """One opinion with its consultation and attachments, for staff; `Refused` when there is none."""
    found = (
        Opinion.objects.select_related("consultation__topic__department", "clause", "group", "entered_by", "moderated_by")
        .prefetch_related("files__file")
        .filter(pk=opinion_id, consultation_id=consultation_id, government_id=actor.government_id)
        .first()
    )
    if found is None:
        GONE.require()
    assert found is not None
    return found


def attachment(actor: Actor, consultation_id: int, opinion_id: int, file_id: int) -> StoredFile:
    """An attachment of an opinion, for staff; `Refused` when there is none."""
    found = (
        OpinionFile.objects.select_related("file")
        .filter(pk=file_id, opinion_id=opinion_id, opinion__consultation_id=consultation_id, opinion__government_id=actor.government_id)
        .first()
    )
    if found is None:
        GONE.require()
    assert found is not None
    return found.file


def clause_ids(consultation_id: int) -> dict[str, int]:
    """The clauses of a draft by their label."""
    return dict(Clause.objects.filter(consultation_id=consultation_id).values_list("label", "pk"))


def ids_by_outside(consultation_id: int) -> dict[str, int]:
    """Opinions by the id they had outside."""
    rows = Opinion.objects.filter(consultation_id=consultation_id, outside_id__isnull=False)
    return {str(outside): pk for outside, pk in rows.values_list("outside_id", "pk")}
