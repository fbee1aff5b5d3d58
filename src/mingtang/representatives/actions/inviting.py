"""Seats: who is selected, invited, answers, is taken off again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mingtang.kernel.decision import no
from mingtang.kernel.text import t
from mingtang.meetings import queries as meeting_queries
from mingtang.platform.actor import Actor
from mingtang.platform.audit.acts import record, require_own
from mingtang.platform.clock import day_of
from mingtang.platform.codes import new_code as code_of_groups
from mingtang.platform.codes import new_token
from mingtang.platform.moves import move
from mingtang.platform.web.versions import touch
from mingtang.representatives import policy, published, queries, rules
from mingtang.representatives.actions.reaching import reach
from mingtang.representatives.models import Call, Invitation, Representative
from mingtang.representatives.rules import INVITATION
from mingtang.topics import queries as topic_queries

SETTLED = frozenset({"frozen", "convened"})


def locked(invitation_id: int, actor: Actor) -> Invitation:
    """One invitation of the actor's government, locked."""
    row = queries.for_update(invitation_id)
    require_own(row, actor)
    return row


def touch_seat(row: Invitation) -> None:
    """Say that the public pages showing this seat changed."""
    touch(row.government_id, "home", f"meeting:{row.meeting_id}", f"topic:{row.item.topic_id}", *call_keys(row.item.topic_id))


def call_keys(topic_id: int) -> list[str]:
    """The keys of the public pages of the calls for a matter."""
    return [f"call:{each}" for each in Call.objects.filter(topic_id=topic_id).values_list("pk", flat=True)]


def new_code(meeting_id: int) -> str:
    """A code of two groups for the door, of no other seat of the meeting."""
    while True:
        code = code_of_groups(groups=2)
        if not Invitation.objects.filter(meeting_id=meeting_id, code=code).exists():
            return code


@transaction.atomic
def select_representative(
    item_id: int, representative_id: int, *, actor: Actor, now: datetime, method: str, reason: str = ""
) -> Invitation:
    """3.2c: give a seat of the approved audience to a person; a second call gives the seat already there.

    Somebody who declined or was taken off may be selected again: the seat begins anew with a new link.
    """
    item = meeting_queries.item_for_update(item_id)
    require_own(item, actor)
    policy.may_select(actor, item.topic.department_id).require()
    person = Representative.objects.filter(pk=representative_id, government_id=item.government_id).exclude(state="left").first()
    if person is None:
        no(
            t("库里没有这个人，或已出库。", "This person is not in the pool, or has left it."),
            "3.2c",
            t("请重新选人。", "Choose somebody else."),
            code="gone",
        ).require()
    assert person is not None
    found = Invitation.objects.filter(item=item, representative=person).first()
    if found and found.state not in {"declined", "revoked"}:
        return found
    rules.may_seat(item.meeting.state, item.attendance).require()
    queries.may_sit(person, item, method).require()
    seats = topic_queries.openness(item.topic_id).audiences
    rules.may_select(person.audience, seats, queries.taken(item_id), method, reason).require()
    if found:
        return seat_again(found.pk, actor=actor, now=now, method=method, reason=reason)
    row = Invitation.objects.create(
        government_id=item.government_id,
        meeting_id=item.meeting_id,
        item=item,
        representative=person,
        audience=person.audience,
        method=method,
        method_reason=reason.strip(),
        token=new_token(),
        code=new_code(item.meeting_id),
        publish_name=person.publish_name,
    )
    _filled(row)
    record("invitation.select", row, actor=actor, now=now, reason=reason, clause="3.2c")
    touch_seat(row)
    return row


