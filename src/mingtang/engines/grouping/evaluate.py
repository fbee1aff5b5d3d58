"""The bars, measured: ``python -m mingtang.engines.grouping.evaluate --shared DIR [--meaning semantic [--work DIR]] [--million FILE]``.

Prints Markdown tables. `DIR` holds the labelled sets that are not ours to ship (policy_ebike, teddy_dev, lcqmc_dev, neardup, contrast_pairs).
*guessed*: no clause is told, but the draft is there to guess by. For every draft of policy the scorer is trained on the
other folds of drafts alone. ``--million``: a text a line, for the speed of the copies.
"""

from __future__ import annotations

import argparse
import csv
import re
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

from mingtang.engines.grouping.boosting import Recipe
from mingtang.engines.grouping.grouping import group, peak_mb
from mingtang.engines.grouping.index import Index
from mingtang.engines.grouping.measures import accepted, b_cubed, recovered
from mingtang.engines.grouping.model import Config, Result, Row
from mingtang.engines.grouping.scorer import Scorer, shipped
from mingtang.engines.grouping.taught import Taught
from mingtang.engines.grouping.training import LABELLED, UNSEEN, folded, labelled, trained, trained_to_hear
from mingtang.engines.grouping.training import drafts as learned_from
from mingtang.engines.grouping.tuning import Tuning

Mode = Literal["lexical", "semantic"]
PAIRS = Path(__file__).parent / "contrasts"
TOP, EVERY = 5, 5
RECIPE = Recipe()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path)
    parser.add_argument("--meaning", choices=["lexical", "semantic"], default="lexical")
    parser.add_argument("--work", type=Path, help="a folder for what the encoder has learned for each draft left out")
    parser.add_argument("--million", type=Path)
    options = parser.parse_args()
    for line in report(options.shared, options.meaning, options.million, options.work):
        print(line, flush=True)  # noqa: T201 - the answer to who typed it


def report(shared: Path | None, meaning: Mode, million: Path | None, work: Path | None = None) -> Iterator[str]:
    """The lines of all tables."""
    yield from contrasts([PAIRS / "pairs.csv", *([shared / "contrast_pairs.csv"] if shared else [])])
    yield from unseen(meaning)
    yield from drafts([*learned_from(), *([shared / "policy_ebike.csv"] if shared else [])], meaning, work)
    if shared:
        yield from others(shared, meaning)
    if million:
        yield from speed(million)


def contrasts(paths: Sequence[Path]) -> Iterator[str]:
    """How many pairs of each kind come out as they should: apart, or together, by copies alone."""
    yield from ("| pairs | kind | as it should be | of |", "| --- | --- | ---: | ---: |")
    for path in paths:
        good: dict[str, list[bool]] = defaultdict(list)
        for row in _read(path):
            result = group([Row("a", row["text_a"]), Row("b", row["text_b"])], Config(points="whole", meaning="off"))
            good[row["kind"]].append((len(result.groups) == 1) == (row["same"] == "1"))
        for kind, each in sorted(good.items()):
            yield f"| {path.stem} | {kind} | {sum(each)} ({sum(each) / len(each):.0%}) | {len(each)} |"
    yield ""


def unseen(meaning: Mode) -> Iterator[str]:
    """The drafts nothing was learned from, by the scorer that comes with the package."""
    yield from _table("never seen", ((LABELLED / f"{name}.csv", shipped(meaning)) for name in UNSEEN), meaning)


def drafts(paths: Sequence[Path], meaning: Mode, work: Path | None = None) -> Iterator[str]:
    """Every draft by a scorer that never saw it, nor the other drafts of its fold."""
    yield from _table("left out", left_out(paths, meaning, Taught(Tuning(), work)), meaning)


def _table(what: str, judged: Iterable[tuple[Path, Scorer]], meaning: Mode) -> Iterator[str]:
    yield f"| draft {what} | clause known | precision | F1 | with three suggestions: F1 | concentrated found | of them by itself | top five |"
    yield "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    means: dict[str, list[list[float]]] = defaultdict(list)
    for path, scorer in judged:
        rows = _read(path)
        draft = articles(path.with_suffix(".md")) if meaning == "lexical" else {}  # beside vectors no guess is made
        for clause in ("no", *(["guessed"] if draft else []), "yes"):
            said = [Row(row["id"], row["text"], clause=row["clause"] if clause == "yes" else "") for row in rows]
            figures = _figures([row["group"] for row in rows], said, meaning, scorer, draft if clause == "guessed" else {})
            means[clause].append(figures)
            if draft and clause == "no":
                means["no, of those guessed"].append(figures)
            yield f"| {path.stem} | {clause} | " + " | ".join(f"{each:.3f}" for each in figures) + " |"
    for clause, listed in means.items():
        yield f"| mean | {clause} | " + " | ".join(f"{sum(each) / len(each):.3f}" for each in zip(*listed, strict=True)) + " |"
    yield ""


