"""The further points of an opinion: each a passage that another group answers too (2.1e–f). The opinion keeps its one place."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mingtang.consultations.actions.adopting import NOTHING_TO_GROUP, group_in, movable, titled, unseen, working
from mingtang.consultations.actions.stepping import Stepping, places_of, pointing
from mingtang.consultations.models import Consultation, Opinion
from mingtang.consultations.rules.pointing import Point, found, may_point, points_of
from mingtang.kernel.text import t
from mingtang.platform.actor import Actor
from mingtang.platform.audit.acts import record


@transaction.atomic
def add_point(
    consultation_id: int,
    opinion_id: int,
    quote: str,
    *,
    actor: Actor,
    now: datetime,
    group_id: int | None = None,
    title: str = "",
    seen: int | None = None,
) -> Opinion:
    """Put a passage of an opinion into a further group, new by `title` or given by `group_id`; a step like any other.

    `Refused` when the text does not hold the passage or the opinion is in that group already. The same point twice is one.
    """
    row = working(consultation_id, actor)
    opinion = _opinion(row, opinion_id)
    points = points_of(opinion.points)
    where = found(opinion.text, quote)
    if where and group_id is not None and Point(group_id, *where) in points:
        return opinion
    may_point(opinion.text, quote, group_id, home=opinion.group_id, points=points).require()
    titled(group_id, title, t("选已有的组，或用一句话概括这一点。", "Choose a group, or say in one sentence what this point asks."))
    assert where is not None
    group = group_in(row, group_id) if group_id is not None else None
    unseen(row, seen, actor, opinions=[opinion.pk])
    step = Stepping.begin(row, "point", actor=actor, now=now, title=group.title if group else title.strip())
    group = group or step.new_group(title, now)
    _write(step, opinion, [*points, Point(group.pk, *where)])
    step.close(now)
    record("consultation.add_point", row, actor=actor, now=now, clause="2.1e", data={"opinion": opinion.pk, "group": group.pk})
    opinion.refresh_from_db()
    return opinion


@transaction.atomic
def remove_point(consultation_id: int, opinion_id: int, group_id: int, *, actor: Actor, now: datetime, seen: int | None = None) -> Opinion:
    """Take the point of an opinion in a group back; taken back already, it stays so."""
    row = working(consultation_id, actor)
    opinion = _opinion(row, opinion_id)
    points = points_of(opinion.points)
    gone = [each for each in points if each.group == group_id]
    if not gone:
        return opinion
    unseen(row, seen, actor, opinions=[opinion.pk])
    step = Stepping.begin(row, "unpoint", actor=actor, now=now, title=group_in(row, group_id).title)
    _write(step, opinion, [each for each in points if each.group != group_id])
    step.close(now)
    record("consultation.remove_point", row, actor=actor, now=now, clause="2.1e", data={"opinion": opinion.pk, "group": group_id})
    opinion.refresh_from_db()
    return opinion


def _opinion(row: Consultation, opinion_id: int) -> Opinion:
    found = movable(row, [opinion_id]).select_for_update(of=("self",)).first()
    if found is None:
        NOTHING_TO_GROUP.require()
    assert found is not None
    return found


def _write(step: Stepping, opinion: Opinion, points: list[Point]) -> None:
    was = places_of([opinion.pk])[opinion.pk]
    step.carry_each([(opinion.pk, was, pointing(was, points))])
