"""The grouping desk and the facts of the report. Nothing loads whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from mingtang.consultations.models import AdoptionReport, Opinion, OpinionGroup
from mingtang.consultations.rules import Places, ReportFacts
from mingtang.consultations.rules.adoption import NEEDS_REASON, GroupFact
from mingtang.platform.codes import row_id
from mingtang.platform.paging import Page, page_of


@dataclass(frozen=True, slots=True)
class GroupFilters:
    """What the desk is narrowed by; `home` is "none" (default), "any", "single" or a group id."""

    home: str = "none"
    clause_id: int | None = None
    stance: str = ""
    channel: str = ""
    words: str = ""


def places(consultation_id: int) -> Places:
    """Where the received opinions are; one query."""
    found = Opinion.objects.filter(consultation_id=consultation_id).aggregate(
        received=Count("pk"),
        grouped=Count("pk", Q(group__isnull=False)),
        single=Count("pk", ~Q(verdict="")),
        withheld=Count("pk", Q(state="withheld")),
    )
    return Places(**found)


def people(consultation_id: int) -> int:
    """Distinct people who said something that is not withheld."""
    rows = Opinion.objects.filter(consultation_id=consultation_id).exclude(state="withheld")
    return rows.values("author_key").distinct().count()


def groups(consultation_id: int, after: str = "", size: int = 30) -> Page[OpinionGroup]:
    """One page of groups, the largest first."""
    return page_of(OpinionGroup.objects.filter(consultation_id=consultation_id), key=("-people_count", "-id"), after=after, size=size)


def group_choices(consultation_id: int) -> list[tuple[int, str]]:
    """The 200 largest groups for a list to choose from."""
    rows = OpinionGroup.objects.filter(consultation_id=consultation_id).order_by("-people_count", "-id")
    return [(row.pk, f"{row.title} ({row.opinions_count})") for row in rows[:200]]


def opinions_page(consultation_id: int, filters: GroupFilters, after: str = "") -> Page[Opinion]:
    """One page of opinions for the desk, oldest first."""
    rows = narrowed(Opinion.objects.filter(consultation_id=consultation_id).exclude(state="withheld"), filters)
    return page_of(rows.select_related("clause", "group"), key=("id",), after=after)


def narrowed(rows: QuerySet[Opinion], filters: GroupFilters) -> QuerySet[Opinion]:
    """Opinions narrowed by the desk's filters."""
    if filters.home == "none":
        rows = rows.filter(group=None, verdict="")
    elif filters.home == "single":
        rows = rows.exclude(verdict="")
    elif (group_id := row_id(filters.home)) is not None:
        rows = rows.filter(group_id=group_id)
    if filters.clause_id is not None:
        rows = rows.filter(clause_id=filters.clause_id) if filters.clause_id else rows.filter(clause=None)
    if filters.stance:
        rows = rows.filter(stance=filters.stance)
    if filters.channel:
        rows = rows.filter(channel=filters.channel)
    return rows.filter(text__icontains=filters.words) if filters.words else rows


def recount_group(group_id: int) -> None:
    """Count a group's opinions and distinct people anew; an empty group without an answer goes."""
    found = Opinion.objects.filter(group_id=group_id).aggregate(n=Count("pk"), people=Count("author_key", distinct=True))
    OpinionGroup.objects.filter(pk=group_id).update(opinions_count=found["n"], people_count=found["people"])
    if not found["n"]:
        OpinionGroup.objects.filter(pk=group_id).delete()


def consultation_of_group(group_id: int) -> int:
    """The consultation a group belongs to; 0 when there is no such group."""
    return OpinionGroup.objects.filter(pk=group_id).values_list("consultation_id", flat=True).first() or 0


def report_facts(consultation_id: int) -> ReportFacts:
    """What the gate to publishing needs to know; four queries whatever the size."""
    report = AdoptionReport.objects.filter(consultation_id=consultation_id).first()
    facts = tuple(
        GroupFact(row.title, row.people_count, row.opinions_count, row.verdict, row.reason)
        for row in OpinionGroup.objects.filter(consultation_id=consultation_id).order_by("-people_count")
    )
    bare = Opinion.objects.filter(consultation_id=consultation_id, verdict__in=NEEDS_REASON, reason="").count()
    return ReportFacts(
        places(consultation_id),
        people(consultation_id),
        facts,
        bare,
        report.intro if report else "",
        bool(report and report.head_at),
        bool(report and report.office_at),
    )


def homeless(consultation_id: int) -> Iterator[tuple[int, str]]:
    """Every opinion without a place: id and words, read in pieces."""
    rows = Opinion.objects.filter(consultation_id=consultation_id, group=None, verdict="").exclude(state="withheld")
    return rows.order_by("id").values_list("pk", "text").iterator(chunk_size=2000)


def words_of(opinion_id: int) -> str:
    """The words of one opinion."""
    return Opinion.objects.values_list("text", flat=True).get(pk=opinion_id)
