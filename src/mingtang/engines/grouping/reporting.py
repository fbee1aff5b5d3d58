"""From labels to points and groups: the sentence that speaks for each group, who is in it and why, its id."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mingtang.engines.grouping.identities import identified
from mingtang.engines.grouping.model import COPY, DECISION, MEANING, SAME, SINGLE, STANCE, Group, Point, Ref, Row
from mingtang.engines.grouping.sketches import unique

Places = NDArray[np.int64]
_WHY = np.array([STANCE, SINGLE, SAME, COPY, MEANING, DECISION], dtype=object)


class Unit(NamedTuple):
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
    whose = [medoid[cluster] for cluster in clusters]
    why = _WHY[_reasons(labels, np.array(whose, np.int64))].tolist()
    points = tuple(
        Point(name, number, text, ids[cluster], layer, refs[at])
        for ((name, number), text, _), cluster, layer, at in zip(units, clusters, why, whose, strict=True)
    )
    return points, _groups(units, labels, medoid, ids)


def _medoids(units: Sequence[Unit], labels: Labels) -> dict[int, int]:
    """The unit that speaks for each cluster: in its most central star, else in its largest, the words said most often; the smallest id."""
    names, cluster = _numbered(labels.cluster)
    star = _first_of(cluster, labels.star, labels, len(names))
    inside = np.flatnonzero(labels.star == star[cluster])
    node = _first_of(cluster[inside], labels.node[inside], None, len(names))
    fit = inside[labels.node[inside] == node[cluster[inside]]]
    found: dict[int, int] = {}
    for place, whose in zip(fit.tolist(), names[cluster[fit]].tolist(), strict=True):
        known = found.setdefault(whose, place)
        if known != place and units[place].ref < units[known].ref:
            found[whose] = place
    return found


def _numbered(values: Places) -> tuple[Places, Places]:
    """The distinct values, and the number of its value for each place."""
    distinct, _, number, _ = unique(values.astype(np.uint64))
    return distinct.astype(np.int64), number


def _first_of(cluster: Places, part: Places, labels: Labels | None, count: int) -> Places:
    """For each cluster its most central part (a star or node), else the one with most units, the smallest of several."""
    width = int(part.max()) + 1 if len(part) else 1
    pairs, _, _, sizes = unique((cluster * width + part).astype(np.uint64))
    whose, which = (each.astype(np.int64) for each in (pairs // np.uint64(width), pairs % np.uint64(width)))
    central = np.zeros(len(pairs))
    if labels and labels.central:
        names = _numbered(labels.cluster)[0].tolist()
        central = np.array([labels.central.get((names[a], b), 0.0) for a, b in zip(whose.tolist(), which.tolist(), strict=True)])
    order = np.lexsort((which, -sizes, -central, whose))
    first = np.searchsorted(whose[order], np.arange(count))
    return np.asarray(which[order][first])


def _reasons(labels: Labels, whose: Places) -> Places:
    """Places in `_WHY`."""
    _, number = _numbered(labels.cluster)
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
    names, number = _numbered(labels.cluster)
    width = int(labels.node.max()) + 1 if len(number) else 1
    texts_of = unique((number * width + labels.node).astype(np.uint64))[0] // np.uint64(width)
    sizes = dict(zip(names.tolist(), np.bincount(number, minlength=len(names)).tolist(), strict=True))
    texts = dict(zip(names.tolist(), np.bincount(texts_of.astype(np.int64), minlength=len(names)).tolist(), strict=True))
    signed: set[tuple[int, str]] = set()
    clauses: dict[int, Counter[str]] = {}
    for cluster, (_, _, (_, _, author, clause, _, _)) in zip(clusters, units, strict=True):
        if author:
            signed.add((cluster, author))
        if clause:
            clauses.setdefault(cluster, Counter())[clause] += 1
    authors = Counter(cluster for cluster, _ in signed)
    made = [
        Group(
            ids[cluster],
            sizes[cluster],
            authors[cluster],
            texts[cluster],
            _commonest(clauses[cluster]) if cluster in clauses else "",
            units[at].text,
            units[at].ref,
            tuple((ids[other], likely) for other, likely in labels.nearest[cluster]) if cluster in labels.nearest else (),
        )
        for cluster, at in medoid.items()
    ]
    return tuple(sorted(made, key=lambda each: (-each.size, each.id)))


def _commonest(counts: Counter[str]) -> str:
    """The word counted most often, the smallest of several."""
    return min(counts, key=lambda each: (-counts[each], each))
