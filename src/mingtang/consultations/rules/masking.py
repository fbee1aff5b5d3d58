"""Numbers that name a person, hidden wherever an opinion is shown: its own words stay as they were given."""

from __future__ import annotations

import re

MOBILE = re.compile(r"(?<![\d.])(1[3-9]\d)[\s-]?(\d{4})[\s-]?(\d{4})(?![\d.])")
IDENTITY = re.compile(r"(?<![0-9A-Za-z])([1-9]\d{5})(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![0-9A-Za-z])")
CARD = re.compile(r"(?<![\d.])(\d{4})\d{8,11}(\d{4})(?![\d.])")


def masked(words: str) -> str:
    """The words with mobile, identity and bank card numbers blacked out (711 Art.15, PIPL Art.28)."""
    words = IDENTITY.sub(r"\1████████████", words)
    words = CARD.sub(r"\1████████\2", words)
    return MOBILE.sub(r"\1████\3", words)


def names_a_number(words: str) -> bool:
    """Whether the words hold a number that names a person."""
    return masked(words) != words
