"""What outsiders may read of hearings and the other activities, and what is theirs."""

from mingtang.hearings.published.chain import chain
from mingtang.hearings.published.drawing import belonging, draw_file
from mingtang.hearings.published.hearing import hearing, hearings, hearings_of_month
from mingtang.hearings.published.listening import activities, activity
from mingtang.hearings.published.personal import enrolment, heard, paper, personal
from mingtang.hearings.published.proposals import PROPOSAL_ROW, RECEIVED, about_of, answered_proposals, content_of, has_receipt, proposal
from mingtang.hearings.published.stages import stage_of, stages

__all__ = [
    "PROPOSAL_ROW",
    "RECEIVED",
    "about_of",
    "activities",
    "activity",
    "answered_proposals",
    "belonging",
    "chain",
    "content_of",
    "draw_file",
    "enrolment",
    "has_receipt",
    "heard",
    "hearing",
    "hearings",
    "hearings_of_month",
    "paper",
    "personal",
    "proposal",
    "stage_of",
    "stages",
]
