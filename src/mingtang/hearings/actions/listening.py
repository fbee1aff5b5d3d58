"""The other activities: planned, held, their members and points, survey counts, departments' replies, published."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from mingtang.hearings import policy, queries
from mingtang.hearings.actions.landing import land
from mingtang.hearings.actions.telling import post_to_departments
from mingtang.hearings.models import Activity, Member, Option, Point, Question
from mingtang.hearings.rules import ACTIVITY, KIND_LABELS
from mingtang.kernel.decision import no
from mingtang.kernel.text import t
from mingtang.platform.actor import Actor, system
from mingtang.platform.audit.acts import record, require_own
from mingtang.platform.clock import day_of
from mingtang.platform.codes import new_token
from mingtang.platform.moves import move
from mingtang.platform.web.versions import touch
from mingtang.topics import queries as topic_queries

FIELDS = ("title", "held_on", "place", "purpose", "reach", "reach_words", "asked", "answered", "due_on", "due_reason", "summary")
QuestionIn = tuple[str, bool, Sequence[tuple[str, int]]]


def touch_activity(row: Activity) -> None:
    """Say that the public pages showing this activity changed."""
    touch(row.government_id, "hearings", f"activity:{row.pk}", f"topic:{row.topic_id}")


def kept(activity_id: int, actor: Actor, *states: str) -> Activity:
    """One activity of the actor's government, locked, for those who run it, in one of `states`."""
    row = queries.activity_for_update(activity_id)
    require_own(row, actor)
    policy.may_run(actor, row.topic.department_id).require()
    if states and row.state not in states:
        no(
            t("这项活动现在是“{state}”，不能改。", "The activity is “{state}” and cannot be changed.", state=row.state_label),
            "2.1c",
            t("已公布的情况保持原样；需要补充的另办一项。", "What is published stays; add another activity."),
            code="wrong_state",
        ).require()
    return row


@transaction.atomic
def plan_activity(topic_id: int, *, actor: Actor, now: datetime, kind: str, title: str, **fields: Any) -> Activity:
    """Plan an activity on an approved matter; the same kind and title twice gives the one already there."""
    topic = topic_queries.for_update(topic_id)
    require_own(topic, actor)
    policy.may_run(actor, topic.department_id).require()
    if kind not in KIND_LABELS or not title.strip() or topic.first_approved_at is None:
        no(
            t("要选形式、写名称，议题已经批准。", "Choose a kind, give a title; the matter must be approved."),
            "2.1c",
            t("议题批准后再听取意见。", "Listen once the matter is approved."),
            code="incomplete",
        ).require()
    found = Activity.objects.filter(topic=topic, kind=kind, title=title.strip()).exclude(state="cancelled").first()
    if found:
        return found
    row = Activity.objects.create(
        government_id=topic.government_id, topic=topic, kind=kind, title=title.strip(), made_by_id=actor.person, made_at=now
    )
    record("activity.plan", row, actor=actor, now=now, clause="2.1c")
    return save_activity(row.pk, actor=actor, now=now, **fields) if fields else row


@transaction.atomic
def save_activity(activity_id: int, *, actor: Actor, now: datetime, **fields: Any) -> Activity:
    """Write what is planned and, afterwards, what happened; until it is published."""
    row = kept(activity_id, actor, "planned", "under_way", "done")
    if unknown := set(fields) - set(FIELDS):
        msg = f"no such fields of an activity: {sorted(unknown)}"
        raise TypeError(msg)
    for name, value in fields.items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    row.save(update_fields=list(fields))
    record("activity.save", row, actor=actor, now=now)
    return row


