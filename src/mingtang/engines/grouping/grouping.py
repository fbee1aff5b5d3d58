"""``group(rows)``: points, stances, same words, near copies, same meaning, decisions, in this order. See README.md."""

from __future__ import annotations

import gc
import resource
import shutil
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mingtang.engines.grouping import copies, sketches
from mingtang.engines.grouping.deciding import Blocks
from mingtang.engines.grouping.folding import Folded, fold
from mingtang.engines.grouping.model import Config, Decisions, Ref, Result, Row
from mingtang.engines.grouping.points import points
from mingtang.engines.grouping.reporting import Labels, Unit, reported
from mingtang.engines.grouping.scorer import Scorer
from mingtang.engines.grouping.stances import MOST, only_stance

Places = NDArray[np.int64]
Progress = Callable[[str, float], None]
WORDS = 20
"""The same words about two known clauses are two demands when they are at most so many; a longer text was copied as a whole."""


def group(
    rows: Sequence[Row],
    config: Config | None = None,
    decisions: Decisions | None = None,
    previous: Mapping[Ref, str] | None = None,
    progress: Progress | None = None,
    work: Path | None = None,
    scorer: Scorer | None = None,
    draft: Mapping[str, str] | None = None,
) -> Result:
    """Every point of every row in exactly one group. The order of the rows does not matter.

    `draft`: the words of each clause by its name as in `Row.clause`, by which the clause is guessed where a row names none.
    `scorer`: another than the one that comes with the package.
    `work`: a folder that keeps what costs long until the run is over, so that a run that was stopped goes on.
    `previous`: the group of each point at the last build, so that ids stay. Raise ValueError for an id given twice,
    `deciding.ContradictionError` for decisions that cannot all hold.
    """
    config, decisions = config or Config(), decisions or Decisions()
    told = progress or _silent
    started = time.process_time()
    with _no_collections():
        units = units_of(rows, config)
        told("points", 0.1)
        nodes = Nodes.of(units)
        told("same words", 0.2)
        stars = nodes.stars()
        told("copies", 0.4)
        labels = _labels(units, nodes, stars, config, decisions, told, work, scorer, draft=draft or {})
        made, groups = reported(units, labels, previous or {})
    if work and work.is_dir():
        shutil.rmtree(work)
    told("done", 1.0)
    return Result(made, groups, len(rows), time.process_time() - started, peak_mb(), config.as_data())


def units_of(rows: Sequence[Row], config: Config) -> list[Unit]:
    """The points of all rows, in their order. Raise ValueError for an id given twice."""
    if len({row.id for row in rows}) != len(rows):
        seen: set[str] = set()
        twice = next(row.id for row in rows if row.id in seen or seen.add(row.id))  # type: ignore[func-returns-value]
        raise ValueError(f"id {twice!r} occurs twice")
    if config.points == "whole":
        return [Unit((row.id, 1), row.text, row) for row in rows]
    found: list[Unit] = []
    for row in rows:
        pieces = [row.text] if row.submission else points(row.text, config.points)
        found.extend(Unit((row.id, number), text, row) for number, text in enumerate(pieces, 1))
    return found


