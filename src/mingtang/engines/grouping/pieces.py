"""Texts taken apart into the pieces a sentence encoder knows: the likeliest parting by a unigram model (Kudo 2018, "Subword Regularization")."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

SPACE = "\u2581"
"""How a space is written in pieces."""
FAR = 10.0
"""A character that no piece holds is so much less likely than the least likely piece."""


class Pieces:
    """`place` of each piece; `scores` by place: logarithms of probabilities; `written`: what a character becomes first; `unknown`: the place of the rest."""

    def __init__(self, place: Mapping[str, int], scores: Sequence[float], written: Mapping[int, str], unknown: int) -> None:
        self._place, self._scores, self._written, self._unknown = place, scores, written, unknown
        self._longest = max(map(len, place))
        self._least = min(scores) - FAR

    def of(self, text: str) -> list[int]:
        """The places of the pieces of `text`, in their order."""
        text = re.sub(" {2,}", " ", text.translate(self._written))
        text = ("" if text.startswith(" ") else SPACE) + text.replace(" ", SPACE)
        size = len(text)
        best, before, piece = [0.0] + [float("-inf")] * size, [0] * (size + 1), [self._unknown] * (size + 1)
        for start in range(size):
            here = best[start]
            if here + self._least > best[start + 1]:
                best[start + 1], before[start + 1] = here + self._least, start
            for end in range(start + 1, min(size, start + self._longest) + 1):
                found = self._place.get(text[start:end])
                if found is not None and here + self._scores[found] > best[end]:
                    best[end], before[end], piece[end] = here + self._scores[found], start, found
        made = []
        while size:
            made.append(piece[size])
            size = before[size]
        return made[::-1]
