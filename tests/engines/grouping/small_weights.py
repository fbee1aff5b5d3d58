"""A file of weights like the one in the extra, with a network so small that its vectors can be reckoned one number at a time."""

import math
import struct
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

PIECES = {
    "<s>": 0.0,
    "<pad>": 0.0,
    "</s>": 0.0,
    "<unk>": 0.0,
    "\u2581": -2.0,
    "\u2581query": -1.0,
    ":": -1.5,
    "上": -4.0,
    "牌": -4.0,
    "免": -4.5,
    "费": -4.5,
    "上牌": -5.0,
    "牌免": -3.0,
    "免费": -6.0,
    "A": -3.0,
}
CHANGED = {"Ａ": "A", "：": ":", "\t": " ", "\u200b": ""}
SIZE, HEADS, LAYERS, WIDE, MOST = 384, 2, 2, 64, 12
"""Vectors as long as real ones, so that the adapter takes them; the rest small."""
SMALL = 1e-5


@dataclass
class Small:
    """Tables by name as they are after unpacking, and the bytes of the file."""

    tables: dict[str, np.ndarray] = field(default_factory=dict)
    packed: list[tuple[str, bytes]] = field(default_factory=list)

    def matrix(self, dice: np.random.Generator, name: str, given: int, taken: int) -> None:
        """Four bits a weight; a scale for every 32 of them."""
        halves = dice.integers(0, 16, (given, taken // 32, 32), np.uint8)
        scale = dice.uniform(0.01, 0.05, (given, taken // 32, 1)).astype(np.float16)
        self.tables[name] = ((halves.astype(np.float64) - 8) * scale).reshape(given, taken)
        both = halves[:, :, :16] | halves[:, :, 16:] << 4
        self.packed.append((name, np.concatenate([scale.view(np.uint8), both], axis=2).tobytes()))

    def vector(self, dice: np.random.Generator, name: str, count: int) -> None:
        """Numbers of 32 bits."""
        low, high = (0.5, 1.5) if name.endswith(".w") else (-0.1, 0.1)
        self.tables[name] = dice.uniform(low, high, count).astype(np.float32)
        self.packed.append((name, self.tables[name].tobytes()))

    def written(self, path: Path) -> None:
        """The file: head, pieces, changes of characters, directory, tables."""
        words = [word.encode() for word in PIECES]
        edges = np.cumsum([0, *map(len, words)]).astype(np.uint32)
        head = struct.pack("<4sI7ifi", b"E5S1", 1, SIZE, LAYERS, HEADS, WIDE, len(PIECES), MOST, 1, SMALL, 32)
        head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, int(edges[-1])) + edges.tobytes()
        head += np.array(list(PIECES.values()), np.float32).tobytes() + b"".join(words)
        changes = b"".join(struct.pack(f"<IB{len(new)}I", ord(old), len(new), *map(ord, new)) for old, new in CHANGED.items())
        head += struct.pack("<iI", len(CHANGED), len(changes)) + changes + struct.pack("<i", len(self.packed))
        begin = len(head) + sum(2 + len(name.encode()) + 21 for name, _ in self.packed)
        directory = b""
        for name, data in self.packed:
            directory += struct.pack("<H", len(name)) + name.encode() + struct.pack("<BIQQ", 0, len(data), begin, len(data))
            begin += len(data)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(head + directory + b"".join(data for _, data in self.packed))

    def vector_of(self, pieces: list[int]) -> np.ndarray:
        """What the network makes of pieces (with those around the text), by the definitions and one text at a time."""
        x = self.tables["emb.word"][pieces] + self.tables["emb.pos"].reshape(-1, SIZE)[: len(pieces)] + self.tables["emb.type"][:SIZE]
        x = self._normed(x, "emb.ln")
        for layer in range(LAYERS):
            x = self._normed(x + self._linear(self._seen(x, f"l{layer}"), f"l{layer}.ao"), f"l{layer}.aln")
            wide = np.vectorize(lambda y: y * (1 + math.erf(y / math.sqrt(2))) / 2)(self._linear(x, f"l{layer}.fi"))
            x = self._normed(x + self._linear(wide, f"l{layer}.fo"), f"l{layer}.oln")
        mean = x.mean(axis=0)
        return mean / np.linalg.norm(mean)

    def _seen(self, x: np.ndarray, layer: str) -> np.ndarray:
        each, parts = SIZE // HEADS, []
        asks, offers, gives = (self._linear(x, f"{layer}.{part}") for part in "qkv")
        for at in range(0, SIZE, each):
            share = np.exp(asks[:, at : at + each] @ offers[:, at : at + each].T / math.sqrt(each))
            parts.append(share / share.sum(axis=1, keepdims=True) @ gives[:, at : at + each])
        return np.hstack(parts)

    def _linear(self, x: np.ndarray, name: str) -> np.ndarray:
        return x @ self.tables[f"{name}.w"].T + self.tables[f"{name}.b"]

    def _normed(self, x: np.ndarray, name: str) -> np.ndarray:
        spread = np.sqrt(x.var(axis=1, keepdims=True) + SMALL)
        return (x - x.mean(axis=1, keepdims=True)) / spread * self.tables[f"{name}.w"] + self.tables[f"{name}.b"]


def small(seed: int) -> Small:
    """A network of random weights."""
    dice, made = np.random.Generator(np.random.PCG64(seed)), Small()
    made.matrix(dice, "emb.word", len(PIECES), SIZE)
    for name, count in (("emb.pos", MOST * SIZE), ("emb.type", SIZE), ("emb.ln.w", SIZE), ("emb.ln.b", SIZE)):
        made.vector(dice, name, count)
    for layer in range(LAYERS):
        for name, given, taken in (
            *((part, SIZE, SIZE) for part in ("q", "k", "v", "ao")),
            *(("fi", WIDE, SIZE), ("fo", SIZE, WIDE)),
        ):
            made.matrix(dice, f"l{layer}.{name}.w", given, taken)
            made.vector(dice, f"l{layer}.{name}.b", given)
        for norm in ("aln", "oln"):
            made.vector(dice, f"l{layer}.{norm}.w", SIZE)
            made.vector(dice, f"l{layer}.{norm}.b", SIZE)
    return made
