"""How alike two short texts are, by the pairs of signs they share; and a sketch of a text that an index can hold.

A text's sketch is its pairs with the smallest hashes: two texts that share many pairs share pairs of their
sketches, so a few look-ups find the candidates among any number of texts.
"""

from __future__ import annotations

import re
from hashlib import blake2b, sha256

SKETCH = 12
MOST_PAIRS = 400
SIGNS = re.compile(r"[^\w]+|_")


def plain(text: str) -> str:
    """The words without spaces, signs and case."""
    return SIGNS.sub("", text).lower()


def text_key(text: str) -> str:
    """One key for all texts that differ in spaces, signs and case only; nothing for a text without words."""
    words = plain(text)
    return sha256(words.encode()).hexdigest()[:32] if words else ""


def pairs(text: str) -> frozenset[str]:
    """The neighbouring pairs of signs."""
    words = plain(text)[: MOST_PAIRS + 1]
    return frozenset(words[n : n + 2] for n in range(len(words) - 1))


def sketch(text: str) -> tuple[int, ...]:
    """The smallest hashes of the pairs of a text, in order."""
    hashed = {int.from_bytes(blake2b(each.encode(), digest_size=4).digest(), "big") >> 1 for each in pairs(text)}
    return tuple(sorted(hashed)[:SKETCH])


def likeness(typed: str, other: str) -> float:
    """How much of what was typed, and of the other text, is shared: 1 for the same words, 0 for nothing.

    A beginning counts as like the whole text it may become, so the share is taken of the shorter of the two.
    """
    return shared(pairs(typed), pairs(other))


def shared(one: frozenset[str], two: frozenset[str]) -> float:
    """The share of the pairs of two texts, taken of the shorter."""
    shorter = min(len(one), len(two))
    return len(one & two) / shorter if shorter else 0.0
