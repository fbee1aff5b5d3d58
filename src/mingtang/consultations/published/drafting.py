"""Versions of a draft as the public sees them, and the comparison of any two."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from mingtang.consultations.models import DraftVersion, VersionClause
from mingtang.consultations.rules.drafting import Piece, compare
from mingtang.kernel.text import Text


@dataclass(frozen=True, slots=True)
class VersionView:
    """One public version."""

    number: int
    kind: str
    label: Text
    note: str
    published_at: datetime
    clauses: int


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """One clause in two versions: `change` is same, changed, new, gone; `moved` when its number or place is another."""

    stem: int
    old: VersionClause | None
    new: VersionClause | None
    change: str
    moved: bool
    pieces: tuple[Piece, ...]
    heading: tuple[Piece, ...] = ()


def versions(consultation_id: int) -> tuple[VersionView, ...]:
    """The public versions of a draft, the first one first."""
    rows = DraftVersion.objects.filter(consultation_id=consultation_id, published_at__isnull=False)
    rows = rows.annotate(size=Count("clauses")).order_by("number")
    return tuple(
        VersionView(each.number, each.kind, each.kind_label, each.note, each.published_at, each.size) for each in rows if each.published_at
    )


def clauses_of(consultation_id: int, number: int) -> list[VersionClause]:
    """The clauses of a public version."""
    rows = VersionClause.objects.filter(
        version__consultation_id=consultation_id, version__number=number, version__published_at__isnull=False
    )
    return list(rows.order_by("position"))


def comparison(consultation_id: int, first: int, second: int) -> list[ClauseChange]:
    """Every clause of two versions in the order of the second; those that are gone stand where they were."""
    return changes(clauses_of(consultation_id, first), clauses_of(consultation_id, second))


def changes(old: list[VersionClause], new: list[VersionClause]) -> list[ClauseChange]:
    """The changes between two lists of clauses, by their stems."""
    before = {each.stem: each for each in old}
    now = {each.stem for each in new}
    found: list[ClauseChange] = []
    waiting = list(old)
    for each in new:
        was = before.get(each.stem)
        while was is not None and waiting and waiting[0].stem != each.stem and waiting[0].stem not in now:
            found.append(_change(waiting.pop(0), None))
        if was is not None and was in waiting:
            waiting.remove(was)
        found.append(_change(was, each))
    found.extend(_change(each, None) for each in waiting if each.stem not in now)
    return found


def _change(old: VersionClause | None, new: VersionClause | None) -> ClauseChange:
    stem = (new or old).stem  # type: ignore[union-attr]  # one of the two is there
    pieces = compare(old.text if old else "", new.text if new else "")
    heading = compare(old.heading if old else "", new.heading if new else "")
    if old is None or new is None:
        return ClauseChange(stem, old, new, "new" if old is None else "gone", False, pieces, heading)
    same = old.text == new.text and old.heading == new.heading
    return ClauseChange(stem, old, new, "same" if same else "changed", old.label != new.label, pieces, heading)
