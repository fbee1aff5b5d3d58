"""Character n-grams weighed by rarity: vectors, and who is near to whom, without knowing any language model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from mingtang.engines.grouping.folding import Folded

Matrix = Any
"""A sparse matrix of scipy, which has no types: one row for each text."""
MOST = 400
"""Characters of a text that count."""
SAMPLE = 512
"""So many texts stand for all when the usual likeness of a text is measured."""


@dataclass(frozen=True)
class Grams:
    """One- and two-character vectors of unit length; `rarity` of each two-character column; `common` marks columns too common to search by."""

    ones: Matrix
    twos: Matrix
    rarity: NDArray[np.float64]
    documents: NDArray[np.int64]


def grams(folded: Folded) -> Grams:
    """The vectors of all texts."""
    ones, _, _ = _weighed(*_counted(folded, 1), len(folded))
    twos, rarity, documents = _weighed(*_counted(folded, 2), len(folded))
    return Grams(ones, twos, rarity, documents)


def _counted(folded: Folded, size: int) -> tuple[NDArray[np.int64], NDArray[np.int64], int]:
    """(text, column) once for every n-gram a text has, columns in the order of the characters."""
    lengths = np.minimum(folded.lengths, MOST)
    counts = np.maximum(lengths - size + 1, 0)
    text = np.repeat(np.arange(len(folded)), counts)
    within = np.arange(len(text)) - np.repeat(np.cumsum(counts) - counts, counts)
    at = folded.starts[text] + within
    code = folded.codes[at].astype(np.uint64)
    for step in range(1, size):
        code = code << np.uint64(21) | folded.codes[at + step].astype(np.uint64)
    order = np.argsort(code, kind="stable")
    ordered = code[order]
    new = np.ones(len(code), np.bool_)
    new[1:] = ordered[1:] != ordered[:-1]
    column = np.empty(len(code), np.int64)
    column[order] = np.cumsum(new) - 1
    width = int(new.sum())
    both = np.sort(text * max(width, 1) + column)
    keep = np.ones(len(both), np.bool_)
    keep[1:] = both[1:] != both[:-1]
    both = both[keep]
    return both // max(width, 1), both % max(width, 1), width


def _weighed(
    text: NDArray[np.int64], column: NDArray[np.int64], width: int, count: int
) -> tuple[Matrix, NDArray[np.float64], NDArray[np.int64]]:
    documents = np.bincount(column, minlength=width)
    rarity = np.log((count + 1) / (documents + 0.5))
    rarity = np.maximum(rarity, 0.01)
    weights = rarity[column]
    square = np.bincount(text, weights * weights, minlength=count)
    weights = weights / np.sqrt(square)[text]
    return sparse.csr_matrix((weights, (text, column)), shape=(count, width)), rarity, documents


SEARCHED = 500
"""A two-character column found in more texts (and in more than a fiftieth of them) is not searched by."""
REACH = 8000
"""By so many places in other texts is the neighbourhood of one text looked through, its rarest columns first."""
BLOCK = 2048


def neighbours(matrix: Matrix, documents: NDArray[np.int64], most: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """For each text the `most` nearest others and their cosines, nearest first, -1 where there are fewer. Ties fall to smaller numbers."""
    count = matrix.shape[0]
    places = np.full((count, most), -1, np.int64)
    cosines = np.zeros((count, most))
    rare = (documents > 1) & (documents <= max(SEARCHED, count // 50))
    searched = matrix[:, np.flatnonzero(rare)] if count > SEARCHED else matrix
    turned = searched.T.tocsr()
    searched = _rarest(searched, np.diff(turned.indptr)) if count > SEARCHED else searched
    for start in range(0, count, BLOCK):
        near = (searched[start : start + BLOCK] @ turned).tocsr()
        for row in range(near.shape[0]):
            low, high = near.indptr[row], near.indptr[row + 1]
            others, values = near.indices[low:high], np.round(near.data[low:high], 9)
            good = others != start + row
            others, values = others[good], values[good]
            if len(values) > 4 * most:
                edge = np.partition(values, len(values) - most)[len(values) - most]
                good = values >= edge
                others, values = others[good], values[good]
            best = np.lexsort((others, -values))[:most]
            places[start + row, : len(best)] = others[best]
            cosines[start + row, : len(best)] = values[best]
    return places, cosines


def _rarest(matrix: Matrix, documents: NDArray[np.int64]) -> Matrix:
    """Of each row the rarest columns that together stand in at most `REACH` rows, and the rarest always: what a search costs does not grow with the texts."""
    row = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    found = documents[matrix.indices]
    order = np.lexsort((matrix.indices, found, row))
    total = np.cumsum(found[order])
    first = matrix.indptr[row]
    before = np.where(first > 0, total[first - 1], 0)
    kept = np.zeros(len(row), np.bool_)
    kept[order] = (total - before <= REACH) | (np.arange(len(row)) == first)
    if kept.all():
        return matrix
    return sparse.csr_matrix((matrix.data[kept], (row[kept], matrix.indices[kept])), shape=matrix.shape)