@transaction.atomic
def seat_again(invitation_id: int, *, actor: Actor, now: datetime, method: str, reason: str) -> Invitation:
    """Give a declined or revoked seat to the same person once more; the old link stops working."""
    row = locked(invitation_id, actor)
    policy.may_select(actor, row.item.topic.department_id).require()
    rules.may_seat(row.meeting.state, row.item.attendance).require()
    queries.may_sit(row.representative, row.item, method).require()
    others = queries.taken(row.item_id)
    rules.may_select(row.audience, topic_queries.openness(row.item.topic_id).audiences, others, method, reason).require()
    row.materials.all().delete()
    words = reason.strip() or str(rules.METHOD_LABELS[method])
    move(
        row,
        INVITATION,
        "seat_again",
        actor=actor,
        now=now,
        reason=words,
        token=new_token(),
        code=new_code(row.meeting_id),
        method=method,
        method_reason=reason.strip(),
        decline_reason="",
        invited_at=None,
        answered_at=None,
        noticed_at=None,
        noticed_by_door="",
        delivered_at=None,
        opened_at=None,
        reminded_at=None,
        acknowledged_at=None,
        bounced_at=None,
        bounce_words="",
        unfilled_at=None,
        unfilled_why="",
        rules=None,
        requirements="",
    )
    touch_seat(row)
    return row


def _filled(row: Invitation) -> None:
    """A seat that was said to stay empty has somebody after all."""
    empty = (
        Invitation.objects.filter(item_id=row.item_id, audience=row.audience, unfilled_at__isnull=False)
        .order_by("unfilled_at", "id")
        .first()
    )
    if empty:
        Invitation.objects.filter(pk=empty.pk).update(unfilled_at=None, unfilled_why="")


@transaction.atomic
def invite(invitation_id: int, *, actor: Actor, now: datetime) -> Invitation:
    """2.2a, 3.2b: send the invitation with a personal link; needs house rules in force and a frozen agenda."""
    row = locked(invitation_id, actor)
    policy.may_select(actor, row.item.topic.department_id).require()
    if row.state == "invited":
        return row
    INVITATION.may(row.state, "invite").require()
    in_force = queries.rules_in_force(row.item.topic.department_id, day_of(now))
    rules.may_invite(rules_in_force=in_force is not None, agenda_frozen=row.meeting.state in SETTLED).require()
    move(row, INVITATION, "invite", actor=actor, now=now, invited_at=now)
    reach(row, "invitation", f"invite:{row.token}", now)
    touch_seat(row)
    return row


@transaction.atomic
def invite_all(meeting_id: int, *, actor: Actor, now: datetime) -> int:
    """Invite everybody selected whom the actor may invite; all or nobody. Returns how many."""
    rows = [
        each
        for each in queries.invitations(meeting_id)
        if each.state == "selected" and policy.may_select(actor, each.item.topic.department_id)
    ]
    for each in rows:
        invite(each.pk, actor=actor, now=now)
    return len(rows)


@transaction.atomic
def answer_invitation(
    token: str, *, actor: Actor, now: datetime, accept: bool, accepted_rules: bool = False, publish_name: bool = False, reason: str = ""
) -> Invitation:
    """The representative's own answer through the personal link; the same answer twice changes nothing."""
    found = queries.by_token(token)
    if found is None:
        queries.GONE.require()
    assert found is not None
    row = locked(found.pk, actor)
    if (accept and row.state in {"accepted", "noticed"}) or (not accept and row.state == "declined"):
        return row
    INVITATION.may(row.state, "accept" if accept else "decline").require()
    rules.may_answer(row.meeting.state).require()
    if accept:
        rules.may_accept(accepted_rules).require()
        binding = published.rules_for(row, now)
        move(row, INVITATION, "accept", actor=actor, now=now, answered_at=now, rules=binding, publish_name=publish_name)
    else:
        move(row, INVITATION, "decline", actor=actor, now=now, answered_at=now, decline_reason=reason.strip()[:300])
        reach(row, "declined", f"declined:{row.token}", now)
    touch_seat(row)
    return row


@transaction.atomic
def revoke(invitation_id: int, *, actor: Actor, now: datetime, reason: str, fill: bool = False) -> Invitation:
    """Take a seat back with a reason; who was invited is told, the link explains it. With `fill` the next reserve moves up."""
    row = locked(invitation_id, actor)
    policy.may_select(actor, row.item.topic.department_id).require()
    if row.state == "revoked":
        return row
    knew = row.state != "selected"
    move(row, INVITATION, "revoke", actor=actor, now=now, reason=reason, facts={"fill": fill}, decline_reason=reason.strip()[:300])
    if knew:
        reach(row, "revoked", f"revoke:{row.token}", now, reason=reason.strip())
    touch_seat(row)
    return row
