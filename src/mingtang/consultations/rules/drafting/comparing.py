"""What changed between two texts, readable in Chinese: by sentence first, then by word, numbers never split."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

SENTENCES = re.compile(r"[^。；\n]*[。；\n]+|[^。；\n]+$")
TOKENS = re.compile(
    r"[0-9０-９]+(?:[.,．，：:/][0-9０-９]+)*[%％‰]?|[零〇一二三四五六七八九十百千万亿两]{2,}|[A-Za-z]+(?:['-][A-Za-z]+)*|\s+|.", re.DOTALL
)
LONGEST = 4_000
SAME, GONE, NEW = "same", "del", "ins"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words that stayed (`same`), went (`del`) or came (`ins`)."""

    op: str
    text: str


def compare(old: str, new: str) -> tuple[Piece, ...]:
    """The pieces from `old` to `new`: same and gone make the old text, same and new the new one."""
    if old == new:
        return (Piece(SAME, old),) if old else ()
    before, after = SENTENCES.findall(old), SENTENCES.findall(new)
    found: list[Piece] = []
    for op, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if op == "equal":
            found.append(Piece(SAME, "".join(before[i:j])))
        else:
            found.extend(_by_words("".join(before[i:j]), "".join(after[k:m])))
    return tuple(_merged(found))


def _by_words(old: str, new: str) -> Iterator[Piece]:
    if not old or not new or len(old) + len(new) > LONGEST * 2:
        yield from _changed(old, new)
        return
    before, after = TOKENS.findall(old), TOKENS.findall(new)
    opcodes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    same = sum(len("".join(before[i:j])) for op, i, j, _, _ in opcodes if op == "equal")
    if same * 3 < min(len(old), len(new)):
        yield from _changed(old, new)
        return
    for gone, came, kept in _healed(opcodes, before, after):
        yield from _changed(gone, came)
        if kept:
            yield Piece(SAME, kept)


def _changed(gone: str, came: str) -> Iterator[Piece]:
    if gone:
        yield Piece(GONE, gone)
    if came:
        yield Piece(NEW, came)


def _healed(
    opcodes: Sequence[tuple[str, int, int, int, int]], before: Sequence[str], after: Sequence[str]
) -> Iterator[tuple[str, str, str]]:
    """Changes with the words kept after them; a single character left standing between two changes joins them."""
    gone, came = "", ""
    last = len(opcodes) - 1
    for n, (op, i, j, k, m) in enumerate(opcodes):
        kept = "".join(before[i:j])
        if op != "equal":
            gone, came = gone + kept, came + "".join(after[k:m])
        elif 0 < n < last and len(kept) == 1 and (len(gone) > 1 or len(came) > 1) and kept not in "，。；：、":
            gone, came = gone + kept, came + kept
        else:
            yield gone, came, kept
            gone, came = "", ""
    if gone or came:
        yield gone, came, ""


def _merged(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Neighbours of the same kind as one; within a change what went stands before what came."""
    gone, came = "", ""
    same = ""
    for each in pieces:
        if each.op == SAME:
            yield from _changed(gone, came)
            gone, came = "", ""
            same += each.text
            continue
        if same:
            yield Piece(SAME, same)
            same = ""
        gone, came = gone + each.text * (each.op == GONE), came + each.text * (each.op == NEW)
    yield from _changed(gone, came)
    if same:
        yield Piece(SAME, same)
