"""One opinion that asks for several things: each further point is a passage of it that also belongs to another group (2.1e–f). Pure.

An opinion keeps one place, by which it is counted; a point adds a group whose answer is its author's too, and is counted in no place.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import NamedTuple

from mingtang.consultations.rules.stepping import WORKING
from mingtang.kernel.decision import YES, Decision, no
from mingtang.kernel.text import t

SHORTEST, MOST = 2, 20


class Point(NamedTuple):
    """A passage of an opinion's text, from `start` to before `end` in characters, that asks for what a group asks for."""

    group: int
    start: int
    end: int


_WRITTEN = re.compile(r"(\d+):(\d+)-(\d+)")


def takes_points(consultation: str, opinion: str) -> bool:
    """Whether an opinion in this state may get points: while groups and answers may change, and not once it is withheld."""
    return consultation in WORKING and opinion != "withheld"


def points_of(kept: str) -> tuple[Point, ...]:
    """The points of an opinion as its row keeps them, in the order of the text."""
    return tuple(Point(*map(int, each.groups())) for each in _WRITTEN.finditer(kept))


def written(points: Iterable[Point]) -> str:
    """As rows and exports write them: ``12:0-8`` for characters 0 to 7, which group 12 answers; one after the other, in the order of the text."""
    return ";".join(f"{each.group}:{each.start}-{each.end}" for each in in_order(points))


def in_order(points: Iterable[Point]) -> list[Point]:
    """In the order of the text."""
    return sorted(points, key=lambda each: (each.start, each.end, each.group))


def found(text: str, quote: str) -> tuple[int, int] | None:
    """Where a passage stands in a text, whichever line ends a form sent; None when the text does not hold it."""
    words = quote.strip()
    for each in dict.fromkeys((words, words.replace("\r\n", "\n"), words.replace("\r\n", "\n").replace("\n", "\r\n"))):
        at = text.find(each) if each else -1
        if at >= 0:
            return at, at + len(each)
    return None


def may_point(text: str, quote: str, group: int | None, *, home: int | None, points: Collection[Point]) -> Decision:
    """A passage that the text holds, for a group that is not the opinion's own and has no point of it yet."""
    if len(quote.strip()) < SHORTEST or found(text, quote) is None:
        return no(
            t("原文里没有这几个字。", "The text does not hold these words."),
            "2.1e",
            t("请从原文照抄，至少 2 个字，或勾选句子。", "Copy them from the text, two characters at least, or tick a sentence."),
            code="quote",
        )
    if group is not None and (group == home or group in {each.group for each in points}):
        return no(
            t("这条意见已经在那一组里。", "The opinion is in that group already."),
            "2.1e",
            t("请选另一组，或写新组的名称。", "Choose another group, or give a new one a title."),
            code="there",
        )
    if len(points) >= MOST:
        return no(
            t("一条意见最多拆出 {n} 点。", "An opinion has at most {n} further points.", n=MOST),
            "2.1e",
            t("其余的写在补充答复里。", "Answer the rest in its further reply."),
            code="most",
        )
    return YES
