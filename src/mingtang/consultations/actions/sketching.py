"""Sketches of shown opinions, by which similar ones are found while somebody types; made in the background."""

from __future__ import annotations

from django.db import transaction

from mingtang.consultations.models import UNSKETCHED, Opinion, OpinionPair
from mingtang.consultations.rules.likeness import sketch

BATCH = 1000


@transaction.atomic
def sketch_opinions(most: int = BATCH) -> int:
    """Sketch shown opinions of open consultations that have none yet; gives how many were looked at.

    One text is sketched once for its place, however many said it.
    """
    rows = Opinion.objects.filter(UNSKETCHED, consultation__state="open").order_by("consultation_id", "id")
    found = list(rows.values_list("pk", "consultation_id", "clause_id", "text", "text_key", "same_as_id")[:most])
    made: list[OpinionPair] = []
    seen: set[tuple[int, int | None, str]] = set()
    for pk, consultation_id, clause_id, text, key, same_as in found:
        place = (consultation_id, clause_id, key)
        if same_as or not key or place in seen or _sketched(*place):
            continue
        seen.add(place)
        made += [OpinionPair(consultation_id=consultation_id, clause_key=clause_id or 0, pair=each, opinion_id=pk) for each in sketch(text)]
    OpinionPair.objects.bulk_create(made, batch_size=BATCH)
    Opinion.objects.filter(pk__in=[each[0] for each in found]).update(sketched=True)
    return len(found)


def _sketched(consultation_id: int, clause_id: int | None, key: str) -> bool:
    rows = Opinion.objects.filter(consultation_id=consultation_id, text_key=key)
    rows = rows.filter(clause_id=clause_id) if clause_id else rows.filter(clause=None)
    return rows.filter(state="shown", publish_consent=True, sketched=True, same_as=None).exists()
