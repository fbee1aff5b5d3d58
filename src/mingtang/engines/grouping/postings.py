"""The arrays of an index: keys, bands and n-grams of distinct texts, sorted, in files that are mapped and not read."""

from __future__ import annotations

import json
import zlib
from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mingtang.engines.grouping import sketches
from mingtang.engines.grouping.folding import Folded, fold
from mingtang.engines.grouping.model import Ref
from mingtang.engines.grouping.scorer import Scorer
from mingtang.engines.grouping.sense import Sense, read


class Stored(NamedTuple):
    """A point: its group, its words, and what is kept of its sentence vector (see `sense`), if anything."""

    ref: Ref
    group: str
    text: str
    heard: str = ""


class Close(NamedTuple):
    """A text by its place, how like it is (0 to 1), and the cosine of its sentence vector, 0 where none is known."""

    place: int
    likeness: float
    heard: float = 0.0


ARRAYS = ("keys", "bands", "band_of", "signatures", "grams", "gram_from", "gram_of", "norms", "lines")
POINTS = "points.jsonl"
COMMON = 4000
"""An n-gram that more texts have says too little to be searched by."""
SECOND = 0.6
"""How much the second nearest text of a group adds to its nearest."""


class Postings:
    """Distinct texts with their groups: those of the base, mapped, and those added since, in memory, numbered after them."""

    def __init__(self, arrays: dict[str, NDArray[Any]], lines: NDArray[np.uint8] | bytes, points: int, sense: Sense | None = None) -> None:
        self._arrays, self._lines = arrays, lines
        self.sense = sense
        self._base = len(arrays["keys"])
        self._points = points
        self._texts: list[tuple[str, str]] = []
        self._keys: dict[int, int] = {}
        self._bands: dict[int, list[int]] = defaultdict(list)
        self._grams: dict[int, array[int]] = defaultdict(partial(array, "q"))
        self._signatures: list[NDArray[np.uint32]] = []
        self._norms = array("d")

    @staticmethod
    def opened(folder: Path | None, scorer: Scorer | None = None) -> Postings:
        """What `folder` holds; nothing for None. `scorer`: with the sentence vectors that went through its adapter, where there are any."""
        if folder is None:
            return Postings(_arrays([]), b"", 0)
        arrays = {name: np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False)) for name in ARRAYS}
        path = folder / POINTS
        lines = np.memmap(path, np.uint8, "r") if path.stat().st_size else b""
        return Postings(
            arrays, lines, int((folder / "count").read_text(encoding="ascii")), Sense.opened(folder, scorer) if scorer else None
        )

    @staticmethod
    def write(folder: Path, stored: Sequence[Stored], old: Postings | None = None, scorer: Scorer | None = None) -> None:
        """Write the base of `stored` points; the first of every (text, group) is searched, all are kept. Sentence vectors `old` knows are taken over."""
        distinct = sorted({(each.text, each.group) for each in stored})
        made = _arrays([text for text, _ in distinct])
        encoded = [json.dumps([text, group], ensure_ascii=False).encode() + b"\n" for text, group in distinct]
        made["lines"] = np.cumsum([0, *map(len, encoded)])
        (folder / POINTS).write_bytes(b"".join(encoded))
        for name in ARRAYS:
            np.save(folder / f"{name}.npy", made[name], allow_pickle=False)
        (folder / "count").write_text(str(len(stored)), encoding="ascii")
        if scorer:
            before = old.sense if old else None
            Sense.write(folder, [text for text, _ in distinct], scorer, before, old.places() if old and before else {})

    def __len__(self) -> int:
        """How many points are known, copies counted."""
        return self._points

    def places(self) -> dict[str, int]:
        """The place of each text."""
        return {self.text(place): place for place in range(self._base + len(self._texts))}

    def text(self, place: int) -> str:
        """The words of a text."""
        return self._stored(place)[0]

    def group(self, place: int) -> str:
        """The group of a text."""
        return self._stored(place)[1]

    def of_key(self, key: int) -> int:
        """The text with this key, -1 for none; what came later goes before."""
        if key in self._keys:
            return self._keys[key]
        keys = self._arrays["keys"]
        at = int(np.searchsorted(keys["key"], np.uint64(key)))
        return int(keys["place"][at]) if at < len(keys) and int(keys["key"][at]) == key else -1

    def like(self, signature: NDArray[np.uint32]) -> list[tuple[int, float]]:
        """Texts that share a band, with the share of the signature they agree in, likest first."""
        found: set[int] = set()
        for band, key in enumerate(sketches.band_keys(signature)[:, 0]):
            row = self._arrays["bands"][band]
            low, high = np.searchsorted(row, key), np.searchsorted(row, key, side="right")
            found.update(self._arrays["band_of"][band][low:high].tolist())
            found.update(self._bands.get(int(key), ()))
        likeness = [(place, float((self._signature(place) == signature[0]).mean())) for place in found]
        return sorted(likeness, key=lambda each: (-each[1], each[0]))

    def nearest(self, text: str, most: int) -> tuple[tuple[str, float], ...]:
        """The groups whose texts are most like `text`."""
        best: dict[str, list[float]] = defaultdict(list)
        for close in self.closest(text, 20 * most):
            best[self.group(close.place)].append(close.likeness)
        ranked = {group: each[0] + SECOND * (each[1] if len(each) > 1 else 0) for group, each in best.items()}
        order = sorted(ranked, key=lambda group: (-ranked[group], group))[:most]
        return tuple((group, round(best[group][0], 4)) for group in order)

    def closest(self, text: str, most: int) -> list[Close]:
        """The texts that share the rarest characters and bigrams with `text`, or mean most nearly the same, the likest first.

        Without sentence vectors the likeness is the cosine of characters and bigrams; with them they are a third of it.
        """
        found, cosine = self._sharing(fold([text]))
        heard = np.zeros(len(found))
        if self.sense:
            every = np.maximum(self.sense.cosines(self.sense.of(text)), 0)
            likeness = every / 3
            likeness[found] += 2 / 3 * cosine
            found = np.flatnonzero(likeness)
            cosine, heard = likeness[found], every[found]
        if len(found) > most:
            good = cosine >= np.partition(cosine, len(found) - most)[len(found) - most]
            found, cosine, heard = found[good], cosine[good], heard[good]
        order = np.lexsort((found, -cosine))[:most]
        return [Close(*each) for each in zip(found[order].tolist(), cosine[order].tolist(), heard[order].tolist(), strict=True)]

    def _sharing(self, folded: Folded) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """The texts that share a character or a bigram that is not common with the one of `folded`, and their cosines."""
        codes = codes_of(folded)[1]
        holders = [self._holders(code, low, high) for code, low, high in zip(codes.tolist(), *self._spans(codes), strict=True)]
        square = np.array([rarity * rarity for _, rarity in holders])
        parts = [part for held, _ in holders for part in held]
        counts = np.array([sum(map(len, held)) for held, _ in holders], np.int64)
        places = np.concatenate(parts) if parts else np.zeros(0, np.int64)
        total = np.bincount(places, np.repeat(square, counts), 1)
        found = np.flatnonzero(total)
        return found, total[found] / np.maximum(self._norms_at(found) * np.sqrt(max(float(square.sum()), 1e-9)), 1e-9)

    def _norms_at(self, places: NDArray[np.int64]) -> NDArray[np.float64]:
        """The lengths of the vectors of texts, by rising place."""
        border = int(np.searchsorted(places, self._base))
        return np.concatenate([self._arrays["norms"][places[:border]], np.array(self._norms)[places[border:] - self._base]])

    def add(self, text: str, group: str, heard: str = "") -> None:
        """Know one more point. `heard`: what the log keeps of its sentence vector."""
        if self.sense:
            self.sense.add(read(heard))
        self._points += 1
        folded = fold([text])
        key, place = int(sketches.keys(folded)[0]), self._base + len(self._texts)
        self._texts.append((text, group))
        self._keys[key] = place
        signature = sketches.signatures(folded)
        self._signatures.append(signature[0])
        if folded.lengths[0] > 1:
            for band in sketches.band_keys(signature)[:, 0].tolist():
                self._bands[band].append(place)
        square = 0.0
        codes = codes_of(folded)[1]
        for code, low, high in zip(codes.tolist(), *self._spans(codes), strict=True):
            self._grams[code].append(place)
            square += self._holders(code, low, high)[1] ** 2
        self._norms.append(max(square, 1e-9) ** 0.5)

    def _spans(self, codes: NDArray[np.uint64]) -> tuple[list[int], list[int]]:
        """Where the holders of each n-gram begin and end in the base, 0 and 0 where it has none."""
        grams, begins = self._arrays["grams"], self._arrays["gram_from"]
        if not len(grams):
            return [0] * len(codes), [0] * len(codes)
        at = np.minimum(np.searchsorted(grams, codes), len(grams) - 1)
        is_known = grams[at] == codes
        return np.where(is_known, begins[at], 0).tolist(), np.where(is_known, begins[at + 1], 0).tolist()

    def _holders(self, code: int, low: int, high: int) -> tuple[list[NDArray[Any]], float]:
        """The texts that have an n-gram, of the base (none for a common one) and of those that came since, and its rarity."""
        later = self._grams.get(code)
        held = [np.frombuffer(later, np.int64)] if later else []
        rarity = _rarity(max(self._base + len(self._texts), 1), high - low + (len(later) if later else 0))
        if 0 < high - low <= COMMON:
            held.append(self._arrays["gram_of"][low:high])
        return held, rarity

    def _signature(self, place: int) -> NDArray[np.uint32]:
        return np.asarray(self._arrays["signatures"][place] if place < self._base else self._signatures[place - self._base])

    def _stored(self, place: int) -> tuple[str, str]:
        if place >= self._base:
            return self._texts[place - self._base]
        low, high = self._arrays["lines"][place], self._arrays["lines"][place + 1]
        text, group = json.loads(bytes(self._lines[low:high]))
        return text, group


