"""Sentence vectors, where the extra ``mingtang[semantic]`` is installed: kept block by block, so that a run that was stopped goes on."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from mingtang.engines.grouping import encoder

Vectors = NDArray[np.float32]
BLOCK = 1024
"""So many texts are reckoned together and kept together: some 10 to 15 seconds of work."""


class MissingError(ModuleNotFoundError):
    """The semantic mode was asked for and its package is not installed."""


def is_installed() -> bool:
    """Whether the semantic mode can be had here."""
    return encoder.weights_file() is not None


def vectors_for(
    texts: Sequence[str], how: Literal["auto", "lexical", "semantic", "off"], told: Callable[[str, float], None], work: Path | None = None
) -> Vectors | None:
    """One vector of unit length for each text, None in the lexical mode. `work`: a folder for what is ready. Raise MissingError."""
    if how == "lexical" or (how == "auto" and not is_installed()):
        return None
    if not is_installed():
        raise MissingError(encoder.PACKAGE)
    blocks = []
    for start in range(0, len(texts), BLOCK):
        told("vectors", 0.4 + 0.3 * start / len(texts))
        blocks.append(_kept(list(texts[start : start + BLOCK]), work))
    return np.concatenate(blocks) if blocks else np.zeros((0, 1), np.float32)


def encoded(texts: list[str]) -> Vectors:
    """Vectors of unit length, rounded to four places, so that the last bits of a machine do not count."""
    found = np.round(encoder.encoder().vectors(texts), 4)
    return np.asarray(found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9), np.float32)


def _kept(texts: list[str], work: Path | None) -> Vectors:
    if work is None:
        return encoded(texts)
    digest = hashlib.blake2b("\0".join(texts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    path = work / f"{encoder.FILE}-{digest}.npy"
    if path.is_file():
        return np.asarray(np.load(path, allow_pickle=False), np.float32)
    found = encoded(texts)
    work.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        np.save(file, found, allow_pickle=False)
    part.replace(path)
    return found
