"""From the draw to seats: those drawn get an invitation, a reserve moves up when one of them leaves."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mingtang.kernel.decision import no
from mingtang.kernel.text import t
from mingtang.platform.actor import Actor
from mingtang.platform.audit.acts import record
from mingtang.platform.events import Happened, announce
from mingtang.platform.moves import move
from mingtang.representatives import policy, queries, rules
from mingtang.representatives.actions.applying import locked_application
from mingtang.representatives.actions.calling import locked_call, touch_call
from mingtang.representatives.actions.inviting import select_representative
from mingtang.representatives.actions.keeping import enter, keep_consent
from mingtang.representatives.models import Application, ApplicationContact, Call, Representative
from mingtang.representatives.rules import APPLICATION


@transaction.atomic
def seat_drawn(call_id: int, *, actor: Actor, now: datetime) -> int:
    """Give everybody drawn their seat at the next meeting that has the matter on its agenda; gives how many were seated."""
    row = locked_call(call_id, actor)
    policy.may_run_call(actor, row.topic.department_id).require()
    drawn = list(Application.objects.select_for_update().filter(call=row, state="drawn").order_by("number"))
    for each in drawn:
        _seat(row, each, actor, now)
    if drawn:
        touch_call(row)
    return len(drawn)


@transaction.atomic
def fill_seat(application_id: int, *, actor: Actor, now: datetime) -> Application:
    """Seat the next reserve in the place of somebody drawn who left; a second call gives whoever moved up."""
    leaving = locked_application(application_id, actor)
    follower = Application.objects.filter(replaces=leaving).first()
    if follower:
        return follower
    draw = queries.draw_of(leaving.call_id)
    if draw is None or not queries.holds_place(draw, leaving):
        queries.NO_APPLICATION.require()
    assert draw is not None
    rules.may_fill(leaving.state, leaving.invitation.state if leaving.invitation else "").require()
    next_one = queries.after_leaving(draw, leaving)
    if next_one is None:
        no(
            t("候补名单里没有能递补的人。", "No reserve can take this seat."),
            "3.2c",
            t("席位空着，或由牵头部门另选，写明理由。", "Leave it empty, or the lead department chooses somebody and says why."),
            code="no_reserve",
        ).require()
    assert next_one is not None
    made = queries.application_for_update(next_one.pk)
    made.replaces = leaving
    made.save(update_fields=["replaces"])
    _seat(leaving.call, made, actor, now)
    record("draw.replaced", draw, actor=actor, now=now, clause="3.2c", data={"leaves": leaving.number, "comes": made.number})
    announce(Happened("call.replace", leaving.call, actor, now))
    touch_call(leaving.call)
    return made


def _seat(call: Call, row: Application, actor: Actor, now: datetime) -> None:
    item = queries.item_for(call.topic_id)
    if item is None:
        no(
            t("这个议题还没有列入即将召开的会议。", "The matter is not on the agenda of a coming meeting yet."),
            "3.2c",
            t("列入会议议程以后再安排席位。", "Give the seats once it is on an agenda."),
            code="no_item",
        ).require()
    assert item is not None
    person = _person(row, actor, now)
    seat = select_representative(item.pk, person.pk, actor=actor, now=now, method="draw")
    move(row, APPLICATION, "seat", actor=actor, now=now, invitation=seat)


def _person(row: Application, actor: Actor, now: datetime) -> Representative:
    """The applicant in the pool: whoever has the same name and phone, else somebody new."""
    who = ApplicationContact.objects.get(application=row)
    known = Representative.objects.filter(government_id=row.government_id, audience=row.audience, name=who.name, state="listed")
    found = known.filter(contact__phone=who.phone).first() if who.phone else None
    if found:
        return found
    made = Representative(government_id=row.government_id, audience=row.audience, name=who.name, source="call", added_at=now)
    enter(made, now, phone=who.phone, email=who.email)
    keep_consent(made, actor=actor, now=who.consent_at, agreed=who.publish_name)
    return made
