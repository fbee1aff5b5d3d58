"""The groups in numbers: by size, by clause, over time, and as a map. A constant number of queries; the largest groups only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.db.models.functions import TruncDate

from mingtang.consultations.models import Consultation, Opinion, OpinionGroup
from mingtang.consultations.queries.spreading import WHOLE
from mingtang.consultations.rules.analysis import heat
from mingtang.kernel.text import Text, t
from mingtang.platform.clock import CHINA

LARGEST, FOLLOWED = 40, 5


@dataclass(frozen=True, slots=True)
class Dot:
    """A group on the map, and the group its title is likest to."""

    group: OpinionGroup
    x: int
    y: int
    nearest: OpinionGroup | None
    percent: int


@dataclass(frozen=True, slots=True)
class Charts:
    """What the page of charts shows; a day has the opinions of each followed group with their warmth 0 to 4."""

    groups: tuple[OpinionGroup, ...]
    clauses: tuple[tuple[Text | str, int], ...]
    followed: tuple[OpinionGroup, ...]
    days: tuple[tuple[date, tuple[tuple[int, int], ...]], ...]
    dots: tuple[Dot, ...]


def charts(row: Consultation) -> Charts:
    """The forty largest groups; by day the five largest."""
    groups = tuple(OpinionGroup.objects.filter(consultation=row).order_by("-people_count", "-id")[:LARGEST])
    return Charts(groups, _clauses(row, groups), groups[:FOLLOWED], _days(groups[:FOLLOWED]), _dots(groups))


def _clauses(row: Consultation, groups: tuple[OpinionGroup, ...]) -> tuple[tuple[Text | str, int], ...]:
    counts: Counter[str] = Counter()
    for each in groups:
        counts.update(each.spread.get("clause", {}))
    names: list[tuple[str, Text | str]] = [("0", WHOLE), *((str(each.pk), str(each)) for each in row.clauses.all())]
    return tuple((name, counts[key]) for key, name in names if counts[key])


def _days(followed: tuple[OpinionGroup, ...]) -> tuple[tuple[date, tuple[tuple[int, int], ...]], ...]:
    found: dict[date, Counter[int]] = {}
    rows = Opinion.objects.filter(group__in=followed).order_by().annotate(day=TruncDate("received_at", tzinfo=CHINA))
    for day, group, number in rows.values_list("day", "group").annotate(n=Count("pk")):
        found.setdefault(day, Counter())[group] = number
    most = max((number for counts in found.values() for number in counts.values()), default=0)
    return tuple((day, tuple((found[day][each.pk], heat(found[day][each.pk], most)) for each in followed)) for day in sorted(found))


def _dots(groups: tuple[OpinionGroup, ...]) -> tuple[Dot, ...]:
    from mingtang.engines.grouping.mapping import plane  # noqa: PLC0415 - only this page wants the numbers

    spots = plane([each.title for each in groups])
    return tuple(
        Dot(each, spot.x, spot.y, groups[spot.nearest] if spot.nearest >= 0 else None, spot.percent)
        for each, spot in zip(groups, spots, strict=True)
    )


def chart_lines(found: Charts) -> Iterator[tuple[str, ...]]:
    """The same as lines of a table: what is shown, name, day or nearest group, people, opinions, x, y."""
    for each in found.groups:
        yield str(t("组", "group")), each.title, "", str(each.people_count), str(each.opinions_count), "", ""
    for name, number in found.clauses:
        yield str(t("条款", "clause")), str(name), "", "", str(number), "", ""
    for day, cells in found.days:
        for group, (number, _warmth) in zip(found.followed, cells, strict=True):
            yield str(t("日期", "day")), group.title, day.isoformat(), "", str(number), "", ""
    for dot in found.dots:
        near = dot.nearest.title if dot.nearest else ""
        yield str(t("位置", "map")), dot.group.title, near, "", "", str(dot.x), str(dot.y)
