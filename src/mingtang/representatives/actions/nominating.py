"""A seat by nomination: the body, its letter and the letter's day stand with the seat (3.2c)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from mingtang.platform.actor import Actor
from mingtang.platform.audit.acts import record
from mingtang.platform.clock import day_of
from mingtang.platform.files.keep import keep
from mingtang.representatives import rules
from mingtang.representatives.actions.inviting import select_representative, touch_seat
from mingtang.representatives.models import Invitation, Nomination


@transaction.atomic
def nominate(
    item_id: int,
    representative_id: int,
    *,
    actor: Actor,
    now: datetime,
    body: str,
    letter_no: str,
    dated_on: date | None,
    letter: Any = None,
) -> Invitation:
    """Give a seat to somebody a body nominated by letter; the letter is kept for the file and not published. Twice gives the seat there."""
    rules.may_nominate(body, letter_no, dated_on, day_of(now)).require()
    assert dated_on is not None  # the rule asks for it
    words = f"{body.strip()} {dated_on:%Y-%m-%d} {letter_no.strip()}"
    seat = select_representative(item_id, representative_id, actor=actor, now=now, method="nomination", reason=words)
    if Nomination.objects.filter(invitation=seat, letter_no=letter_no.strip()).exists():
        return seat
    kept = keep(letter, government_id=seat.government_id, person_id=actor.person_id, now=now) if letter else None
    said = {"body": body.strip()[:120], "letter_no": letter_no.strip()[:60], "dated_on": dated_on, "file": kept}
    Nomination.objects.update_or_create(invitation=seat, defaults=said)
    record("invitation.nominate", seat, actor=actor, now=now, clause="3.2c", data={"dated_on": dated_on.isoformat()})
    touch_seat(seat)
    return seat