@transaction.atomic
def add_member(activity_id: int, *, actor: Actor, now: datetime, name: str = "", department_id: int | None = None, **fields: Any) -> Member:
    """Add somebody heard: a speaker, an expert, a department; the same one twice stays one."""
    row = kept(activity_id, actor, "planned", "under_way", "done")
    if department_id is not None:
        name = queries.department_name(row.government_id, department_id)
    if not name.strip():
        no(t("要写姓名或选部门。", "A name or a department is needed."), "2.1c", t("填写后再添加。", "Fill it in."), code="name").require()
    known = (
        row.members.filter(department_id=department_id).first()
        if department_id
        else row.members.filter(name=name.strip(), unit=fields.get("unit", "")).first()
    )
    if known:
        return known
    if fields.pop("declared", False):
        fields["declared_at"] = now
    made = Member.objects.create(activity=row, name=name.strip(), department_id=department_id, token=new_token(), **fields)
    record("activity.add_member", row, actor=actor, now=now, data={"member": made.pk})
    touch_activity(row)
    return made


@transaction.atomic
def remove_member(member_id: int, *, actor: Actor, now: datetime) -> None:
    """Take somebody off who has said nothing yet: an expert who steps back, a department not concerned."""
    found = queries.member(actor.government_id, member_id)
    row = kept(found.activity_id, actor, "planned", "under_way")
    if found.points.exists() or found.replied_at:
        no(
            t("{name}已经发表意见，不能移出。", "{name} has spoken and cannot be taken off.", name=found.name),
            "2.1c",
            t("意见照实保留。", "What was said stays."),
            code="has_spoken",
        ).require()
    record("activity.remove_member", row, actor=actor, now=now, data={"member": found.pk})
    found.delete()
    touch_activity(row)


@transaction.atomic
def save_questions(activity_id: int, questions: Sequence[QuestionIn], *, actor: Actor, now: datetime) -> Activity:
    """The questions of a survey with how many chose each answer; replaces those before."""
    row = kept(activity_id, actor, "planned", "under_way", "done")
    row.questions.all().delete()
    for at, (words, several, options) in enumerate(questions, 1):
        question = Question.objects.create(activity=row, position=at, words=words.strip(), several=several)
        Option.objects.bulk_create(
            Option(question=question, position=n, words=text.strip(), count=count) for n, (text, count) in enumerate(options, 1)
        )
    record("activity.save_questions", row, actor=actor, now=now, data={"questions": len(questions)})
    return row


@transaction.atomic
def start_activity(activity_id: int, *, actor: Actor, now: datetime) -> Activity:
    """Begin it; departments are asked now, with the day by which they answer, and told in their inboxes."""
    row = kept(activity_id, actor)
    ACTIVITY.may(row.state, "start").require()
    queries.starting(row, now).require()
    move(row, ACTIVITY, "start", actor=actor, now=now, started_at=now)
    if row.kind == "departments":
        row.members.update(asked_at=now)
        post_to_departments(row, row.members.all(), now, "asked")
    touch_activity(row)
    return row


@transaction.atomic
def add_point(
    activity_id: int, *, actor: Actor, now: datetime, claim: str, ground: str = "", stance: str = "change", member_id: int | None = None
) -> Point:
    """Note what somebody said in two lines; it lands among the opinions of the matter, or waits for its consultation."""
    row = kept(activity_id, actor, "planned", "under_way", "done")
    who = row.members.filter(pk=member_id).first() if member_id else None
    return _point(row, who, claim, ground, stance, actor=actor, now=now)


def _point(row: Activity, who: Member | None, claim: str, ground: str, stance: str, *, actor: Actor, now: datetime) -> Point:
    if not claim.strip():
        no(
            t("要点是空的。", "The point is empty."),
            "2.1c",
            t("第一行写主张，第二行写理由。", "The claim first, then the ground."),
            code="point",
        ).require()
    given = {"claim": claim.strip()[:300], "ground": ground.strip()[:600]}
    known = Point.objects.filter(activity=row, member=who, **given).first()
    if known:
        return known
    made = Point.objects.create(activity=row, member=who, stance=stance, noted_at=now, noted_by_id=actor.person_id, **given)
    record("activity.add_point", row, actor=actor, now=now, clause="2.1c", data={"point": made.pk})
    land(row.topic_id, [made], actor=_lander(row, actor), now=now)
    touch_activity(row)
    return made


