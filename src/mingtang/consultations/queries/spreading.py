"""What the opinions of a group are like, from the counts kept with it: clause, stance, channel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mingtang.consultations.models import Consultation, OpinionGroup
from mingtang.consultations.rules import CHANNEL_LABELS, STANCE_LABELS
from mingtang.kernel.text import Text, t

WHOLE = t("整个草案", "Whole draft")
Counts = tuple[tuple[Text | str, int], ...]


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group with its members counted by clause, stance and channel, the most first."""

    group: OpinionGroup
    clauses: Counts
    stances: Counts
    channels: Counts

    @property
    def copies(self) -> int:
        """How many opinions there are beyond one for each person: what a campaign adds."""
        return self.group.opinions_count - self.group.people_count


def group_lines(row: Consultation, groups: Iterable[OpinionGroup]) -> list[GroupLine]:
    """The groups as the desk lists them; one query for the names of clauses."""
    names: dict[str, Text | str] = {"0": WHOLE, **{str(each.pk): str(each) for each in row.clauses.all()}}
    return [
        GroupLine(
            each,
            _counts(each.spread.get("clause", {}), names),
            _counts(each.spread.get("stance", {}), STANCE_LABELS),
            _counts(each.spread.get("channel", {}), CHANNEL_LABELS),
        )
        for each in groups
    ]


def _counts(found: Mapping[str, int], names: Mapping[str, Text | str]) -> Counts:
    order = sorted(found.items(), key=lambda each: (-each[1], each[0]))
    return tuple((names.get(key, key), number) for key, number in order)
