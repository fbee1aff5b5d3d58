"""Undoing a step of the grouping desk and doing it again, without limit; never over what somebody built on it (2.1e)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mingtang.consultations import queries
from mingtang.consultations.actions.adopting import working
from mingtang.consultations.actions.stepping import Stepping, places_of, snapshot, write_group
from mingtang.consultations.models import Consultation, DeskStep
from mingtang.consultations.rules.stepping import AT_ONCE, BACKWARD, CARRY, Place, may_step_back
from mingtang.platform.actor import Actor
from mingtang.platform.audit.acts import ELSEWHERE, record
from mingtang.platform.jobs.registry import enqueue


@transaction.atomic
def undo_step(step_id: int, *, actor: Actor, now: datetime) -> DeskStep:
    """Take a step back: opinions return to the places they had, groups to their titles and answers. Undone already, it stays so."""
    return _turn(step_id, back=True, actor=actor, now=now)


@transaction.atomic
def redo_step(step_id: int, *, actor: Actor, now: datetime) -> DeskStep:
    """Do an undone step again."""
    return _turn(step_id, back=False, actor=actor, now=now)


def _turn(step_id: int, *, back: bool, actor: Actor, now: datetime) -> DeskStep:
    where = DeskStep.objects.filter(pk=step_id).values_list("consultation_id", flat=True).first()
    if where is None:
        ELSEWHERE.require()
    assert where is not None
    row = working(where, actor)
    step = DeskStep.objects.select_for_update(of=("self",)).get(pk=step_id)
    if step.undone == back:
        return step
    finished = step.finished_at is not None and not step.undoings.filter(finished_at=None).exists()
    blocker = queries.blocker(step, back=back)
    may_step_back(step.kind, finished=finished, blocker=blocker, withheld=queries.withheld_of(step)).require()
    turning = Stepping.begin(row, "undo" if back else "redo", actor=actor, now=now, title=_title(step), undoes=step)
    for each in step.groups.order_by("group"):
        to = each.was if back else each.now
        if to is not None:
            turning.note_group(each.group, snapshot(each.group), to)
            write_group(row, each.group, to)
    event = f"consultation.{turning.step.kind}"
    record(event, row, actor=actor, now=now, clause="2.1e", data={"step": step.number, "number": turning.step.number})
    turning.step.plan = {"moves": step.moves.count(), "after": 0}
    if turning.step.plan["moves"] > AT_ONCE:
        turning.close(None)
        enqueue(CARRY, now=now, government_id=row.government_id, dedupe=f"{CARRY}:{turning.step.pk}", step_id=turning.step.pk)
    else:
        turn_some(turning, now)
    step.refresh_from_db()
    return step


def _title(step: DeskStep) -> str:
    return f"{step.label.zh} {step.title}".strip()


def turn_some(turning: Stepping, now: datetime) -> bool:
    """Bring up to AT_ONCE opinions of the step that is undone or done again to their place; gives whether that was all.

    An opinion that somebody moved since the turning began stays where they put it.
    """
    step, plan = turning.step, turning.step.plan
    assert step.undoes is not None
    back, source = step.kind == "undo", step.undoes
    batch = list(
        source.moves.filter(pk__gt=plan["after"]).order_by("pk").annotate(later=queries.later_than(step, opinion="opinion"))[:AT_ONCE]
    )
    now_at = places_of(each.opinion_id for each in batch)
    moves = []
    for each in batch:
        if "not" in each.now or each.later:
            continue
        was = Place(each.was_group, each.was_verdict, each.was)
        to = was if back else Place(each.now_group, each.now_verdict, each.now)
        moves.append((each.opinion_id, now_at[each.opinion_id], to))
    turning.carry_each(moves)
    if batch:
        plan["after"] = batch[-1].pk
    done = len(batch) < AT_ONCE
    if done:
        _end(turning, source, back=back)
    turning.close(now if done else None)
    return done


def _end(turning: Stepping, source: DeskStep, *, back: bool) -> None:
    source.undone = back
    source.save(update_fields=["undone"])
    turning.touched.update(source.groups.values_list("group", flat=True))


def turned(row: Consultation, step: DeskStep) -> Stepping:
    """A long undoing or redoing, to go on with."""
    assert step.kind in BACKWARD
    return Stepping(row, step)
