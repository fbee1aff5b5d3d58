"""Train the pair scorers: ``python -m mingtang.engines.grouping.training [--semantic [--work DIR]] [--out DIR] [--more CSV …] [--only NAME …]``.

Reads the labelled drafts beside this file, or those named alone (and more sets, with columns text and group), adds edited copies, writes
the weights. The same data give the same file. What a draft gets from a scorer that never saw it is measured by ``evaluate``.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mingtang.engines.grouping.about import About
from mingtang.engines.grouping.adapter import Adapter, Scatter, Vectors
from mingtang.engines.grouping.augmenting import with_copies
from mingtang.engines.grouping.boosting import Recipe, boosted
from mingtang.engines.grouping.folding import fold
from mingtang.engines.grouping.lowrank import LowRank
from mingtang.engines.grouping.pairs import FIGURES, LEXICAL, Corpus, Spoken
from mingtang.engines.grouping.scorer import Scorer
from mingtang.engines.grouping.taught import Draft, Taught
from mingtang.engines.grouping.tuning import Tuning

HERE = Path(__file__).parent
LABELLED = HERE / "labelled"
UNSEEN = ("buses", "fireworks", "oldquarters")
"""Nothing is learned from these, nor chosen by looking at them: they tell what the package does with a draft that is new to it."""
VERSIONS = {"lexical": 3, "semantic": 6}
COPIES, SEED = 0.5, 3
"""The share of texts that get an edited copy, and the seed of the edits."""
FOLDS = 5
"""Into so many parts the drafts are divided, each to be seen by what learned from the others."""
THIN = 4
"""Every so manieth pair of two demands is learned from, with so many times the weight."""
KNOWN = 0.5
"""How much the pairs of one clause, seen once more as such, count beside all pairs of a draft."""


class Pairs(NamedTuple):
    """What the trees learn from: figures, 1 where both texts ask for the same, and how much each pair counts."""

    figures: NDArray[np.float64]
    same: NDArray[np.int64]
    weights: NDArray[np.float64]


@dataclass(frozen=True)
class Labelled:
    """The pairs of one draft and its edited copies with the figures of their words and whether they are the same demand. `clauses`: of each text."""

    draft: Draft
    clauses: Sequence[str]
    left: NDArray[np.int64]
    right: NDArray[np.int64]
    figures: NDArray[np.float64]
    same: NDArray[np.int64]

    def read(self) -> Pairs:
        """The pairs with the figures of words alone."""
        return self._told(self.figures, About(self.clauses))

    def heard(self, vectors: Vectors, adapter: Adapter) -> Pairs:
        """The pairs with the figures of words and of `vectors`, one for each text, that went through `adapter`."""
        spoken = Spoken(adapter.applied(vectors))
        figures = np.round(np.column_stack(spoken.figures(self.left, self.right)), 5)
        return self._told(np.hstack([self.figures, figures]), About(self.clauses, spoken.centred))

    def _told(self, figures: NDArray[np.float64], about: About) -> Pairs:
        """Every pair as if no clause were known, and those of one clause once more with what that tells. What `THIN` left out counts in those kept."""
        told = np.round(np.column_stack(about.figures(self.left, self.right)), 5)
        known = np.flatnonzero(told[:, 0])
        counted = np.where(self.same == 1, 1.0, float(THIN))
        return Pairs(
            np.vstack([np.hstack([figures, np.zeros_like(told)]), np.hstack([figures[known], told[known]])]),
            np.concatenate([self.same, self.same[known]]),
            np.concatenate([counted / counted.sum(), KNOWN * counted[known] / max(counted[known].sum(), 1.0)]),
        )

    def scatter(self, vectors: Vectors) -> Scatter:
        """How the texts that are no copies lie."""
        return Scatter.of(vectors[: self.draft.own], self.draft.groups[: self.draft.own])


def labelled(path: Path) -> Labelled:
    """The pairs of one labelled file and its edited copies that are learned from. The columns: text, group and clause."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    texts, origins = with_copies([row["text"] for row in rows], COPIES, SEED)
    groups, clauses = ([rows[place][column] for place in origins] for column in ("group", "clause"))
    corpus = Corpus(fold(texts))
    left, right = corpus.candidates()
    same = np.array([groups[one] == groups[other] for one, other in zip(left.tolist(), right.tolist(), strict=True)], np.int64)
    kept = np.flatnonzero((same == 1) | (np.arange(len(same)) % THIN == 0))
    left, right = left[kept], right[kept]
    figures = corpus.figures(left, right)[:, : len(LEXICAL)]
    return Labelled(Draft(path.stem, texts, groups, len(rows)), clauses, left, right, figures, same[kept])


