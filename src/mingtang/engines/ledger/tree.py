"""A Merkle tree that only grows, kept as its complete subtrees (RFC 9162, section 2.1).

A node is named by (level, index): it covers the leaves index·2^level … (index+1)·2^level − 1. Only complete
nodes are kept, each written once. Appending needs the few nodes on the right edge; a proof needs as many nodes as
the tree is high, all of which are known before the first is read, so a store can fetch them in one query.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from mingtang.engines.ledger.hashing import empty_root, node_hash

Key = tuple[int, int]
Span = tuple[int, int]


class Nodes(Protocol):
    """Where complete nodes are kept."""

    def read(self, keys: Sequence[Key]) -> Mapping[Key, bytes]:
        """The hashes of all `keys`; KeyError (here or on use) when one was never written."""
        ...


def peaks(begin: int, end: int) -> list[Key]:
    """The complete nodes that cover the leaves `begin` … `end` − 1 of a subtree that begins at `begin`, left to right."""
    keys: list[Key] = []
    while begin < end:
        level = (end - begin).bit_length() - 1
        keys.append((level, begin >> level))
        begin += 1 << level
    return keys


def append(nodes: Nodes, algorithm: str, size: int, leaves: Sequence[bytes]) -> dict[Key, bytes]:
    """The nodes to write (leaves included, level 0) when `leaves` (leaf hashes) are added to a tree of `size`.

    Reads at most one node a level and hashes each new complete node once.
    """
    edge = dict(nodes.read(peaks(0, size)))
    new: dict[Key, bytes] = {}
    for index, leaf in enumerate(leaves, size):
        level, position, value = 0, index, leaf
        new[0, index] = leaf
        while position % 2 == 1:
            key = (level, position - 1)
            value = node_hash(algorithm, new[key] if key in new else edge[key], value)
            level, position = level + 1, position // 2
            new[level, position] = value
    return new


def root(nodes: Nodes, algorithm: str, size: int) -> bytes:
    """The root of the first `size` leaves."""
    if size == 0:
        return empty_root(algorithm)
    return _fold(algorithm, nodes.read(peaks(0, size)), (0, size))


def inclusion_proof(nodes: Nodes, algorithm: str, index: int, size: int) -> list[bytes]:
    """The path from leaf `index` to the root of the first `size` leaves (RFC 9162, 2.1.3.1).

    ValueError when the leaf is not among them.
    """
    if not 0 <= index < size:
        raise ValueError(f"leaf {index} is not in a tree of {size}")
    return _hashes(nodes, algorithm, _inclusion(index, (0, size)))


def consistency_proof(nodes: Nodes, algorithm: str, first: int, second: int) -> list[bytes]:
    """The proof that the tree of `second` leaves begins with the tree of `first` (RFC 9162, 2.1.4.1).

    Empty when both are the same or the first has no leaves; ValueError when `first` is the larger.
    """
    if not 0 <= first <= second:
        raise ValueError(f"a tree of {second} cannot begin with one of {first}")
    if first in {0, second}:
        return []
    return _hashes(nodes, algorithm, _consistency(first, (0, second), whole=True))


def _split(span: Span) -> int:
    """Where a subtree divides: the largest power of two smaller than its size, from its beginning."""
    begin, end = span
    return begin + (1 << ((end - begin - 1).bit_length() - 1))


def _inclusion(index: int, span: Span) -> Iterator[Span]:
    if span[1] - span[0] == 1:
        return
    middle = _split(span)
    left, right = (span[0], middle), (middle, span[1])
    near, far = (left, right) if index < middle else (right, left)
    yield from _inclusion(index, near)
    yield far


def _consistency(first: int, span: Span, *, whole: bool) -> Iterator[Span]:
    if first == span[1]:
        if not whole:
            yield span
        return
    middle = _split(span)
    left, right = (span[0], middle), (middle, span[1])
    if first <= middle:
        yield from _consistency(first, left, whole=whole)
        yield right
    else:
        yield from _consistency(first, right, whole=False)
        yield left


def _hashes(nodes: Nodes, algorithm: str, spans: Iterable[Span]) -> list[bytes]:
    wanted = list(spans)
    known = nodes.read([key for span in wanted for key in peaks(*span)])
    return [_fold(algorithm, known, span) for span in wanted]


def _fold(algorithm: str, known: Mapping[Key, bytes], span: Span) -> bytes:
    """The hash of a span from its complete nodes, right to left."""
    *rest, last = (known[key] for key in peaks(*span))
    for each in reversed(rest):
        last = node_hash(algorithm, each, last)
    return last