def _lander(row: Activity, actor: Actor) -> Actor:
    """A department that answers keys nothing into another's consultation: the platform does."""
    return actor if policy.may_run(actor, row.topic.department_id) else system(row.government_id)


@transaction.atomic
def read_request(member_id: int, *, actor: Actor, now: datetime) -> Member:
    """A department opens the request: the read receipt for the asking department. The first time stays."""
    row = queries.member(actor.government_id, member_id)
    policy.may_reply(actor, row.department_id).require()
    if row.asked_at and row.read_at is None:
        Member.objects.filter(pk=row.pk).update(read_at=now, read_by_id=actor.person_id)
        row.read_at = now
        record("activity.read_request", row.activity, actor=actor, now=now, data={"member": row.pk})
    return row


@transaction.atomic
def reply_request(
    member_id: int, *, actor: Actor, now: datetime, claim: str = "", ground: str = "", stance: str = "change", no_opinion: bool = False
) -> Member:
    """A department answers: with an opinion, or that it has none (counted apart); the first answer stays."""
    row = queries.member(actor.government_id, member_id)
    policy.may_reply(actor, row.department_id).require()
    if row.replied_at:
        return row
    if row.activity.state != "under_way":
        no(
            t("这次征求部门意见不在进行中。", "This consultation of departments is not under way."),
            "2.1c",
            t("请与牵头部门联系。", "Ask the lead department."),
            code="not_under_way",
        ).require()
    if not no_opinion:
        _point(row.activity, row, claim, ground, stance, actor=actor, now=now)
    answer = "none" if no_opinion else "opinion"
    Member.objects.filter(pk=row.pk).update(replied_at=now, answer=answer, read_at=row.read_at or now)
    row.replied_at, row.answer = now, answer
    record("activity.reply_request", row.activity, actor=actor, now=now, clause="2.1c", data={"member": row.pk, "answer": answer})
    touch_activity(row.activity)
    return row


@transaction.atomic
def finish_activity(activity_id: int, *, actor: Actor, now: datetime) -> Activity:
    """End it when what its kind asks for is there."""
    row = kept(activity_id, actor)
    ACTIVITY.may(row.state, "finish").require()
    queries.finishing(row, now).require()
    move(row, ACTIVITY, "finish", actor=actor, now=now, finished_at=now)
    touch_activity(row)
    return row


@transaction.atomic
def publish_activity(activity_id: int, *, actor: Actor, now: datetime) -> Activity:
    """2.1c: publish what was done, whom it heard and what they said."""
    row = kept(activity_id, actor)
    ACTIVITY.may(row.state, "publish").require()
    queries.finishing(row, now).require()
    if not row.summary.strip():
        no(
            t("还没有写情况摘要。", "There is no summary."), "2.1c", t("写几句情况再公布。", "Write a few sentences first."), code="summary"
        ).require()
    move(row, ACTIVITY, "publish", actor=actor, now=now, published_at=now)
    touch_activity(row)
    return row


@transaction.atomic
def cancel_activity(activity_id: int, *, actor: Actor, now: datetime, reason: str) -> Activity:
    """Cancel with a reason."""
    row = kept(activity_id, actor)
    move(row, ACTIVITY, "cancel", actor=actor, now=now, reason=reason, change_reason=reason.strip())
    touch_activity(row)
    return row


def remind_overdue(now: datetime) -> int:
    """Remind departments that have not answered, from the day before the last one on, once a day; the sweep of the jobs."""
    sent = 0
    for row in queries.due_activities(day_of(now)):
        waiting = list(row.members.filter(replied_at=None).exclude(reminded_on=day_of(now)))
        if waiting:
            sent += post_to_departments(row, waiting, now, "overdue")
            row.members.filter(pk__in=[each.pk for each in waiting]).update(reminded_on=day_of(now))
    return sent
