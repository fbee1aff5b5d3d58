"""2.2d: the recording of a meeting and the moments of its items."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from mingtang.meetings import policy, queries
from mingtang.meetings.actions.planning import touch_meeting
from mingtang.meetings.models import AgendaItem, Meeting
from mingtang.meetings.rules import mark, may_record
from mingtang.platform.actor import Actor
from mingtang.platform.audit.acts import record, require_own


@transaction.atomic
def save_recording(
    meeting_id: int, *, actor: Actor, now: datetime, url: str, offset: int = 0, marks: Mapping[int, int | None] | None = None
) -> Meeting:
    """Say where the recording is, at which second of it the meeting begins (`offset`), and, by item id, seconds that differ from the clock's.

    An empty `url` takes the recording off the public page; closed items have no moment. The same again changes nothing.
    """
    row = queries.for_update(meeting_id)
    require_own(row, actor)
    policy.may_plan(actor).require()
    items = queries.recorded_items(meeting_id)
    own = {each.pk: (marks or {}).get(each.pk) for each in items}
    found = [mark(offset, row.started_at, each.began_at, own[each.pk]) for each in items]
    may_record(row.state, url, [each for each in found if each is not None]).require()
    if (row.recording_url, row.recording_offset) == (url, offset) and all(each.mark_seconds == own[each.pk] for each in items):
        return row
    row.recording_url, row.recording_offset = url, offset
    row.save(update_fields=["recording_url", "recording_offset"])
    for each in items:
        AgendaItem.objects.filter(pk=each.pk).update(mark_seconds=own[each.pk])
    record("meeting.recording", row, actor=actor, now=now, clause="2.2d", data={"url": url, "offset": offset})
    touch_meeting(row)
    return row
