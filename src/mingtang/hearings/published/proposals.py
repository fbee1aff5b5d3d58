"""Proposals to hold a hearing: by receipt, and, once answered, for everybody without their words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mingtang.consultations.rules import masked
from mingtang.engines.ledger.checking import grouped
from mingtang.engines.ledger.packing import pack
from mingtang.hearings.models import HearingProposal
from mingtang.kernel.text import Text
from mingtang.platform.ledger.published import kept
from mingtang.topics import published as topics_published
from mingtang.topics.rules import named

PROPOSAL_ROW = "hearings.hearingproposal"
RECEIVED = "hearing_proposal.receive"


def content_of(row: HearingProposal) -> dict[str, str]:
    """What the log commits to of a proposal: its words and the matter."""
    return {"text": row.words, "matter": f"topic:{row.topic_id}"}


def about_of(row: HearingProposal) -> dict[str, str]:
    """The public facts of its entry: on which matter somebody asked for a hearing, not why and not who."""
    return {"about": f"topic:{row.topic_id}"}


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


@dataclass(frozen=True, slots=True)
class ProposalReceipt:
    """A proposal with the whole of its receipt, for its holder. `position` in the log: None while it waits for its entry."""

    view: ProposalView
    position: int | None
    fingerprint: str
    line: str


def has_receipt(government_id: int, code: str) -> bool:
    """Whether a proposal has this code."""
    return HearingProposal.objects.filter(government_id=government_id, receipt=code).exists()


def proposal(government_id: int, receipt: str) -> ProposalReceipt | None:
    """The proposal with this receipt."""
    rows = HearingProposal.objects.select_related("topic__government", "hearing")
    found = rows.filter(government_id=government_id, receipt=receipt).first()
    if found is None:
        return None
    entry = kept(PROPOSAL_ROW, found.pk, RECEIVED)
    held = entry.held(receipt, content_of(found)) if entry else None
    return ProposalReceipt(
        _proposal(found), entry.position if entry else None, grouped(entry.signed["key"]) if entry else "", pack(held) if held else ""
    )


def answered_proposals(government_id: int, most: int = 20) -> list[ProposalView]:
    """The newest answered proposals, for everybody."""
    rows = HearingProposal.objects.select_related("topic__government", "hearing").exclude(state="received")
    return [_proposal(each) for each in rows.filter(government_id=government_id, **named("topic__")).order_by("-answered_at", "-id")[:most]]


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
