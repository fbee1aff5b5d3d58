"""The levels in force, how a chain stands, and who holds a level."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from mingtang.kernel.text import Text
from mingtang.platform.accounts.models import Assignment, Person
from mingtang.platform.signing.models import Chain, ChainStep, LevelSet, SetLevel
from mingtang.platform.signing.rules import DEFAULTS, KIND_LABELS, Level, next_level

MOST_TOLD = 20


def levels(government_id: int, kind: str) -> tuple[Level, ...]:
    """The levels in force for one kind of document: the government's newest set, the shipped ones when it set none."""
    newest = LevelSet.objects.filter(government_id=government_id, kind=kind).order_by("-id").values("pk")[:1]
    own = tuple(row.level for row in SetLevel.objects.filter(of__in=list(newest.values_list("pk", flat=True))))
    return own or DEFAULTS[kind]


def _in_office(government_id: int, day: date) -> QuerySet[Assignment]:
    rows = Assignment.objects.filter(person__government_id=government_id, person__is_active=True, since_on__lte=day)
    return rows.filter(Q(until_on__isnull=True) | Q(until_on__gte=day))


def held_on(government_id: int, day: date) -> frozenset[tuple[str, int | None]]:
    """Which roles somebody holds on a day, and for which department (None: for the whole government); one query."""
    return frozenset(_in_office(government_id, day).values_list("role", "department_id").distinct())


def levels_on(government_id: int, kind: str, department_id: int, day: date) -> tuple[Level, ...]:
    """The levels a document of this department would pass if it were submitted that day; an empty one is skipped."""
    held = held_on(government_id, day)
    return tuple(level for level in levels(government_id, kind) if level.held_in(held, department_id))


def steps_of(chain_id: int | None) -> list[ChainStep]:
    """Every level of a chain in order, with who signed; none without a chain."""
    return list(ChainStep.objects.filter(chain_id=chain_id).select_related("person").order_by("position")) if chain_id else []


def chains() -> Prefetch[str]:
    """For lists: a document's chain with its levels, in as many queries at one row as at a hundred."""
    return Prefetch("chain", Chain.objects.prefetch_related(Prefetch("steps", ChainStep.objects.select_related("person"))))


def waiting_in(steps: list[ChainStep]) -> Level | None:
    """The level that must sign next, None when all have (or none is there)."""
    passed = [each for each in steps if not each.skipped]
    return next_level([each.level for each in passed], [each.position for each in passed if each.person_id])


def signers_in(steps: list[ChainStep]) -> frozenset[int]:
    """Who has signed a level."""
    return frozenset(each.person_id for each in steps if each.person_id is not None)


@dataclass(frozen=True, slots=True)
class StepView:
    """One level on a page: given by whom and when, waiting, or skipped because nobody holds it."""

    level: Level
    given: ChainStep | None
    waiting: bool
    skipped: bool


def views_of(steps: list[ChainStep], *, running: bool) -> list[StepView]:
    """A chain as a page shows it; nothing waits when the document is not in approval."""
    waiting = waiting_in(steps) if running else None
    return [StepView(each.level, each if each.person_id else None, each.level == waiting, each.skipped) for each in steps]


def views_ahead(government_id: int, kind: str, department_id: int, day: date) -> list[StepView]:
    """The chain a document would get if it were submitted that day."""
    held = held_on(government_id, day)
    return [StepView(level, None, waiting=False, skipped=not level.held_in(held, department_id)) for level in levels(government_id, kind)]


def holders(government_id: int, level: Level, department_id: int, day: date) -> list[Person]:
    """Who may sign a level on a day, each once, at most 20: the people to tell."""
    within = level.within(department_id)
    rows = _in_office(government_id, day).filter(role=level.role)
    rows = rows if within is None else rows.filter(Q(department_id=within) | Q(department_id=None))
    return list(Person.objects.filter(pk__in=rows.values("person_id")).order_by("pk")[:MOST_TOLD])


@dataclass(frozen=True, slots=True)
class KindRow:
    """One kind of document on the office's page."""

    kind: str
    label: Text
    levels: list[SetLevel | Level]
    newest: LevelSet | None


def history(government_id: int, kind: str) -> list[LevelSet]:
    """Every set of levels of a kind, the newest first, at most 50."""
    rows = LevelSet.objects.filter(government_id=government_id, kind=kind).select_related("set_by")
    return list(rows.prefetch_related(Prefetch("levels", SetLevel.objects.select_related("department"))).order_by("-id")[:50])


def kinds(government_id: int) -> list[KindRow]:
    """Every kind of document with the levels in force."""
    found = []
    for kind, label in KIND_LABELS.items():
        newest = next(iter(history(government_id, kind)), None)
        rows: list[SetLevel | Level] = [*newest.levels.all()] if newest else [*DEFAULTS[kind]]
        found.append(KindRow(kind, label, rows, newest))
    return found
