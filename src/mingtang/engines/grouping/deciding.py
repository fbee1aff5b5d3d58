"""The staff's decisions, honoured exactly: blocks that stay together, blocks that stay apart, and what the copies around them do."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from mingtang.engines.grouping.model import Decisions, Ref


class ContradictionError(ValueError):
    """Two decisions that cannot both hold; says which."""


class Blocks:
    """Points by number, joined by decisions; `apart` holds the blocks that may never meet, `name` the confirmed group of a block."""

    def __init__(self, refs: Sequence[Ref], decisions: Decisions) -> None:
        """Decisions on points that are not there are passed over. Raise ContradictionError."""
        self._refs = refs
        self._ranks: dict[int, int] = {}
        self.name: dict[int, str] = {}
        self.apart: dict[int, set[int]] = defaultdict(set)
        places = {ref: place for place, ref in enumerate(refs)}
        self.parent = list(range(len(refs)))
        named: dict[str, list[int]] = defaultdict(list)
        for ref, group in sorted(decisions.fixed.items()):
            if ref in places:
                named[group].append(places[ref])
        pairs = [(places[a], places[b]) for a, b in decisions.together if a in places and b in places]
        for members in named.values():
            pairs.extend((members[0], other) for other in members[1:])
        for one, other in pairs:
            self._unite(one, other)
        self.decided = {place for pair in pairs for place in pair} | {place for members in named.values() for place in members}
        for group, members in sorted(named.items()):
            root = self.root(members[0])
            if self.name.setdefault(root, group) != group:
                raise ContradictionError(f"{self._said(members[0])}: {self.name[root]} / {group}")
        for a, b in decisions.apart:
            if a in places and b in places:
                self._separate(places[a], places[b])

    def root(self, place: int) -> int:
        """The point by which the block of `place` is known."""
        while self.parent[place] != place:
            self.parent[place] = self.parent[self.parent[place]]
            place = self.parent[place]
        return place

    def number(self, place: int) -> int:
        """A number for the block of a point that does not depend on the order of the points."""
        if not self._ranks:
            self._ranks = {at: rank for rank, at in enumerate(sorted(range(len(self._refs)), key=self._refs.__getitem__))}
        return self._ranks[self.root(place)]

    def names(self) -> dict[int, str]:
        """The confirmed groups by the number of their block."""
        return {self.number(block): group for block, group in self.name.items()}

    def separations(self) -> dict[int, set[int]]:
        """The blocks that may never meet, by number."""
        return {self.number(block): {self.number(other) for other in others} for block, others in self.apart.items() if others}

    def may_join(self, a: int, b: int) -> bool:
        """Whether no decision stands between two blocks."""
        a, b = self.root(a), self.root(b)
        return b not in self.apart.get(a, ()) and not (a in self.name and b in self.name)

    def gather(self, stars: Mapping[int, Sequence[int]]) -> None:
        """Let the points of each star follow the decisions: all of them, or where that cannot be, the block that has most of them."""
        for centre in sorted(stars, key=lambda each: self._refs[min(stars[each], key=self._refs.__getitem__)]):
            members = stars[centre]
            free = [place for place in members if place not in self.decided]
            counts = Counter(self.root(place) for place in members if place in self.decided)
            blocks = sorted(counts, key=lambda block: (-counts[block], self._refs[block]))
            for block in blocks[1:]:
                if self.may_join(blocks[0], block):
                    self._unite(blocks[0], block)
            anchor = blocks[0] if blocks else free[0]
            for place in free:
                self._unite(anchor, place)

    def _separate(self, a: int, b: int) -> None:
        self.decided.update((a, b))
        if self.root(a) == self.root(b):
            raise ContradictionError(f"{self._said(a)} / {self._said(b)}")
        a, b = self.root(a), self.root(b)
        self.apart[a].add(b)
        self.apart[b].add(a)

    def _said(self, place: int) -> str:
        name, unit = self._refs[place]
        return f"{name}#{unit}"

    def _unite(self, a: int, b: int) -> None:
        """The block with the smaller reference keeps its place, so that the order of the input does not matter."""
        a, b = self.root(a), self.root(b)
        if a == b:
            return
        if self._refs[b] < self._refs[a]:
            a, b = b, a
        self.parent[b] = a
        if b in self.name:
            self.name[a] = self.name.pop(b)
        for other in self.apart.pop(b, set()):
            self.apart[other].discard(b)
            self.apart[other].add(a)
            self.apart[a].add(other)
