"""The proposals of the machine, as the grouping desk shows them. Nothing loads whole."""

from __future__ import annotations

from dataclasses import dataclass

from mingtang.consultations.models import Clause, GroupingRun, GroupProposal, ProposedOpinion
from mingtang.consultations.rules.proposing import PROPOSE
from mingtang.platform.jobs.reads import share_of
from mingtang.platform.paging import Page, page_of


@dataclass(frozen=True, slots=True)
class RunView:
    """The last run over a consultation: how far it is, what it found."""

    row: GroupingRun
    percent: int


def words_of_clauses(consultation_id: int) -> dict[str, str]:
    """The words of each clause by its key, by which the engine guesses what an opinion that names none is about."""
    clauses = Clause.objects.filter(consultation=consultation_id).values_list("pk", "heading", "text")
    return {str(pk): f"{heading}\n{text}".strip() for pk, heading, text in clauses}


def last_run(consultation_id: int) -> RunView | None:
    """The newest run; None when the machine was never asked."""
    row = GroupingRun.objects.filter(consultation_id=consultation_id).order_by("-id").first()
    if row is None:
        return None
    return RunView(row, share_of(f"{PROPOSE}:{row.pk}") if row.state == "waiting" else 100)


def proposals(consultation_id: int, after: str = "", size: int = 20) -> Page[GroupProposal]:
    """One page of open proposals, those of most people first."""
    rows = GroupProposal.objects.filter(consultation_id=consultation_id, state="open").select_related("near")
    return page_of(rows, key=("-people_count", "-id"), after=after, size=size)


def proposal(consultation_id: int, proposal_id: int) -> GroupProposal | None:
    """One proposal of a consultation."""
    return GroupProposal.objects.select_related("near", "run").filter(consultation_id=consultation_id, pk=proposal_id).first()


def proposed_opinions(proposal_id: int, after: str = "") -> Page[ProposedOpinion]:
    """One page of a proposal's opinions that still have no place."""
    rows = ProposedOpinion.objects.filter(proposal_id=proposal_id, opinion__group=None, opinion__verdict="")
    rows = rows.exclude(opinion__state="withheld").select_related("opinion__clause")
    return page_of(rows, key=("id",), after=after)
