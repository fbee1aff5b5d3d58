"""Replies that say the same to different groups; people who asked different things are owed different answers."""

from __future__ import annotations

from mingtang.consultations.rules.likeness import pairs, plain

SAME_REPLY = 0.9
SHORTEST = 10


def same_paragraph(one: str, other: str) -> bool:
    """Whether two reasons are the same or nearly the same paragraph; a few words anybody may share are not.

    Unlike the likeness of opinions this takes the share of the longer text: a beginning somebody went on from is
    another answer.
    """
    if min(len(plain(one)), len(plain(other))) < SHORTEST:
        return False
    if plain(one) == plain(other):
        return True
    mine, theirs = pairs(one), pairs(other)
    return len(mine & theirs) >= SAME_REPLY * max(len(mine), len(theirs))
