"""Papers without 条: 一、 with （一） below become chapters with clauses, others clauses of their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from mingtang.consultations.rules.drafting.blocks import Kind, Part
from mingtang.consultations.rules.drafting.shapes import HEADING_LIMIT, item

ENOUGH_CHILDREN = 2
LONG_BRANCH = 600
WORDS = frozenset({Kind.TEXT, Kind.TABLE})


@dataclass(slots=True)
class _Branch:
    """A top item with everything below it."""

    parts: list[Part] = field(default_factory=list)

    def below(self) -> int:
        """The level of the items next below, 0 when there are none."""
        return min((each.level for each in self.parts[1:] if each.kind is Kind.CLAUSE), default=0)


def outline(parts: Sequence[Part]) -> list[Part]:
    """The same parts with top items as chapters where their own items carry the words."""
    levels = [each.level for each in parts if each.kind is Kind.CLAUSE and each.level]
    if not levels:
        return list(parts)
    top = min(levels)
    made: list[Part] = []
    branches = _branches(parts, top)
    chaptered = any(isinstance(each, _Branch) and _is_chapter(each) for each in branches)
    for each in branches:
        if isinstance(each, Part):
            made.append(each)
        elif _is_chapter(each) or (chaptered and _joins_chapters(each)):
            made.extend(_chapter(each))
        else:
            made.extend(_single(each, chaptered=chaptered))
    return _named(made)


def _branches(parts: Sequence[Part], top: int) -> list[_Branch | Part]:
    found: list[_Branch | Part] = []
    for each in parts:
        if each.kind is Kind.CLAUSE and each.level == top:
            found.append(_Branch([each]))
        elif found and isinstance(found[-1], _Branch) and each.kind not in {Kind.DIVISION, Kind.SIGNATURE}:
            found[-1].parts.append(each)
        else:
            found.append(each)
    return found


def _is_chapter(branch: _Branch) -> bool:
    level = branch.below()
    children = [n for n, each in enumerate(branch.parts) if n and each.kind is Kind.CLAUSE and each.level == level]
    if not level or len(children) < ENOUGH_CHILDREN or len(branch.parts[0].body) > HEADING_LIMIT:
        return False
    headed = sum(1 for n in children if n + 1 < len(branch.parts) and branch.parts[n + 1].kind in WORDS)
    length = sum(len(each.text) for each in branch.parts)
    return headed * 2 >= len(children) or length > LONG_BRANCH


def _joins_chapters(branch: _Branch) -> bool:
    """Beside chapters, a top item with items of its own is one too; with a single one when that goes on counting."""
    level = branch.below()
    children = [each for each in branch.parts[1:] if each.kind is Kind.CLAUSE and each.level == level]
    if not children or len(branch.parts[0].body) > HEADING_LIMIT:
        return False
    first = item(children[0].label)
    return len(children) >= ENOUGH_CHILDREN or (first is not None and first.number > 1)


def _chapter(branch: _Branch) -> list[Part]:
    head, level = branch.parts[0], branch.below()
    made = [replace(head, kind=Kind.CHAPTER, heading=_bare(head.body), body="")]
    for each in branch.parts[1:]:
        if each.kind is Kind.CLAUSE and each.level == level:
            made.append(_headed(each, branch.parts))
        elif each.kind in WORDS and len(made) == 1:
            made.append(replace(each, kind=Kind.CLAUSE, label=head.label, body=each.body or each.words))
        elif each.kind is Kind.CLAUSE:
            made.append(replace(each, kind=Kind.TEXT, body=each.words))
        else:
            made.append(each)
    return made


def _single(branch: _Branch, *, chaptered: bool) -> list[Part]:
    head = _headed(branch.parts[0], branch.parts)
    rest = [replace(each, kind=Kind.TEXT, body=each.words) if each.kind is Kind.CLAUSE else each for each in branch.parts[1:]]
    if not chaptered:
        return [head, *rest]
    if not head.heading:
        return [replace(head, kind=Kind.CHAPTER, heading="", body=""), head, *rest]
    return [replace(head, kind=Kind.CHAPTER, body=""), replace(head, heading=""), *rest]


def _headed(part: Part, parts: Sequence[Part]) -> Part:
    """A short line followed by paragraphs of its own is a heading, the paragraphs its words."""
    at = next(n for n, each in enumerate(parts) if each is part)
    follows = (
        at + 1 < len(parts)
        and parts[at + 1].kind in WORDS | {Kind.CLAUSE}
        and (parts[at + 1].kind in WORDS or parts[at + 1].level > part.level)
    )
    if follows and not part.heading and len(part.body) <= HEADING_LIMIT and "。" not in part.body[:-1]:
        return replace(part, heading=_bare(part.body), body="")
    return part


def _bare(words: str) -> str:
    return words.rstrip("。：:；")


def _named(parts: list[Part]) -> list[Part]:
    """Where labels come more than once within a paper, each is told apart by its chapter's: 一、（一）."""
    papers: list[list[Part]] = [[]]
    for each in parts:
        if each.kind is Kind.DIVISION:
            papers.append([])
        papers[-1].append(each)
    return [part for paper in papers for part in _named_paper(paper)]


def _named_paper(parts: list[Part]) -> list[Part]:
    often = Counter(each.label for each in parts if each.kind is Kind.CLAUSE and each.level)
    if all(number == 1 for number in often.values()):
        return parts
    made, chapter = [], ""
    for each in parts:
        chapter = each.label if each.kind is Kind.CHAPTER else chapter
        told = each.kind is Kind.CLAUSE and chapter and each.label != chapter
        made.append(replace(each, label=f"{chapter}{each.label}") if told else each)
    return made
