"""64-bit keys and MinHash signatures of folded texts, block by block of like length, in whole numbers only."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache

import numpy as np
from numpy.typing import NDArray

from mingtang.engines.grouping.folding import Folded, Keys

HASHES, BANDS, BAND = 48, 16, 3
"""K signature places; so many bands of so many places each."""
CELLS = 1 << 15
"""A block has about so many characters, that it stays in the processor's second cache."""
LONGEST = 4096
"""What of a text goes into its signature; its key takes all of it."""

_stream = np.random.Generator(np.random.PCG64(20261)).integers(0, 1 << 63, size=1 << 12, dtype=np.uint64)
MULTIPLIERS = (_stream[:HASHES] >> np.uint64(20)).astype(np.uint32) | np.uint32(1)
LEFT, RIGHT, MIX = np.uint32(0x9E3779B1), np.uint32(0x85EBCA77), np.uint32(0xC2B2AE3D)
SPREAD, FINAL = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD6E8FEB86659FD93)


def blocks(folded: Folded, most: int = LONGEST) -> Iterator[tuple[NDArray[np.int64], NDArray[np.uint32], NDArray[np.int64]]]:
    """Places of texts of like length, their characters as columns (0 below the end), their lengths cut at `most`."""
    cut = np.minimum(folded.lengths, most)
    order = np.argsort(cut, kind="stable")
    ordered = cut[order]
    begin = 0
    while begin < len(order):
        high = int(ordered[begin])
        width = max(1, CELLS // max(high, 1))
        end = min(len(order), begin + width)
        places, sizes = order[begin:end], ordered[begin:end]
        tall = int(sizes[-1])
        at = np.arange(tall, dtype=np.int64)[:, None] + folded.starts[places]
        inside = np.arange(tall, dtype=np.int64)[:, None] < sizes
        cells = np.where(inside, folded.codes[np.where(inside, at, 0)], np.uint32(0)) if tall else np.zeros((0, len(places)), np.uint32)
        yield places, cells, sizes
        begin = end


def distinct(values: Keys) -> Keys:
    """The sorted distinct values; several times faster than numpy's own on whole numbers."""
    ordered = np.sort(values)
    keep = np.ones(len(ordered), np.bool_)
    keep[1:] = ordered[1:] != ordered[:-1]
    return ordered[keep]


def keys(folded: Folded) -> Keys:
    """One 64-bit key for each text; equal texts have equal keys."""
    found = np.zeros(len(folded), np.uint64)
    for places, cells, _ in blocks(folded, most=1 << 30):
        total = np.zeros(len(places), np.uint64)
        for step in range(len(cells)):
            spread = cells[step].astype(np.uint64) * SPREAD
            spread ^= spread >> np.uint64(29)
            spread *= _odd(step)
            total += spread
        total ^= total >> np.uint64(32)
        total *= FINAL
        total ^= total >> np.uint64(29)
        found[places] = total
    return found


def unique(values: Keys) -> tuple[Keys, NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """The sorted distinct values, the first place of each, the number of its value for each place, and how often each occurs."""
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    new = np.ones(len(ordered), np.bool_)
    new[1:] = ordered[1:] != ordered[:-1]
    at = np.flatnonzero(new)
    number = np.empty(len(values), np.int64)
    number[order] = np.cumsum(new) - 1
    return ordered[at], order[at], number, np.diff(np.append(at, len(ordered)))


@cache
def word_key(word: str) -> int:
    """A 64-bit number for a short word, 0 for none."""
    return int.from_bytes(hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") if word else 0


def _odd(step: int) -> np.uint64:
    """An odd random factor for each position; positions beyond the table mix two of its entries."""
    value = int(_stream[step % len(_stream)]) ^ (step // len(_stream) * int(SPREAD)) & (1 << 64) - 1
    return np.uint64(value | 1)


def signatures(folded: Folded) -> NDArray[np.uint32]:
    """MinHash of the character bigrams, one row of `HASHES` for each text; a text of one character counts as its own bigram."""
    found = np.zeros((len(folded), HASHES), np.uint32)
    for places, cells, sizes in blocks(folded):
        if not len(cells):
            continue
        grams = bigrams(cells, sizes)
        work = np.empty_like(grams)
        block = np.empty((HASHES, len(places)), np.uint32)
        for each in range(HASHES):
            np.multiply(grams, MULTIPLIERS[each], out=work)
            np.minimum.reduce(work, axis=0, out=block[each])
        found[places] = block.T
    return found


def bigrams(cells: NDArray[np.uint32], sizes: NDArray[np.int64]) -> NDArray[np.uint32]:
    """Hashes of the bigrams of each column; below a text's last bigram its first one again, which changes no set."""
    lower = cells[1:] if len(cells) > 1 else cells
    upper = cells[:-1] if len(cells) > 1 else cells
    grams = upper * LEFT + lower * RIGHT
    grams ^= grams >> np.uint32(15)
    grams *= MIX
    grams ^= grams >> np.uint32(13)
    beyond = np.arange(1, len(grams) + 1)[:, None] >= np.maximum(sizes, 2)
    np.copyto(grams, grams[0], where=beyond)
    return grams


def band_keys(signature: NDArray[np.uint32]) -> Keys:
    """`BANDS` rows of band keys, the number of the band mixed in."""
    found = np.empty((BANDS, len(signature)), np.uint64)
    for band in range(BANDS):
        total = np.full(len(signature), band + 1, np.uint64) * FINAL
        for place in range(band * BAND, band * BAND + BAND):
            total = (total ^ signature[:, place]) * SPREAD
            total ^= total >> np.uint64(31)
        found[band] = total
    return found
