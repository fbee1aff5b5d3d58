"""The passage an opinion speaks about, as the present version has it, and the wording it proposes shown as a change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mingtang.consultations.models import Opinion, VersionClause
from mingtang.consultations.published.drafting import versions
from mingtang.consultations.rules.anchoring import ANCHOR_LABELS, CHANGED, GONE, Anchor, find
from mingtang.consultations.rules.drafting import Piece, compare
from mingtang.kernel.text import NOTHING, Text


@dataclass(frozen=True, slots=True)
class PassageView:
    """`quote` as it was quoted; `how` and `now` what a later version made of it, empty while there is none."""

    quote: str = ""
    how: str = ""
    label: Text = NOTHING
    now: str = ""
    change: tuple[Piece, ...] = ()


def later_texts(consultation_id: int, rows: Iterable[Opinion]) -> dict[int, str] | None:
    """The clauses of the newest public version by stem; None while the first is the only one, or nobody quoted."""
    if not any(each.quote for each in rows):
        return None
    public = versions(consultation_id)
    if len(public) < 2:  # noqa: PLR2004 - there is something to compare from the second version on
        return None
    found = VersionClause.objects.filter(version__consultation_id=consultation_id, version__number=public[-1].number)
    return dict(found.values_list("stem", "text"))


def passage_view(row: Opinion, later: dict[int, str] | None, *, words: bool = True) -> PassageView:
    """What an opinion quotes and proposes; without `words` only the draft's own words."""
    change = _change(row) if words and row.proposed else ()
    if not row.quote or later is None or row.clause is None:
        return PassageView(row.quote, change=change)
    text = later.get(row.clause.stem, "")
    anchor = find(row.passage, text) if text else Anchor(GONE)
    now = text[anchor.start : anchor.end] if anchor.how == CHANGED else ""
    return PassageView(row.quote, anchor.how, ANCHOR_LABELS[anchor.how], now, change)


def _change(row: Opinion) -> tuple[Piece, ...]:
    base = row.quote or (row.clause.text if row.clause else "")
    return compare(base, row.masked_proposed)


def passage_of(row: Opinion) -> PassageView:
    """What one opinion quotes and proposes, for the department."""
    return passage_view(row, later_texts(row.consultation_id, [row]))
