"""The contrast guard: what sets two nearly equal texts apart, polarity, number or place.

It works on folded texts (see `folding`), where every number is one character. What was put in and what was left out is compared, never
the whole texts, so that two long letters which both say 不 are no contrast.
"""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher
from itertools import pairwise

from mingtang.engines.grouping.numbers import PLANE, value_of
from mingtang.engines.grouping.phrases import DIRECTIONS, HARMLESS, NEGATIONS, OPPOSITES, PLACES

POLARITY, NUMBER, PLACE = "polarity", "number", "place"
SHORT = 45
"""Up to so many characters one more number or negation on one side is a contrast; in longer texts it may be a sentence added."""
NOISE = 2
"""In a long text with more changes than this, a single lost or added character is taken for a slip, a sign of negation too."""
TURN = 6
"""A change of at most so many characters is an exchange of words, a longer one a sentence."""
SLIP = 2
"""So many digits may be lost in a long text; changes so near each other are one."""
COUNTED = frozenset("名个位家种样些")
SMALL = 10
"""Remains of so many characters in all are one change, not worth aligning."""
ALIGNED = 400
"""Longer remains are compared as bags of signals, not aligned."""

POLES = {word: (place, side) for place, poles in enumerate(OPPOSITES) for side, pole in enumerate(poles) for word in pole.split("|")}
POLE_WORDS = re.compile("|".join(sorted((re.escape(each) for each in POLES), key=len, reverse=True)))
HARMLESS_PATTERN = re.compile("|".join(HARMLESS) + r"|(.)[不没]\1")
_LATIN = re.compile(r"[a-z]")
_figures = re.compile(f"[{chr(PLANE)}-{chr(0x10FFFF)}]").findall


def contrast(one: str, other: str) -> str:
    """What sets the two apart (`POLARITY`, `NUMBER`, `PLACE`), empty when nothing does. The order of the two does not matter."""
    if one == other:
        return ""
    if (len(other), other) < (len(one), one):
        one, other = other, one
    made = _changes(one, other)
    loud = [change for change in made if not (_is_quiet(one, *change[:2]) and _is_quiet(other, *change[2:]))]
    if not loud:
        return ""
    is_short = len(one) <= SHORT
    return (
        _numbers(loud, one, other, is_short=is_short)
        or _polarity(loud, made, one, other, is_short=is_short)
        or _places(loud, one, other, is_short=is_short)
    )


SIGNALS = frozenset("".join(POLES) + NEGATIONS + DIRECTIONS + PLACES + "abcdefghijklmnopqrstuvwxyz")
NUMBERS = chr(PLANE)
_POLAR = frozenset("".join(POLES))
_NEGATIVE = frozenset(NEGATIONS)

Change = tuple[int, int, int, int]


def _changes(one: str, other: str) -> list[Change]:
    """Where the two differ, as (start, end) in one and (start, end) in the other."""
    head = 0
    while head < len(one) and one[head] == other[head]:
        head += 1
    tail = 0
    while tail < len(one) - head and one[-1 - tail] == other[-1 - tail]:
        tail += 1
    left, right = one[head : len(one) - tail], other[head : len(other) - tail]
    if not left or not right or len(left) + len(right) > ALIGNED or len(left) == len(right) == 1:
        return [(head, len(one) - tail, head, len(other) - tail)]
    if len(left) == len(right):
        apart = [at for at, (a, b) in enumerate(zip(left, right, strict=True), head) if a != b]
        if len(apart) <= TURN and not any(low + 1 == high for low, high in pairwise(apart)):
            return [(at, at + 1, at, at + 1) for at in apart]
    if len(left) + len(right) <= SMALL:
        return [(head, len(one) - tail, head, len(other) - tail)]
    codes = SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
    return [(a + head, b + head, c + head, d + head) for kind, a, b, c, d in codes if kind != "equal"]


def _near_ones_joined(changes: list[Change]) -> list[Change]:
    """Changes two characters apart are one: what moved a little was not exchanged."""
    made = changes[:1]
    for a, b, c, d in changes[1:]:
        if a - made[-1][1] <= SLIP:
            made[-1] = (made[-1][0], b, made[-1][2], d)
        else:
            made.append((a, b, c, d))
    return made


def _is_quiet(text: str, start: int, end: int) -> bool:
    """No sign of number, polarity or place near the change: most typing errors end here."""
    return SIGNALS.isdisjoint(text[max(0, start - 3) : end + 3]) and (start == end or max(text[start:end]) < NUMBERS)


