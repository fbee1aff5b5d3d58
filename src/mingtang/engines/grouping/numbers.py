"""Numbers in folded text, Arabic or Chinese, read as values: each becomes one character of a private plane."""

from __future__ import annotations

import hashlib
from functools import cache

import numpy as np
from numpy.typing import NDArray

PLANE, ROOM = 0xF0000, 0x20000 - 4
OWN, SPREAD = 0x10000, 31153
"""Whole numbers below `OWN` have a character of their own, spread over the plane by an odd factor; the others share the rest by their digest."""
DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
DIGITS |= {str(value): value for value in range(10)}
STEPS = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
SYMBOLS = "." + "".join(DIGITS) + "".join(STEPS)
MEASURES = "年月天日号元块角米里岁条款项点时周倍名位人辆栋楼层户次期届章节%度寸斤吨亩档级类米小只张台"
"""After a lone 一 or 十 these make it a number; 一定, 统一, 十分 stay words."""
LONGEST = 12

_seen: dict[int, str] = {}
"""Characters of the private plane → the value they stand for, as digits."""


@cache
def _kinds() -> NDArray[np.uint8]:
    """Code point → place in `SYMBOLS` plus one, 0 for others."""
    kinds = np.zeros(0x110000, np.uint8)
    for place, symbol in enumerate(SYMBOLS):
        kinds[ord(symbol)] = place + 1
    return kinds


@cache
def _measures() -> NDArray[np.bool_]:
    found = np.zeros(0x110000, np.bool_)
    found[[ord(each) for each in MEASURES]] = True
    return found


def number_codes(codes: NDArray[np.uint32], sizes: NDArray[np.int64]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """The same texts with every run of numerals made one character; equal values give equal characters."""
    kinds = _kinds()[codes]
    within = kinds > 0
    if not within.any():
        return codes, sizes
    ends = np.cumsum(sizes)
    first = np.zeros(len(codes) + 1, np.bool_)
    first[(ends - sizes)] = True
    begins = within.copy()
    begins[1:] &= ~within[:-1] | first[1:-1]
    starts = np.flatnonzero(begins)
    number = np.cumsum(begins)[within] - 1
    counts = np.bincount(number, minlength=len(starts))
    signs = _signs(kinds, starts, counts)
    codes = codes.copy()
    made, inverse = np.unique(signs, return_inverse=True)
    plain = np.array([_character(int(each)) for each in made], np.uint32)[inverse]
    lone = (counts == 1) & np.isin(codes[starts], [ord("一"), ord("十")])
    plain[lone & ~_measured(codes, starts, first)] = 0
    good = plain > 0
    codes[starts[good]] = plain[good]
    keep = np.ones(len(codes), np.bool_)
    keep[within] = ~good[number]
    keep[starts[good]] = True
    before = np.zeros(len(codes) + 1, np.int64)
    np.cumsum(keep, out=before[1:])
    return codes[keep], before[ends] - before[ends - sizes]


def _signs(kinds: NDArray[np.uint8], starts: NDArray[np.int64], counts: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Each run as one whole number, five bits a symbol; runs longer than `LONGEST` keep their first symbols and are left alone."""
    signs = np.zeros(len(starts), np.uint64)
    for step in range(LONGEST):
        within = counts > step
        at = starts[within] + step
        signs[within] = signs[within] << np.uint64(5) | kinds[at].astype(np.uint64)
    signs[counts > LONGEST] = 0
    return signs


def _measured(codes: NDArray[np.uint32], starts: NDArray[np.int64], first: NDArray[np.bool_]) -> NDArray[np.bool_]:
    after = np.minimum(starts + 1, len(codes) - 1)
    follows = _measures()[codes[after]] & ~first[after] & (after > starts)
    before = np.maximum(starts - 1, 0)
    ordinal = (codes[before] == ord("第")) & ~first[starts]
    return np.asarray(follows | ordinal)


@cache
def _character(sign: int) -> int:
    """The private character for a run, 0 where it is no number."""
    run = ""
    while sign:
        run = SYMBOLS[(sign & 31) - 1] + run
        sign >>= 5
    value = read_number(run)
    if not value:
        return 0
    if value.isdecimal() and int(value) < OWN:
        code = PLANE + int(value) * SPREAD % OWN
    else:
        digest = hashlib.blake2b(value.encode(), digest_size=8).digest()
        code = PLANE + OWN + int.from_bytes(digest, "big") % (ROOM - OWN)
    _seen[code] = value
    return code


def value_of(character: str) -> str:
    """The digits a private character stands for; empty for other characters."""
    return _seen.get(ord(character), "")


def is_number(character: str) -> bool:
    """Whether a folded character stands for a number."""
    return ord(character) >= PLANE


def read_number(run: str) -> str:
    """The value as digits ("三百零五" → "305", "1.5万" → "15000"); empty for what is no number, as 千万 or 百 alone."""
    if run.strip(".") in {"", *STEPS} - {"十"} or not any(each in DIGITS or each == "十" for each in run):
        return ""
    if not any(each in STEPS for each in run):
        return _plain("".join(each if each == "." else str(DIGITS[each]) for each in run))
    total, section, current = 0.0, 0.0, ""
    for each in run:
        if each in DIGITS or each == ".":
            current += each if each == "." else str(DIGITS[each])
            continue
        step, count = STEPS[each], _float(current, 1.0 if section == 0 else 0.0)
        current = ""
        if step >= STEPS["万"]:
            total, section = (
                (total + section + (count if section or count else 1)) * step if total == 0 else total + (section + count) * step,
                0.0,
            )
        else:
            section += (count or 1.0) * step
    total += section + _rest(run, current)
    return _plain(f"{total:.4f}")


def _rest(run: str, current: str) -> float:
    """What follows the last step: 一百零五 is 105, 一百五 is 150, 一万二 is 12000."""
    value = _float(current, 0.0)
    before = run[: len(run) - len(current)]
    if len(current) == 1 and before and before[-1] in STEPS and STEPS[before[-1]] > STEPS["十"]:
        return value * STEPS[before[-1]] / 10
    return value


def _float(digits: str, otherwise: float) -> float:
    try:
        return float(digits)
    except ValueError:
        return otherwise


def _plain(value: str) -> str:
    whole, _, part = value.partition(".")
    whole, part = whole.lstrip("0") or "0", part.replace(".", "").rstrip("0")
    return f"{whole}.{part}" if part else whole
