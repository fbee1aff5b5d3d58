"""Tables of people, seats and invitations; of calls, applications and draws."""

from mingtang.representatives.models.drawing import Application, ApplicationContact, Call, Draw, Quota
from mingtang.representatives.models.seats import CheckIn, HouseRules, Invitation, Material, Representative, RepresentativeContact

__all__ = [
    "Application",
    "ApplicationContact",
    "Call",
    "CheckIn",
    "Draw",
    "HouseRules",
    "Invitation",
    "Material",
    "Quota",
    "Representative",
    "RepresentativeContact",
]
