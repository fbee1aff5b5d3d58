"""Comments on circulated minutes, section by section."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mingtang.minutes import policy, queries, rules
from mingtang.minutes.models import SectionComment
from mingtang.platform.actor import Actor
from mingtang.platform.audit.acts import record, require_own


@transaction.atomic
def comment_section(section_id: int, *, actor: Actor, now: datetime, text: str) -> SectionComment:
    """Remark something on a section while the minutes go round; the same words of the same person twice stand once."""
    policy.may_comment(actor).require()
    section = queries.section_for_update(section_id)
    require_own(section.minutes, actor)
    rules.may_comment(section.minutes.state, text).require()
    rules.may_fit(text).require()
    found = SectionComment.objects.filter(section=section, written_by_id=actor.person, text=text.strip(), closed_at=None).first()
    if found:
        return found
    made = SectionComment.objects.create(
        section=section, version=section.version, text=text.strip(), written_by_id=actor.person, written_at=now
    )
    record("minutes.comment", section.minutes, actor=actor, now=now, clause="3.4b", data={"section": section.key, "comment": made.pk})
    return made


@transaction.atomic
def answer_comment(comment_id: int, *, actor: Actor, now: datetime, answer: str) -> SectionComment:
    """The drafter says how a comment was worked in, or why not."""
    row = queries.comment_for_update(comment_id)
    require_own(row.section.minutes, actor)
    policy.may_draft(actor).require()
    rules.may_answer_comment(answer).require()
    rules.may_fit(answer).require()
    if row.answer == answer.strip():
        return row
    row.answer, row.answered_by_id, row.answered_at = answer.strip(), actor.person, now
    row.save(update_fields=["answer", "answered_by", "answered_at"])
    record("minutes.answer_comment", row.section.minutes, actor=actor, now=now, data={"comment": row.pk})
    return row


@transaction.atomic
def close_comment(comment_id: int, *, actor: Actor, now: datetime) -> SectionComment:
    """Whoever made a comment, or the office, says it is settled."""
    row = queries.comment_for_update(comment_id)
    require_own(row.section.minutes, actor)
    policy.may_close_comment(actor, row).require()
    if row.closed_at is None:
        row.closed_at = now
        row.save(update_fields=["closed_at"])
        record("minutes.close_comment", row.section.minutes, actor=actor, now=now, data={"comment": row.pk})
    return row
