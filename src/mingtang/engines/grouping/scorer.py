"""The pair scorer: a sum of small trees over the figures of a pair, kept as numbers in a JSON file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mingtang.engines.grouping.adapter import Adapter
from mingtang.engines.grouping.lowrank import LowRank

Floats = NDArray[np.float64]
DEPTH = 4
INNER, LEAVES = 2**DEPTH - 1, 2**DEPTH
NEVER = 1e9
"""The threshold of a place where a tree does not part."""


@dataclass(frozen=True)
class Scorer:
    """Complete binary trees of `DEPTH` levels. `feature`, `threshold`: trees × inner nodes, level by level; `leaf`: trees × leaves.

    `change`: what the encoder has learned; `adapter`: what its vectors go through before the figures are taken.
    """

    names: tuple[str, ...]
    base: float
    feature: NDArray[np.int64]
    threshold: Floats
    leaf: Floats
    about: dict[str, Any]
    adapter: Adapter | None = None
    change: LowRank | None = None

    def logits(self, figures: Floats) -> Floats:
        """The logit that the two texts of each pair ask for the same thing."""
        total = np.full(len(figures), self.base)
        columns = np.ascontiguousarray(figures.T)
        for feature, threshold, leaf in zip(self.feature.tolist(), self.threshold.tolist(), self.leaf, strict=True):
            above = [columns[which] > least for which, least in zip(feature, threshold, strict=True)]
            total += leaf[_leaves(above)]
        return total

    def as_data(self) -> dict[str, Any]:
        """What the file holds."""
        return {
            "about": self.about,
            "names": list(self.names),
            "base": round(self.base, 6),
            "feature": self.feature.tolist(),
            "threshold": np.round(self.threshold, 5).tolist(),
            "leaf": np.round(self.leaf, 5).tolist(),
            **({"adapter": self.adapter.as_data()} if self.adapter else {}),
            **({"change": self.change.as_data()} if self.change else {}),
        }


def _leaves(above: list[NDArray[np.bool_]]) -> NDArray[np.uint8]:
    """The leaf each pair comes to. `above`: for every inner node, whether the pair's figure is above its threshold.

    All nodes of a level are looked at for all pairs at once, and of two subtrees the answer of the right one is taken: bits only, no look-ups.
    """
    leaf = np.zeros(len(above[0]), np.uint8)
    steps: list[NDArray[np.bool_]] = []
    for level in range(DEPTH):
        answers = above[2**level - 1 : 2 ** (level + 1) - 1]
        for step in steps:
            half = len(answers) // 2
            answers = [low ^ (step & (low ^ high)) for low, high in zip(answers[:half], answers[half:], strict=True)]
        steps.append(answers[0])
        leaf = leaf << np.uint8(1) | answers[0].view(np.uint8)
    return leaf


def read_scorer(path: Path) -> Scorer:
    """The scorer in `path`. Raise OSError, ValueError, KeyError."""
    return _of(json.loads(path.read_text(encoding="utf-8")))


@cache
def shipped(mode: str) -> Scorer:
    """The scorer that comes with the package, ``lexical`` or ``semantic``."""
    told = files("mingtang.engines.grouping").joinpath("weights", f"{mode}.json").read_text(encoding="utf-8")
    return _of(json.loads(told))


def _of(told: dict[str, Any]) -> Scorer:
    return Scorer(
        tuple(told["names"]),
        float(told["base"]),
        np.array(told["feature"], np.int64).reshape(-1, INNER),
        np.array(told["threshold"], np.float64).reshape(-1, INNER),
        np.array(told["leaf"], np.float64).reshape(-1, LEAVES),
        dict(told["about"]),
        Adapter.read(told["adapter"]) if "adapter" in told else None,
        LowRank.read(told["change"]) if "change" in told else None,
    )
