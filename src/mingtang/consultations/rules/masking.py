"""What names a person, hidden wherever an opinion is shown: its own words stay as they were given.

The patterns are the publish guard's: one set for what is masked here and what stops a publication there.
"""

from __future__ import annotations

from collections.abc import Iterable

from mingtang.consultations.rules.opinions import WITHHOLD_LABELS
from mingtang.kernel.decision import YES, Decision, no
from mingtang.kernel.text import Text, t
from mingtang.platform.guard.core.masking import hidden, masked
from mingtang.platform.guard.core.patterns import find

__all__ = ["MASK_LABELS", "blacked", "flagged_parts", "masked", "may_mask", "names_a_number", "sentences"]

BAR = "▇"
SHORTEST, LONGEST = 2, 8
MASK_LABELS: dict[str, Text] = {key: WITHHOLD_LABELS[key] for key in ("personal_data", "abuse", "unlawful", "advertising")}
ENDS = frozenset("。！？；!?;\n")


def names_a_number(words: str) -> bool:
    """Whether the words hold something that names a person."""
    return masked(words) != words


def may_mask(text: str, quote: str, code: str) -> Decision:
    """A piece of the text, for a published reason; the whole of it is withheld instead."""
    if code not in MASK_LABELS:
        return no(
            t("遮盖要选择理由。", "Blacking out needs one of the reasons."),
            "711 Art.15",
            t("请从理由中选一项。", "Choose one of the reasons."),
            code="reason",
        )
    if len(quote.strip()) < SHORTEST or quote.strip() not in text:
        return no(
            t("原文里没有这几个字。", "The text does not hold these words."),
            "711 Art.15",
            t("请从原文照抄要遮盖的几个字，至少 2 个字。", "Copy the words from the text, two characters at least."),
            code="quote",
        )
    if quote.strip() == text.strip():
        return no(
            t("不能遮盖整条意见。", "The whole opinion cannot be blacked out."),
            "711 Art.17",
            t("整条都不宜显示的，请提出不显示，由另一人确认。", "Propose to withhold it instead; somebody else confirms."),
            code="whole",
        )
    return YES


def blacked(text: str, quotes: Iterable[str]) -> str:
    """The text as the public reads it: what a moderator marked and what names a person blacked out.

    A mark that touches a number takes the whole of it: no rest of it is left to be read.
    """
    spans: list[list[int]] = []
    for start, end in sorted(_spans(text, quotes)):
        if spans and start <= spans[-1][1]:
            spans[-1][1] = max(spans[-1][1], end)
        else:
            spans.append([start, end])
    out, at = [], 0
    for start, end in spans:
        out += [masked(text[at:start]), BAR * min(LONGEST, max(SHORTEST, end - start))]
        at = end
    return "".join([*out, masked(text[at:])])


def _spans(text: str, quotes: Iterable[str]) -> Iterable[tuple[int, int]]:
    hits = [(each.start, each.end) for each in find(text)]
    for quote in quotes:
        at = text.find(quote) if quote else -1
        while at >= 0:
            end = at + len(quote)
            touched = [each for each in hits if each[0] < end and at < each[1]]
            yield min([at, *(start for start, _ in touched)]), max([end, *(stop for _, stop in touched)])
            at = text.find(quote, end)


def flagged_parts(text: str) -> list[tuple[str, bool]]:
    """The text in parts, what the guard found to name a person blacked out and marked: for the moderator."""
    parts, at = list[tuple[str, bool]](), 0
    for each in sorted((hit for hit in find(text) if hit.kind != "landline"), key=lambda hit: hit.start):
        if each.start < at:
            continue
        parts += [(text[at : each.start], False), (hidden(each.kind, text[each.start : each.end]), True)]
        at = each.end
    return [(words, marked) for words, marked in (*parts, (text[at:], False)) if words]


def sentences(text: str) -> list[str]:
    """The sentences of a text, to be chosen one by one."""
    found, now = list[str](), ""
    for sign in text:
        now += sign
        if sign in ENDS:
            found.append(now.strip())
            now = ""
    return [each for each in dict.fromkeys([*found, now.strip()]) if each]
