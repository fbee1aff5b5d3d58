"""What outsiders may read of calls: what is asked for, how many applied, what was frozen and what came out, under numbers."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from django.db.models import Count, Prefetch, Q

from mingtang.engines.lottery.model import WHY_LABELS
from mingtang.engines.lottery.randomness import DICE, FIGURES, KINDS
from mingtang.kernel.text import Text, same, t
from mingtang.platform.ledger.published import kept
from mingtang.platform.paging import Page, page_of
from mingtang.representatives.models import Application, Call, Draw, Quota
from mingtang.representatives.rules import AUDIENCE, AUDIENCE_WORDS, may_apply, seats_of
from mingtang.topics import published as topics_published
from mingtang.topics.rules import AUDIENCE_LABELS

DRAW_ROW = "representatives.draw"
SHOWN = Q(published_at__isnull=False, topic__first_approved_at__isnull=False, topic__is_secret=False)
LABELS_BY_WORD = {label.zh: label for label in AUDIENCE_LABELS.values()} | {AUDIENCE_WORDS.zh: AUDIENCE_WORDS}


@dataclass(frozen=True, slots=True)
class CallRow:
    """A call in the list."""

    id: int
    title: str
    department: Text
    state: str
    state_label: Text
    closes_on: date | None
    takes: bool
    seats: int
    applied: int


@dataclass(frozen=True, slots=True)
class QuotaView:
    """A quota, why it is as it is, and how many applied."""

    category: Text
    value: Text
    least: int
    most: int
    rationale: str
    relaxed_reason: str
    applied: int
    enough: bool


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


@dataclass(frozen=True, slots=True)
class CallView:
    """A call with everything that is public about it."""

    id: int
    title: str
    topic_id: int
    topic: str
    department: Text
    state: str
    state_label: Text
    purpose: str
    conditions: str
    contact: str
    reserves: int
    closes_on: date | None
    published_at: datetime
    takes: bool
    change_reason: str
    seats: int
    applied: int
    quotas: tuple[QuotaView, ...]
    draws: tuple[DrawView, ...]
    replaced: tuple[tuple[str, str], ...]

    @property
    def draw(self) -> DrawView | None:
        """The draw that stands."""
        return next((each for each in self.draws if each.annulled_at is None), None)

    @property
    def annulled(self) -> list[DrawView]:
        """The draws that were annulled."""
        return [each for each in self.draws if each.annulled_at is not None]


def _public(government_id: int) -> Any:
    rows = Call.objects.filter(SHOWN, government_id=government_id).select_related("topic__department")
    return rows.prefetch_related("quotas")


def calls(government_id: int, today: date, *, after: str = "") -> tuple[Page[Call], list[CallRow]]:
    """One page of published calls, newest first."""
    live = Count("applications", filter=~Q(applications__state="withdrawn"))
    found: Page[Call] = page_of(_public(government_id).annotate(applied=live), after=after)
    return found, [_row(each, today) for each in found]


def _row(row: Call, today: date) -> CallRow:
    seats = sum(seats_of(row.lines()).values())
    takes = bool(may_apply(row.state, row.closes_on, today))
    applied: int = row.applied  # type: ignore[attr-defined]  # annotated by `calls`
    return CallRow(row.pk, row.title, same(row.topic.department), row.state, row.state_label, row.closes_on, takes, seats, applied)


def call(government_id: int, call_id: int, today: date) -> CallView | None:
    """One published call; None when there is none."""
    frozen = Prefetch("draws", Draw.objects.order_by("-number"))
    row = _public(government_id).prefetch_related(frozen).filter(pk=call_id).first()
    if row is None:
        return None
    people = Application.objects.filter(call=row)
    counted = _counted(row)
    live = people.exclude(state="withdrawn").count()
    return CallView(
        row.pk,
        row.title,
        row.topic_id,
        topics_published.plain_title(row.topic),
        same(row.topic.department),
        row.state,
        row.state_label,
        row.purpose,
        row.conditions,
        row.contact,
        row.reserves,
        row.closes_on,
        row.published_at,
        bool(may_apply(row.state, row.closes_on, today)),
        row.change_reason,
        sum(seats_of(row.lines()).values()),
        live,
        tuple(_quota(each, counted.get((each.category, each.value), 0)) for each in row.quotas.all()),
        tuple(_draw(each) for each in row.draws.all()),
        tuple(people.filter(replaces__isnull=False).order_by("pk").values_list("replaces__number", "number")),
    )


def _counted(row: Call) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    rows = Application.objects.filter(call=row).exclude(state__in=["excluded", "withdrawn"]).order_by()
    for answers, n in rows.values_list("answers").annotate(n=Count("pk")):
        for pair in answers.items():
            found[pair] = found.get(pair, 0) + n
    return found


def _quota(row: Quota, applied: int) -> QuotaView:
    words = (row.category_label, row.value_label)
    return QuotaView(*words, row.least, row.most, row.rationale, row.relaxed_reason, applied, applied >= row.least)


def _draw(row: Draw) -> DrawView:
    document = json.loads(row.document)
    outcome = json.loads(row.outcome) if row.outcome else None
    categories = tuple(document["people"][0]["attributes"]) if document["people"] else ()
    said = {each["number"]: tuple((_word(name), _word(each["attributes"][name])) for name in categories) for each in document["people"]}
    entry = kept(DRAW_ROW, row.pk, "draw.frozen") if row.annulled_at is None else None
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


@dataclass(frozen=True, slots=True)
class OpenCall:
    """A call that takes applications: its audiences, its other categories with their values."""

    id: int
    title: str
    conditions: str
    takes: bool
    audiences: list[tuple[str, Text]]
    categories: dict[str, list[str]]


def open_call(government_id: int, call_id: int, today: date) -> OpenCall | None:
    """What the form needs; None when there is no such call."""
    row = _public(government_id).filter(pk=call_id).first()
    if row is None:
        return None
    audiences = [(each.value, each.value_label) for each in row.quotas.all() if each.category == AUDIENCE and each.most]
    categories: dict[str, list[str]] = {}
    for each in row.quotas.all():
        if each.category != AUDIENCE:
            categories.setdefault(each.category, []).append(each.value)
    return OpenCall(row.pk, row.title, row.conditions, bool(may_apply(row.state, row.closes_on, today)), audiences, categories)


def draw_file(government_id: int, call_id: int, number: int) -> dict[str, Any] | None:
    """The draw as one document for notaries: what was frozen, its entry in the log, and the outcome once there is one."""
    row = Draw.objects.filter(call__in=_public(government_id).filter(pk=call_id), number=number).first()
    if row is None:
        return None
    found: dict[str, Any] = {"freeze": json.loads(row.document), "digest": row.digest}
    if row.outcome:
        found["reveal"] = json.loads(row.outcome)
    logged = [kept(DRAW_ROW, row.pk, kind) for kind in ("draw.frozen", "draw.revealed")]
    found["log"] = [{"leaf": each.leaf, "position": each.position, "entry": each.signed} for each in logged if each]
    return found
