"""Proposals to hold a hearing: by receipt, and, once answered, for everybody without their words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mingtang.consultations.rules import masked
from mingtang.hearings.models import HearingProposal
from mingtang.kernel.text import Text
from mingtang.topics import published as topics_published


@dataclass(frozen=True, slots=True)
class ProposalView:
    """What the holder of a proposal's receipt sees; and, answered, everybody (without its words)."""

    receipt: str
    topic_id: int
    topic: str
    words: str
    received_at: datetime
    state: str
    state_label: Text
    answer: str
    answered_at: datetime | None
    hearing_id: int | None


def proposal(government_id: int, receipt: str) -> ProposalView | None:
    """The proposal with this receipt."""
    rows = HearingProposal.objects.select_related("topic__government", "hearing")
    found = rows.filter(government_id=government_id, receipt=receipt).first()
    return _proposal(found) if found else None


def answered_proposals(government_id: int, most: int = 20) -> list[ProposalView]:
    """The newest answered proposals, for everybody."""
    rows = HearingProposal.objects.select_related("topic__government", "hearing").exclude(state="received")
    return [
        _proposal(each) for each in rows.filter(government_id=government_id, topic__is_secret=False).order_by("-answered_at", "-id")[:most]
    ]


def _proposal(row: HearingProposal) -> ProposalView:
    public = row.hearing_id if row.hearing and row.hearing.announced_at else None
    return ProposalView(
        row.receipt,
        row.topic_id,
        topics_published.title_of(row.topic),
        row.words,
        row.received_at,
        row.state,
        row.state_label,
        masked(row.answer),
        row.answered_at,
        public,
    )
