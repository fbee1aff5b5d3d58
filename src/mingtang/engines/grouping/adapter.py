"""Sentence vectors turned towards what opinions ask for: a linear map learned from labelled drafts (Fisher's discriminants)."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import linalg

Vectors = NDArray[np.float32]
Floats = NDArray[np.float64]
DIRECTIONS = 128
"""So many directions are kept, those in which demands differ most for how little texts of one demand do."""
RIDGE = 3.0
"""How much of the mean variance within demands is added in every direction."""
STEPS = 127


@dataclass(frozen=True)
class Scatter:
    """How the texts of one draft lie: within their groups (with the degrees of freedom) and altogether (with the number of texts), and their mean."""

    within: Floats
    freedom: int
    total: Floats
    count: int
    mean: Floats

    @staticmethod
    def of(vectors: Vectors, groups: Sequence[str]) -> Scatter:
        """The scatter of one draft; `vectors` of unit length, one row for each text."""
        mean = vectors.mean(axis=0, dtype=np.float64)
        centred = vectors.astype(np.float64) - mean
        centred /= np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 1e-9)
        name = np.array(groups)
        within = np.zeros((centred.shape[1],) * 2)
        for each in sorted(set(groups)):
            inside = centred[name == each]
            inside = inside - inside.mean(axis=0)
            within += inside.T @ inside
        return Scatter(within, len(groups) - len(set(groups)), centred.T @ centred, len(groups), mean)


@dataclass(frozen=True)
class Adapter:
    """`steps`: dimensions × directions, whole numbers of at most `STEPS`; `scale`: what one step of each direction is; `usual`: the mean of all texts."""

    steps: NDArray[np.int8]
    scale: Floats
    usual: Floats

    @staticmethod
    def learned(drafts: Sequence[Scatter]) -> Adapter:
        """The directions that part the demands of `drafts` best, each with its largest part positive."""
        within = sum((each.within for each in drafts), np.zeros(1)) / max(sum(each.freedom for each in drafts), 1)
        total = sum((each.total for each in drafts), np.zeros(1)) / sum(each.count for each in drafts)
        size = len(total)
        ridge = RIDGE * max(float(np.trace(within)), 1e-9) / size * np.eye(size)
        found = linalg.eigh(total, within + ridge, subset_by_index=[max(size - DIRECTIONS, 0), size - 1])[1][:, ::-1]
        found = found * np.sign(found[np.abs(found).argmax(axis=0), np.arange(found.shape[1])])
        scale = np.round(np.abs(found).max(axis=0) / STEPS, 8)
        usual = np.average([each.mean for each in drafts], axis=0, weights=[each.count for each in drafts])
        return Adapter(np.clip(np.rint(found / scale), -STEPS, STEPS).astype(np.int8), scale, np.round(usual, 4))

    def applied(self, vectors: Vectors) -> Vectors:
        """`vectors` less their mean in these directions, of unit length."""
        return self.turned(vectors.astype(np.float64) - vectors.mean(axis=0, dtype=np.float64))

    def turned(self, centred: NDArray[np.floating]) -> Vectors:
        """Vectors less what is usual in these directions, of unit length, rounded so that the last bits of a machine do not count."""
        found = centred.astype(np.float64) @ (self.steps * self.scale)
        found = np.round(found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9), 4)
        return np.asarray(found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9), np.float32)

    def as_data(self) -> dict[str, Any]:
        """What the file of weights holds."""
        return {"scale": self.scale.tolist(), "usual": self.usual.tolist(), "steps": base64.b64encode(self.steps.tobytes()).decode()}

    @staticmethod
    def read(told: dict[str, Any]) -> Adapter:
        """The adapter in a file of weights. Raise ValueError, KeyError."""
        scale = np.array(told["scale"], np.float64)
        return Adapter(
            np.frombuffer(base64.b64decode(told["steps"]), np.int8).reshape(-1, len(scale)), scale, np.array(told["usual"], np.float64)
        )
