"""From draft to final text in three columns: clause, opinions with their answers, clause as it became."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from mingtang.consultations.models import Clause, OpinionGroup, Tally
from mingtang.consultations.published.drafting import ClauseChange, changes, clauses_of, versions
from mingtang.consultations.rules import VERDICT_LABELS
from mingtang.consultations.rules.adoption import VERDICT_SHAPES
from mingtang.consultations.rules.drafting import landings
from mingtang.kernel.text import NOTHING, Text


@dataclass(frozen=True, slots=True)
class Said:
    """What was said about one clause by one group (or singly), and the answer; `landed` when it came into this clause."""

    title: str
    opinions: int
    verdict: Text
    shape: str
    reason: str
    landed_in: str
    landed: bool


@dataclass(slots=True)
class TraceRow:
    """One clause from draft to final text; `change` is None for what was said on the whole draft."""

    change: ClauseChange | None
    opinions: int = 0
    said: list[Said] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Trace:
    """The whole table; `final` is False while the last version is not the final text."""

    rows: tuple[TraceRow, ...]
    final: bool
    versions: tuple[int, int]
    at: datetime


def trace(consultation_id: int) -> Trace:
    """The trace of a published report: versions by stem, opinions by the counts kept when it was published."""
    public = versions(consultation_id)
    last = next((each for each in reversed(public) if each.kind == "final"), public[-1])
    draft, after = clauses_of(consultation_id, public[0].number), clauses_of(consultation_id, last.number)
    counts = _counts(consultation_id)
    clause_of = {pk: stem for stem, pk in _clause_ids(consultation_id).items()}
    groups = {each.pk: each for each in OpinionGroup.objects.filter(consultation_id=consultation_id).order_by("-people_count", "-id")}
    labels = {each.label: each.stem for each in after}
    landed = {pk: {labels[label] for label in landings(each.landed_in, list(labels))} for pk, each in groups.items()}
    rows = {each.stem: TraceRow(each) for each in changes(draft, after)}
    whole = TraceRow(None)
    for (clause, group, verdict), number in counts.items():
        row = rows.get(clause_of.get(clause, 0), whole)
        row.opinions += number
        stem = row.change.stem if row.change else 0
        row.said.append(_said(groups.get(group), verdict, number, landed=stem in landed.get(group, ())))
    _add_landings(rows, groups, landed, counts, clause_of)
    for row in (*rows.values(), whole):
        row.said.sort(key=lambda each: -each.opinions)
    found = (*rows.values(), *([whole] if whole.opinions else ()))
    return Trace(found, last.kind == "final", (public[0].number, last.number), last.published_at)


def _counts(consultation_id: int) -> dict[tuple[int, int, str], int]:
    found = {}
    for key, number in Tally.objects.filter(consultation_id=consultation_id, dimension="traced").values_list("key", "number"):
        clause, _, place = key.partition(":")
        group = int(place) if place.isdecimal() else 0
        found[int(clause), group, "" if group else place.removeprefix("v:")] = number
    return found


def _clause_ids(consultation_id: int) -> dict[int, int]:
    return dict(Clause.objects.filter(consultation_id=consultation_id).values_list("stem", "pk"))


def _said(group: OpinionGroup | None, verdict: str, number: int, *, landed: bool) -> Said:
    if group is not None:
        return Said(group.title, number, group.verdict_label, group.shape, group.reason, group.landed_in, landed)
    return Said("", number, VERDICT_LABELS.get(verdict, NOTHING), VERDICT_SHAPES.get(verdict, "pass"), "", "", landed)


def _add_landings(
    rows: dict[int, TraceRow],
    groups: dict[int, OpinionGroup],
    landed: dict[int, set[int]],
    counts: dict[tuple[int, int, str], int],
    clause_of: dict[int, int],
) -> None:
    """A group that came into a clause it was not written about is named there too, counted where it was written."""
    at_home = {(clause_of.get(clause, 0), group) for clause, group, _ in counts}
    for pk, stems in landed.items():
        for stem in sorted(stems):
            if stem in rows and (stem, pk) not in at_home:
                rows[stem].said.append(_said(groups[pk], "", 0, landed=True))


def trace_table(found: Trace) -> Iterator[tuple[str, ...]]:
    """The trace as rows of a table: one for each clause and answer."""
    for row in found.rows:
        old = row.change.old if row.change else None
        new = row.change.new if row.change else None
        before = (old.label, old.text) if old else ("", "")
        after = (new.label, new.text) if new else ("", "")
        change = row.change.change if row.change else ""
        answers = [(each.title, str(each.opinions), str(each.verdict), each.reason, each.landed_in) for each in row.said]
        for middle in answers or [("", "0", "", "", "")]:
            yield (*before, *middle, change, *after)
