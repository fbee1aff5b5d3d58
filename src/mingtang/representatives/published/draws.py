"""What outsiders may read of a draw: what was frozen, the chances, the outcome, and the file with all of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from django.db.models import Q

from mingtang.engines.lottery.model import WHY_LABELS
from mingtang.engines.lottery.randomness import DICE, FIGURES, KINDS
from mingtang.kernel.text import Text, same, t
from mingtang.platform.ledger.published import Kept, kept
from mingtang.representatives.models import Call, Draw
from mingtang.representatives.rules import AUDIENCE_WORDS
from mingtang.topics.rules import AUDIENCE_LABELS

DRAW_ROW = "representatives.draw"
SHOWN = Q(published_at__isnull=False, topic__first_approved_at__isnull=False, topic__is_secret=False)
LABELS_BY_WORD = {label.zh: label for label in AUDIENCE_LABELS.values()} | {AUDIENCE_WORDS.zh: AUDIENCE_WORDS}


@dataclass(frozen=True, slots=True)
class ClassView:
    """People who are alike: their values, their numbers, and the chance each of them has."""

    pairs: tuple[tuple[Text, Text], ...]
    numbers: tuple[str, ...]
    chance: str


@dataclass(frozen=True, slots=True)
class DrawView:
    """A draw as anybody can repeat it."""

    number: int
    digest: str
    frozen_at: datetime
    leaf: str
    position: int | None
    kind: Text
    day: date
    sources: tuple[Text, ...]
    categories: tuple[Text, ...]
    classes: tuple[ClassView, ...]
    people: int
    panels: int
    excluded: tuple[tuple[str, Text], ...]
    revealed_at: datetime | None
    values: tuple[str, ...]
    seed: str
    panel: tuple[tuple[str, tuple[tuple[Text, Text], ...]], ...]
    reserves: tuple[tuple[Text, tuple[str, ...]], ...]
    annulled_at: datetime | None
    annulled_reason: str


def draw_view(row: Draw) -> DrawView:
    """A draw as the public page shows it."""
    document = json.loads(row.document)
    outcome = json.loads(row.outcome) if row.outcome else None
    categories = tuple(document["people"][0]["attributes"]) if document["people"] else ()
    said = {each["number"]: tuple((_word(name), _word(each["attributes"][name])) for name in categories) for each in document["people"]}
    entry = _frozen(row) if row.annulled_at is None else None
    return DrawView(
        row.number,
        row.digest,
        row.frozen_at,
        entry.leaf if entry else "",
        entry.position if entry else None,
        KINDS[row.source_kind].label,
        row.source_day,
        announced(document["randomness"]),
        tuple(map(_word, categories)),
        tuple(
            ClassView(said[each["numbers"][0]], tuple(each["numbers"]), _percent(Fraction(*each["chance"]))) for each in document["classes"]
        ),
        len(document["people"]),
        len(document["panels"]),
        tuple((each["number"], WHY_LABELS[each["why"]]) for each in document["excluded"]),
        row.revealed_at,
        tuple("　".join(group) for group in outcome["values"]) if outcome else (),
        outcome["seed"] if outcome else "",
        tuple((number, said[number]) for number in outcome["panel"]) if outcome else (),
        tuple((_word(value), tuple(numbers)) for value, numbers in outcome["reserves"].items()) if outcome else (),
        row.annulled_at,
        row.annulled_reason,
    )


def _frozen(row: Draw) -> Kept | None:
    """The log's entry of the document: a corrected draw has the document of the one before."""
    first = Draw.objects.filter(call_id=row.call_id, digest=row.digest).order_by("number")[0]
    return kept(DRAW_ROW, first.pk, "draw.frozen")


def _word(words: str) -> Text:
    """A word of the document in the language being read: audiences have an English name, other categories are as written."""
    return LABELS_BY_WORD.get(words, same(words))


def _percent(chance: Fraction) -> str:
    return f"{float(chance) * 100:.2f}%"


def announced(source: Any) -> tuple[Text, ...]:
    """The announced source of randomness, one sentence for each part."""
    if source["kind"] == FIGURES:
        return tuple(_figures(each) for each in source["sources"])
    if source["kind"] == DICE:
        words = t(
            "在{place}，{n} 次，{f} 面骰子，见证人：{who}",
            "at {place}, {n} throws of a die of {f} faces, witnessed by {who}",
            place=source["place"],
            n=source["throws"],
            f=source["faces"],
            who=tuple(map(same, source["witnesses"])),
        )
        return (words,)
    return tuple(t("{name}，承诺值 {c}", "{name}, commitment {c}", name=each["name"], c=each["commitment"]) for each in source["offices"])


def _figures(each: Any) -> Text:
    if each["order"]:
        return t("{name}，{n} 个数，按公布顺序", "{name}, {n} figures as published", name=each["name"], n=each["count"])
    return t("{name}，{n} 个数，从小到大", "{name}, {n} figures, sorted", name=each["name"], n=each["count"])


def draw_file(government_id: int, call_id: int, number: int) -> dict[str, Any] | None:
    """The draw as one document for notaries: what was frozen, its entry in the log, and the outcome once there is one."""
    row = Draw.objects.filter(call__in=Call.objects.filter(SHOWN, government_id=government_id, pk=call_id), number=number).first()
    if row is None:
        return None
    found: dict[str, Any] = {"freeze": json.loads(row.document), "digest": row.digest}
    if row.outcome:
        found["reveal"] = json.loads(row.outcome)
    logged = [_frozen(row), kept(DRAW_ROW, row.pk, "draw.revealed")]
    found["log"] = [{"leaf": each.leaf, "position": each.position, "entry": each.signed} for each in logged if each]
    return found
