"""The grouping desk and the facts of the report. Nothing loads whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q, QuerySet
from django.db.models.functions import Length

from mingtang.consultations.models import BARE, HOMELESS, SINGLE, WORDS, AdoptionReport, Opinion, OpinionGroup, OpinionPoint
from mingtang.consultations.queries.preparing import tallies
from mingtang.consultations.rules import Places, ReportFacts
from mingtang.consultations.rules.adoption import NEEDS_REASON, GroupFact
from mingtang.kernel.parameters import Figures
from mingtang.platform.codes import row_id
from mingtang.platform.paging import Page, page_found, page_of
from mingtang.platform.signing.reads import chains, steps_of, waiting_in

STRETCH = 2000


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
    return places_in(tallies(consultation_id))


def places_in(numbers: Mapping[tuple[str, str], int]) -> Places:
    """The same from counters already read."""
    return Places(
        received=numbers.get(("all", ""), 0),
        grouped=numbers.get(("grouped", ""), 0),
        single=sum(number for (dimension, _key), number in numbers.items() if dimension == "single"),
        withheld=numbers.get(("state", "withheld"), 0),
    )


def people(consultation_id: int) -> int:
    """Distinct people who said something that is not withheld."""
    return tallies(consultation_id).get(("people", ""), 0)


def newcomers(consultation_id: int, author_keys: Iterable[str]) -> int:
    """How many of these authors have said nothing yet in a consultation that is not withheld."""
    asked = set(author_keys)
    rows = Opinion.objects.filter(consultation_id=consultation_id, author_key__in=asked).exclude(state="withheld")
    return len(asked) - rows.values("author_key").distinct().count()


def groups(consultation_id: int, after: str = "", size: int = 30, *, by: str = "people", words: str = "") -> Page[OpinionGroup]:
    """One page of groups, the largest in people first, or (`by` "copies") in opinions; `words` of their titles narrow it."""
    rows = OpinionGroup.objects.filter(consultation_id=consultation_id)
    rows = rows.filter(title__icontains=words) if words else rows
    size_of = "-opinions_count" if by == "copies" else "-people_count"
    return page_of(rows, key=(size_of, "-id"), after=after, size=size)


def groups_count(consultation_id: int) -> int:
    """How many groups there are."""
    return OpinionGroup.objects.filter(consultation_id=consultation_id).count()


def group_choices(consultation_id: int) -> list[tuple[int, str]]:
    """The 200 largest groups for a list to choose from."""
    rows = OpinionGroup.objects.filter(consultation_id=consultation_id).order_by("-people_count", "-id")
    return [(pk, f"{title} ({number})") for pk, title, number in rows.values_list("pk", "title", "opinions_count")[:200]]


def opinions_page(consultation_id: int, filters: GroupFilters, after: str = "") -> Page[Opinion]:
    """One page of opinions for the desk, oldest first."""
    rows = narrowed(Opinion.objects.filter(consultation_id=consultation_id), filters)
    wide = rows.select_related("clause", "group")
    if filters.words:
        return page_found(wide, WORDS.find("words", consultation_id, filters.words, newest_first=False), key="id", after=after)
    return page_of(wide, key=("id",), after=after)


def matching(consultation_id: int, filters: GroupFilters, *, after: int = 0, upto: int | None = None) -> Iterator[int]:
    """Every opinion that fits the filters and may be moved, the oldest first, beyond `after` and up to `upto`; read in pieces."""
    every = narrowed(Opinion.objects.filter(consultation_id=consultation_id, pk__gt=after), filters).exclude(state="withheld")
    rows = (every.filter(pk__lte=upto) if upto is not None else every).order_by("pk").values_list("pk", flat=True)
    if not filters.words:
        yield from rows.iterator(chunk_size=STRETCH)
        return
    look = WORDS.find("words", consultation_id, filters.words, newest_first=False)
    at: int | None = after
    while ids := look(at, STRETCH):
        yield from rows.filter(pk__in=ids)
        at = ids[-1]


def count_matching(consultation_id: int, filters: GroupFilters, *, upto: int | None = None) -> int:
    """How many opinions fit the filters and may be moved."""
    return sum(1 for _ in matching(consultation_id, filters, upto=upto))


def newest(consultation_id: int) -> int:
    """The newest opinion; 0 when there is none. What is counted up to it does not grow while somebody looks."""
    return Opinion.objects.filter(consultation_id=consultation_id).order_by("-id").values_list("pk", flat=True).first() or 0


def narrowed(rows: QuerySet[Opinion], filters: GroupFilters) -> QuerySet[Opinion]:
    """Opinions narrowed by the desk's filters; those withheld have no place there."""
    if filters.home == "none":
        rows = rows.filter(HOMELESS)
    elif filters.home == "single":
        rows = rows.filter(SINGLE)
    elif (group_id := row_id(filters.home)) is not None:
        rows = rows.filter(group_id=group_id)
    else:
        rows = rows.exclude(state="withheld")
    if filters.clause_id is not None:
        rows = rows.filter(clause_id=filters.clause_id) if filters.clause_id else rows.filter(clause=None)
    if filters.stance:
        rows = rows.filter(stance=filters.stance)
    return rows.filter(channel=filters.channel) if filters.channel else rows


