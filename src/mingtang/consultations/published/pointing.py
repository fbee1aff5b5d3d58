"""What outsiders may read of the points of opinions: which passage another group answers, and with which answer."""

from __future__ import annotations

from dataclasses import dataclass

from mingtang.consultations.models import Opinion, OpinionGroup
from mingtang.consultations.rules.pointing import points_of
from mingtang.kernel.text import Text


@dataclass(frozen=True, slots=True)
class PointView:
    """A passage of an opinion (empty where it may not be read) and the answer of the group it belongs to."""

    words: str
    group: str
    verdict: Text
    shape: str
    reason: str
    reason_label: Text
    legal_ref: str
    landed_in: str


def points_shown(row: Opinion, text: str) -> tuple[PointView, ...]:
    """The points of an opinion in the order of its text, each with its group's answer.

    `text`: what the reader may see of it. A passage that does not stand there whole is left out; its answer is not.
    """
    points = points_of(row.points)
    groups = OpinionGroup.objects.in_bulk([each.group for each in points]) if points else {}
    return tuple(_view(row.text[each.start : each.end], text, groups[each.group]) for each in points)


def _view(words: str, text: str, group: OpinionGroup) -> PointView:
    return PointView(
        words if words in text else "",
        group.title,
        group.verdict_label,
        group.shape,
        group.reason,
        group.reason_label,
        group.legal_ref,
        group.landed_in,
    )


def pointed_titles(consultation_id: int) -> dict[int, str]:
    """The titles of the groups in which opinions of a consultation have points."""
    rows = OpinionGroup.objects.filter(consultation_id=consultation_id, points__isnull=False)
    return dict(rows.order_by().values_list("pk", "title").distinct())
