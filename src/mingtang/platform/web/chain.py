"""What a capability gives to the public matter page: entries of the chain, stages, documents.

Each capability's ``published`` offers ``chain(topic_id) -> list[ChainEntry]`` and, where it owns stages,
``stages(topic_id, figures, calendar, now) -> list[Stage]``; the portal puts them in order.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from mingtang.kernel.text import NOTHING, Text


class Progress(StrEnum):
    """Where a stage stands; derived from what happened, never typed in."""

    DONE = "done"
    NOW = "now"
    NEXT = "next"
    LATE = "late"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class DocumentLink:
    """A document the public may open; `number` is the official number (文号).

    Of one that is public in part, `parts` says which places are withheld and why, `ground` on which ground.
    """

    title: str
    url: str
    kind: Text = NOTHING
    number: str = ""
    format: str = ""
    size_bytes: int = 0
    sha256: str = ""
    issuer: str = ""
    dated_on: date | None = None
    parts: tuple[tuple[str, str], ...] = ()
    ground: Text = NOTHING


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What stands in place of something lawfully withheld (墨丁)."""

    title: Text
    ground: Text
    clause: str
    approver: Text
    recheck_on: date | None = None
    objection_url: str = ""


@dataclass(frozen=True, slots=True)
class ChainEntry:
    """One step of a matter: when, what, with which documents or which tombstone."""

    at: datetime
    title: Text
    body: Text = NOTHING
    documents: tuple[DocumentLink, ...] = ()
    url: str = ""
    tomb: Tombstone | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    """One column of the stage ledger: the rule and the fact together, each with its clause."""

    code: str
    label: Text
    progress: Progress
    day: date | None = None
    until: Text = NOTHING
    rule: Text = NOTHING
    fact: Text = NOTHING
    basis: str = ""
    url: str = ""


ORDER = ("declare", "listen", "hear", "report", "notice", "meet", "minutes", "result")


def in_order(stages: Iterable[Stage]) -> list[Stage]:
    """The columns of all capabilities as the matter passes them; each names its own code."""
    return sorted(stages, key=lambda each: ORDER.index(each.code))
