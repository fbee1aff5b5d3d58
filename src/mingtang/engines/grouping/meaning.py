"""Same meaning: one text for every star of copies, likely pairs judged by the scorer, average linkage at one cut."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mingtang.engines.grouping import clauses
from mingtang.engines.grouping.about import About
from mingtang.engines.grouping.agreement import agreeing
from mingtang.engines.grouping.contrast import contrast
from mingtang.engines.grouping.deciding import Blocks
from mingtang.engines.grouping.folding import Folded
from mingtang.engines.grouping.linkage import WHOLE, Edges, linked, summed
from mingtang.engines.grouping.model import CUTS, Config
from mingtang.engines.grouping.pairs import BATCH, Corpus
from mingtang.engines.grouping.reporting import Labels
from mingtang.engines.grouping.scorer import Scorer, shipped
from mingtang.engines.grouping.vectors import vectors_for

Places = NDArray[np.int64]
Floats = NDArray[np.float64]
Progress = Callable[[str, float], None]
UNLIKELY = 0.02
"""Pairs less probable than this count as 0."""
CROWD = (300, 2000)
"""From so many texts on words count besides the scorer, from so many on as much as it."""
ALIKE, STEEP = 0.48, 20.0
"""The likeness in words at which a pair is as likely the same as not, and how fast it changes."""
NEARLY, BRIEF, TURNED = 0.6, 25, 6.0
"""Pairs at least so alike in words, both of at most so many characters, are shown to the contrast guard; what it sets apart loses so much."""
SUGGESTED = 5
TOWARDS = frozenset({"for", "support", "支持", "赞成", "同意"})
AGAINST = frozenset({"against", "oppose", "反对", "不同意"})


@dataclass(frozen=True)
class Heard:
    """Every node: its words, folded and not, what it is about, the side it takes (1, -1, 0). `draft`: the words of its clauses, where given."""

    folded: Folded
    texts: Sequence[str]
    clauses: Sequence[str]
    sides: NDArray[np.int64]
    draft: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Items:
    """What is compared: a folded text each, what it is known to be about, the side it is known to take (1, -1, 0), its cluster to begin with."""

    folded: Folded
    texts: Sequence[str]
    clauses: Sequence[str]
    sides: NDArray[np.int64]
    start: Sequence[int]
    draft: Mapping[str, str] = field(default_factory=dict)


def joined(
    heard: Heard, labels: Labels, blocks: Blocks | None, config: Config, told: Progress, work: Path | None, scorer: Scorer | None = None
) -> Labels:
    """`labels` with the clusters joined whose texts ask for the same thing. What only takes a stance stays out."""
    both = sorted(
        {
            (star, begun)
            for star, begun, out in zip(labels.star.tolist(), labels.begun.tolist(), labels.is_stance.tolist(), strict=True)
            if not out
        }
    )
    if len(both) < 2:  # noqa: PLR2004 - nothing to compare
        return labels
    stars = np.array([star for star, _ in both], np.int64)
    items = Items(
        heard.folded.only(stars),
        [heard.texts[star] for star in stars],
        [heard.clauses[star] for star in stars],
        heard.sides[stars],
        [begun for _, begun in both],
        heard.draft,
    )
    edges, heard_too = likely_pairs(items, config, told, work, scorer)
    told("joining", 0.9)
    apart = blocks.separations() if blocks else {}
    judged_again = agreeing(edges, len(stars)) if heard_too else edges  # by characters alone it brought nothing
    cluster = linked(items.start, judged_again, apart, labels.confirmed, CUTS[config.cut])
    after = {begun: root for (_, begun), root in zip(both, cluster, strict=True)}
    moved = np.array([after.get(begun, begun) for begun in labels.begun.tolist()], np.int64)
    confirmed = {after.get(begun, begun): name for begun, name in labels.confirmed.items()}
    central, nearest = _surroundings(stars, cluster, edges)
    return replace(labels, cluster=moved, confirmed=confirmed, central=central, nearest=nearest)


def likely_pairs(
    items: Items, config: Config, told: Progress, work: Path | None = None, scorer: Scorer | None = None
) -> tuple[Edges, bool]:
    """The pairs of items with their probabilities, where not `UNLIKELY`; whether sentence vectors were there to judge by."""
    change = None if config.meaning == "lexical" else (scorer or shipped("semantic")).change
    vectors = vectors_for(items.texts, config.meaning, told, work, change)
    scorer = scorer or shipped("lexical" if vectors is None else "semantic")
    if vectors is not None and scorer.adapter:
        vectors = scorer.adapter.applied(vectors)
    told("neighbours", 0.7)
    corpus = Corpus(items.folded, vectors, items.clauses)
    left, right = corpus.candidates()
    told("pairs", 0.8)
    logit = judged(corpus, scorer, left, right) + known(corpus.about, items.sides, left, right, config)
    if vectors is None and items.draft and not all(items.clauses):  # beside vectors the guess brought nothing
        logit += clauses.met(clauses.guessed(items.folded, items.clauses, items.draft), items.clauses, left, right)
    likely = np.round(1 / (1 + np.exp(-logit)), 6)
    good = likely >= UNLIKELY
    return Edges.of(left[good], right[good], likely[good]), vectors is not None


def judged(corpus: Corpus, scorer: Scorer, left: Places, right: Places) -> Floats:
    """The logit of each pair. The more texts, the more pairs are somewhat alike by chance, and the more the words themselves count."""
    share = float(np.interp(np.log(corpus.count), np.log(CROWD), [0.0, 0.5]))
    parts = []
    for at in range(0, len(left), BATCH):
        figures = corpus.figures(left[at : at + BATCH], right[at : at + BATCH])
        mixed = figures[:, corpus.names.index("mixed")]
        logit = (1 - share) * scorer.logits(figures) + share * STEEP * (mixed - ALIKE)
        parts.append(logit - TURNED * turned(corpus.folded, left[at : at + BATCH], right[at : at + BATCH], mixed >= NEARLY))
    return np.concatenate(parts) if parts else np.zeros(0)


def turned(folded: Folded, left: Places, right: Places, nearly: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which of the short pairs that are `nearly` the same words differ in polarity, number or place: opposite demands, whatever the scorer says."""
    found = nearly & (np.maximum(folded.lengths[left], folded.lengths[right]) <= BRIEF)
    for place in np.flatnonzero(found).tolist():
        found[place] = bool(contrast(folded.text(left[place]), folded.text(right[place])))
    return found


