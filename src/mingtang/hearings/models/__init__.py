"""Tables of hearings, their people and proposals, and of the other activities."""

from mingtang.hearings.models.drawing import HearingDraw
from mingtang.hearings.models.hearing import Hearing, HearingNeed, HearingProposal, ProposalContact, Quota, Speech
from mingtang.hearings.models.listening import Activity, Member, Option, Point, Question
from mingtang.hearings.models.people import UNTOLD, Paper, Participant, ParticipantContact

__all__ = [
    "UNTOLD",
    "Activity",
    "Hearing",
    "HearingDraw",
    "HearingNeed",
    "HearingProposal",
    "Member",
    "Option",
    "Paper",
    "Participant",
    "ParticipantContact",
    "Point",
    "ProposalContact",
    "Question",
    "Quota",
    "Speech",
]
