"""What the encoder learns from labelled drafts, kept in a folder, as it takes minutes; needs ``mingtang[semantic]`` and ``mingtang[training]``."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from mingtang.engines.grouping.encoder import encoder
from mingtang.engines.grouping.lowrank import LowRank
from mingtang.engines.grouping.tuning import Begun, Tuning, tuned
from mingtang.engines.grouping.vectors import Vectors, kept, rounded


@dataclass(frozen=True)
class Draft:
    """A labelled draft. `own`: so many of the texts are its own, edited copies of them come after."""

    name: str
    texts: Sequence[str]
    groups: Sequence[str]
    own: int


class Taught:
    """What is learned from drafts by `how`, each once. `work`: the folder where it is kept; None keeps it for this object alone."""

    def __init__(self, how: Tuning, work: Path | None = None) -> None:
        self.how, self._work = how, work
        self._changes: dict[str, LowRank] = {}
        self._begins: dict[str, Begun] = {}

    def by(self, drafts: Sequence[Draft]) -> LowRank:
        """The changes learned from `drafts`."""
        key = self._key(drafts)
        if key not in self._changes:
            self._changes[key] = self._kept(key, drafts)
        return self._changes[key]

    def vectors(self, draft: Draft, change: LowRank) -> Vectors:
        """Of the texts of a draft and their copies, by an encoder with `change`."""
        if self._work is None:
            return self._reckoned(draft, change)
        return kept(self._work / f"vectors-{change.digest}-{self._digest(draft)}.npy", lambda: self._reckoned(draft, change))

    def _reckoned(self, draft: Draft, change: LowRank) -> Vectors:
        states = self._begun(draft).states
        return rounded(encoder(change).onward(states, len(encoder().layers) - self.how.layers))

    def _kept(self, key: str, drafts: Sequence[Draft]) -> LowRank:
        path = self._work / f"change-{key}.json" if self._work else None
        if path and path.is_file():
            return LowRank.read(json.loads(path.read_text(encoding="utf-8")))
        found = tuned(encoder(), [self._begun(each) for each in drafts], self.how)
        if path:
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_suffix(".part")
            part.write_text(json.dumps(found.as_data()), encoding="utf-8")
            part.replace(path)
        return found

    def _begun(self, draft: Draft) -> Begun:
        key = self._digest(draft)
        if key not in self._begins:
            self._begins[key] = Begun.of(encoder(), draft.texts, draft.groups, draft.own, self.how)
        return self._begins[key]

    def _key(self, drafts: Sequence[Draft]) -> str:
        told = json.dumps([asdict(self.how), [self._digest(each) for each in drafts]])
        return hashlib.blake2b(told.encode(), digest_size=8).hexdigest()

    @staticmethod
    def _digest(draft: Draft) -> str:
        told = json.dumps([draft.name, draft.own, list(draft.texts), list(draft.groups)], ensure_ascii=False)
        return hashlib.blake2b(told.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
