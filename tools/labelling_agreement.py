"""How far two labellings of the opinion sets agree, and the sets' counts, as the README states them.

Run `python tools/labelling_agreement.py` and copy the table into the README; a test compares the two.
"""

import csv
import itertools
import re
from collections import Counter, defaultdict
from pathlib import Path

HERE = Path(__file__).resolve().parents[1] / "src/mingtang/engines/grouping/labelled"


def read(path: Path) -> list[dict[str, str]]:
    """The rows of one set."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def b_cubed_f1(first: list[str], second: list[str]) -> float:
    """B³ F1 of two labellings of the same rows; the order of the two does not matter."""
    both = Counter(zip(first, second, strict=True))
    left, right = Counter(first), Counter(second)
    total = len(first)
    recall = sum(n * n / left[a] for (a, _), n in both.items()) / total
    precision = sum(n * n / right[b] for (_, b), n in both.items()) / total
    return 2 * precision * recall / (precision + recall)


def pairs(counts: Counter[str] | Counter[tuple[str, str]]) -> int:
    """How many pairs of rows lie inside one group."""
    return sum(n * (n - 1) // 2 for n in counts.values())


def pairwise_kappa(first: list[str], second: list[str]) -> float:
    """Cohen's kappa over all pairs of rows, each asked whether the two are in one group."""
    every = len(first) * (len(first) - 1) // 2
    left, right = pairs(Counter(first)), pairs(Counter(second))
    both = pairs(Counter(zip(first, second, strict=True)))
    observed = (every - left - right + 2 * both) / every
    chance = (left * right + (every - left) * (every - right)) / every**2
    return (observed - chance) / (1 - chance)


def strangers(texts: list[str], groups: list[str]) -> float:
    """The share of pairs of one group whose texts have no two neighbouring characters in common, punctuation aside; 0 to 1."""
    members = defaultdict(list)
    for text, group in zip(texts, groups, strict=True):
        letters = re.sub(r"\W", "", text)
        members[group].append({letters[place : place + 2] for place in range(len(letters) - 1)})
    apart = [not (one & other) for each in members.values() for one, other in itertools.combinations(each, 2)]
    return sum(apart) / len(apart)


def line(path: Path) -> str:
    """One set's row of the README's table."""
    rows = read(path)
    first, second = [r["group"] for r in rows], [r["group_second"] for r in rows]
    sizes = Counter(first)
    figures = [
        path.stem,
        len(rows),
        len(sizes),
        sum(n == 1 for n in sizes.values()),
        max(sizes.values()),
        len(set(second)),
        len({r["voice"] for r in rows}),
        len({r["submission"] for r in rows}),
        f"{b_cubed_f1(first, second):.3f}",
        f"{pairwise_kappa(first, second):.3f}",
        f"{strangers([r['text'] for r in rows], first):.2f}",
    ]
    return "| " + " | ".join(str(figure) for figure in figures) + " |"


def table() -> str:
    """Every set's row, by name."""
    return "\n".join(line(path) for path in sorted(HERE.glob("*.csv")))


if __name__ == "__main__":
    print(table())
