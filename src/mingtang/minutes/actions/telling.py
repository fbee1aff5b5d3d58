"""After the meeting: decision and fate of every suggestion to each representative."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mingtang.kernel.decision import no
from mingtang.kernel.text import t
from mingtang.meetings import queries as meeting_queries
from mingtang.minutes import policy, queries, rules
from mingtang.minutes.models import Told
from mingtang.platform.actor import Actor
from mingtang.platform.audit.acts import record, require_own
from mingtang.platform.outbox.post import Recipient, post
from mingtang.platform.web.versions import touch
from mingtang.representatives import queries as representative_queries


@transaction.atomic
def tell_representative(invitation_id: int, *, actor: Actor, now: datetime, door: str = "email") -> Told:
    """rep.feedback_workdays: tell one representative what was decided and what became of each suggestion.

    By e-mail from here, or as the clerk did it by telephone, post or hand. The first telling stays; it is refused
    while a suggestion of theirs has no answer.
    """
    row = representative_queries.for_update(invitation_id)
    require_own(row, actor)
    policy.may_judge(actor, row.item.topic.department_id).require()
    rules.may_note_door(door).require()
    found = Told.objects.filter(invitation=row).first()
    if found:
        return found
    rules.may_tell_whom(row.state == "present", row.representative.name).require()
    outcome = queries.outcome_for(row)
    rules.may_tell(outcome.issued, outcome.unanswered).require()
    if door == "email" and not _mail(outcome, now):
        no(
            t("{name}没有留邮箱。", "There is no e-mail address of {name}.", name=row.representative.name),
            "3.2e",
            t("请打电话、邮寄或当面告知，再选择方式记录。", "Tell them by telephone, post or hand, and record how."),
            code="no_address",
        ).require()
    made = Told.objects.create(invitation=row, meeting_id=row.meeting_id, door=door, told_by_id=actor.person_id, told_at=now)
    record("invitation.tell_outcome", row, actor=actor, now=now, clause="3.2e", data={"door": door})
    touch(row.government_id, f"meeting:{row.meeting_id}", f"topic:{row.item.topic_id}")
    return made


def _mail(outcome: queries.Outcome, now: datetime) -> bool:
    address = representative_queries.address_of(outcome.invitation)
    if not address:
        return False
    invitation = outcome.invitation
    post(
        "minutes/email/outcome.txt",
        to=Recipient(None, address),
        government_id=invitation.government_id,
        now=now,
        about=invitation,
        dedupe=f"outcome:{invitation.token}",
        url=f"/invitation/{invitation.token}/outcome/",
        name=invitation.representative.name,
        meeting=str(invitation.meeting),
        topic=str(invitation.item.topic),
        outcome=outcome,
    )
    return True


@transaction.atomic
def tell_all(meeting_id: int, *, actor: Actor, now: datetime) -> int:
    """Tell everybody who can be told by e-mail now, whom the actor may tell; returns how many."""
    meeting = meeting_queries.for_update(meeting_id)
    require_own(meeting, actor)
    n = 0
    for each in queries.to_tell(meeting_id):
        if each.has_address and not each.told and each.may and policy.may_judge(actor, each.department_id):
            tell_representative(each.invitation_id, actor=actor, now=now)
            n += 1
    return n
