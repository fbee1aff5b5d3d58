"""Turn the encoder towards what opinions ask for; run by ``training --semantic``.

Low-rank changes of the upper layers are learned from the labelled drafts so that texts of one demand come to lie nearer to each other than to
others of the same draft (supervised contrastive loss; Khosla et al. 2020, "Supervised Contrastive Learning"). The lower layers are gone through
once. Needs ``mingtang[semantic]`` and autograd, which finds the slopes.
"""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import autograd.numpy as anp
import numpy as np
from autograd import grad
from autograd.extend import defvjp, primitive
from numpy.typing import NDArray

from mingtang.engines.grouping.encoder import CUBE, SLOPE, Encoder, Layer, Norm, bent
from mingtang.engines.grouping.lowrank import MATRICES, LowRank

Floats = NDArray[np.float32]
Weights = dict[tuple[int, str], tuple[Floats, Floats]]
FAR = -1e9
WARM, CHUNK = 20, 16
"""Steps until they have their whole length, and texts that go through together."""


@dataclass(frozen=True)
class Tuning:
    """How to learn. `rank`: of the changes; `layers`: so many of the upper ones; `rate`: the longest step; `heat`: by what likenesses are divided.

    `together`: texts of a step; `alike`: at most so many of them of one demand.
    """

    steps: int = 100
    rank: int = 16
    layers: int = 6
    rate: float = 2e-3
    heat: float = 0.1
    together: int = 64
    alike: int = 5
    seed: int = 1


@dataclass(frozen=True)
class Begun:
    """The texts of one draft, with edited copies behind, as they leave the lower layers, and what each asks for.

    `own`: so many are no copies; `usual`: their mean vector before anything is learned.
    """

    states: Sequence[Floats]
    groups: Sequence[str]
    usual: Floats
    own: int

    @staticmethod
    def of(encoder: Encoder, texts: Sequence[str], groups: Sequence[str], own: int, how: Tuning) -> Begun:
        """What the lower layers of `encoder` make of a draft."""
        below = len(encoder.layers) - how.layers
        states = encoder.states(texts, below)
        return Begun(states, groups, encoder.onward(states[:own], below).mean(axis=0), own)

    def drawn(self, dice: random.Random, how: Tuning) -> tuple[list[Floats], NDArray[np.bool_]]:
        """The texts of one step, and which two of them ask for the same."""
        by_group: dict[str, list[int]] = defaultdict(list)
        for place, group in enumerate(self.groups[: self.own]):
            by_group[group].append(place)
        groups = list(by_group.values())
        dice.shuffle(groups)
        places: list[int] = []
        for members in groups:
            places.extend(dice.sample(members, min(len(members), how.alike)))
            if len(places) >= how.together:
                break
        named = np.array([self.groups[place] for place in places])
        return [self.states[place] for place in places], (named[:, None] == named[None, :]) & ~np.eye(len(places), dtype=np.bool_)


def tuned(encoder: Encoder, drafts: Sequence[Begun], how: Tuning) -> LowRank:
    """The changes learned from `drafts`, one draft a step in turn."""
    usual = np.mean([each.usual for each in drafts], axis=0)
    dice = random.Random(how.seed)  # noqa: S311 - learning is to be repeated
    weights = _begin(encoder, how)
    ready = grad(lambda now, states, same: _loss(_vectors(encoder, now, states, how), usual, same, how.heat))
    adam = Adam(weights)
    for step in range(how.steps):
        states, same = drafts[step % len(drafts)].drawn(dice, how)
        slopes = ready(weights, states, same)
        adam.step(weights, slopes, how.rate * min(1, (step + 1) / WARM) * (0.5 + 0.5 * math.cos(math.pi * step / how.steps)))
    return LowRank.of(weights)


def _begin(encoder: Encoder, how: Tuning) -> Weights:
    """Changes that change nothing yet: the first of two matrices by chance, the second 0."""
    dice = np.random.Generator(np.random.PCG64(how.seed))
    found = {}
    for number in range(len(encoder.layers) - how.layers, len(encoder.layers)):
        for name in MATRICES:
            taken, given = encoder.layers[number].matrix[name].shape
            down = (dice.standard_normal((taken, how.rank)) / math.sqrt(taken)).astype(np.float32)
            found[number, name] = (down, np.zeros((how.rank, given), np.float32))
    return found


def _vectors(encoder: Encoder, weights: Any, states: Sequence[Floats], how: Tuning) -> Any:
    """The vectors of texts from their states before the upper layers, in batches of like length."""
    order = sorted(range(len(states)), key=lambda place: len(states[place]))
    parts = []
    for at in range(0, len(order), CHUNK):
        some = [states[place] for place in order[at : at + CHUNK]]
        longest = max(map(len, some))
        x: Any = np.stack([np.pad(state, ((0, longest - len(state)), (0, 0))) for state in some])
        is_there = np.array([[place < len(state) for place in range(longest)] for state in some])
        for number in range(len(encoder.layers) - how.layers, len(encoder.layers)):
            x = _layer(encoder.layers[number], {name: weights[number, name] for name in MATRICES}, x, is_there)
        share = (is_there / is_there.sum(axis=1, keepdims=True)).astype(np.float32)
        parts.append(anp.sum(x * share[:, :, None], axis=1))
    return anp.concatenate(parts)[np.argsort(order)]


