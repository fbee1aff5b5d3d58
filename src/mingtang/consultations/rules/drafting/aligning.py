"""Which clause of one version is which of the next: the same stem through renumbering, moving and rewording."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

ENOUGH = 0.5
ENOUGH_WITH_LABEL = 0.2
LABEL_BONUS = 0.15
NOISE = re.compile(r"[\s\u3000，。；：、“”‘’（）()《》]")


@dataclass(frozen=True, slots=True)
class Standing:
    """A clause as it stands in one version."""

    label: str
    text: str
    stem: int = 0


def align(old: Sequence[Standing], new: Sequence[Standing], highest: int = 0) -> list[int]:
    """The stem of each new clause: that of the old one it grew from, else the next number after `highest`. Always the same answer."""
    stems = [0] * len(new)
    free = _equal(old, new, stems)
    pairs = _scored(old, new, free, stems)
    taken: set[int] = set()
    for _score, _far, i, j in sorted(pairs):
        if i not in taken and not stems[j]:
            stems[j] = old[i].stem
            taken.add(i)
    highest = max([highest, *(each.stem for each in old)])
    for j, stem in enumerate(stems):
        if not stem:
            highest += 1
            stems[j] = highest
    return stems


def _equal(old: Sequence[Standing], new: Sequence[Standing], stems: list[int]) -> list[int]:
    """Match clauses whose words are the same, in order; gives the old ones left over."""
    waiting: dict[str, list[int]] = {}
    for i, each in enumerate(old):
        waiting.setdefault(_bare(each.text), []).append(i)
    used: set[int] = set()
    for j, each in enumerate(new):
        same = waiting.get(_bare(each.text)) or []
        chosen = next((i for i in same if old[i].label == each.label), same[0] if same else None)
        if chosen is not None:
            same.remove(chosen)
            used.add(chosen)
            stems[j] = old[chosen].stem
    return [i for i in range(len(old)) if i not in used]


def _scored(
    old: Sequence[Standing], new: Sequence[Standing], free: Sequence[int], stems: Sequence[int]
) -> list[tuple[float, int, int, int]]:
    grams = {i: _grams(old[i].text) for i in free}
    found = []
    for j, each in enumerate(new):
        if stems[j]:
            continue
        mine = _grams(each.text)
        for i in free:
            alike, same_label = similarity(grams[i], mine), old[i].label == each.label
            if alike >= ENOUGH or (same_label and alike >= ENOUGH_WITH_LABEL):
                found.append((-(alike + LABEL_BONUS * same_label), abs(i - j), i, j))
    return found


def similarity(one: Counter[str], other: Counter[str]) -> float:
    """The share of pairs of characters two texts have in common."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1.0


def _grams(text: str) -> Counter[str]:
    bare = _bare(text)
    return Counter(bare[n : n + 2] for n in range(max(len(bare) - 1, 1)))


def _bare(text: str) -> str:
    return NOISE.sub("", text)
