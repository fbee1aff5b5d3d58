"""Tables of drafts, consultations, opinions, groups and reports."""

from mingtang.consultations.models.adopting import AdoptionReport, OpinionGroup
from mingtang.consultations.models.opinions import (
    BARE,
    HOMELESS,
    MODERATED,
    SINGLE,
    ImportBatch,
    Opinion,
    OpinionContact,
    OpinionFile,
    Tally,
)
from mingtang.consultations.models.preparing import Clause, Consultation, Effect, Extension, PublicReview

__all__ = [
    "BARE",
    "HOMELESS",
    "MODERATED",
    "SINGLE",
    "AdoptionReport",
    "Clause",
    "Consultation",
    "Effect",
    "Extension",
    "ImportBatch",
    "Opinion",
    "OpinionContact",
    "OpinionFile",
    "OpinionGroup",
    "PublicReview",
    "Tally",
]
