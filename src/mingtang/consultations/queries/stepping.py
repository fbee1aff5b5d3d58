"""Reads of the record of the grouping desk: the last steps, what may be undone next, what a later step built on."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from mingtang.consultations.models import DeskGroup, DeskMove, DeskStep, Opinion, OpinionGroup, OpinionPoint
from mingtang.consultations.rules.stepping import BACKWARD, CARRY, UNDOABLE, Blocker, Change, Place
from mingtang.kernel.text import t
from mingtang.platform.clock import local
from mingtang.platform.jobs.reads import share_of
from mingtang.platform.paging import Page, page_of

NOBODY = t("系统", "The system")


def last_number(consultation_id: int) -> int:
    """The number of the newest step; 0 before the first. A page carries it, so that what came later is found."""
    return DeskStep.objects.filter(consultation_id=consultation_id).order_by("-number").values_list("number", flat=True).first() or 0


def steps(consultation_id: int, after: str = "") -> Page[DeskStep]:
    """One page of the record, the newest first."""
    rows = DeskStep.objects.filter(consultation_id=consultation_id).select_related("undoes")
    return page_of(rows, key=("-number",), after=after)


def running(consultation_id: int) -> list[tuple[DeskStep, int]]:
    """Steps under way, with how many percent are done."""
    rows = DeskStep.objects.filter(consultation_id=consultation_id, finished_at=None).order_by("id")
    return [(each, share_of(f"{CARRY}:{each.pk}")) for each in rows[:5]]


def next_undo(consultation_id: int, person_id: int | None) -> DeskStep | None:
    """The person's last step that stands."""
    return _mine(consultation_id, person_id).filter(undone=False).first()


def next_redo(consultation_id: int, person_id: int | None) -> DeskStep | None:
    """The first of the person's undone steps after the last that stands; a new step leaves nothing to do again."""
    standing = next_undo(consultation_id, person_id)
    return _mine(consultation_id, person_id).filter(undone=True, number__gt=standing.number if standing else 0).last()


def _mine(consultation_id: int, person_id: int | None) -> QuerySet[DeskStep]:
    rows = DeskStep.objects.filter(consultation_id=consultation_id, by_id=person_id, kind__in=UNDOABLE).exclude(finished_at=None)
    return rows.order_by("-number")


def applied(step: DeskStep) -> int:
    """The number under which a step last took effect: its own, or that of its last undoing or redoing."""
    return step.undoings.order_by("-number").values_list("number", flat=True).first() or step.number


def blocker(step: DeskStep, *, back: bool) -> Blocker | None:
    """The first later step by which undoing `step` (`back`) or doing it again would undo somebody's work."""
    since = applied(step)
    later = DeskStep.objects.filter(consultation_id=step.consultation_id, number__gt=since, undone=False)
    later = later.exclude(kind__in=[*BACKWARD, "reject"])
    moved = DeskMove.objects.filter(step=OuterRef("pk"), opinion__in=step.moves.values("opinion"))
    changed = DeskGroup.objects.filter(step=OuterRef("pk"), group__in=step.groups.values("group"))
    first = later.filter(Exists(moved) | Exists(changed)).order_by("number").first()
    return as_blocker(first or _occupied(step, back=back) or _missing(step, back=back))


def _occupied(step: DeskStep, *, back: bool) -> DeskStep | None:
    """Who put others into a group that would go."""
    gone = Q(was__isnull=True) if back else Q(now__isnull=True)
    for group in step.groups.filter(gone).values_list("group", flat=True):
        others = Opinion.objects.filter(group_id=group).exclude(pk__in=step.moves.values("opinion"))
        if others.exists():
            return last_into(group, step.pk)
        pointed = OpinionPoint.objects.filter(group_id=group).exclude(opinion__in=step.moves.values("opinion")).values("opinion")
        found = DeskMove.objects.filter(opinion__in=pointed).exclude(step=step).order_by("-step").select_related("step").first()
        if found is not None:
            return found.step
    return None


def last_into(group: int, besides: int) -> DeskStep | None:
    """The last step that put an opinion into a group."""
    found = DeskMove.objects.filter(now_group=group).exclude(step_id=besides).order_by("-step").select_related("step").first()
    return found.step if found else None


def _missing(step: DeskStep, *, back: bool) -> DeskStep | None:
    """By which step a group that opinions would go back to is gone."""
    field = "was_group" if back else "now_group"
    comes = step.groups.exclude(**{"was__isnull" if back else "now__isnull": True}).values("group")
    wanted = (
        step.moves.exclude(**{f"{field}__isnull": True})
        .exclude(**{f"{field}__in": comes})
        .order_by()
        .values_list(field, flat=True)
        .distinct()
    )
    there = OpinionGroup.objects.filter(pk=OuterRef("group"))
    gone = DeskGroup.objects.filter(group__in=wanted, now__isnull=True).exclude(Exists(there)).order_by("-step").select_related("step")
    found = gone.first()
    return found.step if found else None


def withheld_of(step: DeskStep) -> int:
    """How many opinions of a step are withheld by now."""
    return Opinion.objects.filter(pk__in=step.moves.values("opinion"), state="withheld").count()


def unseen(
    consultation_id: int, seen: int, person_id: int | None, *, opinions: Collection[int] = (), group: int | None = None
) -> Blocker | None:
    """What somebody else did to these opinions, or to this group's title and answer, after the page was shown."""
    later = DeskStep.objects.filter(consultation_id=consultation_id, number__gt=seen).exclude(by_id=person_id)
    touched = Q(pk__in=DeskMove.objects.filter(opinion_id__in=opinions, step__number__gt=seen).values("step")) if opinions else Q(pk__in=[])
    if group is not None:
        touched |= Q(pk__in=DeskGroup.objects.filter(group=group, step__number__gt=seen).values("step"))
    return as_blocker(later.filter(touched).exclude(kind="reject").order_by("number").first())


def as_blocker(step: DeskStep | None) -> Blocker | None:
    """A step as it is told to somebody."""
    if step is None:
        return None
    return Blocker(step.by_name or str(NOBODY), moment(step.at), step.label, step.title)


def moment(at: datetime) -> str:
    """Date and minute as people here read them."""
    return f"{local(at):%m-%d %H:%M}"


def record_of(consultation_id: int) -> list[Change]:
    """The whole record, oldest first, for replaying it."""
    rows = DeskStep.objects.filter(consultation_id=consultation_id).order_by("number").prefetch_related("moves", "groups")
    return [
        Change(
            each.kind,
            {move.opinion_id: Place(move.now_group, move.now_verdict, move.now) for move in each.moves.all()},
            {group.group: group.now for group in each.groups.all()},
        )
        for each in rows
    ]


def history_of(opinion_id: int) -> list[DeskMove]:
    """The last places of one opinion, each with who or what gave it."""
    return list(DeskMove.objects.filter(opinion_id=opinion_id).select_related("step").order_by("-step")[:20])


def kept_out(opinion_id: int) -> set[int]:
    """The groups a person said an opinion does not belong to."""
    rows = DeskMove.objects.filter(opinion_id=opinion_id, step__kind="reject", step__undone=False)
    return {group for each in rows.values_list("now", flat=True) for group in each.get("not", [])}


def later_than(step: DeskStep, *, opinion: str = "pk") -> Exists:
    """Whether an opinion was moved by a step that began after this one; `opinion` names it in the rows asked of."""
    return Exists(DeskMove.objects.filter(opinion=OuterRef(opinion), step__number__gt=step.number))
