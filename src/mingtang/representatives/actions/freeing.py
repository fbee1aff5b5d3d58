"""A seat becomes free: the next reserve of the same audience moves up while the notice can still be given, else it is said."""

from __future__ import annotations

from datetime import datetime

from mingtang.kernel.decision import Refused
from mingtang.platform.actor import Actor, system
from mingtang.platform.audit.acts import record
from mingtang.platform.clock import day_of
from mingtang.platform.events import Happened
from mingtang.platform.figures.lookup import figures_for, work_calendar
from mingtang.representatives import queries, rules
from mingtang.representatives.actions.filling import fill_seat
from mingtang.representatives.actions.inviting import invite, touch_seat
from mingtang.representatives.models import Application, Invitation


def seat_freed(happened: Happened) -> None:
    """Reaction to ``invitation.decline`` and ``.revoke``: the next reserve is seated and invited, or the seat stays empty and says why.

    Whoever was not drawn has no reserves: then the desk asks for somebody as long as there is time.
    """
    row, now = happened.subject, happened.now
    if not happened.facts.get("fill", True):
        return
    figures = figures_for(row.government_id, day_of(row.meeting.starts_at))
    if not rules.may_still_fill(row.meeting.starts_at, now, figures, work_calendar()):
        _leave_empty(row, "late", now)
        return
    drawn = Application.objects.filter(invitation=row).first()
    if drawn is not None:
        _move_up(row, drawn, system(row.government_id), now)


def _move_up(row: Invitation, drawn: Application, actor: Actor, now: datetime) -> None:
    try:
        follower = fill_seat(drawn.pk, actor=actor, now=now)
    except Refused as refused:
        _leave_empty(row, "no_reserve" if refused.decision.code == "no_reserve" else "other", now)
        return
    if follower.invitation is not None and queries.may_be_invited(follower.invitation, now):
        invite(follower.invitation.pk, actor=actor, now=now)


def _leave_empty(row: Invitation, why: str, now: datetime) -> None:
    Invitation.objects.filter(pk=row.pk).update(unfilled_at=now, unfilled_why=why)
    row.unfilled_at, row.unfilled_why = now, why
    record("invitation.leave_empty", row, actor=system(row.government_id), now=now, clause="3.2d", data={"why": why})
    touch_seat(row)
