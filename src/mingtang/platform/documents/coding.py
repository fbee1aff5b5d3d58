"""Which coding a text is written in: UTF-8, UTF-16 with its mark, GB18030 or Big5."""

from __future__ import annotations

import codecs
from collections.abc import Iterable
from pathlib import Path

PIECE = 1 << 20
SAMPLE = 1 << 16
FREQUENT = {"gb18030": (0xB0, 0xD7), "big5hkscs": (0xA4, 0xC6)}


def coding_of(pieces: Iterable[bytes]) -> str | None:
    """The coding in which every piece of a text can be read; None when there is none.

    GB18030 and Big5 can each read most of what the other wrote. They are told apart by where the
    frequent characters stand: in 0xB0-0xD7 of the one, in 0xA4-0xC6 of the other.
    """
    readers: dict[str, codecs.IncrementalDecoder] = {}
    sample = b""
    for piece in pieces:
        if not sample:
            readers = {name: codecs.getincrementaldecoder(name)() for name in _candidates(piece)}
            sample = piece[:SAMPLE]
        readers = {name: reader for name, reader in readers.items() if _reads(reader, piece)}
    readers = {name: reader for name, reader in readers.items() if _reads(reader, b"", last=True)}
    if not sample or "utf-8" in readers:
        return "utf-8-sig"
    return "utf-16" if "utf-16" in readers else max(readers, key=lambda name: _frequent(sample, name), default=None)


def coding_of_file(path: Path) -> str | None:
    """The coding of a file, read piece by piece."""
    with path.open("rb") as file:
        return coding_of(iter(lambda: file.read(PIECE), b""))


def _candidates(begin: bytes) -> tuple[str, ...]:
    if begin[:2] in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}:
        return ("utf-16",)
    return ("utf-8", *FREQUENT)


def _reads(reader: codecs.IncrementalDecoder, piece: bytes, *, last: bool = False) -> bool:
    try:
        return "\x00" not in reader.decode(piece, last)
    except UnicodeDecodeError:
        return False


def _frequent(sample: bytes, name: str) -> float:
    """The share of a sample's characters that stand where this coding keeps its frequent ones."""
    first, last = FREQUENT[name]
    signs = [each.encode(name, "replace") for each in sample.decode(name, "ignore") if not each.isascii()]
    trail = 0xA1 if name == "gb18030" else 0x40
    good = sum(len(each) == 2 and first <= each[0] <= last and each[1] >= trail for each in signs)  # noqa: PLR2004 - two bytes
    return good / len(signs) if signs else 1.0
