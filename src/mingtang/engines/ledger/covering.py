"""Proving many leaves at once: the fewest complete nodes that, with those leaves, give the root.

For m leaves of n it takes at most m·log(n/m) nodes, and none at all when every leaf is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mingtang.engines.ledger.hashing import empty_root, node_hash
from mingtang.engines.ledger.tree import Key, peaks


def others(indexes: Iterable[int], size: int) -> list[Key]:
    """The nodes that complete the leaves at `indexes` to the tree of `size`; ValueError when one is outside it."""
    known = set(indexes)
    if any(not 0 <= index < size for index in known):
        raise ValueError(f"not all leaves are in a tree of {size}")
    wanted: list[Key] = []
    tops: set[Key] = set()
    level = 0
    while known:
        complete = size >> level
        above = set()
        for index in known:
            if index ^ 1 < complete:
                above.add(index >> 1)
                if index ^ 1 not in known:
                    wanted.append((level, index ^ 1))
            else:
                tops.add((level, index))
        known, level = above, level + 1
    return sorted(wanted) + [key for key in peaks(0, size) if key not in tops]


def covered_root(algorithm: str, leaves: Mapping[int, bytes], given: Mapping[Key, bytes], size: int) -> bytes:
    """The root of the tree of `size` from some leaves and the `others`; KeyError when one is missing."""
    known, tops, level = dict(leaves), dict(given), 0
    while known:
        complete = size >> level
        above: dict[int, bytes] = {}
        for index, value in known.items():
            if index ^ 1 >= complete:
                tops[level, index] = value
            elif index & 1 == 0 or index ^ 1 not in known:
                other = known[index ^ 1] if index ^ 1 in known else given[level, index ^ 1]
                left, right = (other, value) if index & 1 else (value, other)
                above[index >> 1] = node_hash(algorithm, left, right)
        known, level = above, level + 1
    return _joined(algorithm, [tops[key] for key in peaks(0, size)])


def pieced_root(algorithm: str, pieces: Iterable[tuple[int, int, bytes]], size: int) -> bytes:
    """The same from (level, index, hash) of leaves and `others` together, left to right; holds one node a level at a time.

    KeyError when a piece lacks, stands twice or overlaps another.
    """
    edge: list[tuple[int, int, bytes]] = []
    reached = 0
    for level, index, value in pieces:
        if index << level != reached:
            raise KeyError((level, index))
        reached += 1 << level
        top, at, whole = level, index, value
        while at & 1 and edge and edge[-1][:2] == (top, at - 1):
            whole = node_hash(algorithm, edge.pop()[2], whole)
            top, at = top + 1, at >> 1
        edge.append((top, at, whole))
    if reached != size:
        raise KeyError(size)
    return _joined(algorithm, [value for _level, _index, value in edge])


def _joined(algorithm: str, hashes: list[bytes]) -> bytes:
    if not hashes:
        return empty_root(algorithm)
    value = hashes[-1]
    for each in reversed(hashes[:-1]):
        value = node_hash(algorithm, each, value)
    return value
