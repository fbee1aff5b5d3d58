"""The draw of a hearing's seats: who waits, the pool as the engine reads it, the draws there were."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from typing import Any

from mingtang.engines.lottery.model import LEXIMIN, Applicant, Pool, Quota
from mingtang.hearings.models import Hearing, HearingDraw, Participant, ParticipantContact
from mingtang.hearings.queries.reading import SEATED, counts, methods_of, seats_of
from mingtang.hearings.rules import CATEGORY_LABELS, SEAT_LABELS
from mingtang.kernel.text import Text, t

CATEGORY = t("类别", "Category")
WORDS: dict[str, Text] = {**CATEGORY_LABELS, **{key: label for key, label in SEAT_LABELS.items() if key != "participant"}}


def waiting_for(row: Hearing, how: str) -> dict[str, list[str]]:
    """The numbers that wait in the categories (and kinds of seat) filled in one way, in the order of enrolment."""
    methods = {**methods_of(row), "observer": row.observers_how, "media": "order"}
    found: dict[str, list[str]] = defaultdict(list)
    people = Participant.objects.filter(hearing=row, state="enrolled").order_by("number")
    for number, category, seat in people.values_list("number", "category", "seat"):
        if methods.get(category or seat) == how:
            found[category or seat].append(number)
    return dict(found)


def free_seats(row: Hearing, keys: Any) -> dict[str, int]:
    """The seats still free in these categories."""
    seats = {**seats_of(row), "observer": row.observers, "media": row.media_seats}
    taken = counts(row.pk)
    return {key: max(seats[key] - sum(taken.get(key, {}).get(state, 0) for state in SEATED), 0) for key in keys}


def pool_to_draw(row: Hearing) -> Pool:
    """Everything the draw depends on: who waits under their numbers, the free seats of each category, everybody else in reserve.

    With fewer people than seats all of them are drawn. People who gave the same phone number are one household.
    """
    lots = waiting_for(row, "lot")
    quotas = [(WORDS[key].zh, min(seats, len(lots[key]))) for key, seats in free_seats(row, lots).items()]
    homes = _households(row) if row.one_per_household else {}
    people = [Applicant(number, {CATEGORY.zh: WORDS[key].zh}, homes.get(number, "")) for key, numbers in lots.items() for number in numbers]
    return Pool(
        title=row.title.replace("|", ""),
        seats=sum(n for _word, n in quotas),
        people=tuple(sorted(people, key=lambda each: each.number)),
        quotas=tuple(Quota(CATEGORY.zh, word, n, n) for word, n in quotas),
        reserves=len(people),
        reserve_category=CATEGORY.zh,
        household_limit=1 if row.one_per_household else 0,
        goal=LEXIMIN,
    )


def _households(row: Hearing) -> dict[str, str]:
    """Number → code of the household, for those who share a phone number with somebody; the code says nothing else."""
    rows = ParticipantContact.objects.filter(participant__hearing=row, participant__state="enrolled").exclude(phone="")
    phones = dict(rows.order_by("participant__number").values_list("participant__number", "phone"))
    shared = [phone for phone, n in Counter(phones.values()).items() if n > 1]
    return {number: f"h{shared.index(phone) + 1}" for number, phone in phones.items() if phone in shared}


def draw_of(hearing_id: int) -> HearingDraw | None:
    """The draw that stands, or None."""
    rows = HearingDraw.objects.filter(hearing_id=hearing_id, annulled_at=None).select_related("frozen_by", "revealed_by")
    return rows.order_by("-number").first()


def draws(hearing_id: int) -> list[HearingDraw]:
    """Every draw, those annulled too."""
    return list(HearingDraw.objects.filter(hearing_id=hearing_id).select_related("frozen_by", "revealed_by").order_by("number"))


def randomness(draw: HearingDraw) -> Any:
    """The source of randomness as it was announced."""
    return json.loads(draw.document)["randomness"]
