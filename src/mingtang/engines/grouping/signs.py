"""What a folded text takes a side on: poles of opposites, stance, negations, figures, the clause it cites."""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from mingtang.engines.grouping.contrast import HARMLESS_PATTERN, POLE_WORDS, POLES
from mingtang.engines.grouping.numbers import is_number, value_of
from mingtang.engines.grouping.phrases import BAD, GOOD, NEGATIONS

COLUMNS = ("plus", "minus", "stance", "negations", "figures", "cited", "mood")
_TURNED = re.compile(rf"[{NEGATIONS}][要应该能会可再宜需必]{{0,2}}$")
_GOOD, _BAD = re.compile("|".join(GOOD)), re.compile("|".join(BAD))
LONGEST = 200
"""What a text says after so many characters does not count here."""


def signs(texts: Iterable[str]) -> NDArray[np.int64]:
    """One row for each text, columns as in `COLUMNS`.

    plus, minus: bits of the opposites whose first or second pole is said; stance: 1 for, -1 against; figures: bits of the numbers; cited:
    the clause; mood: words of praise less words of blame.
    """
    return np.array([_signs(text[:LONGEST]) for text in texts], np.int64).reshape(-1, len(COLUMNS))


def _signs(text: str) -> tuple[int, ...]:
    sides = [0, 0]
    stance = 0
    for word in POLE_WORDS.finditer(text):
        place, side = POLES[word[0]]
        if _TURNED.search(text, max(0, word.start() - 3), word.start()):
            side = 1 - side
        sides[side] |= 1 << place
        if place == 0:
            stance += 1 - 2 * side
    calm = sum(len(each[0]) for each in HARMLESS_PATTERN.finditer(text))
    negations = sum(each in NEGATIONS for each in text) - (calm > 0)
    numbers = [(at, each) for at, each in enumerate(text) if is_number(each)]
    cited = next((value_of(each) for at, each in numbers if text[at - 1 : at] == "第" and text[at + 1 : at + 2] == "条"), "")
    figures = 0
    for at, each in numbers:
        if text[at - 1 : at] != "第":
            figures |= 1 << ord(each) % 62
    mood = len(_GOOD.findall(text)) - len(_BAD.findall(text))
    return sides[0], sides[1], (stance > 0) - (stance < 0), max(negations, 0), figures, int(float(cited or 0)) % 1000, mood
