"""Grouping by hand, answering, and taking the last step back (2.1e–f)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from mingtang.consultations import policy, queries
from mingtang.consultations.actions.stepping import Stepping, moment_of, snapshot
from mingtang.consultations.models import Consultation, Opinion, OpinionGroup
from mingtang.consultations.rules import concentrated, may_answer
from mingtang.consultations.rules.replies import may_add_words, may_give_reason
from mingtang.consultations.rules.stepping import WORKING, Place, overtaken
from mingtang.kernel.decision import no
from mingtang.kernel.text import Text, t
from mingtang.platform.actor import Actor
from mingtang.platform.audit.acts import record
from mingtang.platform.clock import day_of
from mingtang.platform.figures.lookup import figures_for

NOTHING_TO_GROUP = no(
    t("选中的意见已经依法不显示，或不属于这次征求意见。", "The opinions chosen are withheld, or belong to another consultation."),
    "2.1e",
    t("请刷新页面，选择还要答复的意见。", "Reload the page and choose opinions that need an answer."),
    code="nothing",
)


def working(consultation_id: int, actor: Actor) -> Consultation:
    """The consultation, locked, while its groups and answers may still change; `Refused` otherwise."""
    row = queries.for_update(consultation_id)
    policy.may_prepare(actor, row.topic.department_id).require()
    if row.state not in WORKING:
        no(
            t(
                "征求意见现在是“{state}”，分组和答复不能改。",
                "The consultation is “{state}”; groups and replies cannot be changed.",
                state=row.state_label,
            ),
            "2.1e",
            t("报告已报批的，请先退回。", "Have the report returned first."),
            code="wrong_state",
        ).require()
    return row


def titled(group_id: int | None, title: str, todo: Text) -> None:
    """`Refused` when a new group is asked for without a title."""
    if group_id is None and not title.strip():
        no(t("新建一组要写名称。", "A new group needs a title."), "2.1e", todo, code="title").require()


def movable(row: Consultation, opinion_ids: Sequence[int]) -> QuerySet[Opinion]:
    """Those of these opinions that may have a place: of this consultation, not withheld."""
    return Opinion.objects.filter(consultation=row, pk__in=opinion_ids).exclude(state="withheld")


def unseen(row: Consultation, seen: int | None, actor: Actor, *, opinions: Sequence[int] = (), group: int | None = None) -> None:
    """`Refused` when somebody else touched these since the page with step `seen` as its newest was shown."""
    if seen is None:
        return
    found = queries.unseen(row.pk, seen, actor.person_id, opinions=opinions, group=group)
    if found:
        overtaken(found).require()


@transaction.atomic
def group_opinions(
    consultation_id: int,
    opinion_ids: Sequence[int],
    *,
    actor: Actor,
    now: datetime,
    group_id: int | None = None,
    title: str = "",
    engine: str = "",
    seen: int | None = None,
) -> OpinionGroup:
    """Put opinions into a group, new by `title` or given by `group_id`; each leaves the place it had.

    `engine`: the machine that proposed it, with its version. `seen`: the newest step the person's page knew of.
    """
    row = working(consultation_id, actor)
    titled(group_id, title, t("用一句话概括这些意见。", "Say in one sentence what these opinions ask."))
    group = group_in(row, group_id) if group_id is not None else None
    unseen(row, seen, actor, opinions=opinion_ids)
    step = Stepping.begin(row, "group", actor=actor, now=now, title=group.title if group else title.strip(), engine=engine)
    group = group or step.new_group(title, now)
    if not step.carry(movable(row, opinion_ids), Place(group.pk)):
        NOTHING_TO_GROUP.require()
    step.close(now)
    record("consultation.group", row, actor=actor, now=now, clause="2.1e", data={"group": group.pk, "opinions": len(set(opinion_ids))})
    group.refresh_from_db()
    return group


def group_in(row: Consultation, group_id: int) -> OpinionGroup:
    """One group of a consultation, locked; `Refused` when it is gone."""
    found = OpinionGroup.objects.select_for_update().filter(consultation=row, pk=group_id).first()
    if found is None:
        no(
            t("没有这一组，可能刚被合并了。", "There is no such group; it may just have been merged."),
            "2.1e",
            t("请刷新页面。", "Reload the page."),
            code="gone",
        ).require()
    assert found is not None
    return found


@transaction.atomic
def merge_groups(group_id: int, into_id: int, *, actor: Actor, now: datetime, seen: int | None = None) -> OpinionGroup:
    """Move all opinions of one group into another of the same consultation; the empty one goes."""
    if group_id == into_id:
        no(
            t("不能并入自己。", "A group cannot be merged into itself."), "2.1e", t("请选另一组。", "Choose another group."), code="same"
        ).require()
    consultation_id = queries.consultation_of_group(group_id)
    row = working(consultation_id, actor)
    group, into = group_in(row, group_id), group_in(row, into_id)
    unseen(row, seen, actor, group=group.pk)
    step = Stepping.begin(row, "merge", actor=actor, now=now, title=f"{group.title[:98]} → {into.title[:98]}")
    moved = step.carry(Opinion.objects.filter(group=group), Place(into.pk))
    if not step.repoint(group.pk, into.pk) + moved:
        step.note_group(group.pk, snapshot(group.pk), None)
        OpinionGroup.objects.filter(pk=group.pk).delete()
    step.close(now)
    record(
        "consultation.merge", row, actor=actor, now=now, data={"group": group.pk, "title": group.title, "into": into.pk, "opinions": moved}
    )
    into.refresh_from_db()
    return into


@transaction.atomic
def remove_from_group(consultation_id: int, opinion_ids: Sequence[int], *, actor: Actor, now: datetime, seen: int | None = None) -> int:
    """Take opinions out of their groups; they are without a home again."""
    row = working(consultation_id, actor)
    rows = movable(row, opinion_ids).exclude(group=None)
    unseen(row, seen, actor, opinions=opinion_ids)
    step = Stepping.begin(row, "ungroup", actor=actor, now=now)
    moved = step.carry(rows, Place())
    step.close(now)
    record("consultation.ungroup", row, actor=actor, now=now, data={"opinions": moved})
    return moved


@transaction.atomic
def rename_group(group_id: int, title: str, *, actor: Actor, now: datetime, seen: int | None = None) -> OpinionGroup:
    """Give a group another title."""
    row = working(queries.consultation_of_group(group_id), actor)
    group = group_in(row, group_id)
    if not title.strip():
        no(t("名称不能为空。", "A title is needed."), "2.1e", code="title").require()
    unseen(row, seen, actor, group=group.pk)
    record("consultation.rename_group", row, actor=actor, now=now, data={"group": group.pk, "from": group.title, "to": title.strip()})
    _change(row, group, "rename", actor, now, title=title.strip()[:200])
    return group


def _change(row: Consultation, group: OpinionGroup, kind: str, actor: Actor, now: datetime, **fields: Any) -> None:
    """Give a group other fields, as a step of its own."""
    step, was = Stepping.begin(row, kind, actor=actor, now=now, title=str(fields.get("title", group.title))), snapshot(group.pk)
    for name, value in fields.items():
        setattr(group, name, value)
    group.save(update_fields=list(fields))
    step.note_group(group.pk, was, snapshot(group.pk))
    step.close(now)


@transaction.atomic
def answer_group(
    group_id: int,
    *,
    actor: Actor,
    now: datetime,
    verdict: str,
    reason: str = "",
    reason_code: str = "",
    legal_ref: str = "",
    landed_in: str = "",
    seen: int | None = None,
) -> OpinionGroup:
    """2.1e–f: one answer for all who said the same; concentrated and not adopted needs a real reason."""
    row = working(queries.consultation_of_group(group_id), actor)
    group = group_in(row, group_id)
    figures = figures_for(row.government_id, day_of(now))
    hot = concentrated(group.people_count, queries.people(row.pk), figures)
    may_answer(verdict, reason, is_concentrated=hot, figures=figures).require()
    may_give_reason(reason_code, legal_ref).require()
    unseen(row, seen, actor, group=group.pk)
    words = {"reason": reason.strip(), "reason_code": reason_code, "legal_ref": legal_ref.strip(), "landed_in": landed_in.strip()}
    _change(row, group, "answer_group", actor, now, verdict=verdict, **words, answered_at=now)
    record(
        "consultation.answer_group", row, actor=actor, now=now, reason=reason, clause="2.1e", data={"group": group.pk, "verdict": verdict}
    )
    return group


@transaction.atomic
def answer_opinions(
    consultation_id: int,
    opinion_ids: Sequence[int],
    *,
    actor: Actor,
    now: datetime,
    verdict: str,
    reason: str = "",
    reason_code: str = "",
    legal_ref: str = "",
    landed_in: str = "",
    seen: int | None = None,
) -> int:
    """Answer opinions singly (the same answer for each); they leave their groups."""
    row = working(consultation_id, actor)
    figures = figures_for(row.government_id, day_of(now))
    may_answer(verdict, reason, is_concentrated=False, figures=figures).require()
    may_give_reason(reason_code, legal_ref).require()
    rows = movable(row, opinion_ids)
    unseen(row, seen, actor, opinions=opinion_ids)
    given = {"reason": reason.strip(), "reason_code": reason_code, "legal_ref": legal_ref.strip(), "landed_in": landed_in.strip()}
    words = {name: value for name, value in given.items() if value}
    step = Stepping.begin(row, "answer", actor=actor, now=now)
    answered = step.carry(rows, Place(None, verdict, {**words, "answered_at": moment_of(now)}))
    step.close(now)
    record("consultation.answer", row, actor=actor, now=now, reason=reason, clause="2.1e", data={"opinions": answered, "verdict": verdict})
    return answered


@transaction.atomic
def add_own_reply(consultation_id: int, opinion_id: int, *, actor: Actor, now: datetime, text: str) -> Opinion:
    """2.1e: words for one opinion of a group beside the answer it shares with the group; empty words take them back."""
    row = queries.for_update(consultation_id)
    policy.may_prepare(actor, row.topic.department_id).require()
    found = movable(row, [opinion_id]).select_for_update(of=("self",)).first()
    if found is None:
        NOTHING_TO_GROUP.require()
    assert found is not None
    may_add_words(row.state, text.strip(), grouped=found.group_id is not None).require()
    step = Stepping.begin(row, "own_reply", actor=actor, now=now)
    step.carry(Opinion.objects.filter(pk=found.pk), Place(found.group_id, "", {"own_reply": text.strip()} if text.strip() else {}))
    step.close(now)
    found.refresh_from_db()
    record("consultation.own_reply", row, actor=actor, now=now, clause="2.1e", data={"opinion": found.pk, "taken_back": not text.strip()})
    return found
