"""3.2f: the door on the day. In and out, by list, code or scan; without an invitation; out and back in for closed items."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from mingtang.kernel.decision import no
from mingtang.kernel.text import t
from mingtang.meetings import queries as meeting_queries
from mingtang.platform.actor import Actor
from mingtang.platform.audit.acts import record, require_own
from mingtang.platform.clock import day_of
from mingtang.platform.codes import new_token, token_in
from mingtang.platform.moves import move
from mingtang.representatives import policy, queries, rules
from mingtang.representatives.actions.inviting import locked, new_code, touch_seat
from mingtang.representatives.models import CheckIn, Invitation, Representative
from mingtang.representatives.rules import INVITATION
from mingtang.topics import queries as topic_queries

if TYPE_CHECKING:
    from mingtang.meetings.models import Meeting


def _note(row: Invitation, actor: Actor, now: datetime, *, inward: bool, way: str, at: datetime, key: str = "") -> CheckIn:
    return CheckIn.objects.create(
        invitation=row,
        item=queries.running_item(row.meeting_id),
        inward=inward,
        way=way,
        at=at,
        noted_at=now,
        noted_by_id=actor.person_id,
        key=key or None,
    )


@transaction.atomic
def check_in(
    invitation_id: int, *, actor: Actor, now: datetime, way: str = "list", at: datetime | None = None, key: str = ""
) -> Invitation:
    """3.2f: note that the person is here; twice changes nothing. `at` is the moment by the device that saw it.

    Whoever comes while a closed item is deliberated is here, and waits outside.
    """
    row = locked(invitation_id, actor)
    policy.may_check_in(actor).require()
    if row.state == "present":
        return row
    rules.may_register(row.meeting.state).require()
    _arrive(row, "check_in", actor, now, way=way, at=at or now, key=key)
    return row


def _arrive(row: Invitation, arrow: str, actor: Actor, now: datetime, *, way: str, at: datetime, key: str = "", reason: str = "") -> None:
    waits = queries.closed_item_runs(row.meeting_id)
    move(row, INVITATION, arrow, actor=actor, now=now, reason=reason, in_at=at, out_at=at if waits else None)
    _note(row, actor, now, inward=True, way=way, at=at, key=key)
    if waits:
        _note(row, actor, now, inward=False, way="closed", at=at)
    touch_seat(row)


@transaction.atomic
def check_out(
    invitation_id: int, *, actor: Actor, now: datetime, way: str = "list", at: datetime | None = None, key: str = ""
) -> Invitation:
    """Note that the person has left the room; the first record stays until they are back."""
    row = _present(invitation_id, actor)
    if row.out_at is None:
        _through(row, actor, now, inward=False, way=way, at=at or now, key=key)
    return row


@transaction.atomic
def check_back(
    invitation_id: int, *, actor: Actor, now: datetime, way: str = "list", at: datetime | None = None, key: str = ""
) -> Invitation:
    """Note that the person is back in the room; refused while a closed item is deliberated. Twice changes nothing."""
    row = _present(invitation_id, actor)
    if row.out_at is not None:
        rules.may_return(closed_item=queries.closed_item_runs(row.meeting_id)).require()
        _through(row, actor, now, inward=True, way=way, at=at or now, key=key)
    return row


def _present(invitation_id: int, actor: Actor) -> Invitation:
    row = locked(invitation_id, actor)
    policy.may_check_in(actor).require()
    if row.state != "present":
        no(
            t("{name}没有签到。", "{name} is not checked in.", name=row.representative.name),
            "3.2f",
            t("先签到。", "Check in first."),
            code="absent",
        ).require()
    return row


def _through(row: Invitation, actor: Actor, now: datetime, *, inward: bool, way: str, at: datetime, key: str) -> None:
    out_at = None if inward else at
    Invitation.objects.filter(pk=row.pk).update(out_at=out_at)
    row.out_at = out_at
    _note(row, actor, now, inward=inward, way=way, at=at, key=key)
    record(f"invitation.check_{'back' if inward else 'out'}", row, actor=actor, now=now)


def seat_behind(meeting_id: int, scanned: str) -> Invitation | None:
    """The seat behind what was scanned or typed: its code, else the token at the end of its link."""
    seats = Invitation.objects.filter(meeting_id=meeting_id)
    code = rules.code_in(scanned)
    return (seats.filter(code=code).first() if code else None) or seats.filter(token=token_in(scanned)).first()


@transaction.atomic
def check_in_by_code(meeting_id: int, code: str, *, actor: Actor, now: datetime, way: str = "code") -> Invitation:
    """Check in by the code of the invitation, or by its link, typed or scanned."""
    found = seat_behind(meeting_id, code)
    if found is None:
        NO_CODE.require()
    assert found is not None
    return check_in(found.pk, actor=actor, now=now, way=way)


NO_CODE = no(
    t("这不是本次会议的签到码。", "This code belongs to no invitation of this meeting."),
    "3.2f",
    t(
        "请核对二维码，或在名单里签到；没有受邀的按现场到会登记。",
        "Check the code, or use the list; whoever was not invited is entered at the door.",
    ),
    code="code",
)


@transaction.atomic
def pass_door(
    meeting_id: int, scanned: str, *, actor: Actor, now: datetime, inward: bool, at: datetime | None = None, key: str = ""
) -> Invitation:
    """What a scan at the door means: here for the first time, back again, or out. Handed in twice with one `key` it counts once."""
    found = seat_behind(meeting_id, scanned)
    if found is None:
        NO_CODE.require()
    assert found is not None
    if key and CheckIn.objects.filter(key=key).exists():
        return found
    act = (check_back if found.state == "present" else check_in) if inward else check_out
    return act(found.pk, actor=actor, now=now, way="scan", at=at, key=key)


@transaction.atomic
def walk_in(
    item_id: int, *, actor: Actor, now: datetime, audience: str, name: str, reason: str, unit: str = "", accepted_rules: bool = False
) -> Invitation:
    """3.2f: somebody without an invitation takes an approved seat nobody sits on; a second call gives the seat already there.

    They are not in the pool, no contact data are kept, and their name is published only if they agree later.
    """
    item = meeting_queries.item_for_update(item_id)
    require_own(item, actor)
    policy.may_check_in(actor).require()
    said = {"audience": audience, "name": name.strip(), "unit": unit.strip()}
    found = Invitation.objects.filter(
        item=item, method="walk_in", **{f"representative__{key}": value for key, value in said.items()}
    ).first()
    if found:
        return found
    seats, present = topic_queries.openness(item.topic_id).audiences, queries.audiences_present(item_id)
    rules.may_walk_in(audience, seats, present, item.meeting.state, item.attendance, reason, accepted_rules=accepted_rules).require()
    in_force = queries.rules_in_force(item.topic.department_id, day_of(now))
    rules.may_invite(rules_in_force=in_force is not None, agenda_frozen=True).require()
    row = Invitation.objects.create(
        government_id=item.government_id,
        meeting_id=item.meeting_id,
        item=item,
        representative=Representative.objects.create(
            government_id=item.government_id, added_at=now, state="left", left_on=day_of(now), **said
        ),
        audience=audience,
        method="walk_in",
        method_reason=reason.strip(),
        token=new_token(),
        code=new_code(item.meeting_id),
        rules=in_force,
    )
    _arrive(row, "admit", actor, now, way="walk_in", at=now, reason=reason)
    return row


def _meeting(meeting_id: int, actor: Actor) -> Meeting:
    row = meeting_queries.for_update(meeting_id)
    require_own(row, actor)
    policy.may_check_in(actor).require()
    rules.may_register(row.state).require()
    return row


@transaction.atomic
def send_out(meeting_id: int, *, actor: Actor, now: datetime) -> int:
    """1.2a: everybody leaves the room for a closed item; gives how many left."""
    row = _meeting(meeting_id, actor)
    return _all(row, queries.inside(meeting_id), actor, now, inward=False)


@transaction.atomic
def call_back(meeting_id: int, *, actor: Actor, now: datetime) -> int:
    """Those who left for a closed item come back in; gives how many. Whoever left on their own stays away."""
    row = _meeting(meeting_id, actor)
    rules.may_return(closed_item=queries.closed_item_runs(meeting_id)).require()
    return _all(row, queries.waiting_outside(meeting_id), actor, now, inward=True)


def _all(meeting: Meeting, rows: list[Invitation], actor: Actor, now: datetime, *, inward: bool) -> int:
    item = queries.running_item(meeting.pk)
    CheckIn.objects.bulk_create(
        CheckIn(invitation=each, item=item, inward=inward, way="closed", at=now, noted_at=now, noted_by_id=actor.person_id) for each in rows
    )
    Invitation.objects.filter(pk__in=[each.pk for each in rows]).update(out_at=None if inward else now)
    if rows:
        name = "meeting.call_back" if inward else "meeting.send_out"
        record(name, meeting, actor=actor, now=now, clause="1.2a", data={"people": len(rows)})
    return len(rows)
