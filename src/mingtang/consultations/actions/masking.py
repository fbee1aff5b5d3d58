"""Blacking out parts of an opinion, and taking that back; the words themselves stay as they were given."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from mingtang.consultations import policy, queries
from mingtang.consultations.actions.moderating import one_opinion
from mingtang.consultations.actions.wording import forget_words
from mingtang.consultations.models import Opinion, OpinionMask
from mingtang.consultations.rules import may_mask
from mingtang.platform.actor import Actor
from mingtang.platform.audit.acts import ELSEWHERE, record
from mingtang.platform.web.versions import touch


@transaction.atomic
def mask_parts(opinion_id: int, quotes: Sequence[str], *, actor: Actor, now: datetime, code: str) -> list[OpinionMask]:
    """Black out pieces of an opinion, each named by its words; those blacked out already are left as they are."""
    queries.for_update(one_opinion(Opinion.objects, opinion_id, actor).consultation_id)
    opinion = one_opinion(Opinion.objects, opinion_id, actor)
    policy.may_moderate(actor, opinion).require()
    chosen = list(dict.fromkeys(each.strip() for each in quotes if each.strip())) or [""]
    for quote in chosen:
        may_mask(opinion.text, quote, code).require()
    there = set(OpinionMask.objects.filter(opinion=opinion, undone_at=None).values_list("quote", flat=True))
    fresh = [quote for quote in chosen if quote not in there]
    made = [OpinionMask.objects.create(opinion=opinion, quote=each, code=code, made_by_id=actor.person_id, made_at=now) for each in fresh]
    if made:
        record("opinion.mask", opinion, actor=actor, now=now, reason=code, clause="711 Art.15", data={"masks": [each.pk for each in made]})
        _touch(opinion)
    return made


@transaction.atomic
def unmask_part(mask_id: int, *, actor: Actor, now: datetime) -> OpinionMask:
    """Show a piece again."""
    row = OpinionMask.objects.select_for_update().filter(pk=mask_id, opinion__government_id=actor.government_id).first()
    if row is None:
        ELSEWHERE.require()
    assert row is not None
    opinion = one_opinion(Opinion.objects, row.opinion_id, actor)
    policy.may_moderate(actor, opinion).require()
    if row.undone_at is None:
        row.undone_by_id, row.undone_at = actor.person_id, now
        row.save(update_fields=["undone_by", "undone_at"])
        record("opinion.unmask", opinion, actor=actor, now=now, clause="711 Art.15", data={"mask": row.pk})
        _touch(opinion)
    return row


def _touch(opinion: Opinion) -> None:
    forget_words(opinion)
    touch(opinion.government_id, f"consultation:{opinion.consultation_id}")
