"""Train the pair scorers: ``python -m mingtang.engines.grouping.training [--semantic] [--out DIR] [--more CSV …] [--without NAME …]``.

Reads the labelled drafts beside this file, without those named (and more sets, with columns text and group), adds edited copies, writes
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

import numpy as np
from numpy.typing import NDArray

from mingtang.engines.grouping.adapter import Adapter, Scatter, Vectors
from mingtang.engines.grouping.augmenting import with_copies
from mingtang.engines.grouping.boosting import Recipe, boosted
from mingtang.engines.grouping.folding import fold
from mingtang.engines.grouping.pairs import LEXICAL, SEMANTIC, Corpus, Spoken
from mingtang.engines.grouping.scorer import Scorer
from mingtang.engines.grouping.vectors import vectors_for

HERE = Path(__file__).parent
LABELLED = HERE / "labelled"
VERSIONS = {"lexical": 2, "semantic": 4}
COPIES, SEED = 0.5, 3
"""The share of texts that get an edited copy, and the seed of the edits."""
THIN = 4
"""In the semantic mode every so manieth pair of two demands is learned from, with so many times the weight."""


@dataclass(frozen=True)
class Labelled:
    """The pairs of one draft with the figures of their words and whether they are the same demand.

    `vectors`: of its texts and their edited copies, in the semantic mode; `scatter`: of its texts alone.
    """

    name: str
    left: NDArray[np.int64]
    right: NDArray[np.int64]
    figures: NDArray[np.float64]
    same: NDArray[np.int64]
    vectors: Vectors | None = None
    scatter: Scatter | None = None

    def heard(self, adapter: Adapter) -> NDArray[np.float64]:
        """The figures of words and of the vectors that went through `adapter`."""
        if self.vectors is None:
            raise ValueError(self.name)
        spoken = Spoken(adapter.applied(self.vectors)).figures(self.left, self.right)
        return np.hstack([self.figures, np.round(np.column_stack(spoken), 5)])

    def thinned(self, step: int) -> Labelled:
        """All pairs of one demand, and every `step`-th of the others."""
        kept = np.flatnonzero((self.same == 1) | (np.arange(len(self.same)) % step == 0))
        return replace(self, left=self.left[kept], right=self.right[kept], figures=self.figures[kept], same=self.same[kept])


def labelled(path: Path, *, semantic: bool) -> Labelled:
    """All pairs worth a judgement of one labelled file and its edited copies."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    texts, names = with_copies([row["text"] for row in rows], [row["group"] for row in rows], COPIES, SEED)
    corpus = Corpus(fold(texts))
    left, right = corpus.candidates()
    groups = np.array(names)
    found = Labelled(path.stem, left, right, corpus.figures(left, right), (groups[left] == groups[right]).astype(np.int64))
    vectors = vectors_for(texts, "semantic" if semantic else "lexical", lambda _stage, _share: None)
    if vectors is None:
        return found
    return replace(found.thinned(THIN), vectors=vectors, scatter=Scatter.of(vectors[: len(rows)], names[: len(rows)]))


def trained(sets: Sequence[Labelled], recipe: Recipe) -> Scorer:
    """A scorer from the pairs of `sets`, every set with the same total weight; pairs left out by `THIN` count in those kept.

    With vectors there is an adapter too. The figures of a set are taken with one learned from the other sets, so that the trees see
    vectors as they will be for texts that nobody labelled.
    """
    is_semantic = all(each.scatter for each in sets)
    pairs = sum(map(_all_pairs, sets))
    weights = np.concatenate([np.full(len(each.same), pairs / len(sets) / len(each.same)) for each in sets])
    if is_semantic:
        thin = [np.where(each.same == 1, 1.0, float(THIN)) for each in sets]
        weights = np.concatenate([each / each.sum() for each in thin]) * pairs / len(sets)
    count = sum(len(each.same) for each in sets)
    about = {
        "version": VERSIONS["semantic" if is_semantic else "lexical"],
        "sets": [each.name for each in sets],
        "pairs": count,
        "recipe": asdict(recipe),
    }
    same = np.concatenate([each.same for each in sets])
    names: tuple[str, ...] = LEXICAL
    figures = [each.figures for each in sets]
    adapter = None
    if is_semantic:
        about["thin"] = THIN
        names, adapter = LEXICAL + SEMANTIC, Adapter.learned([each.scatter for each in sets if each.scatter])
        figures = [each.heard(Adapter.learned([other.scatter for other in sets if other.scatter and other is not each])) for each in sets]
    return replace(boosted(names, np.vstack(figures), same, weights, recipe, about), adapter=adapter)


def _all_pairs(of: Labelled) -> int:
    """How many pairs there were before they were thinned."""
    return int(of.same.sum() + (THIN if of.scatter else 1) * (of.same == 0).sum())


def drafts_but(left_out: Sequence[str]) -> list[Path]:
    """The labelled drafts beside this file by name, without those of `left_out`; ValueError for a name that is none of theirs."""
    paths = sorted(LABELLED.glob("*.csv"))
    if unknown := set(left_out) - {path.stem for path in paths}:
        raise ValueError(f"no labelled draft of that name: {', '.join(sorted(unknown))}")
    return [path for path in paths if path.stem not in left_out]


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
    parser.add_argument("--out", type=Path, default=HERE / "weights")
    parser.add_argument("--more", type=Path, nargs="*", default=[])
    parser.add_argument("--without", nargs="*", default=[], metavar="NAME")
    options = parser.parse_args()
    sets = [labelled(path, semantic=options.semantic) for path in [*drafts_but(options.without), *options.more]]
    path = options.out / ("semantic.json" if options.semantic else "lexical.json")
    digest = written(trained(sets, Recipe()), path)
    print(f"{path.name}: {path.stat().st_size} bytes, sha256 {digest}")  # noqa: T201 - the answer to who typed it


if __name__ == "__main__":
    main()
