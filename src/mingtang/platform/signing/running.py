"""A chain as it runs: begun when a document is submitted, given level by level, in the transaction of the document's own act."""

from __future__ import annotations

from datetime import datetime

from mingtang.platform.actor import Actor
from mingtang.platform.clock import day_of
from mingtang.platform.signing import reads
from mingtang.platform.signing.models import Chain, ChainStep, fields_of
from mingtang.platform.signing.rules import Level, may_be_approved


def begin_chain(government_id: int, kind: str, department_id: int, *, now: datetime) -> Chain:
    """The chain a document is submitted to: the levels in force, those nobody holds today marked as skipped.

    Within the caller's transaction. Refused when nobody at all could sign.
    """
    held = reads.held_on(government_id, day_of(now))
    levels = reads.levels(government_id, kind)
    may_be_approved([each for each in levels if each.held_in(held, department_id)]).require()
    chain = Chain.objects.create(government_id=government_id, begun_at=now)
    ChainStep.objects.bulk_create(
        ChainStep(chain=chain, skipped=not each.held_in(held, department_id), **fields_of(each)) for each in levels
    )
    return chain


def give_level(chain_id: int, level: Level, *, actor: Actor, now: datetime, remark: str = "") -> Level | None:
    """Write down that the actor gives this level; returns the level that waits next, None when it was the last.

    Within the caller's transaction, which holds the document locked and has asked the policy.
    """
    ChainStep.objects.filter(chain_id=chain_id, position=level.position, person=None).update(
        person_id=actor.person, given_at=now, remark=remark
    )
    return reads.waiting_in(reads.steps_of(chain_id))