def known(about: About, sides: Places, left: Places, right: Places, config: Config) -> Floats:
    """What is added to the logit of each pair for what is known of clause and stance; of one clause the scorer itself makes the most."""
    added = np.where(about.one(left, right), config.same_clause, np.where(about.two(left, right), config.other_clause, 0.0))
    against = sides[left] * sides[right] < 0
    return np.asarray(added + np.where(against, config.other_stance, 0.0))


def side_of(stance: str) -> int:
    """1 for, -1 against, 0 for what takes no side."""
    return (stance in TOWARDS) - (stance in AGAINST)


def _surroundings(
    stars: Places, cluster: Sequence[int], edges: Edges
) -> tuple[dict[tuple[int, int], float], dict[int, list[tuple[int, float]]]]:
    """How near each star lies to the rest of its cluster, and the clusters nearest to each cluster."""
    names, number = np.unique(np.array(cluster, np.int64), return_inverse=True)
    inside = number[edges.left] == number[edges.right]
    close = np.zeros(len(number), np.int64)
    for ends in (edges.left, edges.right):
        np.add.at(close, ends[inside], edges.likely[inside])
    held = np.flatnonzero(close)
    central: dict[tuple[int, int], float] = defaultdict(float)
    for whose, star, total in zip(names[number[held]].tolist(), stars[held].tolist(), close[held].tolist(), strict=True):
        central[whose, star] += total / WHOLE
    return central, _nearest(names, np.bincount(number), number, Edges(*(each[~inside] for each in edges)))


def _nearest(names: Places, sizes: Places, number: Places, between: Edges) -> dict[int, list[tuple[int, float]]]:
    """The clusters nearest to each and their average probabilities.

    Their order is between the sum and the average: of two that are as likely on average the larger goes before, which finds more of the large groups.
    """
    a, b = number[between.left], number[between.right]
    keys, totals = summed(np.concatenate([a * len(names) + b, b * len(names) + a]), np.concatenate([between.likely, between.likely]))
    whose, other = keys // len(names), keys % len(names)
    places = sizes[whose] * sizes[other]
    order = np.lexsort((other, -np.round(totals / WHOLE / np.sqrt(places), 6), whose))
    whose = whose[order]
    first = np.searchsorted(whose, whose)
    best = order[np.arange(len(order)) - first < SUGGESTED]
    likely = np.round(totals[best] / WHOLE / places[best], 6)
    found: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for one, near, share in zip(names[keys[best] // len(names)].tolist(), names[other[best]].tolist(), likely.tolist(), strict=True):
        found[one].append((near, share))
    return dict(found)
