"""Low-rank changes of the encoder's upper layers (LoRA; Hu et al. 2021, "Low-Rank Adaptation of Large Language Models"), learned by ``tuning``."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
MATRICES = ("asked", "out", "widened", "narrowed")
"""What a layer multiplies by, in the order of its work."""
STEPS = 127


class Rows(NamedTuple):
    """Rows of numbers as they are kept: whole `steps` of at most `STEPS`, and for each row what a step is."""

    steps: NDArray[np.int8]
    scales: Floats

    @staticmethod
    def of(rows: Floats) -> Rows:
        """`rows`, rounded."""
        scales = np.maximum(np.abs(rows).max(axis=1) / STEPS, np.finfo(np.float32).tiny).astype(np.float32)
        return Rows(np.clip(np.rint(rows / scales[:, None]), -STEPS, STEPS).astype(np.int8), scales)

    @property
    def numbers(self) -> Floats:
        """The rows."""
        return np.asarray(self.steps * self.scales[:, None], np.float32)

    def as_data(self) -> dict[str, Any]:
        """What the file of weights holds."""
        return {"scales": self.scales.tolist(), "steps": base64.b64encode(self.steps.tobytes()).decode()}

    @staticmethod
    def read(told: dict[str, Any]) -> Rows:
        """The rows in a file of weights. Raise ValueError, KeyError."""
        scales = np.array(told["scales"], np.float32)
        return Rows(np.frombuffer(base64.b64decode(told["steps"]), np.int8).reshape(len(scales), -1), scales)


class Pair(NamedTuple):
    """The change of one matrix, the product of two narrow ones. `down`: rank × places taken; `up`: rank × places given."""

    down: Rows
    up: Rows

    @property
    def product(self) -> Floats:
        """Places taken × places given."""
        return self.down.numbers.T @ self.up.numbers


@dataclass(frozen=True, eq=False)
class LowRank:
    """The changes by layer and name of the matrix, rounded as they are kept."""

    pairs: Mapping[tuple[int, str], Pair]

    @staticmethod
    def of(learned: Mapping[tuple[int, str], tuple[Floats, Floats]]) -> LowRank:
        """From the numbers learned: places taken × rank and rank × places given."""
        return LowRank({key: Pair(Rows.of(down.T), Rows.of(up)) for key, (down, up) in sorted(learned.items())})

    def added(self, layer: int, name: str, matrix: Floats) -> Floats:
        """`matrix` of a layer with its change, where it has one."""
        pair = self.pairs.get((layer, name))
        return matrix if pair is None else matrix + pair.product

    @cached_property
    def digest(self) -> str:
        """Names what was learned: vectors made with other changes are not comparable."""
        return hashlib.blake2b(json.dumps(self.as_data()).encode(), digest_size=8).hexdigest()

    def as_data(self) -> list[dict[str, Any]]:
        """What the file of weights holds."""
        return [
            {"layer": layer, "name": name, "down": pair.down.as_data(), "up": pair.up.as_data()}
            for (layer, name), pair in sorted(self.pairs.items())
        ]

    @staticmethod
    def read(told: list[dict[str, Any]]) -> LowRank:
        """The changes in a file of weights. Raise ValueError, KeyError."""
        return LowRank({(int(each["layer"]), str(each["name"])): Pair(Rows.read(each["down"]), Rows.read(each["up"])) for each in told})
