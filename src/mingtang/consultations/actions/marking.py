"""Marks of the grouping desk: stance only, not one opinion, not in these groups (2.1e–f)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from mingtang.consultations import queries
from mingtang.consultations.actions.adopting import NOTHING_TO_GROUP, group_in, movable, unseen, working
from mingtang.consultations.actions.stepping import Stepping
from mingtang.consultations.models import Opinion, OpinionGroup
from mingtang.consultations.rules import STANCE_LABELS
from mingtang.consultations.rules.stepping import Place
from mingtang.platform.actor import Actor
from mingtang.platform.audit.acts import record


@transaction.atomic
def mark_stance_only(consultation_id: int, opinion_ids: Sequence[int], *, actor: Actor, now: datetime, seen: int | None = None) -> int:
    """Opinions that take a stance and demand nothing: one group for each stance, counted, never mixed with demands. Gives how many."""
    row = working(consultation_id, actor)
    rows = movable(row, opinion_ids)
    unseen(row, seen, actor, opinions=opinion_ids)
    made = Stepping.begin(row, "stance", actor=actor, now=now)
    moved = 0
    for stance, group in stance_groups(made, rows, now).items():
        moved += made.carry(rows.filter(stance=stance), Place(group))
    if not moved:
        NOTHING_TO_GROUP.require()
    made.close(now)
    record("consultation.stance_only", row, actor=actor, now=now, clause="2.1f", data={"opinions": moved})
    return moved


def stance_groups(made: Stepping, rows: QuerySet[Opinion], now: datetime) -> dict[str, int]:
    """The group of each stance that opinions take, made where there is none yet."""
    stances = list(rows.order_by("stance").values_list("stance", flat=True).distinct())
    there = OpinionGroup.objects.filter(consultation=made.row, stance__in=stances).order_by("-pk")
    known = dict(there.values_list("stance", "pk"))
    for each in stances:
        if each not in known:
            known[each] = made.new_group(f"只表态：{STANCE_LABELS[each].zh}", now, stance=each).pk
    return known


@transaction.atomic
def part_group(group_id: int, *, actor: Actor, now: datetime, seen: int | None = None) -> int:
    """Say that a group is not one opinion: it is taken apart, its answer with it, and the machine does not put the same together again."""
    row = working(queries.consultation_of_group(group_id), actor)
    group = group_in(row, group_id)
    unseen(row, seen, actor, group=group.pk)
    made = Stepping.begin(row, "part", actor=actor, now=now, title=group.title)
    moved = made.carry(Opinion.objects.filter(group=group), Place())
    made.repoint(group.pk, None)
    made.close(now)
    record("consultation.part_group", row, actor=actor, now=now, clause="2.1f", data={"title": group.title, "opinions": moved})
    return moved


@transaction.atomic
def keep_out(consultation_id: int, opinion_id: int, group_ids: Sequence[int], *, actor: Actor, now: datetime) -> int:
    """An opinion does not belong to these groups: neither the desk nor the machine offers them for it again. Gives how many are new."""
    row = working(consultation_id, actor)
    found = movable(row, [opinion_id]).first()
    if found is None:
        NOTHING_TO_GROUP.require()
    assert found is not None
    there = set(OpinionGroup.objects.filter(consultation=row, pk__in=group_ids).values_list("pk", flat=True))
    new = there - queries.kept_out(opinion_id)
    if new:
        made = Stepping.begin(row, "reject", actor=actor, now=now, title=found.text.strip())
        made.keep_out(opinion_id, new)
        made.close(now)
        record("consultation.keep_out", row, actor=actor, now=now, clause="2.1f", data={"opinion": opinion_id, "groups": sorted(new)})
    return len(new)