@dataclass(frozen=True)
class Nodes:
    """Points of the same words are one node; `clauses`: what all its points say they are about. `node`: the node of each unit; `keys` rise."""

    folded: Folded
    node: Places
    keys: NDArray[np.uint64]
    counts: Places
    clauses: list[str]

    @staticmethod
    def of(units: Sequence[Unit]) -> Nodes:
        """The nodes of all units."""
        folded = fold([unit.text for unit in units])
        keys = sketches.keys(folded)
        clauses = np.array([sketches.word_key(unit.row.clause) for unit in units], np.uint64)
        keys ^= np.where(folded.lengths <= WORDS, clauses, np.uint64(0))
        distinct, first, node, counts = sketches.unique(keys)
        mixed = np.zeros(len(distinct), np.bool_)
        mixed[node[clauses != clauses[first][node]]] = True
        known = ["" if several else units[place].row.clause for place, several in zip(first.tolist(), mixed.tolist(), strict=True)]
        return Nodes(folded.only(first), node, distinct, counts, known)

    def stars(self) -> Places:
        """The centre of the star of each node."""
        short = self.folded.lengths <= WORDS
        clause = np.array([sketches.word_key(each) for each in self.clauses], np.uint64)
        return copies.stars(self.folded, self.counts, self.keys, np.where(short, clause, np.uint64(0)))

    def agreed(self, sides: list[int]) -> Places:
        """What the points of each node agree on: 1, -1, or 0 where they do not."""
        each = np.array(sides, np.int64)
        low, high = np.full(len(self.keys), 2), np.full(len(self.keys), -2)
        np.minimum.at(low, self.node, each)
        np.maximum.at(high, self.node, each)
        return np.where(low == high, low, 0)

    def texts(self, units: Sequence[Unit]) -> list[str]:
        """The words of each node; of several spellings the smallest."""
        found: dict[int, str] = {}
        for place, unit in zip(self.node.tolist(), units, strict=True):
            if place not in found or unit.text < found[place]:
                found[place] = unit.text
        return [found[place] for place in range(len(self.keys))]

    def stances(self) -> dict[int, str]:
        """The nodes that only take a stance."""
        short = np.flatnonzero(self.folded.lengths <= MOST).tolist()
        found = ((place, only_stance(self.folded.text(place))) for place in short)
        return {place: stance for place, stance in found if stance}


def _labels(
    units: Sequence[Unit],
    nodes: Nodes,
    stars: Places,
    config: Config,
    decisions: Decisions,
    told: Progress,
    work: Path | None,
    scorer: Scorer | None,
    *,
    draft: Mapping[str, str],
) -> Labels:
    """Which cluster each unit is in, and why."""
    star, is_stance = _stances_apart(nodes, stars)
    unit_star = star[nodes.node]
    if decisions == Decisions():
        begun, blocks = unit_star, None
    else:
        begun, blocks = _decided([unit.ref for unit in units], unit_star, decisions)
    labels = Labels(begun, nodes.node, unit_star, is_stance[nodes.node], begun)
    if blocks:
        labels = replace(labels, decided=frozenset(blocks.decided), confirmed=blocks.names())
    if config.meaning == "off":
        return labels
    from mingtang.engines.grouping import meaning  # noqa: PLC0415 - copies alone do not want it

    sides = nodes.agreed([meaning.side_of(unit.row.stance) for unit in units])
    heard = meaning.Heard(nodes.folded, nodes.texts(units), nodes.clauses, sides, draft)
    return meaning.joined(heard, labels, blocks, config, told, work, scorer)


def _stances_apart(nodes: Nodes, stars: Places) -> tuple[Places, NDArray[np.bool_]]:
    """The stars, with one of its own for each stance and clause; which nodes only take a stance."""
    homes: dict[tuple[str, str], int] = {}
    star, is_stance = stars.copy(), np.zeros(len(stars), np.bool_)
    for place, stance in nodes.stances().items():
        star[place] = homes.setdefault((stance, nodes.clauses[place]), place)
        is_stance[place] = True
    lost = np.flatnonzero(is_stance[star] & ~is_stance)
    star[lost] = lost
    return star, is_stance


def _decided(refs: list[Ref], unit_star: Places, decisions: Decisions) -> tuple[Places, Blocks]:
    """The clusters to begin with: stars, changed by the decisions, numbered by their smallest reference."""
    blocks = Blocks(refs, decisions)
    members: dict[int, list[int]] = defaultdict(list)
    for place, star in enumerate(unit_star.tolist()):
        members[star].append(place)
    blocks.gather(members)
    return np.array([blocks.number(place) for place in range(len(refs))], np.int64), blocks


@contextmanager
def _no_collections() -> Iterator[None]:
    """Millions of small objects are made and kept: looking through them for cycles again and again takes longer than making them."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _silent(_stage: str, _share: float) -> None:
    """No progress is shown."""


def peak_mb() -> float:
    """The most memory this process has had, in millions of bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak * 1024 / 1e6
