"""Near copies: pairs from MinHash bands, stars around the most copied texts, the contrast guard on every ray.

Stars, not connected components: a member is always close to its centre itself, so short texts cannot chain.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from mingtang.engines.grouping.contrast import contrast
from mingtang.engines.grouping.fingerprints import fingerprints
from mingtang.engines.grouping.folding import Folded
from mingtang.engines.grouping.sketches import HASHES, band_keys, distinct, signatures

Places = NDArray[np.int64]

STRICT, LOOSE = 0.70, 0.40
"""The least signature Jaccard for texts of at most `FEW` bigrams and of at least `MANY`; a line between."""
FEW, MANY = 8, 60
LEADERS, BEFORE = 3, 3
"""In a bucket every text is compared with the first so many and with so many before it."""


def stars(folded: Folded, copies: Places, keys: NDArray[np.uint64], clauses: NDArray[np.uint64]) -> Places:
    """The centre of each text; a centre is its own. `copies`: how often each text occurs, which decides who is a centre.

    `clauses`: 0 where none is known; texts of different known clauses do not meet. The texts must be distinct. The answer depends on texts, copies and keys, not on the order of the texts.
    """
    if len(folded) < 2:  # noqa: PLR2004 - nothing to compare
        return np.arange(len(folded), dtype=np.int64)
    rank = np.lexsort((keys, -folded.lengths, -copies))
    ordered = folded.only(rank)
    signature = signatures(ordered)
    left, right = _pairs(signature, ordered.lengths)
    likeness = _likeness(signature, left, right)
    clause = clauses[rank]
    told_apart = (clause[left] != clause[right]) & (clause[left] != 0) & (clause[right] != 0)
    close = ~told_apart & (likeness >= least_likeness(np.minimum(ordered.lengths[left], ordered.lengths[right])) * HASHES)
    left, right, likeness = left[close], right[close], likeness[close]
    marks = fingerprints(ordered)

    def opposed(one: int, other: int) -> bool:
        return marks[one] != marks[other] and bool(contrast(ordered.text(one), ordered.text(other)))

    found = _settle(len(folded), left, right, likeness, opposed)
    centres = np.empty(len(folded), np.int64)
    centres[rank] = rank[found]
    return centres


def least_likeness(sizes: Places) -> NDArray[np.float64]:
    """The least share of the signature in which a text of each size must agree with its centre."""
    return np.interp(sizes - 1, [FEW, MANY], [STRICT, LOOSE])


def _pairs(signature: NDArray[np.uint32], lengths: Places) -> tuple[Places, Places]:
    """Pairs (earlier, later) that share a band; texts of one character take no part."""
    count = len(signature)
    bits = np.uint64(max(count - 1, 1).bit_length())
    low = (np.uint64(1) << bits) - np.uint64(1)
    index = np.arange(count, dtype=np.uint64)
    packed: list[NDArray[np.uint64]] = []
    for band in band_keys(signature):
        both = np.sort((band & ~low | index)[lengths > 1])
        heads, places = both >> bits, (both & low).astype(np.int64)
        new = np.ones(len(heads), np.bool_)
        new[1:] = heads[1:] != heads[:-1]
        shared = ~new
        shared[:-1] |= ~new[1:]
        places, new = places[shared], new[shared]
        first = np.maximum.accumulate(np.where(new, np.arange(len(places)), 0))
        packed.append(_of_buckets(places, first, bits))
    both = distinct(np.concatenate(packed))
    return (both >> bits).astype(np.int64), (both & low).astype(np.int64)


def _of_buckets(places: Places, first: Places, bits: np.uint64) -> NDArray[np.uint64]:
    here = np.arange(len(places))
    inside = here - first
    made = []
    for step in range(LEADERS):
        later = np.flatnonzero(inside > step)
        made.append((places[first[later] + step], places[later]))
    for step in range(1, BEFORE + 1):
        later = np.flatnonzero(inside >= LEADERS + step)
        made.append((places[later - step], places[later]))
    left, right = (np.concatenate(each) for each in zip(*made, strict=True))
    return np.asarray(left.astype(np.uint64) << bits | right.astype(np.uint64))


def _likeness(signature: NDArray[np.uint32], left: Places, right: Places) -> Places:
    """How many of the `HASHES` signature places agree: eight truths are one whole number, and their sum stands in its highest byte."""
    found = np.empty(len(left), np.int64)
    for start in range(0, len(left), 1 << 10):
        here = slice(start, start + (1 << 10))
        agreed = (signature.take(left[here], axis=0) == signature.take(right[here], axis=0)).view(np.uint64)
        total = np.add.reduce(agreed, axis=1)
        found[here] = total * np.uint64(0x0101010101010101) >> np.uint64(56)
    return found


def _settle(count: int, left: Places, right: Places, likeness: Places, opposed: Callable[[int, int], bool]) -> Places:
    """Who belongs to whom: in order of rank, a text joins the closest centre before it that the guard allows, or becomes one."""
    centre = np.arange(count, dtype=np.int64)
    is_centre = np.ones(count, np.bool_)
    order = np.lexsort((left, -likeness, right))
    left, right = left[order], right[order]
    bounds = [*np.flatnonzero(np.diff(right, prepend=-1)).tolist(), len(right)]
    whose, who = left.tolist(), right.tolist()
    for start, end in pairwise(bounds):
        later = who[start]
        for at in range(start, end):
            if is_centre[whose[at]] and not opposed(whose[at], later):
                centre[later] = whose[at]
                is_centre[later] = False
                break
    return centre