def left_out(paths: Sequence[Path], meaning: Mode, taught: Taught, recipe: Recipe = RECIPE) -> Iterator[tuple[Path, Scorer]]:
    """Each draft with a scorer that learned from the other folds of drafts alone."""
    where = {path.stem: path for path in paths}
    folds = folded([labelled(path) for path in paths])
    for fold in folds:
        others = [other for other in folds if other is not fold]
        seen = [each for other in others for each in other]
        scorer = trained_to_hear(others, recipe, taught) if meaning == "semantic" else trained(seen, recipe)
        yield from ((where[each.draft.name], scorer) for each in fold)


def articles(path: Path) -> dict[str, str]:
    """The words of each article of a draft by its number; none where there is no such file."""
    told = re.findall(r"^第.+?条 (.+)", path.read_text(encoding="utf-8"), re.MULTILINE) if path.is_file() else []
    return {str(number): words for number, words in enumerate(told, 1)}


def _figures(true: list[str], said: list[Row], meaning: Mode, scorer: Scorer, draft: Mapping[str, str]) -> list[float]:
    result = group(said, Config(points="whole", meaning=meaning), scorer=scorer, draft=draft)
    found = [point.group for point in result.points]
    helped = accepted(true, found, {each.id: [other for other, _ in each.nearest] for each in result.groups})
    plain = b_cubed(true, found)
    return [
        plain.precision,
        plain.f1,
        b_cubed(true, helped).f1,
        recovered(true, helped),
        recovered(true, found),
        _arriving(true, said, meaning, scorer),
    ]


def others(shared: Path, meaning: Mode) -> Iterator[str]:
    """The sets that nothing was trained on, by the scorer that comes with the package."""
    yield "| set | by | precision | recall | F1 | F1 of groups of two and more | top five | s of processor |"
    yield "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    runs: list[tuple[str, Literal["off", "lexical", "semantic"]]] = [("neardup", "off"), ("teddy_dev", meaning), ("lcqmc_dev", meaning)]
    for name, how in runs:
        rows = _read(shared / f"{name}.csv")
        said, true = [Row(row["id"], row["text"]) for row in rows], [row["group"] for row in rows]
        result = group(said, Config(points="whole", meaning=how))
        found = [point.group for point in result.points]
        plain, several = b_cubed(true, found), _several(true, found)
        figures = [plain.precision, plain.recall, plain.f1, several, _arriving(true, said, meaning)]
        yield f"| {name} | {how} | " + " | ".join(f"{each:.3f}" for each in figures) + f" | {result.seconds_cpu:.1f} |"
    yield ""


def _several(true: list[str], found: list[str]) -> float:
    """F1 over the points whose labelled group has two and more."""
    kept = [place for place, label in enumerate(true) if true.count(label) > 1]
    return b_cubed([true[place] for place in kept], [found[place] for place in kept]).f1


def _arriving(true: list[str], said: list[Row], meaning: Mode, scorer: Scorer | None = None) -> float:
    """Every fifth text arrives at an index of the others, grouped as labelled: how often its group is among five, where it has one."""
    with tempfile.TemporaryDirectory() as folder, Index(Path(folder), heard=meaning == "semantic", scorer=scorer) as index:
        base = group([row for place, row in enumerate(said) if place % EVERY], Config(points="whole", meaning="off"))
        label = {row.id: group_name for row, group_name in zip(said, true, strict=True)}
        index.rebuild(_relabelled(base, label))
        there = {label[point.id] for point in base.points}
        coming = [place for place in range(0, len(said), EVERY) if true[place] in there]
        hits = sum(true[place] in [name for name, _ in index.known.nearest(said[place].text, TOP)] for place in coming)
    return hits / max(len(coming), 1)


def _relabelled(result: Result, label: dict[str, str]) -> Result:
    return replace(result, points=tuple(point._replace(group=label[point.id]) for point in result.points))


def speed(path: Path) -> Iterator[str]:
    """Stances, same words and near copies of all lines of `path`."""
    said = [Row(str(place), text) for place, text in enumerate(path.read_text(encoding="utf-8").splitlines())]
    started = time.process_time()
    result = group(said, Config(points="whole", meaning="off"))
    used = time.process_time() - started
    yield f"{len(said)} texts: {used:.1f} s of processor, {len(said) / used:,.0f} texts a second, {peak_mb():.0f} MB, {len(result.groups)} groups"


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    main()
