"""Reads of points for the desk: those of one opinion, and the opinions that have a point in a group."""

from __future__ import annotations

from dataclasses import dataclass

from mingtang.consultations.models import Opinion, OpinionGroup, OpinionPoint
from mingtang.consultations.rules.pointing import points_of
from mingtang.platform.paging import Page, page_of


@dataclass(frozen=True, slots=True)
class PointLine:
    """A passage of an opinion and the group that answers it."""

    opinion: Opinion
    group: OpinionGroup
    words: str


def points_at(opinion: Opinion) -> list[PointLine]:
    """The points of an opinion in the order of its text."""
    points = points_of(opinion.points)
    groups = OpinionGroup.objects.in_bulk([each.group for each in points]) if points else {}
    return [PointLine(opinion, groups[each.group], opinion.text[each.start : each.end]) for each in points]


def points_in(group: OpinionGroup, after: str = "") -> tuple[Page[OpinionPoint], list[PointLine]]:
    """One page of the opinions elsewhere that have a point in a group, each with its passage."""
    page: Page[OpinionPoint] = page_of(OpinionPoint.objects.filter(group=group).select_related("opinion__group"), key=("id",), after=after)
    return page, [_line(each.opinion, group) for each in page.rows]


def _line(opinion: Opinion, group: OpinionGroup) -> PointLine:
    words = next(opinion.text[each.start : each.end] for each in points_of(opinion.points) if each.group == group.pk)
    return PointLine(opinion, group, words)
