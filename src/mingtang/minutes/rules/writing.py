"""The editor: sections with versions of their own, what happens when two write at once, comments while the text goes round."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from mingtang.kernel.decision import YES, Decision, no
from mingtang.kernel.text import Text, t

LISTS = ("attendees", "excused", "observers")
GENERAL = "general"
KEY_LABELS: dict[str, Text] = {
    GENERAL: t("其他事项", "Other business"),
    "attendees": t("出席", "Present"),
    "excused": t("请假", "Excused"),
    "observers": t("列席代表", "Representatives"),
}
LONGEST = 20_000
BLANK_LINES = re.compile(r"\n\s*\n+")


@dataclass(frozen=True, slots=True)
class Part:
    """A section as it stands in the joined text: its key, its heading, its words."""

    key: str
    heading: str
    text: str


def key_of(item_id: int) -> str:
    """The key of the section of an agenda item."""
    return f"item:{item_id}"


def joined(parts: Iterable[Part]) -> str:
    """The body of the minutes: a block for each section, its heading first; blank lines only between blocks."""
    blocks = []
    for each in parts:
        words = each.text.strip()
        if each.key != GENERAL:
            words = BLANK_LINES.sub("\n", words)
        block = "\n".join(line for line in (each.heading, words) if line)
        if block:
            blocks.append(block)
    return "\n\n".join(blocks)


def may_write(version: int, base: int, *, same: bool) -> Decision:
    """Words written on version `base` go in when it is still the newest, or when they are the newest words anyway."""
    if same or version == base:
        return YES
    return no(
        t("您写的时候，别人已经保存了这一节的第 {n} 版。", "While you wrote, somebody saved version {n} of this section.", n=version),
        "3.2e",
        t(
            "您的文字已经留作草稿，没有丢失；请对照两份文字，定稿后再保存。",
            "Your words are kept as a draft, nothing is lost; look at both texts, settle on one, and save.",
        ),
        code="conflict",
    )


def may_fit(text: str) -> Decision:
    """A section holds at most `LONGEST` signs."""
    if len(text) <= LONGEST:
        return YES
    return no(
        t("这一节超过 {n} 字。", "The section is longer than {n} characters.", n=LONGEST),
        "",
        t("请分写到别的节。", "Spread it over other sections."),
        code="too_long",
    )


def merged(base: str, theirs: str, mine: str) -> str | None:
    """Both changes in one text, line by line; None when both touched the same lines."""
    source = base.split("\n")
    changes = sorted([*_changes(source, theirs.split("\n")), *_changes(source, mine.split("\n"))])
    result: list[str] = []
    at = 0
    before: tuple[int, int, list[str]] | None = None
    for change in changes:
        if change == before:
            continue
        first, end, lines = change
        if first < at or (before and (first, end) == before[:2]):
            return None
        result += [*source[at:first], *lines]
        at, before = end, change
    return "\n".join([*result, *source[at:]])


def _changes(old: list[str], new: list[str]) -> list[tuple[int, int, list[str]]]:
    opcodes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [(i, j, new[k:m]) for op, i, j, k, m in opcodes if op != "equal"]


def may_comment(state: str, text: str) -> Decision:
    """Comments are made while the minutes go round."""
    if state != "circulated":
        return no(
            t("纪要送审期间才能批注。", "Comments are made while the minutes are circulated."),
            "3.4b",
            t("起草时请直接改；已印发的请更正。", "Change the draft itself, or have issued minutes corrected."),
            code="not_circulated",
        )
    if not text.strip():
        return no(
            t("批注内容为空。", "The comment is empty."), "3.4b", t("写明要改什么、为什么。", "Say what to change and why."), code="empty"
        )
    return YES


def may_answer_comment(answer: str) -> Decision:
    """A comment is answered with words."""
    if answer.strip():
        return YES
    return no(
        t("答复内容为空。", "The answer is empty."),
        "3.4b",
        t("写明怎样改了，或为什么不改。", "Say how it was changed, or why not."),
        code="empty",
    )


def comments_settled(unsettled: Iterable[str]) -> Decision:
    """3.4b: nothing is issued over a comment that nobody answered; each is named."""
    waiting = list(unsettled)
    if not waiting:
        return YES
    return no(
        t("还有 {n} 条批注没有答复：“{what}”。", "{n} comments have no answer: “{what}”.", n=len(waiting), what=waiting[0][:40]),
        "3.4b",
        t("起草人逐条答复，或由提出人了结。", "The drafter answers each, or whoever made it closes it."),
        code="comments_open",
    )