def trained(sets: Sequence[Labelled], recipe: Recipe) -> Scorer:
    """The lexical scorer from the pairs of `sets`."""
    return _boosted("lexical", sets, [each.read() for each in sets], recipe, {})


def folded(sets: Sequence[Labelled]) -> list[list[Labelled]]:
    """`sets` in at most `FOLDS` parts, in turn by name: each part is learned about from the others."""
    ordered = sorted(sets, key=lambda each: each.draft.name)
    return [part for first in range(FOLDS) if (part := ordered[first::FOLDS])]


def trained_to_hear(folds: Sequence[Sequence[Labelled]], recipe: Recipe, taught: Taught) -> Scorer:
    """The semantic scorer from the pairs of all sets of `folds`, with what encoder and adapter learn from them.

    The figures of a set are taken with an encoder and an adapter that learned from the other folds, so that the trees see
    vectors as they will be for texts that nobody labelled.
    """
    sets = [each for part in folds for each in part]
    pairs: list[Pairs] = []
    for part in folds:
        change, adapter = _learned([each for other in folds if other is not part for each in other], taught)
        pairs.extend(each.heard(taught.vectors(each.draft, change), adapter) for each in part)
    scorer = _boosted("semantic", sets, pairs, recipe, {"tuning": asdict(taught.how), "folds": len(folds)})
    change, adapter = _learned(sets, taught)
    return replace(scorer, change=change, adapter=adapter)


def _learned(sets: Sequence[Labelled], taught: Taught) -> tuple[LowRank, Adapter]:
    """What the encoder learns from `sets`, and an adapter for the vectors it gives then. The order of the sets does not count."""
    sets = sorted(sets, key=lambda each: each.draft.name)
    change = taught.by([each.draft for each in sets])
    return change, Adapter.learned([each.scatter(taught.vectors(each.draft, change)) for each in sets])


def _boosted(mode: str, sets: Sequence[Labelled], pairs: Sequence[Pairs], recipe: Recipe, more: dict[str, Any]) -> Scorer:
    """The trees from all `pairs`, every set with the same total weight."""
    figures, same, weights = (np.concatenate(each) for each in zip(*pairs, strict=True))
    about = {
        "version": VERSIONS[mode],
        "sets": [each.draft.name for each in sets],
        "pairs": len(same),
        "recipe": asdict(recipe),
        "thin": THIN,
    }
    return boosted(FIGURES[mode], figures, same, weights * len(same) / weights.sum(), recipe, about | more)


def drafts(only: Sequence[str] = ()) -> list[Path]:
    """The labelled drafts beside this file by name but `UNSEEN`, or those of `only`; ValueError for a name that is none of theirs."""
    paths = sorted(LABELLED.glob("*.csv"))
    if unknown := set(only) - {path.stem for path in paths}:
        raise ValueError(f"no labelled draft of that name: {', '.join(sorted(unknown))}")
    return [path for path in paths if path.stem in only or not (only or path.stem in UNSEEN)]


def written(scorer: Scorer, out: Path) -> str:
    """Write the weights; the digest of the file."""
    text = json.dumps(scorer.as_data(), ensure_ascii=False, separators=(",", ":")) + "\n"
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(text, encoding="utf-8")
    return hashlib.sha256(text.encode()).hexdigest()


def main() -> None:
    """Train and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--semantic", action="store_true")
    parser.add_argument("--work", type=Path, help="a folder for what the encoder has learned, so that a training that was stopped goes on")
    parser.add_argument("--out", type=Path, default=HERE / "weights")
    parser.add_argument("--more", type=Path, nargs="*", default=[])
    parser.add_argument("--only", nargs="*", default=[], metavar="NAME")
    options = parser.parse_args()
    sets = [labelled(path) for path in [*drafts(options.only), *options.more]]
    path = options.out / ("semantic.json" if options.semantic else "lexical.json")
    scorer = trained_to_hear(folded(sets), Recipe(), Taught(Tuning(), options.work)) if options.semantic else trained(sets, Recipe())
    digest = written(scorer, path)
    print(f"{path.name}: {path.stat().st_size} bytes, sha256 {digest}")  # noqa: T201 - the answer to who typed it


if __name__ == "__main__":
    main()
