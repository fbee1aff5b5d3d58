"""Suggestions of representatives: recorded, judged, answered."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from mingtang.kernel.decision import no
from mingtang.kernel.text import t
from mingtang.minutes import policy, published, queries, rules
from mingtang.minutes.models import Suggestion
from mingtang.platform.actor import Actor
from mingtang.platform.audit.acts import record, require_own
from mingtang.platform.codes import new_code
from mingtang.platform.guard.gate import require_plain
from mingtang.platform.ledger.writing import Promise, promise
from mingtang.platform.web.versions import touch
from mingtang.representatives import queries as representative_queries
from mingtang.representatives.actions.telling import tell_receipt


@transaction.atomic
def record_suggestion(invitation_id: int, *, actor: Actor, now: datetime, text: str, ground: str = "") -> Suggestion:
    """3.2e: write down what a representative present suggests, and why; give the receipt, promised to the log.

    The same words twice stand once.
    """
    policy.may_draft(actor).require()
    row = representative_queries.for_update(invitation_id)
    if row.state != "present":
        no(
            t("{name}没有签到，不能记录其建议。", "{name} is not checked in.", name=row.representative.name),
            "3.2f",
            t("先签到。", "Check in first."),
            code="absent",
        ).require()
    if not text.strip():
        no(
            t("建议内容为空。", "The suggestion is empty."), "3.2e", t("用一两句话写下。", "Write it in a sentence or two."), code="empty"
        ).require()
    found = Suggestion.objects.filter(invitation=row, text=text.strip()).first()
    if found:
        return found
    rules.may_change_suggestions(queries.state_of(row.meeting_id)).require()
    said = {"text": text.strip(), "ground": ground.strip(), "recorded_by_id": actor.person}
    return keep_suggestion(row, actor, now, said)


def keep_suggestion(row: Any, actor: Actor, now: datetime, said: dict[str, Any]) -> Suggestion:
    """Keep what the holder of the invitation `row` said or wrote, with its receipt, promised to the log."""
    code = new_code(row.government.code_prefix)
    made = Suggestion.objects.create(government_id=row.government_id, invitation=row, item=row.item, receipt=code, said_at=now, **said)
    content, about = published.content_of(made), published.about_of(made)
    promise(
        [Promise(published.RECEIVED, code, content, (published.SUGGESTION_ROW, made.pk), about)], government_id=row.government_id, now=now
    )
    record("suggestion.record", made, actor=actor, now=now, clause="3.2e", data={"source": made.source})
    tell_receipt(row, code, now)
    return made


@transaction.atomic
def judge_suggestion(suggestion_id: int, *, actor: Actor, now: datetime, reasonable: bool, reason: str = "") -> Suggestion:
    """3.2e: reasonable suggestions go into the minutes; the others get a reason."""
    row = queries.suggestion_for_update(suggestion_id)
    require_own(row, actor)
    policy.may_judge(actor, row.item.topic.department_id).require()
    rules.may_judge(reasonable, reason).require()
    if (row.reasonable, row.reason) == (reasonable, reason.strip()):
        return row
    rules.may_change_suggestions(queries.state_of(row.item.meeting_id)).require()
    row.reasonable, row.reason, row.judged_at = reasonable, reason.strip(), now
    row.save(update_fields=["reasonable", "reason", "judged_at"])
    record("suggestion.judge", row, actor=actor, now=now, reason=reason, clause="3.2e", data={"reasonable": reasonable})
    return row


@transaction.atomic
def reply_suggestion(suggestion_id: int, *, actor: Actor, now: datetime, reply: str) -> Suggestion:
    """Answer the representative: what became of the suggestion."""
    row = queries.suggestion_for_update(suggestion_id)
    require_own(row, actor)
    policy.may_judge(actor, row.item.topic.department_id).require()
    if not reply.strip():
        no(
            t("答复内容为空。", "The answer is empty."),
            "3.2e",
            t("写明建议怎样处理了。", "Say what became of the suggestion."),
            code="empty",
        ).require()
    require_plain(reply, actor=actor)
    row.reply, row.replied_at = reply.strip(), now
    row.save(update_fields=["reply", "replied_at"])
    record("suggestion.reply", row, actor=actor, now=now)
    touch(row.government_id, f"meeting:{row.item.meeting_id}")
    return row
