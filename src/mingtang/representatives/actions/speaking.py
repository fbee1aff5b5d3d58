"""A representative who is there asks for the floor by their personal link, and takes it back."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from mingtang.kernel.decision import no
from mingtang.kernel.text import t
from mingtang.meetings import actions as meeting_actions
from mingtang.meetings import queries as meeting_queries
from mingtang.meetings.rules import REPRESENTATIVE
from mingtang.platform.actor import Actor
from mingtang.representatives import queries
from mingtang.representatives.models import Invitation

if TYPE_CHECKING:
    from mingtang.meetings.models import Speech


def _present(token: str) -> Invitation:
    """The holder of the link, who is checked in and has not left; `Refused` otherwise."""
    found = queries.by_token(token)
    if found is None:
        queries.GONE.require()
    assert found is not None
    row = queries.for_update(found.pk)
    if row.state != "present" or row.out_at is not None:
        no(
            t("签到以后才能要求发言。", "Check in before you ask to speak."),
            "2.2",
            t("到签到处签到；已签到的请稍候刷新。", "Check in at the door; if you did, reload in a moment."),
            code="absent",
        ).require()
    return row


@transaction.atomic
def ask_to_speak(token: str, *, actor: Actor, now: datetime) -> Speech:
    """Put oneself on the list of speakers of one's item; who waits already is not put on twice."""
    row = _present(token)
    return meeting_actions.add_speech(row.item_id, actor=actor, now=now, kind=REPRESENTATIVE, speaker=row.representative.name, seat=row.pk)


@transaction.atomic
def take_back_request(token: str, *, actor: Actor, now: datetime) -> int:
    """Take oneself off the list again; how many requests that were (none is no fault)."""
    row = _present(token)
    waiting = [each for each in meeting_queries.speeches(row.item_id) if each.seat == row.pk and each.waits]
    for each in waiting:
        meeting_actions.withdraw_speech(each.pk, actor=actor, now=now, seat=row.pk)
    return len(waiting)
