"""Texts folded to what they say: one code-point table, numbers read, boiler-plate taken off, a 64-bit key each.

Everything is done on one array of code points for many texts at once; whole numbers only, so that every machine gets the same keys.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from mingtang.engines.grouping import phrases
from mingtang.engines.grouping.numbers import number_codes

Codes = NDArray[np.uint32]
Keys = NDArray[np.uint64]

SEVERAL = 0x110000
"""In the table: this character becomes several; its text is normalised beforehand."""
BETWEEN = {".": ".", "-": "至", "~": "至", "—": "至", "–": "至"}
"""Signs kept only between two digits, and what they become there."""
CHUNK = 1 << 15


@dataclass(frozen=True)
class Folded:
    """The folded texts end to end: ``codes[starts[i] : starts[i] + lengths[i]]`` is text i."""

    codes: Codes
    starts: NDArray[np.int64]
    lengths: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.starts)

    def text(self, place: int) -> str:
        """Text `place` as a string; numbers are single characters of a private plane."""
        start = self.starts[place]
        return self.codes[start : start + self.lengths[place]].tobytes().decode("utf-32-le", "surrogatepass")

    def only(self, places: NDArray[np.int64]) -> Folded:
        """The texts at `places`, over the same codes."""
        return Folded(self.codes, self.starts[places], self.lengths[places])


@cache
def table() -> Codes:
    """Code point → folded code point, 0 for what is dropped: NFKC, lower case, Traditional → Simplified, letters, digits and %."""
    from opencc import OpenCC  # noqa: PLC0415 - a compiled library, wanted when the first text is folded

    simplified = np.arange(SEVERAL, dtype=np.uint32)
    han = [code for code in range(SEVERAL) if unicodedata.category(chr(code)) == "Lo" and unicodedata.name(chr(code), "").startswith("CJK")]
    convert = OpenCC("t2s").convert
    written = convert("\n".join(map(chr, han))).split("\n")
    for code, each in zip(han, written, strict=True):
        if len(each) == 1:
            simplified[code] = ord(each)
    found = np.zeros(SEVERAL, dtype=np.uint32)
    for code in range(SEVERAL):
        category = unicodedata.category(chr(code))
        if category in {"Cn", "Co", "Cs", "Cc"}:
            continue
        kept = [each for each in unicodedata.normalize("NFKC", chr(code)).lower() if _speaks(each)]
        found[code] = SEVERAL if len(kept) > 1 else simplified[ord(kept[0])] if kept else 0
    return found


def _speaks(character: str) -> bool:
    return unicodedata.category(character)[0] in "LN" or character == "%" or character in BETWEEN


def fold(texts: Sequence[str]) -> Folded:
    """All texts folded, in their order."""
    parts, lengths = [], []
    for start in range(0, len(texts), CHUNK):
        codes, sizes = _strip(*number_codes(*_mapped(texts[start : start + CHUNK])))
        parts.append(codes)
        lengths.append(sizes)
    if not parts:
        return Folded(np.zeros(0, np.uint32), np.zeros(0, np.int64), np.zeros(0, np.int64))
    sizes = np.concatenate(lengths)
    return Folded(np.concatenate(parts), np.cumsum(sizes) - sizes, sizes)


def _mapped(texts: Sequence[str]) -> tuple[Codes, NDArray[np.int64]]:
    """The kept code points of all texts end to end, and how many each text has."""
    sizes = np.fromiter(map(len, texts), np.int64, len(texts))
    raw = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    codes = table()[raw]
    several = np.flatnonzero(codes == SEVERAL)
    if several.size:
        texts = list(texts)
        for place in np.unique(np.searchsorted(np.cumsum(sizes), several, side="right")).tolist():
            texts[place] = unicodedata.normalize("NFKC", texts[place])
        return _mapped(texts)
    return _kept(*_between(codes, sizes))


def _between(codes: Codes, sizes: NDArray[np.int64]) -> tuple[Codes, NDArray[np.int64], NDArray[np.bool_]]:
    """Points and dashes stay between two digits only."""
    signs = np.flatnonzero(_between_table()[codes] > 0)
    if signs.size:
        inner = np.clip(signs, 1, max(len(codes) - 2, 1))
        good = (signs == inner) & _digit(codes[inner - 1]) & _digit(codes[np.minimum(inner + 1, len(codes) - 1)])
        codes[signs] = np.where(good, _between_table()[codes[signs]], np.uint32(0))
    return codes, sizes, codes != 0


@cache
def _between_table() -> Codes:
    found = np.zeros(SEVERAL + 1, np.uint32)
    for sign, becomes in BETWEEN.items():
        found[ord(sign)] = ord(becomes)
    return found


def _digit(codes: Codes) -> NDArray[np.bool_]:
    return (codes >= ord("0")) & (codes <= ord("9"))


def _kept(codes: Codes, sizes: NDArray[np.int64], keep: NDArray[np.bool_]) -> tuple[Codes, NDArray[np.int64]]:
    before = np.zeros(len(codes) + 1, np.int64)
    np.cumsum(keep, out=before[1:])
    ends = np.cumsum(sizes)
    return codes[keep], before[ends] - before[ends - sizes]


class _Pairs:
    """A quick look before the slow one, whether two characters may begin an opening phrase or, read backwards, a closing one."""

    def __init__(self, phrases_read: Sequence[str]) -> None:
        signs = sorted({each for phrase in phrases_read for each in phrase[:2]})
        self._kinds = np.zeros(SEVERAL, np.uint8)
        for place, sign in enumerate(signs):
            self._kinds[ord(sign)] = place + 1
        self._good = np.zeros((len(signs) + 1, len(signs) + 1), np.bool_)
        for phrase in phrases_read:
            first, *rest = (signs.index(each) + 1 for each in phrase[:2])
            self._good[first, rest[0] if rest else slice(None)] = True

    def may(self, one: Codes, other: Codes) -> NDArray[np.bool_]:
        return np.asarray(self._good[self._kinds[one], self._kinds[other]])


@cache
def _openings() -> tuple[_Pairs, _Pairs]:
    return _Pairs(phrases.OPENINGS), _Pairs([each[::-1] for each in phrases.CLOSINGS])


HEAD = re.compile("(?:" + "|".join(sorted(phrases.OPENINGS, key=len, reverse=True)) + ")+")
TAIL = re.compile("(?:" + "|".join(each[::-1] for each in sorted(phrases.CLOSINGS, key=len, reverse=True)) + ")+")


def _strip(codes: Codes, sizes: NDArray[np.int64]) -> tuple[Codes, NDArray[np.int64]]:
    """Without opening and closing phrases, as long as something is left that says more."""
    filled = np.flatnonzero(sizes > phrases.LEAST)
    starts = np.cumsum(sizes) - sizes
    heads, tails = _openings()
    first, last = starts[filled], starts[filled] + sizes[filled] - 1
    fit = heads.may(codes[first], codes[first + 1]) | tails.may(codes[last], codes[last - 1])
    keep = np.ones(len(codes), np.bool_)
    changed = False
    for place in filled[fit].tolist():
        start, size = int(starts[place]), int(sizes[place])
        text = codes[start : start + size].tobytes().decode("utf-32-le")
        head, tail = HEAD.match(text), TAIL.match(text[::-1])
        cut, end = head.end() if head else 0, size - (tail.end() if tail else 0)
        if (cut or end < size) and end - cut >= phrases.LEAST:
            keep[start : start + cut] = False
            keep[start + end : start + size] = False
            changed = True
    return _kept(codes, sizes, keep) if changed else (codes, sizes)
