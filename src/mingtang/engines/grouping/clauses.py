"""Which clause of the draft an opinion is about where nobody said it: guessed from the words of both, and what two guesses say of a pair."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from mingtang.engines.grouping.folding import Folded, fold
from mingtang.engines.grouping.lexical import grams
from mingtang.engines.grouping.pairs import BATCH

Floats = NDArray[np.float64]
Places = NDArray[np.int64]
SURE, WEIGHT, CHANCE = 40.0, 0.2, 0.02
"""How fast a clause more alike becomes the likelier one; how much a guess adds to the logit of a pair; what two guesses may meet by chance.

Fitted on labelled drafts, every draft left out in turn (docs/performance.md); much weaker than a clause that is known.
"""


def guessed(folded: Folded, clauses: Sequence[str], draft: Mapping[str, str]) -> Floats:
    """Texts × clauses of `draft` (name → words): how likely each text is about each, adding up to 1. A known clause of the draft is certain."""
    names = sorted(draft)
    texts = _end_to_end(folded, fold([draft[name] for name in names]))
    found, count = grams(texts), len(folded)
    shares = np.empty((count, len(names)))
    for at in range(0, count, BATCH):
        rows = slice(at, min(at + BATCH, count))
        ones, twos = ((each[rows] @ each[count:].T).toarray() for each in (found.ones, found.twos))
        alike = np.round(0.4 * ones + 0.6 * twos, 6)
        likely = np.exp(SURE * (alike - alike.max(axis=1, keepdims=True)))
        shares[rows] = likely / likely.sum(axis=1, keepdims=True)
    place = {name: at for at, name in enumerate(names)}
    known = [(at, place[clause]) for at, clause in enumerate(clauses) if clause in place]
    for at, column in known:
        shares[at] = np.eye(len(names))[column]
    return shares


def met(shares: Floats, clauses: Sequence[str], left: Places, right: Places) -> Floats:
    """What is added to the logit of each pair: more than 0 where both texts are likely about one clause; 0 where both clauses are known."""
    is_known = np.array([bool(each) for each in clauses])
    usual = np.log(1 / shares.shape[1] + CHANCE)
    parts = []
    for at in range(0, len(left), BATCH):
        one, other = left[at : at + BATCH], right[at : at + BATCH]
        added = WEIGHT * (np.log(np.einsum("ij,ij->i", shares[one], shares[other]) + CHANCE) - usual)
        parts.append(np.where(is_known[one] & is_known[other], 0.0, np.round(added, 5)))
    return np.concatenate(parts) if parts else np.zeros(0)


def _end_to_end(one: Folded, other: Folded) -> Folded:
    return Folded(
        np.concatenate([one.codes, other.codes]),
        np.concatenate([one.starts, other.starts + len(one.codes)]),
        np.concatenate([one.lengths, other.lengths]),
    )
