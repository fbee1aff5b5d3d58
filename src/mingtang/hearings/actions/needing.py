"""Noting that a law demands a hearing on a matter, and the exemption it knows."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mingtang.hearings import policy, queries
from mingtang.hearings.models import HearingNeed
from mingtang.hearings.rules import may_note_need
from mingtang.platform.actor import Actor
from mingtang.platform.audit.acts import record, require_own
from mingtang.topics import queries as topic_queries


@transaction.atomic
def note_need(topic_id: int, *, actor: Actor, now: datetime, law: str, article: str, exemption: str = "") -> HearingNeed | None:
    """713 Art.16: the lead department names the act and article that demand a hearing; its head or the office, the exemption.

    None when nothing demands one. The same words again change nothing.
    """
    topic = topic_queries.for_update(topic_id)
    require_own(topic, actor)
    policy.may_run(actor, topic.department_id).require()
    row = queries.need(topic.pk)
    given = {"law": law.strip()[:120], "article": article.strip()[:60], "exemption": exemption.strip()[:500]}
    may_note_need(given["law"], given["article"], given["exemption"], noted=row is not None).require()
    if not given["law"] or (row and given == {name: getattr(row, name) for name in given}):
        return row
    assert actor.person_id is not None
    row = row or HearingNeed(government_id=topic.government_id, topic=topic, noted_by_id=actor.person_id, noted_at=now)
    if given["exemption"] != row.exemption:
        policy.may_decide(actor, topic.department_id).require()
        row.exempted_by_id, row.exempted_at = (actor.person_id, now) if given["exemption"] else (None, None)
    row.law, row.article, row.exemption = given["law"], given["article"], given["exemption"]
    row.save()
    record(
        "hearing_need.note", row, actor=actor, now=now, reason=row.exemption, clause="2.1d", data={"law": row.law, "article": row.article}
    )
    return row
