"""The public bulletin of a meeting: the newest issued version, and what became of suggestions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from mingtang.kernel.text import Text, t
from mingtang.minutes.models import Minutes, MinutesVersion, Suggestion
from mingtang.platform.web.chain import ChainEntry
from mingtang.topics.rules import AUDIENCE_LABELS


@dataclass(frozen=True, slots=True)
class BulletinView:
    """The issued minutes as the public reads them."""

    meeting_id: int
    title: Text
    number: str
    version: int
    correction: str
    issued_at: datetime
    starts_at: datetime
    place: str
    chair: str
    body: str
    attendees: str
    excused: str
    observers: str


def bulletin(government_id: int, meeting_id: int) -> BulletinView | None:
    """The newest issued version, None before the first."""
    found = (
        MinutesVersion.objects.select_related("minutes__meeting")
        .filter(minutes__meeting_id=meeting_id, minutes__government_id=government_id).order_by("-version").first()
    )
    if found is None:
        return None
    row, meeting = found.minutes, found.minutes.meeting
    return BulletinView(
        meeting_id, meeting.title, row.official_no, found.version, row.correction if found.version > 1 else "", found.issued_at,
        meeting.starts_at, meeting.place, meeting.chair, found.body, found.attendees, found.excused, found.observers,
    )


@dataclass(frozen=True, slots=True)
class SuggestionView:
    """One suggestion and its fate, without a name unless its author agreed."""

    item: int
    who: Text
    text: str
    reasonable: bool
    reason: str
    reply: str


def suggestions(meeting_id: int) -> list[SuggestionView]:
    """What representatives suggested and what became of it, once the minutes are issued (law.md 2.3)."""
    if not Minutes.objects.filter(meeting_id=meeting_id, first_issued_at__isnull=False).exists():
        return []
    rows = Suggestion.objects.filter(item__meeting_id=meeting_id, judged_at__isnull=False).exclude(item__attendance="closed")
    return [
        SuggestionView(
            each.item.position, Text(each.invitation.representative.name, each.invitation.representative.name) if each.invitation.publish_name else AUDIENCE_LABELS[each.invitation.audience],
            each.text, bool(each.reasonable), each.reason, each.reply,
        )
        for each in rows.select_related("item", "invitation__representative").order_by("item__position", "id")
    ]


def chain(topic_id: int) -> list[ChainEntry]:
    """The issue of the minutes of the meetings that dealt with a matter."""
    rows = Minutes.objects.filter(meeting__items__topic_id=topic_id, first_issued_at__isnull=False).select_related("meeting").distinct()
    entries = []
    for row in rows:
        n = Suggestion.objects.filter(item__meeting_id=row.meeting_id, item__topic_id=topic_id, reasonable=True).count()
        assert row.first_issued_at is not None  # noqa: S101 - filtered above
        body = t("{number}。代表合理化建议 {n} 条写入纪要。", "{number}. {n} reasonable suggestions are in the minutes.", number=row.official_no, n=n)
        entries.append(ChainEntry(row.first_issued_at, t("印发会议纪要", "Minutes issued"), body, url=reverse("portal:minutes", args=[row.meeting_id])))
    return entries
