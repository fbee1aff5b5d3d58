"""Everything that fits a filter, moved as one step; many at once by a job that goes on where it was stopped (2.1e)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import transaction

from mingtang.consultations import queries
from mingtang.consultations.actions.adopting import NOTHING_TO_GROUP, group_in, working
from mingtang.consultations.actions.marking import stance_groups
from mingtang.consultations.actions.stepping import Stepping
from mingtang.consultations.actions.undoing import turn_some
from mingtang.consultations.models import DeskStep, Opinion
from mingtang.consultations.queries import GroupFilters
from mingtang.consultations.rules.stepping import AT_ONCE, BACKWARD, CARRY, WORKING, Place
from mingtang.kernel.decision import no
from mingtang.kernel.text import t
from mingtang.platform.actor import Actor
from mingtang.platform.audit.acts import record
from mingtang.platform.jobs.registry import Progress, enqueue

THERE_ALREADY = no(
    t("符合的意见都已经在那里了。", "All that match are there already."),
    "2.1e",
    t("请换一个组，或换一种筛选。", "Choose another group or another filter."),
    code="there",
)


@transaction.atomic
def move_matching(
    consultation_id: int,
    filters: GroupFilters,
    *,
    actor: Actor,
    now: datetime,
    upto: int,
    group_id: int | None = None,
    title: str = "",
    way: str = "group",
) -> DeskStep:
    """Move every opinion that fits: into a group (`way` "group"), out of groups ("ungroup"), or to stance only ("stance").

    `upto`: the newest opinion there was when they were counted; what came later stays. At most AT_ONCE move at once, more by a job.
    """
    row = working(consultation_id, actor)
    if way == "group" and group_id is None and not title.strip():
        no(
            t("请写新组的名称，或选一个已有的组。", "Give the new group a title, or choose a group."),
            "2.1e",
            t("用一句话概括这些意见。", "Say in one sentence what these opinions ask."),
            code="title",
        ).require()
    target = group_in(row, group_id) if way == "group" and group_id is not None else None
    many = queries.count_matching(row.pk, filters, upto=upto)
    if not many:
        NOTHING_TO_GROUP.require()
    made = Stepping.begin(row, way, actor=actor, now=now, title=target.title if target else title.strip())
    if way == "group":
        target = target or made.new_group(title, now)
    plan = {"filters": asdict(filters), "upto": upto, "after": 0, "group": target.pk if target else None, "all": many}
    made.step.plan = plan
    said: Mapping[str, Any] = {"step": made.step.number, "opinions": many, "way": way, "group": plan["group"]}
    record("consultation.move_matching", row, actor=actor, now=now, clause="2.1e", data=said)
    if many > AT_ONCE:
        made.close(None)
        enqueue(CARRY, now=now, government_id=row.government_id, dedupe=f"{CARRY}:{made.step.pk}", step_id=made.step.pk)
    elif _match_some(made, now) and made.step.pk is None:
        THERE_ALREADY.require()
    return made.step


def _match_some(made: Stepping, now: datetime) -> bool:
    """Move the next that fit, but what was moved by a step that began later stays; gives whether that was all."""
    step, plan = made.step, made.step.plan
    found = queries.matching(step.consultation_id, GroupFilters(**plan["filters"]), after=plan["after"], upto=plan["upto"])
    ids = list(islice(found, AT_ONCE))
    rows = Opinion.objects.filter(pk__in=ids).annotate(later=queries.later_than(step)).filter(later=False)
    if step.kind == "stance":
        for stance, group in stance_groups(made, rows, now).items():
            made.carry(rows.filter(stance=stance), Place(group))
    else:
        made.carry(rows, Place(plan["group"]))
    plan["after"] = ids[-1] if ids else plan["after"]
    done = len(ids) < AT_ONCE
    made.close(now if done else None)
    return done


def carry_on(step_id: int, *, now: datetime, progress: Progress) -> str:
    """Go on with a long step, some opinions in each transaction, until it is done; stopped anywhere, it goes on from there."""
    while True:
        with transaction.atomic():
            found = DeskStep.objects.select_related("undoes").filter(pk=step_id).first()
            if found is None or found.finished_at is not None:
                return "done"
            row = queries.for_update(found.consultation_id)
            going = Stepping(row, found)
            if row.state not in WORKING:
                going.close(now)
                return f"stopped: the consultation is {row.state}"
            if found.kind in BACKWARD:
                done, every = turn_some(going, now), found.plan["moves"]
            else:
                done, every = _match_some(going, now), found.plan["all"]
        progress(min(found.opinions, every), max(every, 1))
        if done:
            return f"{found.opinions} opinions"