def recount_group(group_id: int) -> bool:
    """Count a group's opinions, distinct people and what they are like anew; an empty group goes, unless a point of some opinion is in it.

    Gives whether it went.
    """
    members = Opinion.objects.filter(group_id=group_id).order_by()
    spread: dict[str, Counter[str]] = {"clause": Counter(), "stance": Counter(), "channel": Counter()}
    for clause, stance, channel, number in members.values_list("clause_id", "stance", "channel").annotate(n=Count("pk")):
        spread["clause"][str(clause or 0)] += number
        spread["stance"][stance] += number
        spread["channel"][channel] += number
    count = sum(spread["stance"].values())
    points = OpinionPoint.objects.filter(group_id=group_id).count()
    if not count and not points:
        return bool(OpinionGroup.objects.filter(pk=group_id).delete()[0])
    people = members.aggregate(n=Count("author_key", distinct=True))["n"]
    OpinionGroup.objects.filter(pk=group_id).update(opinions_count=count, people_count=people, points_count=points, spread=spread)
    return False


def consultation_of_group(group_id: int) -> int:
    """The consultation a group belongs to; 0 when there is no such group."""
    return OpinionGroup.objects.filter(pk=group_id).values_list("consultation_id", flat=True).first() or 0


def report_facts(consultation_id: int, figures: Figures) -> ReportFacts:
    """What the gate to publishing needs to know; five queries whatever the size.

    Of the groups only those are read that may still be refused: without a verdict, or with a reason shorter than any
    group may need.
    """
    short = Q(verdict__in=NEEDS_REASON, written__lt=figures.number("opinion.reason_min_characters"))
    waiting = OpinionGroup.objects.annotate(written=Length("reason")).filter(Q(verdict="") | short, consultation_id=consultation_id)
    report = AdoptionReport.objects.filter(consultation_id=consultation_id).first()
    facts = tuple(
        GroupFact(*row)
        for row in waiting.order_by("-people_count", "-id").values_list("title", "people_count", "opinions_count", "verdict", "reason")
    )
    bare = Opinion.objects.filter(BARE, consultation_id=consultation_id, verdict__in=NEEDS_REASON).count()
    numbers = tallies(consultation_id)
    return ReportFacts(
        places_in(numbers),
        numbers.get(("people", ""), 0),
        facts,
        bare,
        report.intro if report else "",
        _is_signed(report),
    )


def reports() -> Prefetch[str]:
    """For lists: a consultation's report with its chain, in as many queries at one row as at a hundred."""
    return Prefetch("report", AdoptionReport.objects.prefetch_related(chains()))


def _is_signed(report: AdoptionReport | None) -> bool:
    steps = steps_of(report.chain_id) if report else []
    return bool(steps) and waiting_in(steps) is None


def homeless(consultation_id: int) -> Iterator[tuple[int, str]]:
    """Every opinion without a place: id and words, read in pieces."""
    rows = Opinion.objects.filter(HOMELESS, consultation_id=consultation_id)
    return rows.order_by("id").values_list("pk", "text").iterator(chunk_size=2000)


def without_place(consultation_id: int) -> int:
    """How many opinions have no place yet."""
    return places(consultation_id).homeless


def words_of(opinion_id: int) -> str:
    """The words of one opinion."""
    return Opinion.objects.values_list("text", flat=True).get(pk=opinion_id)
