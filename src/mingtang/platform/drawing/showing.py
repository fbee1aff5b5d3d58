"""A draw as anybody can repeat it: what was frozen, the chances, the outcome, and the file with all of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from django.http import HttpResponse

from mingtang.engines.lottery.model import WHY_LABELS
from mingtang.engines.lottery.randomness import DICE, FIGURES, KINDS
from mingtang.kernel.decision import Decision
from mingtang.kernel.text import Text, same, t
from mingtang.platform.drawing.rows import DrawFields
from mingtang.platform.ledger.published import Kept

JSON = "application/json; charset=utf-8"


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
    file_url: str


def draw_view(row: DrawFields, entry: Kept | None, *, said: Mapping[str, Text], file_url: str) -> DrawView:
    """A draw as its public page shows it; `said` names words of the document in both languages, `entry` is its place in the log."""
    document = json.loads(row.document)
    outcome = json.loads(row.outcome) if row.outcome else None
    categories = tuple(document["people"][0]["attributes"]) if document["people"] else ()

    def word(words: str) -> Text:
        return said.get(words, same(words))

    pairs = {each["number"]: tuple((word(name), word(each["attributes"][name])) for name in categories) for each in document["people"]}
    return DrawView(
        row.number,
        row.digest,
        row.frozen_at,
        entry.leaf if entry else "",
        entry.position if entry else None,
        KINDS[row.source_kind].label,
        row.source_day,
        announced(document["randomness"]),
        tuple(map(word, categories)),
        tuple(
            ClassView(pairs[each["numbers"][0]], tuple(each["numbers"]), _percent(Fraction(*each["chance"])))
            for each in document["classes"]
        ),
        len(document["people"]),
        len(document["panels"]),
        tuple((each["number"], WHY_LABELS[each["why"]]) for each in document["excluded"]),
        row.revealed_at,
        tuple("　".join(group) for group in outcome["values"]) if outcome else (),
        outcome["seed"] if outcome else "",
        tuple((number, pairs[number]) for number in outcome["panel"]) if outcome else (),
        tuple((word(value), tuple(numbers)) for value, numbers in outcome["reserves"].items()) if outcome else (),
        row.annulled_at,
        row.annulled_reason,
        file_url,
    )


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


def json_file(found: Mapping[str, Any], name: str) -> HttpResponse:
    """The draw's document as a download."""
    answer = HttpResponse(json.dumps(found, ensure_ascii=False, sort_keys=True, indent=1) + "\n", content_type=JSON)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def draw_file(row: DrawFields, logged: Iterable[Kept | None]) -> dict[str, Any]:
    """The draw as one document for notaries: what was frozen, its entries in the log, and the outcome once there is one."""
    found: dict[str, Any] = {"freeze": json.loads(row.document), "digest": row.digest}
    if row.outcome:
        found["reveal"] = json.loads(row.outcome)
    found["log"] = [{"leaf": each.leaf, "position": each.position, "entry": each.signed} for each in logged if each]
    return found


def export_row(row: DrawFields, of: Mapping[str, int], moved: Sequence[Mapping[str, str]] = ()) -> dict[str, Any]:
    """The draw as the public export of its matter writes it; `of` says whose seats it gives, `moved` who moved up into whose."""
    return {
        **of,
        "draw": row.pk,
        "digest": row.digest,
        "annulled": row.annulled_reason or "…" if row.annulled_at else "",
        "freeze": json.loads(row.document),
        "reveal": json.loads(row.outcome) if row.outcome else None,
        "replaced": list(moved),
    }


def feasible(pool: Any) -> Decision:
    """Whether the quotas can be met, and if not a smallest way to relax them."""
    from mingtang.engines.lottery.feasibility import can_be_met  # noqa: PLC0415 - only this step needs the solver
    from mingtang.engines.lottery.model import may_draw  # noqa: PLC0415 - beside it

    sound = may_draw(pool)
    return can_be_met(pool) if sound else sound
