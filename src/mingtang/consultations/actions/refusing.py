"""What staff decided the machine may not put together again, kept for every later run (2.1f)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import combinations

from mingtang.consultations.models import HOMELESS, DeskMove, DeskStep, GroupProposal, Opinion, ProposedOpinion
from mingtang.consultations.rules.proposing import DISTINCT


def refused_sets(consultation_id: int) -> list[set[int]]:
    """The opinions of groups that were taken apart, and of proposals of a new group that were set aside."""
    parted = DeskStep.objects.filter(consultation_id=consultation_id, kind="part", undone=False).order_by("pk")
    found = [set(DeskMove.objects.filter(step=each).values_list("opinion_id", flat=True)) for each in parted.values_list("pk", flat=True)]
    aside = GroupProposal.objects.filter(consultation_id=consultation_id, state="dismissed", near=None).order_by("pk")
    members = ProposedOpinion.objects.order_by("pk")
    return found + [set(members.filter(proposal=each).values_list("opinion_id", flat=True)) for each in aside.values_list("pk", flat=True)]


def kept_together(consultation_id: int) -> Iterator[tuple[int, int]]:
    """Pairs of opinions of one wording that was parted from others: a copy that comes later does not go with those others."""
    for each in refused_sets(consultation_id):
        firsts = _wordings(each)
        keys = dict(Opinion.objects.filter(HOMELESS, pk__in=firsts.values()).values_list("text_key", "pk"))
        copies = Opinion.objects.filter(HOMELESS, consultation_id=consultation_id, text_key__in=keys).order_by("pk")
        yield from ((keys[key], pk) for pk, key in copies.values_list("pk", "text_key") if pk != keys[key])


def ruled_out(consultation_id: int, placed: Mapping[str, int]) -> Iterator[tuple[int, int]]:
    """Pairs of opinions that never come into one group again; `placed`: the group of each opinion that has one.

    Of a set that was taken apart its different wordings part, each from each; copies of one wording stay together.
    """
    for each in refused_sets(consultation_id):
        for one, other in combinations(_wordings(each).values(), 2):
            if str(one) not in placed or placed.get(str(one)) != placed.get(str(other)):
                yield one, other
    members: dict[int, int] = {}
    for pk, group in placed.items():
        members.setdefault(group, int(pk))
    for opinion, groups in _kept_out(consultation_id):
        if str(opinion) not in placed:
            yield from ((opinion, members[group]) for group in groups if group in members)


def _wordings(opinions: Collection[int]) -> dict[str, int]:
    """The first opinion of each wording, at most DISTINCT of them."""
    firsts: dict[str, int] = {}
    for pk, key in Opinion.objects.filter(pk__in=list(opinions)[:10_000]).order_by("pk").values_list("pk", "text_key"):
        firsts.setdefault(key, pk)
    return dict(list(firsts.items())[:DISTINCT])


def _kept_out(consultation_id: int) -> Iterator[tuple[int, list[int]]]:
    rejected = DeskMove.objects.filter(step__consultation_id=consultation_id, step__kind="reject", step__undone=False).order_by("pk")
    for opinion, words in rejected.values_list("opinion_id", "now"):
        yield opinion, words.get("not", [])
    aside = ProposedOpinion.objects.filter(proposal__consultation_id=consultation_id, proposal__state="dismissed").order_by("pk")
    for opinion, group in aside.exclude(proposal__near=None).values_list("opinion_id", "proposal__near"):
        yield opinion, [group]
