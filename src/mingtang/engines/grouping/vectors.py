"""Sentence vectors, where the extra ``mingtang[semantic]`` is installed: kept block by block, so that a run that was stopped goes on."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from mingtang.engines.grouping import encoder
from mingtang.engines.grouping.lowrank import LowRank

Vectors = NDArray[np.float32]
BLOCK = 1024
"""So many texts are reckoned together and kept together: some 10 to 15 seconds of work."""


class MissingError(ModuleNotFoundError):
    """The semantic mode was asked for and its package is not installed."""


def is_installed() -> bool:
    """Whether the semantic mode can be had here."""
    return encoder.weights_file() is not None


def vectors_for(
    texts: Sequence[str],
    how: Literal["auto", "lexical", "semantic", "off"],
    told: Callable[[str, float], None],
    work: Path | None = None,
    change: LowRank | None = None,
) -> Vectors | None:
    """One vector of unit length for each text, None in the lexical mode. `work`: a folder for what is ready. Raise MissingError.

    `change`: what the encoder has learned; the semantic scorer that comes with the package brings its own.
    """
    if how == "lexical" or (how == "auto" and not is_installed()):
        return None
    if not is_installed():
        raise MissingError(encoder.PACKAGE)
    blocks = []
    for start in range(0, len(texts), BLOCK):
        told("vectors", 0.4 + 0.3 * start / len(texts))
        blocks.append(_kept(list(texts[start : start + BLOCK]), work, change))
    return np.concatenate(blocks) if blocks else np.zeros((0, 1), np.float32)


def encoded(texts: list[str], change: LowRank | None = None) -> Vectors:
    """Vectors of unit length, rounded so that the last bits of a machine do not count."""
    return rounded(encoder.encoder(change).vectors(texts))


def rounded(vectors: Vectors) -> Vectors:
    """To four places and of unit length again."""
    found = np.round(vectors, 4)
    return np.asarray(found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9), np.float32)


def _kept(texts: list[str], work: Path | None, change: LowRank | None) -> Vectors:
    if work is None:
        return encoded(texts, change)
    digest = hashlib.blake2b("\0".join(texts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    return kept(work / f"{encoder.FILE}-{change.digest if change else 0}-{digest}.npy", lambda: encoded(texts, change))


def kept(path: Path, reckoned: Callable[[], Vectors]) -> Vectors:
    """The vectors in `path`; where there is no such file yet, they are reckoned and written, whole or not at all."""
    if path.is_file():
        return np.asarray(np.load(path, allow_pickle=False), np.float32)
    found = reckoned()
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        np.save(file, found, allow_pickle=False)
    part.replace(path)
    return found
