"""Posts that came without an author: those that repeat one another are one person's.

A platform that gives no author for some posts would otherwise make a spammer as many people as he has
posts. Posts that share a link, a long sentence or all of their words are taken as one person's; every
other post is a person of its own, as on our own pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

LINK = re.compile(r"https?://[!-~]+")
ENDS = re.compile(r"[\n●。！？；!?;]")
LONG_SENTENCE = 16
WHOLE = 8


class Nameless:
    """Groups posts by what they share; each post is asked for by the name under which it was added."""

    def __init__(self) -> None:
        self._above: dict[int | str, int | str] = {}

    def add(self, name: str, words: str) -> None:
        """Take a post in."""
        top = self._top(name)
        for mark in _marks(words):
            self._above[self._top(mark)] = top

    def person(self, name: str) -> str:
        """The same word for every post of one person."""
        return str(self._top(name))

    def _top(self, each: int | str) -> int | str:
        self._above.setdefault(each, each)
        while (above := self._above[each]) != each:
            self._above[each] = self._above[above]
            each = above
        return each


def _marks(words: str) -> Iterator[int]:
    yield from map(hash, LINK.findall(words))
    for sentence in ENDS.split(words):
        plain = _plain(sentence)
        if len(plain) >= LONG_SENTENCE:
            yield hash(plain)
    whole = _plain(words)
    if len(whole) >= WHOLE:
        yield hash(whole)


def _plain(words: str) -> str:
    return "".join(each for each in words.lower() if each.isalnum())
