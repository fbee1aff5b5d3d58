"""One number for all signs of number, polarity and place in a text: where two texts agree in it, the contrast guard need not look."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from mingtang.engines.grouping.contrast import SIGNALS
from mingtang.engines.grouping.folding import SEVERAL, Folded
from mingtang.engines.grouping.numbers import PLANE
from mingtang.engines.grouping.phrases import PLACES

SPREAD, FINAL = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD6E8FEB86659FD93)


def fingerprints(folded: Folded) -> NDArray[np.uint64]:
    """The sum over every sign and over what stands before a place's last character. The texts must lie end to end or in any order."""
    is_sign = _signs()[folded.codes]
    seen = np.zeros(len(is_sign) + 1, np.int32)
    np.cumsum(is_sign, out=seen[1:])
    signs = np.flatnonzero(is_sign)
    codes = folded.codes[signs].astype(np.uint64)
    before = np.where(_places()[folded.codes[signs]] & (signs > 0), folded.codes[signs - 1], np.uint32(0)).astype(np.uint64)
    weights = (codes | before << np.uint64(32)) * SPREAD
    weights ^= weights >> np.uint64(31)
    weights *= FINAL
    running = np.zeros(len(signs) + 1, np.uint64)
    np.cumsum(weights, out=running[1:])
    return np.asarray(running[seen[folded.starts + folded.lengths]] - running[seen[folded.starts]])


@cache
def _signs() -> NDArray[np.bool_]:
    found = np.zeros(SEVERAL, np.bool_)
    found[[ord(each) for each in SIGNALS]] = True
    found[PLANE:] = True
    return found


@cache
def _places() -> NDArray[np.bool_]:
    found = np.zeros(SEVERAL, np.bool_)
    found[[ord(each) for each in PLACES]] = True
    return found
