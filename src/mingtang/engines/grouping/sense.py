"""The sentence vectors of an index, where the extra is installed: mapped for the texts of the base, in memory for those that came since.

The file is named by the version of the scorer whose adapter the vectors went through, so that vectors of another version are not looked at.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mingtang.engines.grouping.adapter import Adapter
from mingtang.engines.grouping.lowrank import LowRank
from mingtang.engines.grouping.scorer import Scorer
from mingtang.engines.grouping.vectors import BLOCK, encoded, is_installed

Vector = NDArray[np.float32]
STEPS = 127
"""A vector is kept in a line of the log as whole numbers of so many steps each way."""
FAMILIAR = 25
"""The mean of the drafts the adapter was learned from counts as so many texts where it is reckoned what is usual: of a few texts their own mean says
more about them than about all opinions."""


class Sense:
    """Vectors of unit length by the place of their text. `usual`: what is taken off before a vector is turned, reckoned from the texts of the first base."""

    def __init__(self, base: NDArray[Any], usual: Vector, adapter: Adapter, change: LowRank | None) -> None:
        self._base, self._usual, self._adapter, self._change = base, usual, adapter, change
        self._later: list[Vector] = []

    @staticmethod
    def opened(folder: Path, scorer: Scorer) -> Sense | None:
        """What is in the folder of a base; None where no vectors of this version are there or none can be made."""
        if scorer.adapter is None or not is_installed() or not _path(folder, scorer).is_file():
            return None
        base = np.load(_path(folder, scorer), mmap_mode="r", allow_pickle=False)
        return Sense(base, np.load(folder / "usual.npy", allow_pickle=False), scorer.adapter, scorer.change)

    @staticmethod
    def write(folder: Path, texts: Sequence[str], scorer: Scorer, old: Sense | None, places: Mapping[str, int]) -> None:
        """Write the vectors of `texts`, in their order; those `old` has at `places` are taken from there. Nothing without the extra or texts."""
        if scorer.adapter is None or not is_installed() or not texts:
            return
        known = places if old else {}
        new = [text for text in texts if text not in known]
        plain = [encoded(new[at : at + BLOCK], scorer.change) for at in range(0, len(new), BLOCK)]
        by = old or Sense(np.zeros((0, 0), np.float32), _usual(plain, scorer.adapter), scorer.adapter, scorer.change)
        turned = iter([vector for block in plain for vector in by.turned(block)])
        made = [by.at(known[text]) if text in known else next(turned) for text in texts]
        np.save(_path(folder, scorer), np.array(made, np.float32), allow_pickle=False)
        np.save(folder / "usual.npy", by.usual, allow_pickle=False)

    @property
    def usual(self) -> Vector:
        """What is taken off every vector."""
        return self._usual

    def of(self, text: str) -> Vector:
        """The vector of a text."""
        return np.asarray(self.turned(encoded([text], self._change))[0], np.float32)

    def turned(self, plain: NDArray[np.float32]) -> NDArray[np.float32]:
        """Sentence vectors less what is usual, in the directions of the adapter, of unit length."""
        turned: NDArray[np.float32] = self._adapter.turned(plain - self._usual)
        return turned

    def at(self, place: int) -> Vector:
        """The vector of the text at this place."""
        return np.asarray(self._base[place] if place < len(self._base) else self._later[place - len(self._base)], np.float32)

    def add(self, vector: Vector | None) -> None:
        """Keep one more, after the others; None where its line in the log told none."""
        self._later.append(vector if vector is not None else np.zeros(self._base.shape[1], np.float32))

    def cosines(self, vector: Vector) -> NDArray[np.float64]:
        """With every text, by place."""
        parts = [np.asarray(self._base @ vector)]
        if self._later:
            parts.append(np.array(self._later) @ vector)
        return np.concatenate(parts).astype(np.float64)


def written(vector: Vector) -> str:
    """As it stands in a line of the log."""
    return base64.b64encode(np.rint(vector * STEPS).astype(np.int8).tobytes()).decode()


def read(told: str) -> Vector | None:
    """What `written` made, of unit length again; None for nothing."""
    if not told:
        return None
    steps = np.frombuffer(base64.b64decode(told), np.int8).astype(np.float32)
    return np.asarray(steps / max(float(np.linalg.norm(steps)), 1e-9), np.float32)


def _usual(plain: Sequence[Vector], adapter: Adapter) -> Vector:
    every = np.concatenate(plain)
    return np.asarray((every.sum(axis=0) + FAMILIAR * adapter.usual) / (len(every) + FAMILIAR), np.float32)


def _path(folder: Path, scorer: Scorer) -> Path:
    return folder / f"sense-{scorer.about['version']}.npy"
