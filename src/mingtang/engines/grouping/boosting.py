"""Gradient boosting of small complete trees on binned figures, logistic loss: enough to train the pair scorer, and the same everywhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mingtang.engines.grouping.scorer import DEPTH, INNER, LEAVES, NEVER, Scorer

Floats = NDArray[np.float64]
BINS = 32


@dataclass(frozen=True)
class Recipe:
    """How to train. `least`: the least weight (sum of p(1-p)) on both sides of a parting; `ridge`: the penalty on leaves."""

    trees: int = 120
    rate: float = 0.08
    ridge: float = 5.0
    least: float = 4.0
    share: float = 0.7
    seed: int = 7


def boosted(
    names: tuple[str, ...], figures: Floats, same: NDArray[np.int64], weights: Floats, recipe: Recipe, about: dict[str, Any]
) -> Scorer:
    """A scorer for `same` (0 or 1) from `figures`, rows weighted. Each tree sees a share of the columns, drawn by the seed."""
    edges = [_edges(column) for column in figures.T]
    bins = np.stack([np.searchsorted(edge, column, side="left") for edge, column in zip(edges, figures.T, strict=True)])
    dice = np.random.Generator(np.random.PCG64(recipe.seed))
    rate = float((same * weights).sum() / weights.sum())
    base = float(np.log(rate / (1 - rate)))
    score = np.full(len(same), base)
    made = []
    for _ in range(recipe.trees):
        likely = 1 / (1 + np.exp(-score))
        slope, curve = weights * (likely - same), weights * likely * (1 - likely)
        columns = np.flatnonzero(dice.random(len(names)) < recipe.share)
        feature, place, leaf, at = _tree(bins, slope, curve, columns, recipe)
        threshold = np.array([edges[f][p] if p < len(edges[f]) else NEVER for f, p in zip(feature, place, strict=True)])
        made.append((feature, threshold, leaf))
        score += leaf[at]
    features, thresholds, leaves = (np.array(each) for each in zip(*made, strict=True))
    return Scorer(names, base, features, thresholds, leaves, about)


def _edges(column: Floats) -> Floats:
    """Where a column may be parted, between values that occur."""
    values = np.unique(column)
    if len(values) > BINS:
        values = np.unique(
            np.quantile(column[column > column.min()] if (column == column.min()).mean() > 1 / BINS else column, np.linspace(0, 1, BINS))
        )
    return np.round((values[1:] + values[:-1]) / 2, 5)


def _tree(
    bins: NDArray[np.int64], slope: Floats, curve: Floats, columns: NDArray[np.int64], recipe: Recipe
) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats, NDArray[np.int64]]:
    """One tree: columns and bins of its partings, its leaves (already times the rate), and the leaf of each row."""
    feature, place = np.zeros(INNER, np.int64), np.full(INNER, BINS + 1, np.int64)
    at = np.zeros(bins.shape[1], np.int64)
    for level in range(DEPTH):
        nodes, first = 2**level, 2**level - 1
        best = np.full(nodes, 1e-6)
        for column in columns.tolist():
            gains = _gains(bins[column], slope, curve, at, nodes, recipe)
            top = gains.argmax(axis=1)
            gain = gains[np.arange(nodes), top]
            better = gain > best
            best[better] = gain[better]
            feature[first : first + nodes][better] = column
            place[first : first + nodes][better] = top[better]
        here = first + at
        at = 2 * at + (bins[feature[here], np.arange(len(at))] > place[here])
    down = np.bincount(at, slope, LEAVES) / (np.bincount(at, curve, LEAVES) + recipe.ridge)
    return feature, place, np.round(-recipe.rate * down, 5), at


def _gains(column: NDArray[np.int64], slope: Floats, curve: Floats, at: NDArray[np.int64], nodes: int, recipe: Recipe) -> Floats:
    width = BINS + 1
    cell = at * width + column
    slopes = np.bincount(cell, slope, nodes * width).reshape(nodes, width)
    curves = np.bincount(cell, curve, nodes * width).reshape(nodes, width)
    left, left_curve = slopes.cumsum(axis=1), curves.cumsum(axis=1)
    all_slope, all_curve = left[:, -1:], left_curve[:, -1:]
    right, right_curve = all_slope - left, all_curve - left_curve

    def worth(total: Floats, weight: Floats) -> Floats:
        return np.asarray(total * total / (weight + recipe.ridge))

    gains = worth(left, left_curve) + worth(right, right_curve) - worth(all_slope, all_curve)
    return np.where((left_curve >= recipe.least) & (right_curve >= recipe.least), gains, 0.0)
