"""The pieces a reader gives of a file, in reading order; all its words and nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass

LINES = re.compile(r"[^\n]*\n|[^\n]+$")
BLANK = "\ufeff \t\r\n\u3000"


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the file as read: its words with their line ending, and what the reader saw of its form.

    `aside` names what stands outside the run of the text: page (a header, footer or folio), note, box, picture.
    """

    text: str
    table: bool = False
    aside: str = ""


def blocks_of(words: str) -> tuple[Block, ...]:
    """The lines of a text as blocks; blank lines stay with the line before them, so no character is lost."""
    found: list[list[str]] = []
    written = False
    for line in LINES.findall(words):
        says = bool(line.strip(BLANK))
        if found and not (says and written):
            found[-1].append(line)
        else:
            found.append([line])
        written = says or (written and bool(found))
    return tuple(Block("".join(each)) for each in found)
