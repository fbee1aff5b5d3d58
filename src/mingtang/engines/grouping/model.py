"""What goes in and what comes out: rows of opinions, decisions of the staff, settings, groups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, NamedTuple

Ref = tuple[str, int]
"""A point: the id of its row and its number within it, from 1."""

STANCE, SINGLE, SAME, COPY, MEANING, DECISION = "stance", "single", "same", "copy", "meaning", "decision"
"""How a point came into its group: it only takes a stance; alone; the words of the medoid; a near copy; the scorer; staff."""
LAYERS = (STANCE, SINGLE, SAME, COPY, MEANING, DECISION)

CUTS = {"coarse": 0.25, "medium": 0.35, "fine": 0.60}
"""The least average probability of "the same demand" at which two clusters are joined."""


class Row(NamedTuple):
    """One opinion as it came. Empty: not known. A row with a `submission` is one point already."""

    id: str
    text: str
    author: str = ""
    clause: str = ""
    stance: str = ""
    submission: str = ""


@dataclass(frozen=True)
class Decisions:
    """What staff decided, kept over every rebuild: pairs together, pairs apart, and confirmed groups with their ids."""

    together: tuple[tuple[Ref, Ref], ...] = ()
    apart: tuple[tuple[Ref, Ref], ...] = ()
    fixed: Mapping[Ref, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Config:
    """`points`: lists, sentences or whole. `meaning`: auto (vectors where installed), lexical, semantic, off.

    `same_clause`, `other_clause`, `other_stance`: what is added to the logit of a pair that is known to be about one clause, about two, or to take two sides.
    """

    points: Literal["lists", "sentences", "whole"] = "lists"
    meaning: Literal["auto", "lexical", "semantic", "off"] = "auto"
    cut: Literal["coarse", "medium", "fine"] = "medium"
    same_clause: float = -0.3
    other_clause: float = -2.5
    other_stance: float = -2.5

    def __post_init__(self) -> None:
        """Raise ValueError for a word that is none of the choices."""
        for name, choices in (
            ("points", ("lists", "sentences", "whole")),
            ("meaning", ("auto", "lexical", "semantic", "off")),
            ("cut", tuple(CUTS)),
        ):
            if getattr(self, name) not in choices:
                raise ValueError(f"{name}: {getattr(self, name)!r} is none of {', '.join(choices)}")

    def as_data(self) -> dict[str, Any]:
        """The settings as they stand in the answer of ``--json``."""
        return asdict(self)


class Point(NamedTuple):
    """One point of an opinion, in one group. `medoid` names the point that speaks for the group."""

    id: str
    unit: int
    text: str
    group: str
    layer: str
    medoid: Ref


class Group(NamedTuple):
    """A group: the points in it, the different authors known, and the sentence that speaks for it."""

    id: str
    size: int
    authors: int
    texts: int
    clause: str
    name: str
    medoid: Ref
    nearest: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class Result:
    """Points in the order of the rows, groups by size."""

    points: tuple[Point, ...]
    groups: tuple[Group, ...]
    rows: int
    seconds_cpu: float
    peak_mb: float
    config: Mapping[str, Any]

    @property
    def by_layer(self) -> dict[str, int]:
        """How many points came into their group by which layer."""
        counts = dict.fromkeys(LAYERS, 0)
        for point in self.points:
            counts[point.layer] += 1
        return counts

    def as_data(self) -> dict[str, Any]:
        """What ``mingtang group --json`` prints."""
        return {
            "rows": self.rows,
            "units": len(self.points),
            "groups": len(self.groups),
            "by_layer": self.by_layer,
            "seconds_cpu": round(self.seconds_cpu, 3),
            "peak_mb": round(self.peak_mb, 1),
            "config": dict(self.config),
        }
