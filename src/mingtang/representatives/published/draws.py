"""What outsiders may read of a draw: what was frozen, the chances, the outcome, and the file with all of it."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.urls import reverse

from mingtang.platform.drawing import showing
from mingtang.platform.drawing.showing import DrawView
from mingtang.platform.ledger.published import Kept, kept
from mingtang.representatives.models import Call, Draw
from mingtang.representatives.rules import AUDIENCE_WORDS
from mingtang.topics.rules import AUDIENCE_LABELS, named

DRAW_ROW = "representatives.draw"
SHOWN = Q(published_at__isnull=False, topic__first_approved_at__isnull=False, **named("topic__"))
LABELS_BY_WORD = {label.zh: label for label in AUDIENCE_LABELS.values()} | {AUDIENCE_WORDS.zh: AUDIENCE_WORDS}


def draw_view(row: Draw) -> DrawView:
    """A draw as the public page shows it."""
    entry = _frozen(row) if row.annulled_at is None else None
    return showing.draw_view(row, entry, said=LABELS_BY_WORD, file_url=reverse("portal:draw-file", args=[row.call_id, row.number]))


def _frozen(row: Draw) -> Kept | None:
    """The log's entry of the document: a corrected draw has the document of the one before."""
    first = Draw.objects.filter(call_id=row.call_id, digest=row.digest).order_by("number")[0]
    return kept(DRAW_ROW, first.pk, "draw.frozen")


def draw_file(government_id: int, call_id: int, number: int) -> dict[str, Any] | None:
    """The draw as one document for notaries: what was frozen, its entry in the log, and the outcome once there is one."""
    row = Draw.objects.filter(call__in=Call.objects.filter(SHOWN, government_id=government_id, pk=call_id), number=number).first()
    if row is None:
        return None
    return showing.draw_file(row, [_frozen(row), kept(DRAW_ROW, row.pk, "draw.revealed")])
