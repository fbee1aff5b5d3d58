"""A draft as chapters and clauses: recognised from a file, compared between versions, traced from draft to final text."""

from mingtang.consultations.rules.drafting.aligning import Standing, align
from mingtang.consultations.rules.drafting.blocks import KIND_LABELS, WHY_LABELS, Block, Kind, Part, blocks_of, whole
from mingtang.consultations.rules.drafting.comparing import Piece, compare
from mingtang.consultations.rules.drafting.landing import gaps, key_of, landings
from mingtang.consultations.rules.drafting.saying import as_data
from mingtang.consultations.rules.drafting.structure import Attachment, Chapter, Draft, DraftClause, assemble, recognise

__all__ = [
    "KIND_LABELS",
    "WHY_LABELS",
    "Attachment",
    "Block",
    "Chapter",
    "Draft",
    "DraftClause",
    "Kind",
    "Part",
    "Piece",
    "Standing",
    "align",
    "as_data",
    "assemble",
    "blocks_of",
    "compare",
    "gaps",
    "key_of",
    "landings",
    "recognise",
    "whole",
]
