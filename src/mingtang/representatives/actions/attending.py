"""What follows when a meeting is convened, changed, stopped or over."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mingtang.kernel.decision import no
from mingtang.kernel.text import t
from mingtang.meetings import queries as meeting_queries
from mingtang.platform.actor import Actor
from mingtang.platform.audit.acts import require_own
from mingtang.platform.clock import day_of
from mingtang.platform.events import Happened
from mingtang.platform.figures.lookup import figures_for, work_calendar
from mingtang.platform.moves import move
from mingtang.representatives import policy, queries, rules
from mingtang.representatives.actions.inviting import touch_seat
from mingtang.representatives.actions.reaching import reach
from mingtang.representatives.models import Invitation
from mingtang.representatives.rules import INVITATION


def check_notices(happened: Happened) -> None:
    """Reaction to ``meeting.convene``: refuse when somebody was not told in time (3.2d)."""
    row = happened.subject
    figures = figures_for(row.government_id, day_of(row.starts_at))
    rules.may_convene(row.starts_at, queries.notice_facts(row.pk), row.emergency_reason, figures, work_calendar()).require()


def meeting_changed(happened: Happened) -> None:
    """Reaction to ``meeting.change``, ``.postpone``, ``.cancel``: who was invited is told by mail."""
    row = happened.subject
    reason = str(happened.facts.get("reason", ""))
    kind = happened.name.rpartition(".")[2]
    for each in queries.told(row.pk):
        each.meeting = row
        reach(each, kind, f"{kind}:{each.token}:{happened.now.isoformat()}", happened.now, reason=reason)


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


def item_begins(happened: Happened) -> None:
    """Reaction to ``agenda_item.begin``: a closed item waits until no representative is in the room (1.2a)."""
    item = happened.subject
    if item.attendance == "closed":
        rules.may_begin_closed(queries.inside_count(item.meeting_id)).require()


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
