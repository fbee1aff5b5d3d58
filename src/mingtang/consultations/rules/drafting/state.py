"""Where the reading of a draft stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from mingtang.consultations.rules.drafting import shapes
from mingtang.consultations.rules.drafting.blocks import Block, Kind, Part
from mingtang.consultations.rules.drafting.shapes import Marker
from mingtang.kernel.text import Text

LONGEST_TITLE = 60


def aside(n: int, block: Block) -> Part:
    """What stands outside the run of the text: page furniture is known, notes and boxes a person has to place."""
    if block.aside == "page":
        return Part(n + 1, Kind.PAGE, block.text)
    return Part(n + 1, Kind.UNRECOGNISED, block.text, body=block.text.strip(), why=block.aside)


@dataclass(slots=True)
class Reading:
    """Where the reading stands: which numbers came last, and in which zone of the paper."""

    lines: Sequence[str]
    blocks: Sequence[Block]
    by_articles: bool
    zone: str = "body"
    article: tuple[int, int] = (0, 0)
    last: list[int] = field(default_factory=lambda: [0] * (shapes.DEEPEST + 1))
    seen_clause: bool = False
    attached_is_draft: bool = False
    before: str = ""
    found: bool = False
    attachments: bool = False
    warnings: list[Text] = field(default_factory=list)

    def marker(self, n: int) -> Marker | None:
        """The number a line begins with, if any."""
        words = self.lines[n]
        return shapes.division(words) or (shapes.article(words) if self.by_articles else None) or shapes.item(words)

    def title_line(self, n: int) -> bool:
        """Whether a line may be a line of a title."""
        words = self.lines[n]
        if self.blocks[n].table or self.blocks[n].aside:
            return False
        return bool(words) and len(words) <= LONGEST_TITLE and not shapes.ends(words.rstrip("）)》”")) and self.marker(n) is None

    def begin(self) -> None:
        """Numbers begin anew in an enclosed document."""
        self.article, self.last = (0, 0), [0] * (shapes.DEEPEST + 1)
