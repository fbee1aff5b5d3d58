"""2.2d: the recording of a meeting that was held, with the moment at which each open item begins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.db.models import Prefetch

from mingtang.kernel.text import Text
from mingtang.meetings.models import AgendaItem, Meeting
from mingtang.meetings.published.listing import seen
from mingtang.meetings.rules import HELD, as_time, is_in_pieces, is_played, mark
from mingtang.topics import published as topics_published


@dataclass(frozen=True, slots=True)
class Moment:
    """Where an open item begins: `seconds` into the recording, `at` as people read it."""

    position: int
    title: str
    topic_id: int
    seconds: int
    at: str


@dataclass(frozen=True, slots=True)
class RecordingView:
    """A recording: its address, whether a browser plays it (`origin` is then the host it comes from), its moments, the one asked for.

    `pieces` says that it is an HLS stream, which not every browser plays by itself.
    """

    id: int
    title: Text
    starts_at: datetime
    url: str
    origin: str
    played: bool
    pieces: bool
    moments: tuple[Moment, ...]
    shown: Moment | None


def recording(government_id: int, meeting_id: int, item: str = "") -> RecordingView | None:
    """The recording of a public meeting, at the item with this position; None when there is none."""
    order = Prefetch("items", AgendaItem.objects.exclude(state="withdrawn").select_related("topic"))
    row = seen(government_id).prefetch_related(order).filter(pk=meeting_id, state__in=HELD).exclude(recording_url="").first()
    if row is None:
        return None
    found = tuple(
        Moment(each.position, topics_published.title_of(each.topic), each.topic_id, seconds, as_time(seconds))
        for each in row.items.all()
        if (seconds := moment_of(row, each)) is not None
    )
    parts, shown = urlsplit(row.recording_url), next((each for each in found if str(each.position) == item), None)
    origin = f"{parts.scheme}://{parts.netloc}"
    url = row.recording_url
    return RecordingView(row.pk, row.title, row.starts_at, url, origin, is_played(url), is_in_pieces(url), found, shown)


def moment_of(row: Meeting, each: AgendaItem) -> int | None:
    """Seconds into the recording at which an item begins; None for a closed item, or without a recording."""
    if not row.recording_url or each.attendance == "closed" or row.state not in HELD:
        return None
    return mark(row.recording_offset, row.started_at, each.began_at, each.mark_seconds)
