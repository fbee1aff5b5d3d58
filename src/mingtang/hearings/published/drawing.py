"""What outsiders may read of the draw of a hearing's seats: numbers and categories only."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.urls import reverse

from mingtang.hearings.models import Hearing, HearingDraw
from mingtang.hearings.rules import AFTER_ANNOUNCEMENT, CATEGORY_LABELS, SEAT_LABELS
from mingtang.kernel.text import t
from mingtang.platform.drawing import showing
from mingtang.platform.drawing.showing import DrawView
from mingtang.platform.ledger.belonging import Part
from mingtang.platform.ledger.published import Kept, kept
from mingtang.topics.rules import named

DRAW_ROW = "hearings.hearingdraw"
ANNOUNCED = Q(state__in=AFTER_ANNOUNCEMENT) | Q(state="cancelled", announced_at__isnull=False)
SAID = {label.zh: label for label in (*CATEGORY_LABELS.values(), *SEAT_LABELS.values(), t("类别", "Category"))}


def belonging(topic_id: int) -> Part:
    """What of a matter's export is ours: the entries of its announced hearings and of their draws, and the draws."""
    shown = Hearing.objects.filter(ANNOUNCED, topic_id=topic_id, **named("topic__"))
    draws = HearingDraw.objects.filter(hearing__in=shown).order_by("hearing_id", "number")
    ids = {"hearings.hearing": shown.order_by("pk"), DRAW_ROW: draws.order_by("pk")}
    subjects = tuple((kind, list(rows.values_list("pk", flat=True))) for kind, rows in ids.items())
    return Part(subjects, tuple(showing.export_row(each, {"hearing": each.hearing_id}) for each in draws))


def draws_of(row: Hearing) -> tuple[DrawView, ...]:
    """Every draw of an announced hearing, in order (read them with the hearing)."""
    found = sorted(row.draws.all(), key=lambda each: each.number)
    return tuple(
        showing.draw_view(
            each,
            _frozen(each, found) if each.annulled_at is None else None,
            said=SAID,
            file_url=reverse("portal:hearing-draw-file", args=[row.pk, each.number]),
        )
        for each in found
    )


def _frozen(row: HearingDraw, every: list[HearingDraw]) -> Kept | None:
    """The log's entry of the document: a corrected draw has the document of the one before."""
    first = next(each for each in every if each.digest == row.digest)
    return kept(DRAW_ROW, first.pk, "hearing_draw.frozen")


def draw_file(government_id: int, hearing_id: int, number: int) -> dict[str, Any] | None:
    """One draw as a document for notaries; None when there is none at this address."""
    shown = Hearing.objects.filter(ANNOUNCED, government_id=government_id, pk=hearing_id, **named("topic__"))
    every = list(HearingDraw.objects.filter(hearing__in=shown).order_by("number"))
    row = next((each for each in every if each.number == number), None)
    if row is None:
        return None
    return showing.draw_file(row, [_frozen(row, every), kept(DRAW_ROW, row.pk, "hearing_draw.revealed")])
