"""Groups proposed by the machine, accepted or dismissed by a person (2.1f). A proposal moves no opinion by itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from django.db import transaction
from django.db.models import Q

from mingtang.consultations import queries
from mingtang.consultations.actions.adopting import group_opinions, working
from mingtang.consultations.actions.refusing import kept_together, refused_sets, ruled_out
from mingtang.consultations.models import (
    GROUPED,
    HOMELESS,
    Consultation,
    GroupingRun,
    GroupProposal,
    Opinion,
    OpinionGroup,
    ProposedOpinion,
    index_folder,
)
from mingtang.consultations.rules.proposing import GROUP_PROPOSAL, LEAST, PROPOSE, RUN, may_propose
from mingtang.platform.actor import Actor, system
from mingtang.platform.audit.acts import ELSEWHERE, record
from mingtang.platform.jobs.registry import Progress, enqueue
from mingtang.platform.moves import move_all

if TYPE_CHECKING:
    from mingtang.engines.grouping.model import Result, Row

BATCH = 1000


@transaction.atomic
def propose_groups(consultation_id: int, *, actor: Actor, now: datetime) -> GroupingRun:
    """Have the machine look through the opinions, by a job; asked again while it runs, it is the same run."""
    row = working(consultation_id, actor)
    running = GroupingRun.objects.filter(consultation=row, state="waiting").first()
    if running:
        return running
    may_propose(queries.without_place(row.pk)).require()
    made = GroupingRun.objects.create(government_id=row.government_id, consultation=row, made_by_id=actor.person_id, made_at=now)
    enqueue(PROPOSE, now=now, government_id=row.government_id, dedupe=f"{PROPOSE}:{made.pk}", run_id=made.pk)
    record("consultation.propose_groups", row, actor=actor, now=now, clause="2.1f", data={"run": made.pk})
    return made


def propose_newly_come(now: datetime) -> int:
    """Ask for a run over each consultation that has opinions without a place which the last run did not see. Gives how many."""
    asked = 0
    rows = Consultation.objects.filter(state__in=["open", "closed"]).order_by("pk")
    for pk, government_id in rows.values_list("pk", "government_id"):
        last = GroupingRun.objects.filter(consultation=pk).order_by("-id").values_list("made_at", flat=True).first()
        waiting = Opinion.objects.filter(HOMELESS, consultation=pk)
        came = waiting.filter(received_at__gt=last) if last else waiting
        if came.exists() and may_propose(queries.without_place(pk)):
            propose_groups(pk, actor=system(government_id), now=now)
            asked += 1
    return asked


@dataclass
class _Found:
    """What the engine put together: opinions without a place, how each came there, a group there already is."""

    title: str
    near: int | None = None
    members: dict[int, str] = field(default_factory=dict)


def run_proposals(run_id: int, *, now: datetime, progress: Progress) -> str:
    """Group what has no place, with the groups there are as given; keep what was found. By meaning where the extra is installed.

    Run again it begins anew, but for sentence vectors that are ready.
    """
    run = GroupingRun.objects.select_related("consultation").get(pk=run_id)
    if run.state != "waiting":
        return f"{run.proposed} proposals"
    from mingtang.engines.grouping.grouping import group  # noqa: PLC0415 - only this job needs the numbers
    from mingtang.engines.grouping.model import Config, Decisions  # noqa: PLC0415 - as above
    from mingtang.engines.grouping.scorer import shipped  # noqa: PLC0415 - as above
    from mingtang.engines.grouping.vectors import is_installed  # noqa: PLC0415 - as above

    how: Literal["lexical", "semantic"] = "semantic" if is_installed() else "lexical"
    rows, placed = _rows(run.consultation_id)
    fixed = {(key, 1): str(group_id) for key, group_id in placed.items()}
    apart, together = (
        tuple(((str(one), 1), (str(other), 1)) for one, other in pairs)
        for pairs in (ruled_out(run.consultation_id, placed), kept_together(run.consultation_id))
    )
    result = group(
        rows,
        Config(points="whole", meaning=how),
        Decisions(together, apart, fixed),
        progress=lambda _stage, share: progress(int(share * 99), 100),
        work=index_folder(run.consultation_id) / "work",
        draft=queries.words_of_clauses(run.consultation_id),
    )
    found = _found(result, placed)
    return _keep(run, found, f"grouping {how} {shipped(how).about['version']}", result, now)


def _rows(consultation_id: int) -> tuple[list[Row], dict[str, int]]:
    """The opinions without a place and those in groups, as the engine reads them; and the groups of the latter."""
    from mingtang.engines.grouping.model import Row  # noqa: PLC0415 - as above

    rows: list[Row] = []
    placed: dict[str, int] = {}
    opinions = Opinion.objects.filter(HOMELESS | GROUPED, consultation_id=consultation_id).order_by("pk")
    fields = ("pk", "text", "proposed", "author_key", "clause_id", "stance", "group_id")
    for pk, text, proposed, author, clause, stance, group_id in opinions.values_list(*fields).iterator(BATCH):
        rows.append(Row(str(pk), f"{text}\n{proposed}".strip(), author, str(clause or ""), stance))
        if group_id:
            placed[str(pk)] = group_id
    return rows, placed


def _found(result: Result, placed: dict[str, int]) -> list[_Found]:
    """Groups with at least two opinions without a place, or with one that goes to a group there already is."""
    names = {each.id: each.name for each in result.groups}
    near: dict[str, int] = {}
    members: dict[str, dict[int, str]] = defaultdict(dict)
    for point in result.points:
        if point.id in placed:
            near[point.group] = placed[point.id]
        else:
            members[point.group][int(point.id)] = point.layer
    made = (_Found(names[group], near.get(group), those) for group, those in members.items())
    return [each for each in made if each.near or len(each.members) >= LEAST]


@transaction.atomic
def _keep(run: GroupingRun, found: Sequence[_Found], engine: str, result: Result, now: datetime) -> str:
    row, itself = queries.for_update(run.consultation_id), system(run.government_id)
    if not GroupingRun.objects.select_for_update().filter(pk=run.pk, state="waiting").exists():
        return "done by another runner"
    move_all(GroupProposal.objects.filter(consultation=row), GROUP_PROPOSAL, "outdate", actor=itself, decided_at=now)
    refused = refused_sets(row.pk)
    authors = dict(Opinion.objects.filter(HOMELESS, consultation=row).values_list("pk", "author_key"))
    groups = set(OpinionGroup.objects.filter(consultation=row).values_list("pk", flat=True))
    kept = 0
    for each in found:
        still = {pk: layer for pk, layer in each.members.items() if pk in authors}
        near = each.near if each.near in groups else None
        known = near is None and any(still.keys() <= each for each in refused)
        if not known and (len(still) >= LEAST or (still and near)):
            _keep_one(run, each.title, near, still, authors)
            kept += 1
    done = {"engine": engine, "opinions": result.rows, "proposed": kept, "seconds": result.seconds_cpu, "finished_at": now}
    move_all(GroupingRun.objects.filter(pk=run.pk), RUN, "finish", actor=itself, **done)
    return f"{kept} proposals"


def _keep_one(run: GroupingRun, title: str, near: int | None, members: dict[int, str], authors: dict[int, str]) -> None:
    people = len({authors[pk] for pk in members})
    made = GroupProposal.objects.create(
        government_id=run.government_id,
        run=run,
        consultation_id=run.consultation_id,
        near_id=near,
        title=" ".join(title.split())[:200] or "—",
        opinions_count=len(members),
        people_count=people,
    )
    ProposedOpinion.objects.bulk_create(
        (ProposedOpinion(proposal=made, opinion_id=pk, layer=layer) for pk, layer in members.items()), batch_size=BATCH
    )


def failed_proposals(run_id: int, now: datetime) -> None:
    """Note that a run came to nothing, so that another can be asked for."""
    rows = GroupingRun.objects.filter(pk=run_id)
    for government_id in rows.values_list("government_id", flat=True):
        move_all(rows, RUN, "fail", actor=system(government_id), finished_at=now)


@transaction.atomic
def accept_proposals(
    consultation_id: int, proposal_ids: Sequence[int], *, actor: Actor, now: datetime, title: str = "", without: Iterable[int] = ()
) -> int:
    """Make groups of proposals, or put their opinions into the group they are near; gives how many opinions got a place.

    `title` names the group where one proposal is accepted; `without` are opinions left out, which stay without a place, as
    do those that somebody placed meanwhile. What is decided already is passed over.
    """
    working(consultation_id, actor)
    left, placed = set(without), 0
    for each in _open(consultation_id, proposal_ids):
        waiting = Opinion.objects.filter(HOMELESS, consultation_id=consultation_id, pk__in=each.members.values("opinion"))
        ids = [pk for pk in waiting.order_by("pk").values_list("pk", flat=True) if pk not in left]
        if ids:
            words = title.strip() or each.title
            where: dict[str, Any] = {"group_id": each.near_id, "title": "" if each.near_id else words}
            made = group_opinions(consultation_id, ids, actor=actor, now=now, engine=each.run.engine, **where)
            record("consultation.accept_proposal", made.consultation, actor=actor, now=now, clause="2.1f", data=_by(each, made, ids))
        _decide(each, "accept" if ids else "outdate", actor, now)
        placed += len(ids)
    return placed


def _by(each: GroupProposal, made: OpinionGroup, ids: Sequence[int]) -> dict[str, object]:
    return {"proposal": each.pk, "engine": each.run.engine, "group": made.pk, "opinions": len(ids), "offered": each.opinions_count}


@transaction.atomic
def dismiss_proposals(consultation_id: int, proposal_ids: Sequence[int], *, actor: Actor, now: datetime) -> int:
    """Set proposals aside; their opinions stay without a place. Gives how many."""
    row = working(consultation_id, actor)
    rows = list(_open(consultation_id, proposal_ids))
    for each in rows:
        _decide(each, "dismiss", actor, now)
    if rows:
        record("consultation.dismiss_proposals", row, actor=actor, now=now, clause="2.1f", data={"proposals": [each.pk for each in rows]})
    return len(rows)


def _open(consultation_id: int, proposal_ids: Sequence[int]) -> Iterator[GroupProposal]:
    rows = GroupProposal.objects.select_for_update(of=("self",)).select_related("run")
    asked = rows.filter(Q(pk__in=proposal_ids), consultation_id=consultation_id)
    found = list(asked.order_by("pk"))
    if not found:
        ELSEWHERE.require()
    return (each for each in found if each.state == "open")


def _decide(each: GroupProposal, step: str, actor: Actor, now: datetime) -> None:
    move_all(GroupProposal.objects.filter(pk=each.pk), GROUP_PROPOSAL, step, actor=actor, decided_by_id=actor.person_id, decided_at=now)
