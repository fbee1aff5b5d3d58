"""A call: prepared, published, extended, relaxed, cancelled."""

from __future__ import annotations

import secrets
from datetime import date, datetime

from django.db import transaction

from mingtang.kernel.decision import no
from mingtang.kernel.text import t
from mingtang.platform.actor import Actor
from mingtang.platform.audit.acts import record, require_own
from mingtang.platform.clock import day_of
from mingtang.platform.guard.gate import require_plain
from mingtang.platform.moves import move
from mingtang.platform.web.versions import touch
from mingtang.representatives import policy, queries, rules
from mingtang.representatives.models import Call, Quota
from mingtang.representatives.rules import AUDIENCE, CALL, QuotaLine
from mingtang.topics import queries as topic_queries

SAID = ("title", "purpose", "conditions", "contact", "closes_on", "reserves", "household_limit")


def locked_call(call_id: int, actor: Actor) -> Call:
    """One call of the actor's government, locked."""
    row = queries.call_for_update(call_id)
    require_own(row, actor)
    return row


def touch_call(row: Call) -> None:
    """Say that the public pages showing this call changed."""
    touch(row.government_id, "calls", f"call:{row.pk}", f"topic:{row.topic_id}")


@transaction.atomic
def begin_call(topic_id: int, *, actor: Actor, now: datetime, title: str = "") -> Call:
    """Begin a call for an approved matter, with its free seats as the seats to draw; one that is being prepared stays the one."""
    topic = topic_queries.for_update(topic_id)
    require_own(topic, actor)
    policy.may_run_call(actor, topic.department_id).require()
    found = Call.objects.filter(topic_id=topic_id, state="preparing").first()
    if found:
        return found
    if topic.state != "approved" or not topic.is_named:
        no(
            t("议题还没有批准，不能征集代表。", "The matter is not approved; nobody can be called for it."),
            "3.2a",
            t("申报表批准以后再征集。", "Have the declaration approved first."),
            code="not_approved",
        ).require()
    given = title.strip()[:120] or f"列席代表征集：{str(topic).replace('|', '')}"[:120]
    row = Call.objects.create(government_id=actor.government_id, topic=topic, title=given, made_by_id=actor.person, made_at=now)
    free = queries.free_seats(topic_id)
    Quota.objects.bulk_create(
        Quota(call=row, category=AUDIENCE, value=audience, least=seats, most=seats) for audience, seats in free.items() if seats > 0
    )
    record("call.begin", row, actor=actor, now=now, clause="2.2a")
    return row


@transaction.atomic
def save_call(
    call_id: int,
    *,
    actor: Actor,
    now: datetime,
    title: str,
    purpose: str,
    conditions: str,
    contact: str,
    closes_on: date | None,
    reserves: int,
    household_limit: int = 0,
) -> Call:
    """Save what a call says, as long as it is being prepared; `household_limit`: at most so many of one household, 0 for no limit."""
    row = _preparing(call_id, actor)
    row.title, row.purpose, row.conditions, row.contact = title.strip(), purpose.strip(), conditions.strip(), contact.strip()
    row.closes_on, row.reserves, row.household_limit = closes_on, reserves, household_limit
    row.household_salt = row.household_salt or secrets.token_hex(16)
    row.save(update_fields=[*SAID, "household_salt"])
    record("call.save", row, actor=actor, now=now)
    return row


def _preparing(call_id: int, actor: Actor) -> Call:
    row = locked_call(call_id, actor)
    policy.may_run_call(actor, row.topic.department_id).require()
    if row.state != "preparing":
        no(
            t("已经公布，不能再改。", "It is published and cannot be changed."),
            "3.2c",
            t("可以延长报名、放宽名额，或取消后重新征集。", "Extend it, relax a quota, or cancel and call anew."),
            code="published",
        ).require()
    return row


@transaction.atomic
def set_quota(call_id: int, *, actor: Actor, now: datetime, line: QuotaLine, rationale: str = "") -> Quota:
    """Write a quota with its rationale; the same category and value again changes it."""
    row = _preparing(call_id, actor)
    rules.may_set_quota(line).require()
    given = {"least": line.least, "most": line.most, "rationale": rationale.strip()[:300]}
    made, _new = Quota.objects.update_or_create(call=row, category=line.category.strip(), value=line.value.strip(), defaults=given)
    record("call.set_quota", row, actor=actor, now=now, data={"quota": str(made), "least": line.least, "most": line.most})
    return made


