"""Writing a step of the grouping desk: opinions move, groups change, and the record holds both with what was before."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.dateparse import parse_datetime

from mingtang.consultations import queries
from mingtang.consultations.actions.receiving import bump
from mingtang.consultations.models import UNANSWERED, Consultation, DeskGroup, DeskMove, DeskStep, Opinion, OpinionGroup, OpinionPoint
from mingtang.consultations.rules.pointing import Point, points_of, written
from mingtang.consultations.rules.stepping import Place
from mingtang.platform.actor import Actor

BATCH = 1000
ANSWER = ("reason", "reason_code", "legal_ref", "landed_in", "answered_at", "own_reply", "points")
FIELDS = ("title", "stance", "verdict", "reason", "reason_code", "legal_ref", "landed_in", "made_by_id", "made_at", "answered_at")
MOMENTS = frozenset({"made_at", "answered_at"})


@dataclass
class Stepping:
    """A step being written: the counters it changes, the groups it touched. `close` ends one transaction of it."""

    row: Consultation
    step: DeskStep
    changes: Counter[tuple[str, str]] = field(default_factory=Counter)
    touched: set[int] = field(default_factory=set)
    moved: int = 0

    @staticmethod
    def begin(
        row: Consultation, kind: str, *, actor: Actor, now: datetime, title: str = "", engine: str = "", undoes: DeskStep | None = None
    ) -> Stepping:
        """A new step; the consultation is locked by the caller, so that numbers follow one another."""
        made = DeskStep.objects.create(
            consultation=row,
            number=queries.last_number(row.pk) + 1,
            kind=kind,
            title=title[:200],
            engine=engine,
            by_id=actor.person_id,
            by_name=actor.name[:60],
            at=now,
            undoes=undoes,
        )
        return Stepping(row, made)

    def carry(self, rows: QuerySet[Opinion], to: Place, *, bare: bool = False) -> int:
        """Bring opinions to a place; gives how many were asked for, those already there counted too.

        Each keeps its points in other groups, unless `bare`.
        """
        found = [(each[0], _place(each)) for each in rows.order_by("pk").values_list("pk", "group_id", "verdict", *ANSWER)]
        for start in range(0, len(found), BATCH):
            members = found[start : start + BATCH]
            pointed = [] if bare else [(pk, was, _besides(was, to)) for pk, was in members if was.words.get("points")]
            self._carry([each for each in members if bare or not each[1].words.get("points")], to)
            self.carry_each(pointed)
        return len(found)

    def carry_each(self, places: Sequence[tuple[int, Place, Place]]) -> None:
        """Bring each opinion from its place to one of its own."""
        by_target: dict[str, list[tuple[int, Place]]] = defaultdict(list)
        targets: dict[str, Place] = {}
        for pk, was, to in places:
            key = f"{to.group}\0{to.verdict}\0{sorted(to.words.items())}"
            targets[key] = to
            by_target[key].append((pk, was))
        for key, members in by_target.items():
            self._carry(members, targets[key])

    def _carry(self, members: Sequence[tuple[int, Place]], to: Place) -> None:
        going = [(pk, was) for pk, was in members if was != to]
        if not going:
            return
        self._note([(pk, was, to) for pk, was in going])
        words = {name: _read(name, to.words.get(name)) for name in ANSWER if name in to.words}
        given = {**UNANSWERED, "own_reply": "", "points": "", "verdict": to.verdict, "group_id": to.group, **words}
        Opinion.objects.filter(pk__in=[pk for pk, _was in going]).update(**given)
        self._index_points(going, to)
        for _pk, was in going:
            self._count(was, -1)
        self._count(to, len(going))
        self.moved += len(going)

    def repoint(self, group_id: int, into: int | None) -> int:
        """Bring every point in one group into another, or take it back; gives how many opinions that touched."""
        ids = list(OpinionPoint.objects.filter(group_id=group_id).order_by("opinion").values_list("opinion", flat=True))
        for start in range(0, len(ids), BATCH):
            now_at = places_of(ids[start : start + BATCH])
            self.carry_each([(pk, was, _pointed(was, group_id, into)) for pk, was in now_at.items()])
        return len(ids)

    def _index_points(self, going: Sequence[tuple[int, Place]], to: Place) -> None:
        """Write which groups the opinions have points in, where that changed."""
        came = points_of(to.words.get("points", ""))
        changed = [(pk, gone) for pk, was in going if (gone := points_of(was.words.get("points", ""))) != came]
        if not changed:
            return
        OpinionPoint.objects.filter(opinion__in=[pk for pk, _gone in changed]).delete()
        OpinionPoint.objects.bulk_create(OpinionPoint(opinion_id=pk, group_id=each.group) for pk, _gone in changed for each in came)
        self.touched.update(each.group for _pk, gone in changed for each in (*gone, *came))

    def keep_out(self, opinion_id: int, groups: Iterable[int]) -> None:
        """Note that an opinion does not belong to these groups; it stays where it is."""
        DeskMove.objects.create(step=self.step, opinion_id=opinion_id, now={"not": sorted(groups)})
        self.moved += 1

    def _note(self, moves: Sequence[tuple[int, Place, Place]]) -> None:
        rows = [
            DeskMove(
                step=self.step,
                opinion_id=pk,
                was_group=was.group,
                was_verdict=was.verdict,
                was=dict(was.words),
                now_group=to.group,
                now_verdict=to.verdict,
                now=dict(to.words),
            )
            for pk, was, to in moves
        ]
        DeskMove.objects.bulk_create(rows, batch_size=BATCH)

    def _count(self, place: Place, number: int) -> None:
        if place.group:
            self.changes["grouped", ""] += number
            self.touched.add(place.group)
        elif place.verdict:
            self.changes["single", place.verdict] += number

    def new_group(self, title: str, now: datetime, *, stance: str = "") -> OpinionGroup:
        """A group made by this step."""
        words = title.strip()[:200]
        made = OpinionGroup.objects.create(consultation=self.row, title=words, stance=stance, made_by_id=self.step.by_id, made_at=now)
        self.note_group(made.pk, None, snapshot(made.pk))
        return made

    def note_group(self, group_id: int, was: Mapping[str, Any] | None, now: Mapping[str, Any] | None) -> None:
        """Note how a group was before this step and is after; what came and went within it leaves no line."""
        kept = DeskGroup.objects.filter(step=self.step, group=group_id).first()
        if kept is None and was != now:
            DeskGroup.objects.create(step=self.step, group=group_id, was=was, now=now)
        elif kept is not None:
            kept.now = dict(now) if now is not None else None
            kept.save(update_fields=["now"])

    def close(self, now: datetime | None) -> DeskStep:
        """Count what was touched anew; groups left empty go. With `now` the step is done; one that did nothing leaves no line."""
        bump(self.row.pk, self.changes)
        for each in sorted(self.touched):
            was = snapshot(each)
            if was is not None and queries.recount_group(each):
                self.note_group(each, was, None)
        self.step.opinions += self.moved
        self.step.finished_at = now
        self.step.save(update_fields=["opinions", "finished_at", "plan"])
        self.changes, self.touched, self.moved = Counter(), set(), 0
        if now and not self.step.opinions and not self.step.groups.exists():
            self.step.delete()
        return self.step


def _place(found: Sequence[Any]) -> Place:
    _pk, group, verdict, *words = found
    return Place(group, verdict, {name: _plain(value) for name, value in zip(ANSWER, words, strict=True) if value})


def _besides(was: Place, to: Place) -> Place:
    """`to` with the points the opinion has in other groups."""
    return pointing(to, [each for each in points_of(was.words["points"]) if each.group != to.group])


def _pointed(was: Place, group_id: int, into: int | None) -> Place:
    """The place with its point in one group brought into another, unless it is there already."""
    others = [each for each in points_of(was.words["points"]) if each.group != group_id]
    there = {was.group, *(each.group for each in others)}
    moved = [each._replace(group=into) for each in points_of(was.words["points"]) if each.group == group_id and into and into not in there]
    return pointing(was, [*others, *moved])


def pointing(place: Place, points: Sequence[Point]) -> Place:
    """The place with these points."""
    words = {name: value for name, value in place.words.items() if name != "points"}
    return replace(place, words={**words, "points": written(points)} if points else words)


def places_of(ids: Iterable[int]) -> dict[int, Place]:
    """Where these opinions are now."""
    rows = Opinion.objects.filter(pk__in=list(ids)).values_list("pk", "group_id", "verdict", *ANSWER)
    return {each[0]: _place(each) for each in rows}


def snapshot(group_id: int) -> dict[str, Any] | None:
    """The fields of a group as the record keeps them; None when there is none."""
    found = OpinionGroup.objects.filter(pk=group_id).values(*FIELDS).first()
    return {name: _plain(value) for name, value in found.items()} if found else None


def write_group(row: Consultation, group_id: int, fields: Mapping[str, Any]) -> None:
    """Give a group the fields of the record; one that is gone comes back under its number."""
    given = {name: _read(name, fields.get(name)) for name in FIELDS if name in fields}
    if not OpinionGroup.objects.filter(pk=group_id, consultation=row).update(**given):
        OpinionGroup.objects.create(pk=group_id, consultation=row, **given)


def _plain(value: Any) -> Any:
    return moment_of(value) if isinstance(value, datetime) else value


def moment_of(at: datetime) -> str:
    """An instant as the record writes it, whatever the zone it came in."""
    return at.astimezone(UTC).isoformat()


def _read(name: str, value: Any) -> Any:
    if name in MOMENTS:
        return parse_datetime(value) if value else None
    return value
