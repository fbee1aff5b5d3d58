"""The members of the body that meets: their list, and who is here (meeting.quorum)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mingtang.kernel.decision import no
from mingtang.kernel.text import t
from mingtang.meetings import policy, queries
from mingtang.meetings.models import Meeting, Member
from mingtang.meetings.rules import PRESENCE_LABELS
from mingtang.platform.actor import Actor
from mingtang.platform.audit.acts import record, require_own

OVER = frozenset({"ended", "closed", "cancelled"})


def _meeting(meeting_id: int, actor: Actor) -> Meeting:
    row = queries.for_update(meeting_id)
    require_own(row, actor)
    policy.may_plan(actor).require()
    if row.state in OVER:
        no(
            t("会议现在是“{state}”，组成人员不能再改。", "The meeting is “{state}”; its members stay as they are.", state=row.state_label),
            "713 Art.30",
            t("到会情况有误的，在内部记录里更正。", "Correct attendance in the internal record."),
            code="wrong_state",
        ).require()
    return row


@transaction.atomic
def set_members(meeting_id: int, *, actor: Actor, now: datetime, members: list[tuple[str, str]], head: str = "") -> list[Member]:
    """The list of members: name and duty, in order; `head` names the head of government.

    Who is on it already keeps their attendance; who is left out goes off, unless they were here.
    """
    row = _meeting(meeting_id, actor)
    wanted = {name.strip()[:60]: duty.strip()[:60] for name, duty in members if name.strip()}
    there = {each.name: each for each in row.members.all()}
    here = [each.name for name, each in there.items() if name not in wanted and each.in_at]
    if here:
        no(
            t("{name}已经到会，不能从名单删去。", "{name} is here and stays on the list.", name=here[0]),
            "713 Art.30",
            t("先改正到会记录。", "Correct the attendance first."),
            code="present",
        ).require()
    row.members.filter(name__in=set(there) - set(wanted)).delete()
    for position, (name, duty) in enumerate(wanted.items(), 1):
        fields = {"position": position, "duty": duty, "is_head": name == head.strip()}
        Member.objects.update_or_create(meeting=row, name=name, defaults=fields)
    record("meeting.members", row, actor=actor, now=now, clause="713 Art.30", data={"members": len(wanted)})
    return list(row.members.all())


@transaction.atomic
def note_presence(member_id: int, *, actor: Actor, now: datetime, presence: str) -> Member:
    """Note that a member is here, excused, gone, or not here after all; the same again changes nothing."""
    row = queries.member(member_id)
    meeting = _meeting(row.meeting_id, actor)
    row.refresh_from_db()
    if presence not in PRESENCE_LABELS or presence == row.presence:
        return row
    row.presence = presence
    if presence == "left":
        row.out_at = now
    else:
        row.in_at = (row.in_at or now) if presence == "present" else None
        row.out_at = None
    row.save(update_fields=["presence", "in_at", "out_at"])
    record("meeting.presence", meeting, actor=actor, now=now, data={"member": row.position, "presence": presence})
    return row
