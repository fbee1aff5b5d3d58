"""A folder that knows every point and its group: opened in a moment, asked about one arriving opinion, whole after any crash.

A base holds arrays written once and mapped into memory, and ``arrivals.log``, one line for each point that came since, with a checksum. A
line torn by a crash is cut off at the next opening; a base is written beside the old one and takes its place by one rename of a pointer.
"""

from __future__ import annotations

import json
import os
import shutil
import threading
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Self

from mingtang.engines.grouping import sketches
from mingtang.engines.grouping.contrast import contrast
from mingtang.engines.grouping.copies import least_likeness
from mingtang.engines.grouping.folding import fold
from mingtang.engines.grouping.model import COPY, SAME, SINGLE, STANCE, Ref, Result
from mingtang.engines.grouping.postings import Postings, Stored, good_lines, whole_lines
from mingtang.engines.grouping.scorer import Scorer, shipped
from mingtang.engines.grouping.sense import written
from mingtang.engines.grouping.stances import only_stance

POINTER, LOG = "current", "arrivals.log"
SUGGESTED = 5


@dataclass(frozen=True)
class Arrival:
    """Where a new point went. `group` is empty where it begins one of its own; `nearest`: groups to offer, the likeliest first."""

    layer: str
    group: str
    nearest: tuple[tuple[str, float], ...]


class Index:
    """The index in `folder`. One process writes at a time.

    `heard`: sentence vectors are kept and looked at too, where the extra is installed; a new index has them from its first `rebuild` on.
    They go through the adapter of `scorer`, or of the one that comes with the package.
    """

    def __init__(self, folder: Path, *, heard: bool = True, scorer: Scorer | None = None) -> None:
        """Open what is there, or begin an empty index."""
        self._folder, self._scorer = folder, (scorer or shipped("semantic")) if heard else None
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / POINTER).is_file():
            self._publish([], None)
        self._open()

    def _open(self) -> None:
        base = self._base()
        self.known = Postings.opened(base, self._scorer)
        self._arrived = list(good_lines(base / LOG))
        for each in self._arrived:
            self.known.add(each.text, each.group, each.heard)
        self._log = (base / LOG).open("ab")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_problem: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the log; nothing waits to be written."""
        self._log.close()

    def __len__(self) -> int:
        return len(self.known)

    def arrive(self, text: str) -> Arrival:
        """Where `text` belongs, without keeping it."""
        folded = fold([text])
        said = folded.text(0)
        if only_stance(said):
            return Arrival(STANCE, "", ())
        nearest = self.known.nearest(text, SUGGESTED)
        key = int(sketches.keys(folded)[0])
        same = self.known.of_key(key)
        if same >= 0:
            return Arrival(SAME, self.known.group(same), nearest)
        signature = sketches.signatures(folded)
        least = least_likeness(folded.lengths)[0]
        for place, likeness in self.known.like(signature):
            if likeness >= least and not contrast(said, fold([self.known.text(place)]).text(0)):
                return Arrival(COPY, self.known.group(place), nearest)
        return Arrival(SINGLE, "", nearest)

    def add(self, ref: Ref, text: str, group: str) -> None:
        """Keep a point in a group: in the log and on the disk before this returns."""
        heard = written(self.known.sense.of(text)) if self.known.sense else ""
        line = json.dumps([[ref[0], ref[1]], group, text, heard], ensure_ascii=False).encode()
        self._log.write(b"%08x %s\n" % (zlib.crc32(line), line))
        self._log.flush()
        os.fsync(self._log.fileno())
        self.known.add(text, group, heard)
        self._arrived.append(Stored(ref, group, text, heard))

    def rebuild(self, result: Result, *, is_all: bool = False) -> None:
        """Take the points and groups of a whole run as the new base. Points that arrived and are not in it stay, unless it `is_all` there is."""
        stored = [Stored((each.id, each.unit), each.group, each.text) for each in result.points]
        there = {each.ref for each in stored}
        stored.extend(each for each in self._arrived if not is_all and each.ref not in there)
        old = self._base()
        self._log.close()
        self._publish(stored, self.known)
        self._open()
        shutil.rmtree(old)

    def _publish(self, stored: list[Stored], known: Postings | None) -> None:
        """Write a base beside the present one and point to it; until the pointer is renamed the old one holds."""
        pointer = self._folder / POINTER
        number = int(self._base().name.removeprefix("base-")) + 1 if pointer.is_file() else 1
        made = self._folder / f"base-{number}"
        shutil.rmtree(made, ignore_errors=True)
        made.mkdir()
        Postings.write(made, stored, known, self._scorer)
        (made / LOG).touch()
        for path in (*made.iterdir(), made):
            _synced(path)
        part = self._folder / (POINTER + ".part")
        part.write_text(made.name, encoding="ascii")
        _synced(part)
        part.replace(pointer)
        _synced(self._folder)

    def _base(self) -> Path:
        return self._folder / (self._folder / POINTER).read_text(encoding="ascii")


@dataclass
class _Open:
    """An index as a reader has it: the base it opened, and how far it has read the log."""

    base: Path
    known: Postings
    read: int = 0


_OPENED: dict[Path, _Open] = {}
_TURN = threading.Lock()
MOST_OPEN = 16


class Said(NamedTuple):
    """A text and its group; how like it is (0 to 1), and the cosine of its sentence vector, 0 where none is known."""

    group: str
    text: str
    likeness: float
    heard: float


def closest(folder: Path, text: str, most: int) -> list[Said] | None:
    """The texts likest to `text`, the likest first; None while there is no index. Reads beside whoever writes."""
    with _TURN:
        try:
            found = _current(folder)
        except OSError:  # none yet, or taken away at this moment
            _OPENED.pop(folder, None)
            return None
        known = found.known
        return [Said(known.group(place), known.text(place), *figures) for place, *figures in known.closest(text, most)]


def _current(folder: Path) -> _Open:
    """The index as it is on the disk; only what came since it was last read is read."""
    base = folder / (folder / POINTER).read_text(encoding="ascii")
    found = _OPENED.pop(folder, None)
    if found is None or found.base != base:
        found = _Open(base, Postings.opened(base, shipped("semantic")))
    for each, end in whole_lines(base / LOG, found.read):
        found.known.add(each.text, each.group, each.heard)
        found.read = end
    _OPENED[folder] = found
    while len(_OPENED) > MOST_OPEN:
        _OPENED.pop(next(iter(_OPENED)))
    return found


def _synced(path: Path) -> None:
    """What was written to `path` is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