def _rarity(count: int, holders: int) -> float:
    return max(float(np.log((count + 1) / (holders + 0.5))), 0.01)


def codes_of(folded: Folded) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
    """(text, n-gram) once for each one- and two-character n-gram of each text."""
    made = []
    for places, cells, sizes in sketches.blocks(folded):
        tall = np.arange(len(cells))[:, None]
        ones = np.where(tall < sizes, cells, np.uint32(0)).astype(np.uint64)
        twos = np.where(tall[1:] < sizes, ones[:-1] << np.uint64(21) | ones[1:], np.uint64(0)) if len(cells) > 1 else ones[:0]
        both = np.concatenate([ones, twos])
        place = np.broadcast_to(places, both.shape)
        made.append((place[both > 0], both[both > 0]))
    if not made:
        return np.zeros(0, np.int64), np.zeros(0, np.uint64)
    text, code = (np.concatenate(each) for each in zip(*made, strict=True))
    order = np.lexsort((text, code))
    text, code = text[order], code[order]
    new = np.ones(len(code), np.bool_)
    new[1:] = (code[1:] != code[:-1]) | (text[1:] != text[:-1])
    return text[new], code[new]


def _arrays(texts: Sequence[str]) -> dict[str, NDArray[Any]]:
    folded = fold(texts)
    key = np.zeros(len(texts), [("key", np.uint64), ("place", np.int64)])
    key["key"], key["place"] = sketches.keys(folded), np.arange(len(texts))
    signature = sketches.signatures(folded)
    bands = sketches.band_keys(signature)
    order = np.argsort(bands, axis=1, kind="stable")
    text, code = codes_of(folded)
    begins = np.flatnonzero(np.diff(code, prepend=np.uint64(0)) > 0) if len(code) else np.zeros(0, np.int64)
    counts = np.diff(np.append(begins, len(code)))
    rarity = np.array([_rarity(max(len(texts), 1), int(each)) for each in counts])
    square = np.bincount(text, np.repeat(rarity**2, counts), len(texts))
    return {
        "keys": np.sort(key, order=["key", "place"]),
        "bands": np.take_along_axis(bands, order, axis=1),
        "band_of": order.astype(np.int32),
        "signatures": signature,
        "grams": code[begins],
        "gram_from": np.append(begins, len(code)).astype(np.int64),
        "gram_of": text.astype(np.int32),
        "norms": np.sqrt(np.maximum(square, 1e-9)),
        "lines": np.zeros(1, np.int64),
    }


def good_lines(path: Path) -> Iterator[Stored]:
    """The whole lines of a log of arrivals; a torn end is cut off."""
    if not path.is_file():
        return
    good = 0
    for stored, end in whole_lines(path, 0):
        yield stored
        good = end
    if good < path.stat().st_size:
        with path.open("r+b") as file:
            file.truncate(good)


def whole_lines(path: Path, begin: int) -> Iterator[tuple[Stored, int]]:
    """The whole lines of a log from byte `begin` on, each with the byte it ends at; a torn end is left alone."""
    with path.open("rb") as file:
        file.seek(begin)
        content, end = file.read(), begin
    for line in content.split(b"\n")[:-1]:
        if len(line) < 9 or line[:8] != b"%08x" % zlib.crc32(line[9:]):  # noqa: PLR2004 - eight digits and a blank
            break
        end += len(line) + 1
        (name, unit), *rest = json.loads(line[9:])
        yield Stored((name, unit), *rest), end
