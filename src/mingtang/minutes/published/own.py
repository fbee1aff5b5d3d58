"""What the holder of a personal link sees of their own suggestions, and until when they may write."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from mingtang.kernel.parameters import Figures
from mingtang.kernel.text import Text
from mingtang.minutes.models import Suggestion
from mingtang.platform.clock import day_of


@dataclass(frozen=True, slots=True)
class Mine:
    """A suggestion as the person who made it sees it: its words, whether confirmed, what they wished instead."""

    id: int
    item: int
    text: str
    ground: str
    said_at: datetime
    written: bool
    confirmed_at: datetime | None
    way: Text
    wish: str
    wish_ground: str
    left: tuple[tuple[str, str], ...]
    reply: str


def mine(invitation_id: int) -> list[Mine]:
    """What the holder of a personal link suggested, wording by wording; `left`: wishes not taken, with the reason."""
    rows = Suggestion.objects.filter(invitation_id=invitation_id).select_related("item").prefetch_related("wordings").order_by("id")
    return [
        Mine(
            each.pk,
            each.item.position,
            each.text,
            each.ground,
            each.said_at,
            each.source == "written",
            each.confirmed_at,
            each.wording_label,
            each.wish,
            each.wish_ground,
            tuple((old.text, old.reason) for old in each.wordings.all() if old.wished),
            each.reply,
        )
        for each in rows
    ]


def may_write_until(ended_at: datetime | None, figures: Figures) -> date | None:
    """The last day on which who was there may write (rep.written_opinion_days); None before the end."""
    return day_of(ended_at) + timedelta(days=figures.number("rep.written_opinion_days")) if ended_at else None
