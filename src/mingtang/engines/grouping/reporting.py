"""From labels to points and groups: the sentence that speaks for each group, who is in it and why, its id."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from mingtang.engines.grouping.identities import identified
from mingtang.engines.grouping.model import COPY, DECISION, MEANING, SAME, SINGLE, STANCE, Group, Point, Ref, Row

Places = NDArray[np.int64]
_WHY = np.array([STANCE, SINGLE, SAME, COPY, MEANING, DECISION], dtype=object)


@dataclass(frozen=True)
class Unit:
    """A point before grouping."""

    ref: Ref
    text: str
    row: Row


@dataclass(frozen=True)
class Labels:
    """For each unit its cluster, node and star (whole numbers that do not depend on the order of the rows), and how it got there.

    `central`: how near a star lies to the others of its cluster; `nearest`: clusters nearest to a cluster, with their likeness.
    """

    cluster: Places
    node: Places
    star: Places
    is_stance: NDArray[np.bool_]
    begun: Places
    decided: frozenset[int] = frozenset()
    confirmed: Mapping[int, str] = field(default_factory=dict)
    central: Mapping[tuple[int, int], float] = field(default_factory=dict)
    nearest: Mapping[int, Sequence[tuple[int, float]]] = field(default_factory=dict)


def reported(units: Sequence[Unit], labels: Labels, previous: Mapping[Ref, str]) -> tuple[tuple[Point, ...], tuple[Group, ...]]:
    """All points in their order, all groups by size."""
    medoid = _medoids(units, labels)
    clusters = labels.cluster.tolist()
    refs = [unit.ref for unit in units]
    founders = {cluster: "\0".join((units[at].row.clause, units[at].text, *map(str, units[at].ref))) for cluster, at in medoid.items()}
    ids = identified(clusters, refs, founders, previous, labels.confirmed)
    names = np.array([ids[cluster] for cluster in clusters], dtype=object)
    whose = np.array([medoid[cluster] for cluster in clusters], np.int64)
    why = _WHY[_reasons(labels, whose)]
    points = tuple(
        Point(unit.ref[0], unit.ref[1], unit.text, name, layer, refs[at])
        for unit, name, layer, at in zip(units, names.tolist(), why.tolist(), whose.tolist(), strict=True)
    )
    return points, _groups(units, labels, medoid, ids)


def _medoids(units: Sequence[Unit], labels: Labels) -> dict[int, int]:
    """The unit that speaks for each cluster: in its most central star, else in its largest, the words said most often; the smallest id."""
    stars = Counter(zip(labels.cluster.tolist(), labels.star.tolist(), strict=True))
    best: dict[int, tuple[float, int, int]] = {}
    for (cluster, star), size in stars.items():
        rank = (labels.central.get((cluster, star), 0.0), size, -star)
        if cluster not in best or rank > best[cluster]:
            best[cluster] = rank
    nodes = Counter(zip(labels.cluster.tolist(), labels.star.tolist(), labels.node.tolist(), strict=True))
    words: dict[int, tuple[int, int]] = {}
    for (cluster, star, node), size in nodes.items():
        if -best[cluster][2] == star and (cluster not in words or (size, -node) > words[cluster]):
            words[cluster] = (size, -node)
    found: dict[int, int] = {}
    for place, (cluster, node) in enumerate(zip(labels.cluster.tolist(), labels.node.tolist(), strict=True)):
        if -words[cluster][1] == node and (cluster not in found or units[place].ref < units[found[cluster]].ref):
            found[cluster] = place
    return found


def _reasons(labels: Labels, whose: Places) -> Places:
    """Places in `_WHY`."""
    number = np.unique(labels.cluster, return_inverse=True)[1].ravel()
    sizes = np.bincount(number)[number]
    found = np.full(len(whose), 4)
    found[labels.begun == labels.begun[whose]] = 5
    found[labels.star == labels.star[whose]] = 3
    found[labels.node == labels.node[whose]] = 2
    decided = np.fromiter(sorted(labels.decided), np.int64, len(labels.decided))
    found[decided] = 5
    found[(sizes == 1)] = 1
    found[labels.is_stance] = 0
    return found


def _groups(units: Sequence[Unit], labels: Labels, medoid: Mapping[int, int], ids: Mapping[int, str]) -> tuple[Group, ...]:
    clusters = labels.cluster.tolist()
    sizes = Counter(clusters)
    authors = Counter(cluster for cluster, author in {(c, unit.row.author) for c, unit in zip(clusters, units, strict=True)} if author)
    texts = Counter(cluster for cluster, _ in set(zip(clusters, labels.node.tolist(), strict=True)))
    clauses: dict[int, Counter[str]] = {}
    for cluster, unit in zip(clusters, units, strict=True):
        if unit.row.clause:
            clauses.setdefault(cluster, Counter())[unit.row.clause] += 1
    made = [
        Group(
            ids[cluster],
            sizes[cluster],
            authors[cluster],
            texts[cluster],
            _commonest(clauses[cluster]) if cluster in clauses else "",
            units[at].text,
            units[at].ref,
            tuple((ids[other], likely) for other, likely in labels.nearest.get(cluster, ())),
        )
        for cluster, at in medoid.items()
    ]
    return tuple(sorted(made, key=lambda each: (-each.size, each.id)))


def _commonest(counts: Counter[str]) -> str:
    """The word counted most often, the smallest of several."""
    return min(counts, key=lambda each: (-counts[each], each))
