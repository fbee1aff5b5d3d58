"""Submitting, approving level by level, returning, reopening, withdrawing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from mingtang.platform.accounts.models import Government, Person
from mingtang.platform.actor import Actor
from mingtang.platform.clock import day_of
from mingtang.platform.guard.gate import require_clean, require_plain
from mingtang.platform.moves import move
from mingtang.platform.outbox.post import inbox, post
from mingtang.platform.signing.reads import holders
from mingtang.platform.signing.rules import Kind, Level
from mingtang.platform.signing.running import begin_chain, give_level
from mingtang.platform.web.versions import touch
from mingtang.topics import policy, queries
from mingtang.topics.actions.declaring import Lists, save_declaration
from mingtang.topics.models import Topic, TopicDocument
from mingtang.topics.rules import TOPIC, change_reopens, may_submit


@transaction.atomic
def submit_topic(topic_id: int, *, actor: Actor, now: datetime) -> Topic:
    """3.2a: submit a complete declaration; it gets its number the first time."""
    topic = queries.for_update(topic_id)
    TOPIC.may(topic.state, "submit").require()
    policy.may_edit(actor, topic).require()
    may_submit(queries.facts_of(topic)).require()
    chain = begin_chain(topic.government_id, Kind.DECLARATION, topic.department_id, now=now)
    year, number = (topic.year, topic.number) if topic.number else _next_number(topic, now)
    move(topic, TOPIC, "submit", actor=actor, now=now, submitted_at=now, changed_at=now, year=year, number=number, chain_id=chain.pk)
    _tell_level(topic, queries.waiting_level(topic), now)
    return topic


def _next_number(topic: Topic, now: datetime) -> tuple[int, int]:
    Government.objects.select_for_update().get(pk=topic.government_id)
    year = day_of(now).year
    last = Topic.objects.filter(government_id=topic.government_id, year=year).aggregate(last=Max("number"))["last"]
    return year, (last or 0) + 1


def _tell_level(topic: Topic, level: Level | None, now: datetime) -> None:
    assert level is not None  # a chain begins with somebody who may sign
    for person in holders(topic.government_id, level, topic.department_id, day_of(now)):
        post(
            "topics/email/waiting.txt",
            to=inbox(person),
            government_id=topic.government_id,
            now=now,
            about=topic,
            url=f"/workspace/topics/{topic.pk}/",
            dedupe=f"topic:{topic.pk}:{topic.round}:{topic.version}:{level.position}:{person.pk}",
            topic=str(topic),
            level=level.title,
            name=person.name,
        )


@transaction.atomic
def approve_topic(topic_id: int, *, actor: Actor, now: datetime, remark: str = "") -> Topic:
    """3.2a, 3.4b: give the next level; the last one approves the declaration."""
    topic = queries.for_update(topic_id)
    TOPIC.may(topic.state, "approve").require()
    level = queries.waiting_level(topic)
    policy.may_approve(actor, topic, level, queries.approvers(topic)).require()
    assert level is not None
    assert topic.chain_id is not None
    following = give_level(topic.chain_id, level, actor=actor, now=now, remark=remark)
    if following is not None:
        move(topic, TOPIC, "give_level", actor=actor, now=now, reason=remark, changed_at=now)
        _tell_level(topic, following, now)
        return topic
    if not topic.is_secret:
        require_clean(queries.topic_material(topic.government_id, topic.pk), actor=actor, now=now)
    TopicDocument.objects.filter(topic=topic, withheld_at=None).exclude(disclosure="open").update(withheld_by=actor.name, withheld_at=now)
    approved: dict[str, Any] = {
        "approved_text": queries.approved_text(topic),
        "approved_at": now,
        "nameless": topic.disclosure == "closed",
        "first_approved_at": topic.first_approved_at or now,
        "changed_at": now,
    }
    move(topic, TOPIC, "approve", actor=actor, now=now, reason=remark, **approved)
    _tell_drafter(topic, "topics/email/approved.txt", now, remark)
    touch(topic.government_id, "home", "matters", f"topic:{topic.pk}")
    return topic


def _tell_drafter(topic: Topic, template: str, now: datetime, reason: str) -> None:
    person = Person.objects.get(pk=topic.drafted_by_id)
    post(
        template,
        to=inbox(person),
        government_id=topic.government_id,
        now=now,
        about=topic,
        url=f"/workspace/topics/{topic.pk}/",
        topic=str(topic),
        reason=reason,
        name=person.name,
    )


@transaction.atomic
def return_topic(topic_id: int, *, actor: Actor, now: datetime, reason: str) -> Topic:
    """3.4b: the level whose turn it is returns the declaration with a reason; approvals start anew."""
    topic = queries.for_update(topic_id)
    TOPIC.may(topic.state, "return", reason=reason).require()
    policy.may_approve(actor, topic, queries.waiting_level(topic), queries.approvers(topic)).require()
    move(topic, TOPIC, "return", actor=actor, now=now, reason=reason, round=topic.round + 1, changed_at=now)
    _tell_drafter(topic, "topics/email/returned.txt", now, reason)
    return topic


@transaction.atomic
def reopen_topic(topic_id: int, *, actor: Actor, now: datetime, reason: str) -> Topic:
    """3.2a: change what was approved together; the declaration is approved anew."""
    topic = queries.for_update(topic_id)
    policy.may_work(actor, topic).require()
    move(topic, TOPIC, "reopen", actor=actor, now=now, reason=reason, round=topic.round + 1, changed_at=now, approved_at=None)
    touch(topic.government_id, "home", "matters", f"topic:{topic.pk}")
    return topic


@transaction.atomic
def change_openness(topic_id: int, *, actor: Actor, now: datetime, reason: str, lists: Lists, seats_total: int | None = None) -> Topic:
    """3.2a: change form or audiences of an approved declaration; if anything differs it is reopened."""
    topic = queries.get(actor.government_id, topic_id)
    before = queries.facts_of(topic)
    after_audiences = before.seats if lists.audiences is None else {name: each[0] for name, each in lists.audiences.items()}
    changed = change_reopens(
        before,
        type(before)(
            forms=frozenset(lists.forms) if lists.forms is not None else before.forms,
            seats=after_audiences,
            seats_total=before.seats_total if seats_total is None else seats_total,
            closing_ground=before.closing_ground,
            disclosure=before.disclosure,
            meeting_kind=before.meeting_kind,
        ),
    )
    if not changed:
        return topic
    reopen_topic(topic_id, actor=actor, now=now, reason=reason)
    fields = {} if seats_total is None else {"seats_total": seats_total}
    return save_declaration(topic_id, actor=actor, now=now, lists=lists, **fields)


@transaction.atomic
def withdraw_topic(topic_id: int, *, actor: Actor, now: datetime, reason: str) -> Topic:
    """Withdraw a matter with a reason that the public reads when it was approved before."""
    topic = queries.for_update(topic_id)
    policy.may_withdraw(actor, topic).require()
    require_plain(reason, actor=actor)
    move(topic, TOPIC, "withdraw", actor=actor, now=now, reason=reason, changed_at=now)
    touch(topic.government_id, "home", "matters", f"topic:{topic.pk}")
    return topic
