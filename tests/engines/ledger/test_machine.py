"""A log as it lives: entries come, are appended in batches, proved and mirrored, in any order that anybody can think of."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from mingtang.engines.ledger.covering import covered_root, others
from mingtang.engines.ledger.mirror import compare_printed, follow, open_copy
from mingtang.engines.ledger.proofs import grows, includes
from mingtang.engines.ledger.receipts import leaf_of
from mingtang.engines.ledger.tree import Key, append, consistency_proof, inclusion_proof, root
from tests.engines.ledger.test_mirror import Log

WORDS = some.text(max_size=4)


class Kept:
    """Nodes in memory, each written once."""

    def __init__(self) -> None:
        self.nodes: dict[Key, bytes] = {}

    def read(self, keys: Sequence[Key]) -> Mapping[Key, bytes]:
        return {key: self.nodes[key] for key in keys}

    def write(self, new: Mapping[Key, bytes]) -> None:
        assert not self.nodes.keys() & new.keys()
        self.nodes.update(new)


class LogMachine(RuleBasedStateMachine):
    """Whatever happens: no promise is lost, heads only grow, every proof holds, every lie is found."""

    def __init__(self) -> None:
        super().__init__()
        self.log, self.store = Log(), Kept()
        self.waiting: list[bytes] = []
        self.size = 0
        self.heads: list[tuple[int, bytes]] = []
        self.room = tempfile.TemporaryDirectory()
        self.mirrored = False

    def teardown(self) -> None:
        self.room.cleanup()

    @property
    def folder(self) -> Path:
        return Path(self.room.name) / "copy"

    @rule(words=some.lists(WORDS, min_size=1, max_size=5))
    def promise(self, words: list[str]) -> None:
        for each in words:
            self.log.add(each)
            self.waiting.append(leaf_of(self.log.entries[len(self.log.entries) - 1]))

    @precondition(lambda self: self.waiting)
    @rule(most=some.integers(1, 6))
    def sequence(self, most: int) -> None:
        batch, self.waiting = self.waiting[:most], self.waiting[most:]
        self.store.write(append(self.store, "sha256", self.size, batch))
        self.size += len(batch)
        self.heads.append((self.size, root(self.store, "sha256", self.size)))

    @precondition(lambda self: self.heads)
    @rule(data=some.data())
    def prove(self, data: some.DataObject) -> None:
        size, top = data.draw(some.sampled_from(self.heads))
        index = data.draw(some.integers(0, size - 1))
        leaf = leaf_of(self.log.entries[index])
        proof = inclusion_proof(self.store, "sha256", index, size)
        assert includes("sha256", leaf, index, size, proof, top)
        assert not includes("sha256", leaf_of({**self.log.entries[index], "kind": "other"}), index, size, proof, top)

    @precondition(lambda self: len(self.heads) > 1)
    @rule(data=some.data())
    def grow(self, data: some.DataObject) -> None:
        (first, before), (second, after) = sorted(data.draw(some.lists(some.sampled_from(self.heads), min_size=2, max_size=2)))
        proof = consistency_proof(self.store, "sha256", first, second)
        assert grows("sha256", first, before, second, after, proof)
        if first < second:
            assert not grows("sha256", first, bytes(32), second, after, proof)

    @precondition(lambda self: self.size > 1)
    @rule(data=some.data())
    def cover(self, data: some.DataObject) -> None:
        chosen = data.draw(some.sets(some.integers(0, self.size - 1), min_size=1))
        leaves = {index: leaf_of(self.log.entries[index]) for index in chosen}
        given = self.store.read(others(chosen, self.size))
        assert covered_root("sha256", leaves, given, self.size) == self.heads[-1][1]

    @precondition(lambda self: self.log.entries)
    @rule()
    def mirror(self) -> None:
        assert follow(self.log, self.folder).good
        self.mirrored = True
        head = self.log.head()
        assert compare_printed(self.folder, head["size"], head["root"]).good

    @precondition(lambda self: self.mirrored)
    @rule(data=some.data())
    def lie(self, data: some.DataObject) -> None:
        known = len(open_copy(self.folder).entries)
        index = data.draw(some.integers(0, known - 1))
        self.log.signed, honest = self.log.head(), self.log.entries.pop(index)
        assert not follow(self.log, self.folder).good
        self.log.entries, self.log.signed = dict(sorted({**self.log.entries, index: honest}.items())), None
        assert follow(self.log, self.folder).good

    @invariant()
    def nothing_is_lost(self) -> None:
        assert self.size + len(self.waiting) == len(self.log.entries)
        assert [size for size, _top in self.heads] == sorted({size for size, _top in self.heads})
        assert len(self.store.nodes) == sum(self.size >> level for level in range(40))


TestLog = LogMachine.TestCase
TestLog.settings = settings(max_examples=12, stateful_step_count=15, deadline=None)
