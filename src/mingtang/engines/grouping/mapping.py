"""A map of a few texts: like ones near one another. The same texts give the same map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mingtang.engines.grouping.folding import fold
from mingtang.engines.grouping.postings import codes_of


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a text lies, both between 0 and 100; the place of its likest neighbour (-1: none) and how like it is, in percent."""

    x: int
    y: int
    nearest: int
    percent: int


def plane(texts: Sequence[str]) -> list[Spot]:
    """Classical scaling of the cosines of characters and bigrams by rarity. For some hundred texts: all are compared with all."""
    if not texts:
        return []
    likeness = _cosines(texts)
    near = likeness - 2 * np.eye(len(texts))
    best = near.argmax(axis=1)
    spots = _scaled(likeness)
    found = []
    for place, (x, y) in enumerate(spots.tolist()):
        share = round(float(near[place, best[place]]) * 100) if len(texts) > 1 else 0
        found.append(Spot(50 + round(x * 50), 50 + round(y * 50), int(best[place]) if share > 0 else -1, max(share, 0)))
    return found


def _cosines(texts: Sequence[str]) -> NDArray[np.float64]:
    text, code = codes_of(fold(texts))
    _distinct, column = np.unique(code, return_inverse=True)
    table = np.zeros((len(texts), int(column.max()) + 1 if len(column) else 1))
    holders = np.bincount(column)
    table[text, column] = np.log((len(texts) + 1) / (holders + 0.5))[column]
    table /= np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-9)
    return np.asarray(np.round(table @ table.T, 9))


def _scaled(likeness: NDArray[np.float64]) -> NDArray[np.float64]:
    """Two coordinates for each text, the widest spread first; a direction has its sign from its farthest text."""
    count = len(likeness)
    middle = np.eye(count) - 1 / count
    values, vectors = np.linalg.eigh(middle @ likeness @ middle)
    spots = np.zeros((count, 2))
    for axis in range(min(2, count)):
        line = vectors[:, -1 - axis] * np.sqrt(max(values[-1 - axis], 0.0))
        farthest = line[np.round(np.abs(line), 6).argmax()]
        spots[:, axis] = np.round(line * (1.0 if farthest >= 0 else -1.0), 6)
    return np.asarray(spots / max(float(np.abs(spots).max()), 1e-9))
