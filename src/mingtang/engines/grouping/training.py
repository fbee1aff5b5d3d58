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
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mingtang.engines.grouping.augmenting import with_copies
from mingtang.engines.grouping.boosting import Recipe, boosted
from mingtang.engines.grouping.folding import fold
from mingtang.engines.grouping.pairs import Corpus
from mingtang.engines.grouping.scorer import Scorer
from mingtang.engines.grouping.vectors import vectors_for

HERE = Path(__file__).parent
LABELLED = HERE / "labelled"
VERSION = 1
COPIES, SEED = 0.5, 3
"""The share of texts that get an edited copy, and the seed of the edits."""


@dataclass(frozen=True)
class Labelled:
    """The pairs of one draft with their figures and whether they are the same demand."""

    name: str
    names: tuple[str, ...]
    figures: NDArray[np.float64]
    same: NDArray[np.int64]


def labelled(path: Path, *, semantic: bool) -> Labelled:
    """All pairs worth a judgement of one labelled file and its edited copies."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    texts, names = with_copies([row["text"] for row in rows], [row["group"] for row in rows], COPIES, SEED)
    corpus = Corpus(fold(texts), vectors_for(texts, "semantic" if semantic else "lexical", lambda _stage, _share: None))
    left, right = corpus.candidates()
    groups = np.array(names)
    return Labelled(path.stem, corpus.names, corpus.figures(left, right), (groups[left] == groups[right]).astype(np.int64))


def trained(sets: Sequence[Labelled], recipe: Recipe) -> Scorer:
    """A scorer from the pairs of `sets`, every set with the same total weight."""
    mean = sum(len(each.same) for each in sets) / len(sets)
    weights = np.concatenate([np.full(len(each.same), mean / len(each.same)) for each in sets])
    about = {
        "version": VERSION,
        "sets": [each.name for each in sets],
        "pairs": sum(len(each.same) for each in sets),
        "recipe": asdict(recipe),
    }
    figures, same = np.vstack([each.figures for each in sets]), np.concatenate([each.same for each in sets])
    return boosted(sets[0].names, figures, same, weights, recipe, about)


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