def _layer(layer: Layer, change: Any, x: Any, is_there: NDArray[np.bool_]) -> Any:
    """What `Layer.through` does, with its changes, for texts × pieces × places of which some are not there."""
    count, length, size = x.shape

    def times(x: Any, name: str) -> Any:
        down, up = change[name]
        return anp.dot(x, layer.matrix[name]) + anp.dot(anp.dot(x, down), up) + layer.more[name]

    x = anp.reshape(x, (count * length, size))
    parts = (anp.reshape(part, (count, length, layer.heads, size // layer.heads)) for part in anp.split(times(x, "asked"), 3, axis=1))
    asks, offers, gives = (anp.transpose(part, (0, 2, 1, 3)) for part in parts)
    share = anp.matmul(asks, anp.transpose(offers, (0, 1, 3, 2))) * np.float32((size // layer.heads) ** -0.5)
    share = share + np.where(is_there, np.float32(0), np.float32(FAR))[:, None, None, :]
    share = anp.exp(share - anp.max(share, axis=3, keepdims=True))
    share = share / anp.sum(share, axis=3, keepdims=True)
    seen = anp.reshape(anp.transpose(anp.matmul(share, gives), (0, 2, 1, 3)), (count * length, size))
    x = _normed(layer.between, x + times(seen, "out"))
    wide = times(x, "widened")
    return anp.reshape(_normed(layer.after, x + times(_bent(wide), "narrowed")), (count, length, size))


def _bent_slope(_given: Any, x: Any) -> Any:
    square = x * x
    inner = np.tanh(np.float32(SLOPE) * x * (1 + np.float32(CUBE) * square))
    slope = 1 + inner + x * (1 - inner * inner) * np.float32(SLOPE) * (1 + np.float32(3 * CUBE) * square)
    slope *= np.float32(0.5)
    return lambda given: given * slope


_bent: Any = primitive(lambda x: bent(x.copy()))
defvjp(_bent, _bent_slope)


def _normed(norm: Norm, x: Any) -> Any:
    x = x - anp.mean(x, axis=1, keepdims=True)
    return x / anp.sqrt(anp.mean(x * x, axis=1, keepdims=True) + norm.small) * norm.stretch + norm.move


def _unit(x: Any) -> Any:
    return x / anp.sqrt(anp.sum(x * x, axis=1, keepdims=True) + np.float32(1e-12))


def _loss(vectors: Any, usual: Floats, same: NDArray[np.bool_], heat: float) -> Any:
    """How far texts of one demand are from being each other's likeliest, on the mean over the texts that have a fellow."""
    centred = _unit(_unit(vectors) - usual)
    likeness = anp.dot(centred, anp.transpose(centred)) / np.float32(heat) + np.where(np.eye(len(same)), np.float32(FAR), np.float32(0))
    top = anp.max(likeness, axis=1, keepdims=True)
    share = likeness - top - anp.log(anp.sum(anp.exp(likeness - top), axis=1, keepdims=True))
    fellows = same.sum(axis=1)
    has = fellows > 0
    each = anp.sum(np.where(same, 1, 0)[has].astype(np.float32) * share[has], axis=1) / fellows[has].astype(np.float32)
    return -anp.mean(each)


class Adam:
    """Steps along the slopes, each as long as its weight's slopes agree (Kingma and Ba 2015, "Adam")."""

    FIRST, SECOND, SMALL, MOST = 0.9, 0.999, 1e-8, 1.0

    def __init__(self, weights: Weights) -> None:
        self._count = 0
        self._mean = {key: [np.zeros_like(each) for each in pair] for key, pair in weights.items()}
        self._square = {key: [np.zeros_like(each) for each in pair] for key, pair in weights.items()}

    def step(self, weights: Weights, slopes: Weights, rate: float) -> None:
        """Change `weights` in place. Slopes that are together longer than `MOST` are shortened to it."""
        self._count += 1
        length = math.sqrt(sum(float((each.astype(np.float64) ** 2).sum()) for pair in slopes.values() for each in pair))
        shorter = min(1.0, self.MOST / max(length, 1e-12))
        for key, pair in weights.items():
            for which in range(len(pair)):
                slope = (slopes[key][which] * shorter).astype(np.float32)
                mean, square = self._mean[key][which], self._square[key][which]
                mean += (1 - self.FIRST) * (slope - mean)
                square += (1 - self.SECOND) * (slope**2 - square)
                right = math.sqrt(1 - self.SECOND**self._count) / (1 - self.FIRST**self._count)
                pair[which][...] -= (rate * right * mean / (np.sqrt(square) + self.SMALL)).astype(np.float32)
