"""What follows a meeting in a case: representatives are told what became of it."""

from __future__ import annotations

from mingtang.cases.player import Play, fields, verb
from mingtang.cases.reading import Event
from mingtang.meetings import actions as meetings
from mingtang.minutes import actions as minutes
from mingtang.minutes.queries import to_tell


@verb("recording")
def recording(run: Play, event: Event) -> None:
    """2.2d: the recording is there, each open item at its moment by the clock of the day."""
    meetings.save_recording(run.ids["meeting"], **run.who(event), **fields(event, "url", "offset"))


@verb("tell_outcome")
def tell_outcome(run: Play, event: Event) -> None:
    """Representatives who were present, or those named, are told the decision and what became of their suggestions."""
    there = {each.invitation_id for each in to_tell(run.ids["meeting"])}
    for name in event.fields.get("names", [name for name, (pk, _token) in run.invitations.items() if pk in there]):
        minutes.tell_representative(run.invitations[name][0], **run.who(event), door=event.fields.get("door", "phone"))
