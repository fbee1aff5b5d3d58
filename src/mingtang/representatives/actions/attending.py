"""What follows when a meeting is convened, changed or stopped; and the door on the day."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mingtang.kernel.decision import no
from mingtang.kernel.text import t
from mingtang.meetings import queries as meeting_queries
from mingtang.platform.actor import Actor
from mingtang.platform.audit.acts import record, require_own
from mingtang.platform.clock import day_of
from mingtang.platform.events import Happened
from mingtang.platform.figures.lookup import figures_for
from mingtang.platform.moves import move
from mingtang.representatives import policy, queries, rules
from mingtang.representatives.actions.inviting import locked, mail, touch_seat
from mingtang.representatives.models import Invitation
from mingtang.representatives.rules import INVITATION


def check_notices(happened: Happened) -> None:
    """Reaction to ``meeting.convene``: refuse when somebody was not told in time (3.2d)."""
    row = happened.subject
    figures = figures_for(row.government_id, day_of(row.starts_at))
    rules.may_convene(row.starts_at, queries.notice_facts(row.pk), row.emergency_reason, figures).require()


def meeting_changed(happened: Happened) -> None:
    """Reaction to ``meeting.change``, ``.postpone``, ``.cancel``: who was invited is told by mail."""
    row = happened.subject
    reason = str(happened.facts.get("reason", ""))
    kind = happened.name.rpartition(".")[2]
    for each in queries.told(row.pk):
        each.meeting = row
        mail(each, kind, f"{kind}:{each.token}:{happened.now.isoformat()}", happened.now, reason=reason)


def item_withdrawn(happened: Happened) -> None:
    """Reaction to ``agenda_item.withdraw``: refuse while people hold seats at the item."""
    n = queries.live_at(happened.subject.pk)
    if n:
        no(
            t("这一项已为 {n} 位代表安排席位。", "{n} representatives hold seats at this item.", n=n),
            "3.2c",
            t(
                "先在“列席代表”页撤销他们的席位并说明理由，再移出议程。",
                "Take their seats back with a reason on the page of representatives, then take the item off.",
            ),
            code="seats",
        ).require()


@transaction.atomic
def check_in(invitation_id: int, *, actor: Actor, now: datetime) -> Invitation:
    """3.2f: note that the person is here; twice changes nothing."""
    row = locked(invitation_id, actor)
    policy.may_check_in(actor).require()
    if row.state == "present":
        return row
    rules.may_register(row.meeting.state).require()
    move(row, INVITATION, "check_in", actor=actor, now=now, in_at=now)
    touch_seat(row)
    return row


@transaction.atomic
def check_out(invitation_id: int, *, actor: Actor, now: datetime) -> Invitation:
    """Note that the person has left (closed items follow); the first record stays."""
    row = locked(invitation_id, actor)
    policy.may_check_in(actor).require()
    if row.state != "present":
        no(
            t("{name}没有签到。", "{name} is not checked in.", name=row.representative.name),
            "3.2f",
            t("先签到。", "Check in first."),
            code="absent",
        ).require()
    if row.out_at is None:
        Invitation.objects.filter(pk=row.pk).update(out_at=now)
        row.out_at = now
        record("invitation.check_out", row, actor=actor, now=now)
    return row


@transaction.atomic
def check_in_by_code(meeting_id: int, code: str, *, actor: Actor, now: datetime) -> Invitation:
    """Check in by the code of the invitation (its link or token, typed or scanned)."""
    token = code.strip().rstrip("/").rpartition("/")[2]
    found = Invitation.objects.filter(meeting_id=meeting_id, token=token).first()
    if found is None:
        no(
            t("这不是本次会议的邀请码。", "This code belongs to no invitation of this meeting."),
            "3.2f",
            t("请核对二维码，或在名单里签到。", "Check the code, or use the list."),
            code="code",
        ).require()
    assert found is not None
    return check_in(found.pk, actor=actor, now=now)


@transaction.atomic
def mark_absent(meeting_id: int, *, actor: Actor, now: datetime) -> int:
    """Mark everybody absent who said yes and did not come, let unanswered invitations lapse; returns how many were absent."""
    meeting = meeting_queries.for_update(meeting_id)
    require_own(meeting, actor)
    policy.may_check_in(actor).require()
    rules.may_register(meeting.state).require()
    rows = list(
        Invitation.objects.select_for_update(of=("self",))
        .select_related("item")
        .filter(meeting_id=meeting_id, state__in=["selected", "invited", "accepted", "noticed"])
    )
    absent = 0
    for row in rows:
        missed = row.state in {"accepted", "noticed"}
        move(row, INVITATION, "miss" if missed else "lapse", actor=actor, now=now)
        absent += missed
        touch_seat(row)
    return absent
