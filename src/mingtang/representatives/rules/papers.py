"""3.2d: papers handed to one person. Whose copy carries a name, what a changed paper replaces, how the change is told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypedDict

from mingtang.consultations.rules.drafting.comparing import GONE, NEW, compare
from mingtang.kernel.text import Text, t

PDF = "application/pdf"
MOST_PIECES = 40
MOST_SIGNS = 160


class Change(TypedDict):
    """One change between two versions of a paper: what went or came."""

    op: str
    words: str


@dataclass(frozen=True, slots=True)
class Held:
    """A paper somebody has: by its kind and title."""

    document_id: int
    kind: str
    title: str
    version: int


def is_marked(*, wanted: bool, is_public: bool, media_type: str) -> bool:
    """Whether a person's copy carries their name: where the desk wants it, the public does not have the paper, and it is a PDF."""
    return wanted and not is_public and media_type == PDF


def replaced_by(kind: str, title: str, held: Iterable[Held]) -> Held | None:
    """Which of the papers held a new one takes the place of: the one of its kind and title."""
    same = [each for each in held if each.kind == kind and each.title.strip() == title.strip()]
    return max(same, key=lambda each: each.version) if same else None


def difference(old: str, new: str) -> list[Change]:
    """What went and what came between the words of two versions, in order; at most `MOST_PIECES`, each cut to `MOST_SIGNS`."""
    changed = [each for each in compare(old, new) if each.op in {GONE, NEW} and each.text.strip()]
    return [Change(op=each.op, words=_cut(each.text.strip())) for each in changed[:MOST_PIECES]]


def _cut(words: str) -> str:
    return words if len(words) <= MOST_SIGNS else words[: MOST_SIGNS - 1] + "…"


def change_label(title: str, version: int) -> Text:
    """The change in one sentence: a new version, or a paper more."""
    if version > 1:
        return t("“{title}”换为第 {n} 版", "“{title}” has a version {n}", title=title, n=version)
    return t("增加“{title}”", "“{title}” was added", title=title)
