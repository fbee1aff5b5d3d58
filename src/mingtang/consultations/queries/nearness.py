"""The groups nearest to an opinion, by the engine's index; those a person ruled out are not offered again."""

from __future__ import annotations

from dataclasses import dataclass

from mingtang.consultations.models import Opinion, OpinionGroup, index_folder
from mingtang.consultations.queries.stepping import kept_out
from mingtang.consultations.rules.stepping import OFFERED

LOOKED_AT = 60
LEAST = 0.1
"""Less like than this, two wordings share no more than common characters."""


@dataclass(frozen=True, slots=True)
class Near:
    """A group to offer, and how like its likest opinion is, in percent."""

    group: OpinionGroup
    percent: int


def nearest_groups(consultation_id: int, opinion_id: int) -> list[Near]:
    """The three groups whose words are likest to an opinion's; a constant number of queries."""
    said = Opinion.objects.filter(consultation_id=consultation_id, pk=opinion_id).values_list("text", "text_key", "group_id").first()
    if said is None:
        return []
    words, own_key, own_group = said
    found = _closest(consultation_id, words)
    found.setdefault(own_key, 1.0)
    rows = Opinion.objects.filter(consultation_id=consultation_id, text_key__in=[key for key in found if key])
    best: dict[int, float] = {}
    for group, key in rows.exclude(group=None).order_by().values_list("group_id", "text_key").distinct():
        best[group] = max(best.get(group, 0.0), found[key])
    for group in {own_group, *kept_out(opinion_id)}:
        best.pop(group, None)
    order = sorted((group for group in best if best[group] >= LEAST), key=lambda group: (-best[group], group))[:OFFERED]
    groups = OpinionGroup.objects.in_bulk(order)
    return [Near(groups[each], round(min(best[each], 1.0) * 100)) for each in order if each in groups]


def _closest(consultation_id: int, words: str) -> dict[str, float]:
    """Keys of the likest wordings and how like they are."""
    from mingtang.engines.grouping.index import closest  # noqa: PLC0415 - pages that ask for nothing near want no numbers

    return {each.group: each.likeness for each in closest(index_folder(consultation_id), words, LOOKED_AT) or []}
