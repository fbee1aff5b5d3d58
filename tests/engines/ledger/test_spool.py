"""What a check keeps on disk: it finds the same as lists and sets would, and its memory does not grow."""

from __future__ import annotations

import subprocess
import sys

import pytest

from mingtang.engines.ledger.export import set_digest
from mingtang.engines.ledger.spool import DEEPEST, Known, Spool

KNOWN = Known("sha256", "c0", "web", "")
LONG = """
import resource, sys
from mingtang.engines.ledger.spool import Known, Spool
spool, known = Spool(), Known("sha256", "c" * 64, "web", "")
for number in range(int(sys.argv[1])):
    spool.piece(0, number, bytes(32))
    spool.receive(f"{number * 2654435761 % 2**32:064x}", number, known)
    spool.place(b"%064d" % (number * 2654435761 % 2**32) + b"x" * 80)
spool.sort()
assert sum(1 for _ in spool.pieces()) == int(sys.argv[1])
spool.placing_digest("sha256")
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.fixture
def spool():
    made = Spool()
    yield made
    made.close()


def test_a_receipt_is_taken_once_and_those_left_are_named(spool):
    for index, leaf in ((3, "aa"), (5, "bb"), (9, "cc"), (11, "dd")):
        spool.receive(leaf, index, KNOWN)
    spool.sort()
    assert spool.take("bb") == KNOWN
    assert spool.take("bb") is None
    assert spool.take("ee") is None
    assert spool.take("dd") == KNOWN
    assert list(spool.not_taken()) == [3, 9]


def test_a_tombstone_is_found_by_leaf_and_reason_together(spool):
    spool.bury("aa", "privacy")
    spool.sort()
    assert spool.buried("aa", "privacy")
    assert not spool.buried("aa", "abuse")
    assert not spool.buried("bb", "privacy")


def test_pieces_come_from_left_to_right_and_impossible_ones_are_refused(spool):
    for level, index in ((1, 1), (0, 5), (0, 0), (0, 4), (0, 1)):
        spool.piece(level, index, b"x")
    assert list(spool.pieces()) == [(0, 0, b"x"), (0, 1, b"x"), (1, 1, b"x"), (0, 4, b"x"), (0, 5, b"x")]
    for level, index in ((-1, 0), (0, -1), (DEEPEST + 1, 0), (DEEPEST, 1), (10**9, 10**9)):
        with pytest.raises(ValueError):
            spool.piece(level, index, b"x")


@pytest.mark.parametrize("algorithm", ["sha256", "sm3"])
def test_the_digest_of_places_does_not_depend_on_their_order(spool, algorithm):
    lines = [b"b", b"\xff", b"", b"b", "组".encode()]
    for line in lines:
        spool.place(line)
    assert spool.placing_digest(algorithm) == set_digest(algorithm, reversed(lines))


def test_four_times_as_many_opinions_take_no_more_memory():
    def most(count: int) -> int:
        return int(subprocess.run([sys.executable, "-c", LONG, str(count)], capture_output=True, text=True, check=True).stdout)

    assert most(400_000) < 1.35 * most(100_000)
