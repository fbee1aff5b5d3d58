"""Two texts that are likely the same as the same third ones are likelier the same than their own words tell; two that are not, less."""

from __future__ import annotations

from itertools import starmap

import numpy as np
from scipy import sparse

from mingtang.engines.grouping.linkage import WHOLE, Edges
from mingtang.engines.grouping.pairs import BATCH, Floats, Places, row_sums

WEIGHT, USUAL = 14.0, 0.75
"""What a whole step of agreement adds to a logit, and the agreement that changes nothing; chosen by looking at labelled drafts, each judged by what never saw it."""


def agreeing(edges: Edges, count: int) -> Edges:
    """The same pairs, judged again by the cosine of what both are to all `count` items (each is wholly like itself)."""
    share = np.clip(edges.likely / WHOLE, 1 / WHOLE, 1 - 1 / WHOLE)
    itself = np.arange(count)
    rows, columns = np.concatenate([edges.left, edges.right, itself]), np.concatenate([edges.right, edges.left, itself])
    told = sparse.csr_matrix((np.concatenate([share, share, np.ones(count)]), (rows, columns)), shape=(count, count))
    length = np.sqrt(row_sums(told.multiply(told)))

    def met(left: Places, right: Places) -> Floats:
        return np.asarray(row_sums(told[left].multiply(told[right])) / (length[left] * length[right]), np.float64)

    batches = ((edges.left[at : at + BATCH], edges.right[at : at + BATCH]) for at in range(0, len(share), BATCH))
    cosine = np.round(np.concatenate([np.zeros(0), *starmap(met, batches)]), 6)
    logit = np.log(share / (1 - share)) + WEIGHT * (cosine - USUAL)
    return Edges.of(edges.left, edges.right, np.round(1 / (1 + np.exp(-logit)), 6))
