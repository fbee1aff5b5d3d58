"""The versions of an agenda for everybody: what changed, in words; nothing of an item that is closed to the public."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from typing import Any

from mingtang.kernel.text import Text, t
from mingtang.meetings.models import AgendaItem, AgendaVersion
from mingtang.meetings.published.listing import seen
from mingtang.meetings.rules import Change, Frozen, difference, in_words
from mingtang.platform.clock import local
from mingtang.topics import published as topics_published

HIDDEN = t("一项不公开的议题", "an item closed to the public")


@dataclass(frozen=True, slots=True)
class VersionView:
    """One frozen version and what it changed of the one before."""

    letter: str
    frozen_at: datetime
    before: str
    changes: tuple[Text, ...]


def versions(government_id: int, meeting_id: int) -> list[VersionView]:
    """Every version after the first with its changes, the newest first."""
    row = seen(government_id).filter(pk=meeting_id).first()
    rows = list(AgendaVersion.objects.filter(meeting=row).order_by("number")) if row else []
    titles = _titles(meeting_id, rows) if len(rows) > 1 else {}
    return [VersionView(new.letter, new.frozen_at, old.letter, _changes(old, new, titles)) for old, new in pairwise(rows)][::-1]


def _titles(meeting_id: int, rows: Sequence[AgendaVersion]) -> dict[int, object]:
    """What each matter may be called in public: one that was closed in any version stays nameless."""
    closed = {line["topic"] for each in rows for line in each.lines if line["attendance"] == "closed"}
    items = AgendaItem.objects.filter(meeting_id=meeting_id).select_related("topic")
    return {
        each.topic_id: HIDDEN
        if each.topic_id in closed or each.attendance == "closed" or not each.topic.is_named
        else topics_published.plain_title(each.topic)
        for each in items
    }


def _changes(old: AgendaVersion, new: AgendaVersion, titles: Mapping[int, object]) -> tuple[Text, ...]:
    found = difference(Frozen(old.starts_at, old.place, old.lines), Frozen(new.starts_at, new.place, new.lines))
    return tuple(in_words(said(each), titles.get(each.topic, HIDDEN)) for each in found)


def said(change: Change) -> Change:
    """The change with instants as people read them."""
    return replace(change, before=_at(change.before), after=_at(change.after)) if change.kind == "when" else change


def _at(value: Any) -> str:
    return f"{local(value):%Y-%m-%d %H:%M}"
