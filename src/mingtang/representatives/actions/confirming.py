"""House rules that changed between invitation and meeting: who accepted the old ones is asked, and confirms the new (3.2b)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mingtang.platform.actor import Actor
from mingtang.platform.audit.acts import record
from mingtang.representatives import policy, published, queries
from mingtang.representatives.actions.inviting import locked, touch_seat
from mingtang.representatives.actions.reaching import reach
from mingtang.representatives.models import HouseRules, Invitation

ANSWERED = ("accepted", "noticed")


def ask_to_confirm(made: HouseRules, now: datetime) -> int:
    """Tell everybody who accepted earlier rules of this department for a meeting to come; gives how many were written to."""
    seats = Invitation.objects.filter(item__topic__department_id=made.department_id, state__in=ANSWERED, meeting__started_at=None)
    rows = seats.select_related("meeting__government", "item__topic__department", "representative", "rules").order_by("pk")
    asked = [row for row in rows if published.confirms_anew(row, now)]
    return sum(bool(reach(row, "rules_changed", f"rules:{row.token}:{made.version}", now)) for row in asked)


@transaction.atomic
def confirm_rules(token: str, *, actor: Actor, now: datetime) -> Invitation:
    """Confirm, by the personal link, the house rules in force on the day of the meeting; twice changes nothing."""
    found = queries.by_token(token)
    if found is None:
        queries.GONE.require()
    assert found is not None
    return _confirm(locked(found.pk, actor), actor, now)


@transaction.atomic
def confirm_for(invitation_id: int, *, actor: Actor, now: datetime) -> Invitation:
    """The desk notes that somebody confirmed the rules in force, by phone or by their signature at the door."""
    row = locked(invitation_id, actor)
    policy.may_select(actor, row.item.topic.department_id).require()
    return _confirm(row, actor, now)


def _confirm(row: Invitation, actor: Actor, now: datetime) -> Invitation:
    if not published.confirms_anew(row, now):
        return row
    row.rules = published.rules_for(row, now)
    row.save(update_fields=["rules"])
    version = row.rules.version if row.rules else 0
    record("invitation.confirm_rules", row, actor=actor, now=now, clause="3.2b", data={"version": version})
    touch_seat(row)
    return row
