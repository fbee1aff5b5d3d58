"""The front of a paper: properties of its web page, title, number, addressee, preamble, up to its first number."""

from __future__ import annotations

from collections.abc import Sequence

from mingtang.consultations.rules.drafting import shapes
from mingtang.consultations.rules.drafting.blocks import Block, Kind, Part

TITLE_LINES = 6
LONGEST_TITLE = 60
LONGEST_ADDRESSEE = 300
LOOSE = "front"
NOT_ADDRESSED = ("如下：", "如下:", "意见：", "规定：", "通知：")


def front_end(lines: Sequence[str], blocks: Sequence[Block], *, by_articles: bool) -> int:
    """Where the front ends: at the first chapter or clause, signature or attachment."""
    said = False
    for n, words in enumerate(lines):
        if shapes.CONTENTS.match(words) or shapes.ATTACHMENT.match(words) or blocks[n].table:
            return n
        if shapes.division(words) is not None:
            return n
        if by_articles:
            found = shapes.article(words)
            if found is not None and (found.sure or found.number == 1):
                return n
        elif (mark := shapes.item(words)) is not None and mark.number == 1:
            return n
        if shapes.DATE.match(words) and said:
            return _first_signer(lines, n)
        said = said or (len(words) > TITLE_LINES and shapes.ends(words) and not shapes.PROPERTY.match(_tight(words)))
    return len(lines)


def _first_signer(lines: Sequence[str], n: int) -> int:
    first = n
    while first > 0 and n - first < 3 and not shapes.ends(lines[first - 1]) and len(lines[first - 1]) <= 40:  # noqa: PLR2004 - up to three signers
        first -= 1
    return first


def _tight(words: str) -> str:
    head, colon, tail = words.replace(":", "：", 1).partition("：")
    return f"{''.join(head.split())}{colon}{tail}"


def front_parts(lines: Sequence[str], blocks: Sequence[Block]) -> list[Part]:
    """Every block of the front as a part."""
    kinds: list[Kind | None] = [None] * len(lines)
    _properties(lines, kinds)
    _furniture(lines, kinds)
    _title(lines, kinds)
    _words(lines, kinds)
    return [
        Part(n + 1, kind or Kind.UNRECOGNISED, blocks[n].text, body=lines[n], why="" if kind else LOOSE) for n, kind in enumerate(kinds)
    ]


def _properties(lines: Sequence[str], kinds: list[Kind | None]) -> None:
    """发文机关： with its value on the same line or the next."""
    for n, words in enumerate(lines):
        found = shapes.PROPERTY.match(_tight(words))
        if found is None or kinds[n] is not None:
            continue
        kinds[n] = Kind.PROPERTY
        after = lines[n + 1] if n + 1 < len(lines) else ""
        if found[2].strip() or not after or shapes.PROPERTY.match(_tight(after)):
            continue
        if found[1] != "主题词" or "\u3000" in after or " " in after:
            kinds[n + 1] = Kind.PROPERTY


def _furniture(lines: Sequence[str], kinds: list[Kind | None]) -> None:
    for n, words in enumerate(lines):
        if kinds[n] is None and (not words or shapes.FURNITURE.match(words) or shapes.PAGE.match(words)):
            kinds[n] = Kind.PAGE
        elif kinds[n] is None and shapes.NUMBER.match(words):
            kinds[n] = Kind.NUMBER
        elif kinds[n] is None and (shapes.NOTE.match(words) or shapes.DATE.match(words)):
            kinds[n] = Kind.NOTE


def _title(lines: Sequence[str], kinds: list[Kind | None]) -> None:
    """The first short lines, as far as they end as titles do; else the first alone."""
    first = next((n for n, kind in enumerate(kinds) if kind is None), None)
    if first is None or _is_sentence(lines[first]):
        return
    last, complete = first, first
    for n in range(first, min(first + TITLE_LINES, len(lines))):
        if kinds[n] is not None or _is_sentence(lines[n]):
            break
        last = n
        if shapes.titled(lines[n]) or shapes.VERSION.match(lines[n]):
            complete = n
    for n in range(first, min(complete, last) + 1):
        kinds[n] = Kind.TITLE


def _is_sentence(words: str) -> bool:
    if shapes.VERSION.match(words):
        return False
    if len(words) > LONGEST_TITLE or words.endswith(tuple("。；：:;，,、！？")):
        return True
    return "。" in words or ("，" in words and shapes.open_bracket(words))


def _words(lines: Sequence[str], kinds: list[Kind | None]) -> None:
    begun = False
    for n, words in enumerate(lines):
        if kinds[n] is not None:
            continue
        if (
            not begun
            and words.endswith(("：", ":"))
            and "。" not in words
            and len(words) <= LONGEST_ADDRESSEE
            and not words.endswith(NOT_ADDRESSED)
        ):
            kinds[n], begun = Kind.ADDRESSEE, True
        elif shapes.VERSION.match(words):
            kinds[n] = Kind.TITLE
        elif _is_sentence(words) or shapes.ends(words) or (begun and _goes_on(lines, n)):
            kinds[n], begun = Kind.PREAMBLE, True


def _goes_on(lines: Sequence[str], n: int) -> bool:
    """A fragment of a sentence that the page has broken."""
    return shapes.open_bracket(lines[n - 1]) or lines[n].startswith(shapes.CLOSERS)