def _numbers(loud: list[Change], one: str, other: str, *, is_short: bool) -> str:
    gone = [figure for a, b, _, _ in loud for figure in _figures(one, a, b)]
    new = [figure for _, _, c, d in loud for figure in _figures(other, c, d)]
    for figure in new[:]:
        if figure in gone:
            gone.remove(figure)
            new.remove(figure)
    if gone and new:
        slip = not is_short and _is_slip("".join(map(value_of, gone)), "".join(map(value_of, new)))
        return "" if slip else NUMBER
    if not is_short or not (gone or new):
        return ""
    text, spans = (one, [(a, b) for a, b, _, _ in loud]) if gone else (other, [(c, d) for _, _, c, d in loud])
    spared = Counter(text[at] for a, b in spans for at in range(a, b) if text[at] >= NUMBERS and _is_no_figure(text, at))
    return NUMBER if Counter(gone or new) - spared else ""


def _is_no_figure(text: str, at: int) -> bool:
    """A clause that is cited, or 一个 and the like."""
    return text[at - 1 : at] == "第" or (value_of(text[at]) == "1" and text[at + 1 : at + 2] in COUNTED)


def _is_slip(one: str, other: str) -> bool:
    """One or two digits left out or typed twice, or the sign between two numbers lost."""
    if len(one) < len(other):
        one, other = other, one
    left = iter(one)
    return 0 <= len(one) - len(other) <= SLIP and bool(other) and all(each in left for each in other)


def _polarity(loud: list[Change], made: list[Change], one: str, other: str, *, is_short: bool) -> str:
    """`loud`: the changes with a sign near them; `made`: all, as those without one may lie between two that are near each other."""
    for a, b, c, d in loud:
        left = _poles(one, a, b, is_short=is_short)
        if left and _opposed(left, _poles(other, c, d, is_short=is_short)):
            return POLARITY
    if _NEGATIVE.isdisjoint(one) and _NEGATIVE.isdisjoint(other):
        return ""
    joined = _near_ones_joined(made)
    is_noisy = not is_short and len(joined) > NOISE
    for change in joined:
        a, b, c, d = change
        if is_noisy and max(b - a, d - c) == 1:
            continue
        if (_negations(one, a, b) - _negations(other, c, d)) % 2 and _is_turn(change, one, other, is_short=is_short):
            return POLARITY
    return ""


def _opposed(left: set[tuple[int, int]], right: set[tuple[int, int]]) -> bool:
    return any((place, 1 - side) in right - left for place, side in left - right)


def _poles(text: str, start: int, end: int, *, is_short: bool) -> set[tuple[int, int]]:
    """The poles of the words that touch ``text[start:end]``; beside nothing, in a long text, single characters do not count."""
    low = max(0, start - 3)
    if _POLAR.isdisjoint(text[low : end + 3]):
        return set()
    found = POLE_WORDS.finditer(text, low, min(len(text), end + 3))
    least = 1 if end > start or is_short else 2
    return {POLES[each[0]] for each in found if len(each[0]) >= least and each.start() < max(end, start + 1) and each.end() > start}


def _negations(text: str, start: int, end: int) -> int:
    if _NEGATIVE.isdisjoint(text[start:end]):
        return 0
    calm = {at for each in HARMLESS_PATTERN.finditer(text, max(0, start - 4), min(len(text), end + 4)) for at in range(*each.span())}
    return sum(text[at] in NEGATIONS and at not in calm for at in range(start, end))


def _is_turn(change: Change, one: str, other: str, *, is_short: bool) -> bool:
    """Whether one negation more turns the demand: it stands in a small change, or in a short text not in a sentence added at an end."""
    a, b, c, d = change
    if one[a:b] + other[c:d] in {one[a - 1 : a], one[b : b + 1]}:  # typed twice
        return False
    if max(b - a, d - c) <= TURN:
        return True
    added = a == b or c == d
    at_an_end = (a == 0 and c == 0) or (b == len(one) and d == len(other))
    return is_short and not (added and at_an_end)


def _places(changes: list[Change], one: str, other: str, *, is_short: bool) -> str:
    for a, b, c, d in changes:
        left, right = one[a:b], other[c:d]
        if not left or not right or max(len(left), len(right)) > (TURN if is_short else TURN // 2):
            continue
        if _LATIN.search(left) and _LATIN.search(right):
            return PLACE
        if any(each in DIRECTIONS for each in left) and any(each in DIRECTIONS for each in right):
            return PLACE
        named = any(each in PLACES for each in one[b : b + 2]) or (left[-1] in PLACES and right[-1] in PLACES)
        if named and (is_short or max(len(left), len(right)) > 1):
            return PLACE
    return ""