@transaction.atomic
def remove_quota(call_id: int, quota_id: int, *, actor: Actor, now: datetime) -> Call:
    """Take a quota out of a call that is being prepared; twice changes nothing."""
    row = _preparing(call_id, actor)
    if Quota.objects.filter(call=row, pk=quota_id).delete()[0]:
        record("call.remove_quota", row, actor=actor, now=now)
    return row


@transaction.atomic
def publish_call(call_id: int, *, actor: Actor, now: datetime) -> Call:
    """Publish a call: seats that are approved and free, quotas that add up, texts without personal data."""
    row = locked_call(call_id, actor)
    policy.may_publish_call(actor, row).require()
    if row.state == "open":
        return row
    CALL.may(row.state, "publish").require()
    quotas = list(row.quotas.all())
    rules.may_publish([each.line for each in quotas], queries.free_seats(row.topic_id), row.closes_on, day_of(now)).require()
    if not row.purpose or not row.conditions:
        no(
            t("要写明请来做什么、什么条件。", "What people are called for, and on what conditions, must be written."),
            "2.2a",
            t("填写“请您来做什么”和“报名条件”。", "Fill in “What you are called for” and “Conditions”."),
            code="incomplete",
        ).require()
    words = [row.title, row.purpose, row.conditions, row.contact, *(f"{each.category} {each.value} {each.rationale}" for each in quotas)]
    require_plain("\n".join(words), actor=actor)
    move(row, CALL, "publish", actor=actor, now=now, published_at=now)
    touch_call(row)
    return row


@transaction.atomic
def extend_call(call_id: int, *, actor: Actor, now: datetime, closes_on: date, reason: str) -> Call:
    """Move the closing day of an open call to a later one; the reason is public."""
    row = locked_call(call_id, actor)
    policy.may_publish_call(actor, row).require()
    if row.closes_on == closes_on and row.change_reason == reason.strip()[:300]:
        return row
    rules.may_extend(row.state, row.closes_on or closes_on, closes_on, reason, day_of(now)).require()
    require_plain(reason, actor=actor)
    row.closes_on, row.change_reason = closes_on, reason.strip()[:300]
    row.save(update_fields=["closes_on", "change_reason"])
    record("call.extend", row, actor=actor, now=now, reason=reason, clause="2.2a", data={"closes_on": closes_on.isoformat()})
    touch_call(row)
    return row


@transaction.atomic
def relax_quota(quota_id: int, *, actor: Actor, now: datetime, least: int, most: int, reason: str) -> Quota:
    """Widen a quota of an open call; the reason is public."""
    quota = Quota.objects.filter(pk=quota_id, call__government_id=actor.government_id).first()
    if quota is None:
        queries.NO_CALL.require()
    assert quota is not None
    row = locked_call(quota.call_id, actor)
    policy.may_publish_call(actor, row).require()
    if (quota.least, quota.most) == (least, most):
        return quota
    if row.state != "open":
        CALL.may(row.state, "freeze").require()
    rules.may_relax(quota.line, least, most, reason).require()
    require_plain(reason, actor=actor)
    quota.least, quota.most, quota.relaxed_reason = least, most, reason.strip()[:300]
    quota.save(update_fields=["least", "most", "relaxed_reason"])
    data = {"quota": f"{quota.category}:{quota.value}", "least": least, "most": most}
    record("call.relax_quota", row, actor=actor, now=now, reason=reason, clause="3.2c", data=data)
    touch_call(row)
    return quota


@transaction.atomic
def cancel_call(call_id: int, *, actor: Actor, now: datetime, reason: str) -> Call:
    """Cancel a call before anything is frozen; the reason is public."""
    row = locked_call(call_id, actor)
    policy.may_publish_call(actor, row).require()
    if row.state == "cancelled":
        return row
    require_plain(reason, actor=actor)
    move(row, CALL, "cancel", actor=actor, now=now, reason=reason, ended_at=now, change_reason=reason.strip()[:300])
    touch_call(row)
    return row
