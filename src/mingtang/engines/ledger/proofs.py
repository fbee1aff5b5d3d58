"""Checking proofs without the log: only what its owner published (RFC 9162, 2.1.3.2 and 2.1.4.2)."""

from __future__ import annotations

from collections.abc import Sequence

from mingtang.engines.ledger.hashing import empty_root, node_hash


def includes(algorithm: str, leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether `leaf` (a leaf hash) stands at `index` in the tree of `size` leaves with this `root`."""
    if not 0 <= index < size:
        return False
    position, last, value = index, size - 1, leaf
    for each in proof:
        if last == 0:
            return False
        if position & 1 or position == last:
            value = node_hash(algorithm, each, value)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            value = node_hash(algorithm, value, each)
        position, last = position >> 1, last >> 1
    return last == 0 and value == root


def grows(algorithm: str, first: int, first_root: bytes, second: int, second_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the tree of `second` leaves begins with the tree of `first`: nothing taken away, nothing changed."""
    if first == second:
        return not proof and first_root == second_root
    if first == 0:
        return not proof and first_root == empty_root(algorithm)
    if not 0 < first < second or not proof:
        return False
    path = list(proof) if first & (first - 1) else [first_root, *proof]
    position, last = first - 1, second - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    old = new = path[0]
    for each in path[1:]:
        if last == 0:
            return False
        if position & 1 or position == last:
            old, new = node_hash(algorithm, each, old), node_hash(algorithm, each, new)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            new = node_hash(algorithm, new, each)
        position, last = position >> 1, last >> 1
    return last == 0 and old == first_root and new == second_root
