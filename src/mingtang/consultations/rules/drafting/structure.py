"""From parts to a draft: chapters, clauses with their words, attachments, counts. Used for a file and for corrected blocks alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from mingtang.consultations.rules.drafting.blocks import Block, Kind, Part, blocks_of, unrecognised
from mingtang.consultations.rules.drafting.outline import outline
from mingtang.consultations.rules.drafting.recognising import recognise_blocks
from mingtang.kernel.text import Text

LABEL_LIMIT, NAME_LIMIT, PART_LIMIT = 40, 120, 200


@dataclass(slots=True)
class DraftClause:
    """One clause with the place it stands in and the blocks it was made of."""

    id: str
    label: str
    text: str = ""
    heading: str = ""
    chapter: str = ""
    section: str = ""
    part: str = ""
    blocks: list[int] = field(default_factory=list)
    items: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Chapter:
    """A part, chapter or section: level 1 to 3."""

    id: str
    level: int
    label: str
    heading: str
    block: int

    @property
    def name(self) -> str:
        """第一章　总则."""
        return "\u3000".join(each for each in (self.label, self.heading) if each)


@dataclass(frozen=True, slots=True)
class Attachment:
    """An attachment with its words; the blocks say where they came from."""

    label: str
    title: str
    text: str
    blocks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as recognised: every block is in `parts`, what a person has to place in `unrecognised`."""

    title: str
    number: str
    scheme: str
    chapters: tuple[Chapter, ...]
    clauses: tuple[DraftClause, ...]
    attachments: tuple[Attachment, ...]
    parts: tuple[Part, ...]
    warnings: tuple[Text, ...]

    @property
    def unrecognised(self) -> tuple[Part, ...]:
        """The blocks a person has to place."""
        return tuple(unrecognised(self.parts))

    @property
    def counts(self) -> dict[str, int]:
        """How much was found, in blocks and in characters."""
        kinds = Counter(each.kind.value for each in self.parts)
        characters = sum(len("".join(each.text.split())) for each in self.parts)
        unplaced = sum(len("".join(each.text.split())) for each in self.unrecognised)
        return {
            "blocks": len(self.parts),
            "chapters": len(self.chapters),
            "clauses": len(self.clauses),
            "attachments": len(self.attachments),
            "unrecognised": kinds.get(Kind.UNRECOGNISED.value, 0),
            "characters": characters,
            "characters_recognised": characters - unplaced,
        }


def recognise(words: str | Sequence[Block]) -> Draft:
    """Read a text, or the blocks of a file, into a draft."""
    blocks = blocks_of(words) if isinstance(words, str) else tuple(words)
    parts, warnings, by_articles = recognise_blocks(blocks)
    return assemble(parts, tuple(warnings), by_articles=by_articles)


def assemble(parts: Sequence[Part], warnings: tuple[Text, ...] = (), *, by_articles: bool | None = None) -> Draft:
    """The draft that these parts make; what a clerk corrected is taken as said."""
    if by_articles is None:
        by_articles = any(each.kind is Kind.CLAUSE and not each.level for each in parts)
    shaped = parts if by_articles else outline(parts)
    maker = _Maker()
    for each in shaped:
        maker.take(each)
    scheme = "articles" if by_articles else "outline" if maker.clauses else "none"
    title = "".join(each.body or each.words for each in parts if each.kind is Kind.TITLE)
    number = next((each.words for each in parts if each.kind is Kind.NUMBER), "")
    _unique(maker.clauses)
    return Draft(title, number, scheme, tuple(maker.chapters), tuple(maker.clauses), _attachments(parts), tuple(parts), warnings)


class _Maker:
    """Takes parts in order and builds chapters and clauses."""

    def __init__(self) -> None:
        self.chapters: list[Chapter] = []
        self.clauses: list[DraftClause] = []
        self._names = {1: "", 2: "", 3: ""}
        self._attached = ""
        self._open: DraftClause | None = None

    def take(self, part: Part) -> None:
        """One part more."""
        if part.kind in {Kind.DIVISION, Kind.CHAPTER, Kind.SECTION}:
            self._division(part)
        elif part.kind is Kind.ATTACHMENT:
            self._attachment(part)
        elif part.kind is Kind.CLAUSE:
            self._clause(part)
        elif part.kind in {Kind.TEXT, Kind.TABLE} and self._open is not None:
            _append(self._open, part)

    def _division(self, part: Part) -> None:
        if part.joins:
            return
        level = {Kind.DIVISION: 1, Kind.CHAPTER: 2, Kind.SECTION: 3}[part.kind]
        made = Chapter(f"h{len(self.chapters) + 1}", level, part.label, part.heading or ("" if part.label else part.words), part.n)
        self.chapters.append(made)
        for deeper in range(level, 4):
            self._names[deeper] = ""
        self._names[level] = made.name
        self._open = None

    def _attachment(self, part: Part) -> None:
        """Clauses below an attachment's title stand in a part of that name."""
        above = "" if part.label else self._names[1]
        joint = "\u3000" if part.heading and (part.label or above == self._attached) else ""
        self._names = {1: f"{above}{part.label}{joint}{part.heading}", 2: "", 3: ""}
        self._attached = part.label or self._attached
        self._open = None

    def _clause(self, part: Part) -> None:
        names = self._names
        made = DraftClause(
            f"c{len(self.clauses) + 1}",
            part.label[:LABEL_LIMIT],
            part.body,
            part.heading[:NAME_LIMIT],
            names[2][:NAME_LIMIT],
            names[3][:NAME_LIMIT],
            names[1][:PART_LIMIT],
            [part.n],
        )
        self.clauses.append(made)
        self._open = made


def _append(clause: DraftClause, part: Part) -> None:
    words = part.body or part.words
    if len(clause.blocks) == 1 and not clause.heading and not part.label and not part.joins and _is_heading(clause):
        clause.heading, clause.text = clause.text, ""
    clause.text = f"{clause.text}{words}" if part.joins and clause.text else f"{clause.text}\n{words}" if clause.text else words
    clause.blocks.append(part.n)
    if part.label:
        clause.items.append(part.label)


def _is_heading(clause: DraftClause) -> bool:
    """第四条 附则, with its words on the next line."""
    return clause.label.startswith("第") and 0 < len(clause.text) <= 24 and not any(each in clause.text for each in "，。；：、")  # noqa: PLR2004 - a heading is short


def _unique(clauses: Sequence[DraftClause]) -> None:
    """Give ids that say the label, so that the same file always names its clauses the same."""
    seen: Counter[str] = Counter()
    for each in clauses:
        key = each.label or "p"
        seen[key] += 1
        each.id = key if seen[key] == 1 else f"{key}#{seen[key]}"


def _attachments(parts: Sequence[Part]) -> tuple[Attachment, ...]:
    found: list[tuple[str, list[str], list[str], list[int]]] = []
    inside = False
    for each in parts:
        if each.kind is Kind.ATTACHMENT and (each.label or not found):
            found.append((each.label, [each.heading] if each.heading else [], [], [each.n]))
            inside = True
        elif each.kind is Kind.ATTACHMENT:
            found[-1][1].append(each.heading)
            found[-1][3].append(each.n)
        elif each.kind is Kind.ATTACHED:
            if not inside:
                found.append(("", [], [], []))
                inside = True
            found[-1][2].append(each.words)
            found[-1][3].append(each.n)
    return tuple(Attachment(label, "".join(title), "\n".join(words), tuple(numbers)) for label, title, words, numbers in found)
