"""What a device at the door saw while it had no network, handed in later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from mingtang.kernel.decision import Refused, no
from mingtang.kernel.text import Text, t
from mingtang.meetings import queries as meeting_queries
from mingtang.platform.actor import Actor
from mingtang.platform.audit.acts import require_own
from mingtang.representatives import policy, rules
from mingtang.representatives.actions.door import pass_door


@dataclass(frozen=True, slots=True)
class ScanIn:
    """One scan: its key on the device, what was scanned, in or out, when by the device's clock."""

    key: str
    scanned: str
    inward: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Synced:
    """What became of one scan: whose it was, or why it was refused."""

    key: str
    name: str
    state: str
    refusal: Text | None = None
    remedy: Text | None = None


@transaction.atomic
def sync_scans(meeting_id: int, scans: Sequence[ScanIn], *, actor: Actor, now: datetime) -> list[Synced]:
    """Take in scans in the order in which they happened; each on its own, so that one refused one does not stop the others.

    Handed in again, with the same keys, they change nothing and are answered the same.
    """
    meeting = meeting_queries.for_update(meeting_id)
    require_own(meeting, actor)
    policy.may_check_in(actor).require()
    if len(scans) > rules.MOST_ENTRIES:
        no(
            t("一次最多同步 {n} 条。", "At most {n} scans at a time.", n=rules.MOST_ENTRIES),
            "3.2f",
            t("分几次同步。", "Hand them in in several parts."),
            code="many",
        ).require()
    done = {}
    for each in sorted(scans, key=lambda scan: scan.at):
        at = rules.moment_of(each.at, meeting.starts_at, now)
        try:
            row = pass_door(meeting_id, each.scanned, actor=actor, now=now, inward=each.inward, at=at, key=each.key)
            done[each.key] = Synced(each.key, row.representative.name, row.state)
        except Refused as refused:
            done[each.key] = Synced(each.key, "", "", refused.decision.reason, refused.decision.remedy)
    return [done[each.key] for each in scans]
