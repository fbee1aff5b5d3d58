"""The tree against a reference written from the RFC's own words, and against its published vectors."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from mingtang.engines.ledger.covering import covered_root, others, pieced_root
from mingtang.engines.ledger.hashing import DEFAULT, digest, digest_of, empty_root, leaf_hash, node_hash
from mingtang.engines.ledger.proofs import grows, includes
from mingtang.engines.ledger.tree import append, consistency_proof, inclusion_proof, peaks, root

# RFC 6962's reference implementation: eight entries and the roots of the trees of the first 1 … 8
ENTRIES = [
    bytes.fromhex(each) for each in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
PATH_OF_SIXTH = (
    "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
)
SIX_TO_EIGHT = (
    "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
    "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
)
both = pytest.mark.parametrize("algorithm", ["sha256", "sm3"])


class Kept(dict):
    """Nodes in memory, counting what is read."""

    reads = 0

    def read(self, keys):
        self.reads += len(keys)
        return {key: self[key] for key in keys}


def grown(algorithm: str, leaves: list[bytes], *, at_once: int = 1) -> Kept:
    nodes = Kept()
    for begin in range(0, len(leaves), at_once):
        nodes.update(append(nodes, algorithm, begin, leaves[begin : begin + at_once]))
    return nodes


def plain_root(algorithm: str, leaves: list[bytes]) -> bytes:
    """RFC 9162, 2.1.1, word for word."""
    if not leaves:
        return empty_root(algorithm)
    if len(leaves) == 1:
        return leaves[0]
    middle = 1
    while middle * 2 < len(leaves):
        middle *= 2
    return node_hash(algorithm, plain_root(algorithm, leaves[:middle]), plain_root(algorithm, leaves[middle:]))


def made(algorithm: str, count: int) -> list[bytes]:
    return [leaf_hash(algorithm, str(n).encode()) for n in range(count)]


def test_the_roots_are_those_published_with_rfc_6962():
    leaves = [leaf_hash("sha256", each) for each in ENTRIES]
    nodes = grown("sha256", leaves)
    assert tuple(root(nodes, "sha256", size).hex() for size in range(1, 9)) == ROOTS
    assert root(nodes, "sha256", 0).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_the_proofs_are_those_published_with_rfc_6962():
    nodes = grown("sha256", [leaf_hash("sha256", each) for each in ENTRIES])
    assert tuple(each.hex() for each in inclusion_proof(nodes, "sha256", 5, 8)) == PATH_OF_SIXTH
    assert tuple(each.hex() for each in consistency_proof(nodes, "sha256", 6, 8)) == SIX_TO_EIGHT


def test_hashes_are_those_of_the_standards():
    assert digest("sha256", b"abc") == sha256(b"abc").digest()
    assert digest("sm3", b"abc").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert DEFAULT == "sha256"
    with pytest.raises(ValueError, match="md5"):
        digest("md5", b"")


@both
def test_every_proof_of_every_small_tree_holds_and_no_wrong_one_does(algorithm):
    leaves = made(algorithm, 20)
    for size in range(21):
        nodes = grown(algorithm, leaves[:size])
        top = root(nodes, algorithm, size)
        assert top == plain_root(algorithm, leaves[:size])
        for index in range(size):
            proof = inclusion_proof(nodes, algorithm, index, size)
            assert includes(algorithm, leaves[index], index, size, proof, top)
            assert not includes(algorithm, leaves[index], (index + 1) % size, size, proof, top) or size == 1
            assert not includes(algorithm, leaf_hash(algorithm, b"other"), index, size, proof, top)
            assert not includes(algorithm, leaves[index], index, size, [*proof, top], top)
            assert not proof or not includes(algorithm, leaves[index], index, size, proof[:-1], top)
        for first in range(size + 1):
            proof = consistency_proof(nodes, algorithm, first, size)
            before = plain_root(algorithm, leaves[:first])
            assert grows(algorithm, first, before, size, top, proof)
            other = plain_root(algorithm, [*leaves[: first - 1], leaf_hash(algorithm, b"other")]) if first else top
            assert not grows(algorithm, first, other, size, top, proof) or size == 0
            assert not grows(algorithm, first, before, size, top, [*proof, top])


@both
@settings(max_examples=30, deadline=None)
@given(count=some.integers(0, 70), at_once=some.integers(1, 33), data=some.data())
def test_batches_of_any_size_give_the_same_tree_and_cover_any_leaves(algorithm, count, at_once, data):
    leaves = made(algorithm, count)
    nodes = grown(algorithm, leaves, at_once=at_once)
    assert nodes == grown(algorithm, leaves)
    chosen = data.draw(some.sets(some.integers(0, count - 1), max_size=count)) if count else set()
    keys = others(chosen, count)
    assert covered_root(algorithm, {n: leaves[n] for n in chosen}, nodes.read(keys), count) == plain_root(algorithm, leaves)
    pieces = [(0, n, leaves[n]) for n in chosen] + [(*key, value) for key, value in nodes.read(keys).items()]
    pieces.sort(key=lambda piece: piece[1] << piece[0])
    assert pieced_root(algorithm, pieces, count) == plain_root(algorithm, leaves)
    if pieces:
        place = data.draw(some.integers(0, len(pieces) - 1))
        for bent in (pieces[:place] + pieces[place + 1 :], [*pieces[: place + 1], *pieces[place:]]):
            with pytest.raises(KeyError):
                pieced_root(algorithm, bent, count)


@both
def test_parts_hashed_end_to_end_give_the_digest_of_the_whole(algorithm):
    assert digest_of(algorithm, iter([b"a", b"", b"bc"])) == digest(algorithm, b"abc")
    with pytest.raises(ValueError):
        digest_of("md5", [b"a"])


def test_an_append_reads_no_more_nodes_than_the_tree_is_high():
    nodes = grown("sha256", made("sha256", 1023), at_once=1023)
    nodes.reads = 0
    append(nodes, "sha256", 1023, made("sha256", 1))
    inclusion_proof(nodes, "sha256", 17, 1023)
    assert nodes.reads <= 10 + 10 + 10
    assert peaks(0, 1023) == [(level, (1 << (10 - level)) - 2) for level in range(9, -1, -1)]


def test_what_is_outside_the_tree_is_refused():
    nodes = grown("sha256", made("sha256", 3))
    with pytest.raises(ValueError):
        inclusion_proof(nodes, "sha256", 3, 3)
    with pytest.raises(ValueError):
        consistency_proof(nodes, "sha256", 4, 3)
    with pytest.raises(ValueError):
        others([3], 3)
    with pytest.raises(KeyError):
        covered_root("sha256", {0: b""}, {}, 3)
    assert not includes("sha256", b"", 3, 3, [], b"")
    assert not grows("sha256", 4, b"", 3, b"", [b"x"])
    assert not grows("sha256", 2, b"", 3, b"", [])
