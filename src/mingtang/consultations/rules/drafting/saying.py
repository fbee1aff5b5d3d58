"""A draft as plain values: the object that ``mingtang draft FILE --json`` prints."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from mingtang.consultations.rules.drafting.blocks import WHY_LABELS
from mingtang.consultations.rules.drafting.structure import Draft


def as_data(draft: Draft) -> dict[str, Any]:
    """Title, number, chapters, clauses, attachments, all blocks, the unrecognised ones with their place, counts."""
    return {
        "title": draft.title,
        "number": draft.number,
        "scheme": draft.scheme,
        "chapters": [asdict(each) for each in draft.chapters],
        "clauses": [asdict(each) for each in draft.clauses],
        "attachments": [asdict(each) for each in draft.attachments],
        "blocks": [{"n": each.n, "kind": each.kind.value, "label": each.label, "text": each.text} for each in draft.parts],
        "unrecognised": [{"n": each.n, "text": each.words, "why": str(WHY_LABELS[each.why])} for each in draft.unrecognised],
        "warnings": [str(each) for each in draft.warnings],
        "counts": draft.counts,
    }
