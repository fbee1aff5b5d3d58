"""Meetings as the public sees them: calendar, agenda and its versions, what happens now, the outcome."""

from mingtang.meetings.published.listing import (
    Day,
    MeetingRow,
    announced,
    grid,
    last_held,
    month,
    named,
    open_meetings,
    shift,
    upcoming,
)
from mingtang.meetings.published.live import LiveItem, LiveView, Place, live, place_of
from mingtang.meetings.published.page import ItemView, MeetingView, chain, meeting, outcome_of, stages
from mingtang.meetings.published.papers import agenda_paper
from mingtang.meetings.published.recording import RecordingView, recording
from mingtang.meetings.published.versions import VersionView, said, versions

__all__ = [
    "Day",
    "ItemView",
    "LiveItem",
    "LiveView",
    "MeetingRow",
    "MeetingView",
    "Place",
    "RecordingView",
    "VersionView",
    "agenda_paper",
    "announced",
    "chain",
    "grid",
    "last_held",
    "live",
    "meeting",
    "month",
    "named",
    "open_meetings",
    "outcome_of",
    "place_of",
    "recording",
    "said",
    "shift",
    "stages",
    "upcoming",
    "versions",
]
