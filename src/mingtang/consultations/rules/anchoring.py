"""A passage of a draft, held by its own words and the words around it, found again in any later version.

Positions alone do not survive an edit, and words alone may stand twice; together they find the passage, or
say that it is gone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from mingtang.consultations.rules.drafting.comparing import SENTENCES
from mingtang.kernel.decision import YES, Decision, no
from mingtang.kernel.text import Text, t

CONTEXT = 32
LONGEST = 500
ALIKE = 0.6
HELD, CHANGED, GONE = "held", "changed", "gone"
ANCHOR_LABELS: dict[str, Text] = {
    HELD: t("这几句在现稿中没有变", "These words stand unchanged in the present version"),
    CHANGED: t("这几句在现稿中改成了", "In the present version these words became"),
    GONE: t("这几句已不在现稿中", "These words are no longer in the present version"),
}


@dataclass(frozen=True, slots=True)
class Passage:
    """A quotation with what stood before and after it, and where it began."""

    quote: str
    prefix: str = ""
    suffix: str = ""
    start: int = 0


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a passage is in a text: `how` is held, changed or gone; the text from `start` to `end` is what stands there."""

    how: str
    start: int = 0
    end: int = 0


def passage_of(text: str, typed: str, near: int = 0) -> Passage | None:
    """The passage of `text` that somebody quoted, the one nearest to `near` if it stands more than once; None if nowhere.

    Spaces and line breaks may differ from the draft's: people quote by hand.
    """
    signs = [re.escape(each) for each in typed if not each.isspace()]
    if not signs or len(signs) > LONGEST:
        return None
    found = list(re.finditer(r"\s*".join(signs), text))
    if not found:
        return None
    best = min(found, key=lambda each: abs(each.start() - near))
    start, end = best.span()
    return Passage(text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT], start)


def find(passage: Passage, text: str) -> Anchor:
    """Where a passage is in another version of its clause."""
    places = [each.start() for each in re.finditer(re.escape(passage.quote), text)] if passage.quote else []
    if places:
        start = max(places, key=lambda at: (_context(passage, text, at, at + len(passage.quote)), -abs(at - passage.start)))
        return Anchor(HELD, start, start + len(passage.quote))
    return _between(passage, text) or _likest(passage, text) or Anchor(GONE)


def _context(passage: Passage, text: str, start: int, end: int) -> int:
    """How many signs before and after a place are those that stood around the passage."""
    before = _shared(passage.prefix[::-1], text[:start][::-1])
    return before + _shared(passage.suffix, text[end:])


def _shared(one: str, other: str) -> int:
    number = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        number += 1
    return number


def _between(passage: Passage, text: str) -> Anchor | None:
    """What now stands between the old neighbours, if both are there, in order, and close enough."""
    before, after = passage.prefix[-8:], passage.suffix[:8]
    if len(before) < 4 or len(after) < 4:  # noqa: PLR2004 - fewer signs than this are found anywhere
        return None
    left = text.find(before)
    right = text.find(after, left + len(before)) if left >= 0 else -1
    if right < 0:
        return None
    start = left + len(before)
    kept = SequenceMatcher(None, passage.quote, text[start:right], autojunk=False).ratio()
    return Anchor(CHANGED, start, right) if right > start and kept >= ALIKE / 2 else None


def _likest(passage: Passage, text: str) -> Anchor | None:
    """The run of sentences most like the passage, if it is like enough."""
    length = max(1, len(SENTENCES.findall(passage.quote)))
    spans = [each.span() for each in SENTENCES.finditer(text)]
    best, found = ALIKE, None
    for first in range(len(spans)):
        start, end = spans[first][0], spans[min(first + length, len(spans)) - 1][1]
        ratio = SequenceMatcher(None, passage.quote, text[start:end], autojunk=False).ratio()
        if ratio > best:
            best, found = ratio, Anchor(CHANGED, start, end)
    return found


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a clause that can be chosen instead of being marked with the mouse."""
    return tuple(each.strip()[:LONGEST] for each in SENTENCES.findall(text) if each.strip())


def may_quote(text: str, typed: str) -> Decision:
    """711 Art.6: what is quoted stands in the draft."""
    if not typed.strip() or passage_of(text, typed):
        return YES
    return no(
        t("这一条里没有引用的这几句。", "The quoted words do not stand in this clause."),
        "2.1",
        t(
            "请从条文里选一句，或照原文抄写，最多 {n} 字；也可以留空，对整条提意见。",
            "Choose a sentence, or copy the draft's own words (at most {n} characters); or leave it empty to speak about the whole clause.",
            n=LONGEST,
        ),
        code="quote",
    )
