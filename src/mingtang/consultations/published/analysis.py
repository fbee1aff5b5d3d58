"""Who took part and how, in numbers: by day, channel, audience, clause and stance, verdict. From counters only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from mingtang.consultations.models import Clause, Tally
from mingtang.consultations.published.consulting import ConsultationView, consultation
from mingtang.consultations.published.reporting import AdoptionCounts, adoption_counts
from mingtang.consultations.rules import REASON_LABELS, STANCE_LABELS, VERDICT_LABELS
from mingtang.consultations.rules.analysis import every_day, heat, shielded
from mingtang.kernel.text import Text, t
from mingtang.platform.clock import day_of
from mingtang.platform.figures.lookup import figures_for
from mingtang.topics.rules import AUDIENCE_LABELS

Numbers = Mapping[tuple[str, str], int]
NOT_STATED, WHOLE = t("没有说明", "Not stated"), t("整个草案", "The whole draft")
STANCES = ("for", "change", "against", "ask", "none")


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One clause: how many opinions, and how they stand; each with its warmth 0 to 4."""

    label: Text | str
    number: int
    cells: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Analysis:
    """Participation in one consultation; a number that is None is held back because it is small."""

    view: ConsultationView
    people: int
    days: tuple[tuple[date, int], ...]
    channels: tuple[tuple[Text, int], ...]
    audiences: tuple[tuple[Text, int | None], ...]
    least: int
    stances: tuple[Text, ...]
    heat: tuple[HeatRow, ...]
    verdicts: AdoptionCounts | None
    verified: int
    reasons: tuple[tuple[Text, int], ...] = ()

    @property
    def busiest(self) -> tuple[date, int] | None:
        """The day that brought the most; None while nothing came."""
        best = max(self.days, key=lambda each: each[1], default=None)
        return best if best and best[1] else None


def analysis(government_id: int, consultation_id: int, now: datetime) -> Analysis | None:
    """Participation in a public consultation; None when there is none at this address."""
    view = consultation(government_id, consultation_id, now)
    if view is None:
        return None
    rows = Tally.objects.filter(consultation_id=consultation_id).values_list("dimension", "key", "number")
    numbers, today = {(dimension, key): number for dimension, key, number in rows}, day_of(now)
    least = figures_for(government_id, today).number("analysis.least_cell")
    reported = view.row.state == "reported"
    return Analysis(
        view,
        numbers.get(("people", ""), 0),
        _days(numbers, day_of(view.opened_at), min(view.row.closes_on, today)),
        view.row.channels,
        _audiences(numbers, least),
        least,
        tuple(STANCE_LABELS[each] for each in STANCES),
        _heat(numbers, list(Clause.objects.filter(consultation_id=consultation_id).order_by("position", "id"))),
        adoption_counts([view.row.topic_id]).get(view.row.topic_id) if reported else None,
        numbers.get(("verified", ""), 0),
        _reasons(numbers) if reported else (),
    )


def _reasons(numbers: Numbers) -> tuple[tuple[Text, int], ...]:
    found = [(label, numbers.get(("why", code), 0)) for code, label in REASON_LABELS.items()]
    return tuple(sorted(((label, n) for label, n in found if n), key=lambda each: -each[1]))


def _days(numbers: Numbers, first: date, last: date) -> tuple[tuple[date, int], ...]:
    """Every day of the period, and days outside it that brought something (what came on paper was received when it was handed in)."""
    kept = {date.fromisoformat(key): number for (dimension, key), number in numbers.items() if dimension == "day" and number}
    return tuple((day, kept.get(day, 0)) for day in sorted({*every_day(first, last), *kept}))


def _audiences(numbers: Numbers, least: int) -> tuple[tuple[Text, int | None], ...]:
    labels = [*AUDIENCE_LABELS.items(), ("", NOT_STATED)]
    found = [(label, number) for key, label in labels if (number := numbers.get(("audience", key), 0))]
    return tuple(zip([label for label, _n in found], shielded([n for _label, n in found], least), strict=True))


def _heat(numbers: Numbers, clauses: list[Clause]) -> tuple[HeatRow, ...]:
    rows: list[tuple[str, Text | str]] = [("0", WHOLE), *((str(each.pk), str(each)) for each in clauses)]
    cells = {key: [numbers.get(("stance", f"{key}:{stance}"), 0) for stance in STANCES] for key, _label in rows}
    most = max((number for row in cells.values() for number in row), default=0)
    return tuple(
        HeatRow(label, numbers.get(("clause", key), 0), tuple((number, heat(number, most)) for number in cells[key])) for key, label in rows
    )


def lines(found: Analysis) -> list[tuple[str, str, str, str]]:
    """The same as lines of a table: what is counted, by what, the stance, how many ("<n" where held back)."""

    def count(number: int | None) -> str:
        return f"<{found.least}" if number is None else str(number)

    by_day = [(str(t("日期", "day")), day.isoformat(), "", str(number)) for day, number in found.days]
    by_channel = [(str(t("渠道", "channel")), str(label), "", str(number)) for label, number in found.channels]
    by_audience = [(str(t("身份", "audience")), str(label), "", count(number)) for label, number in found.audiences]
    by_reason = [(str(t("理由类别", "kind of reason")), str(label), "", str(number)) for label, number in found.reasons]
    by_clause = [
        (str(t("条款", "clause")), str(row.label), str(stance), str(number))
        for row in found.heat
        for stance, (number, _warmth) in zip(found.stances, row.cells, strict=True)
    ]
    return [*by_day, *by_channel, *by_audience, *by_clause, *_verdict_lines(found.verdicts), *by_reason]


def verdict_rows(counts: AdoptionCounts) -> tuple[tuple[Text, int], ...]:
    """The verdicts with their names, in the order of the report."""
    named = ("adopted", "partly", "covered", "not_adopted")
    return (*((VERDICT_LABELS[each], getattr(counts, each)) for each in named), (t("其他", "Other"), counts.other))


def _verdict_lines(counts: AdoptionCounts | None) -> list[tuple[str, str, str, str]]:
    if counts is None:
        return []
    return [(str(t("处理", "verdict")), str(label), "", str(number)) for label, number in verdict_rows(counts)]
