"""What outsiders may read of hearings and the other activities, and what is theirs."""

from mingtang.hearings.published.chain import chain
from mingtang.hearings.published.drawing import belonging, draw_file
from mingtang.hearings.published.hearing import hearing, hearings
from mingtang.hearings.published.listening import activities, activity
from mingtang.hearings.published.personal import enrolment, heard, paper, personal
from mingtang.hearings.published.proposals import answered_proposals, proposal

__all__ = [
    "activities",
    "activity",
    "answered_proposals",
    "belonging",
    "chain",
    "draw_file",
    "enrolment",
    "heard",
    "hearing",
    "hearings",
    "paper",
    "personal",
    "proposal",
]
