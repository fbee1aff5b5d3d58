"""Tables of people, seats and invitations; of the pool; of calls, applications and draws."""

from mingtang.representatives.models.drawing import Application, ApplicationContact, Call, Draw, Quota
from mingtang.representatives.models.pool import Conflict, Forgotten, NameConsent, Nomination, PoolImport, PoolWord
from mingtang.representatives.models.seats import CheckIn, HouseRules, Invitation, Material, Representative, RepresentativeContact

__all__ = [
    "Application",
    "ApplicationContact",
    "Call",
    "CheckIn",
    "Conflict",
    "Draw",
    "Forgotten",
    "HouseRules",
    "Invitation",
    "Material",
    "NameConsent",
    "Nomination",
    "PoolImport",
    "PoolWord",
    "Quota",
    "Representative",
    "RepresentativeContact",
]
