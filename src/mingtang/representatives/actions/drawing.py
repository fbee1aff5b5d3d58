"""The draw: frozen and logged before the randomness exists, revealed by a second person, annulled with a public reason."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from mingtang.engines.ledger.canonical import canonical
from mingtang.engines.lottery import record as documents
from mingtang.engines.lottery.randomness import may_announce
from mingtang.kernel.decision import no
from mingtang.kernel.text import t
from mingtang.platform.actor import Actor
from mingtang.platform.audit.acts import record
from mingtang.platform.clock import day_of
from mingtang.platform.drawing.rules import may_reveal
from mingtang.platform.figures.lookup import figures_for
from mingtang.platform.guard.gate import require_plain
from mingtang.platform.moves import move, move_all
from mingtang.representatives import policy, queries, rules
from mingtang.representatives.actions.calling import locked_call, touch_call
from mingtang.representatives.models import Application, Call, Draw
from mingtang.representatives.rules import APPLICATION, CALL


def freeze_draw(call_id: int, *, actor: Actor, now: datetime, randomness: Mapping[str, Any]) -> Draw:
    """Freeze applicants, quotas and chances, name the randomness of a later day, and log the digest.

    The chances are computed before the rows are locked, since that may take a while; when somebody applied meanwhile it
    is refused. A second call gives the draw that stands. `Refused` names the smallest relaxation when quotas cannot be met.
    """
    from mingtang.engines.lottery.freezing import freeze  # noqa: PLC0415 - only this step needs the solver

    row = queries.call(actor.government_id, call_id)
    policy.may_run_call(actor, row.topic.department_id).require()
    standing = queries.draw_of(call_id)
    if standing:
        return standing
    may_announce(randomness).require()
    source_day = date.fromisoformat(str(randomness["day"]))
    figures = figures_for(row.government_id, day_of(now))
    rules.may_freeze(row.state, row.closes_on, source_day, figures, day_of(now)).require()
    require_plain(json.dumps(dict(randomness), ensure_ascii=False), actor=actor)
    pool = queries.pool_to_draw(row, now)
    document = freeze(pool, randomness)
    return keep_document(call_id, document, source_day, actor, now)


@transaction.atomic
def keep_document(call_id: int, document: documents.Document, source_day: date, actor: Actor, now: datetime) -> Draw:
    """Keep what was computed, unless the applications changed meanwhile; the draw that stands stays."""
    row = locked_call(call_id, actor)
    standing = queries.draw_of(call_id)
    if standing:
        return standing
    if documents.pool_of(document) != documents.pool_of({**document, **_as_now(row, now)}):
        no(
            t("计算时报名有变动。", "The applications changed meanwhile."),
            "3.2c",
            t("请再冻结一次。", "Freeze once more."),
            code="overtaken",
        ).require()
    made = Draw.objects.create(
        government_id=row.government_id,
        call=row,
        number=Draw.objects.filter(call=row).count() + 1,
        document=canonical(document).decode(),
        digest=documents.digest(document),
        source_kind=document["randomness"]["kind"],
        source_day=source_day,
        frozen_at=now,
        frozen_by_id=actor.person,
    )
    move(row, CALL, "freeze", actor=actor, now=now)
    record("draw.frozen", made, actor=actor, now=now, clause="3.2c", data={"digest": made.digest})
    touch_call(row)
    return made


def _as_now(row: Call, now: datetime) -> documents.Document:
    pool = queries.pool_to_draw(row, now)
    return {
        "people": [
            {"number": each.number, "attributes": {name: each.attributes[name] for name in pool.categories}, "household": each.household}
            for each in pool.eligible
        ],
        "household_limit": pool.household_limit,
        "quotas": [{"category": q.category, "value": q.value, "least": q.least, "most": q.most} for q in sorted(pool.quotas)],
        "seats": pool.seats,
        "reserves": pool.reserves,
    }


@transaction.atomic
def reveal_draw(call_id: int, *, actor: Actor, now: datetime, values: Sequence[Sequence[str]]) -> Draw:
    """Enter the public randomness and draw; by somebody other than who froze. A second call gives what was drawn."""
    row = locked_call(call_id, actor)
    found = queries.draw_of(call_id)
    if found is None:
        CALL.may(row.state, "draw").require()
    assert found is not None
    policy.may_reveal(actor, found).require()
    if found.revealed_at is not None:
        return found
    may_reveal(found.source_day, day_of(now), "3.2c").require()
    outcome = documents.reveal(json.loads(found.document), values)
    found.outcome, found.revealed_at, found.revealed_by_id = canonical(outcome).decode(), now, actor.person
    found.save(update_fields=["outcome", "revealed_at", "revealed_by_id"])
    _sort(row, outcome, actor)
    move(row, CALL, "draw", actor=actor, now=now, ended_at=now)
    record("draw.revealed", found, actor=actor, now=now, clause="3.2c", data={"seed": outcome["seed"]})
    touch_call(row)
    return found


def _sort(row: Call, outcome: documents.Document, actor: Actor) -> None:
    """Everybody's state after the draw; who withdrew meanwhile stays withdrawn."""
    people = Application.objects.filter(call=row)
    move_all(people.filter(number__in=outcome["panel"]), APPLICATION, "draw", actor=actor)
    for numbers in outcome["reserves"].values():
        for rank, number in enumerate(numbers, 1):
            move_all(people.filter(number=number), APPLICATION, "hold", actor=actor, rank=rank)
    move_all(people, APPLICATION, "pass_over", actor=actor)


@transaction.atomic
def annul_draw(call_id: int, *, actor: Actor, now: datetime, reason: str) -> Draw:
    """Annul what was frozen before its randomness is entered; it stays in the history with the public reason."""
    row = locked_call(call_id, actor)
    policy.may_publish_call(actor, row).require()
    last = Draw.objects.filter(call=row).order_by("-number").first()
    if last is not None and last.annulled_at is not None and row.state == "open":
        return last
    CALL.may(row.state, "annul", reason=reason).require()
    assert last is not None
    require_plain(reason, actor=actor)
    last.annulled_at, last.annulled_reason = now, reason.strip()[:300]
    last.save(update_fields=["annulled_at", "annulled_reason"])
    move(row, CALL, "annul", actor=actor, now=now, reason=reason)
    record("draw.annulled", last, actor=actor, now=now, reason=reason, clause="3.2c")
    touch_call(row)
    return last


@transaction.atomic
def correct_draw(call_id: int, *, actor: Actor, now: datetime, values: Sequence[Sequence[str]], reason: str) -> Draw:
    """Enter the right figures where wrong ones were typed: the same frozen document, drawn anew; the wrong outcome stays in the history.

    By a third person, with a public reason, as long as nobody drawn has a seat. The same figures again change nothing.
    """
    row = locked_call(call_id, actor)
    wrong = queries.draw_of(call_id)
    if wrong is None or wrong.revealed_at is None:
        CALL.may(row.state, "correct", reason=reason).require()
    assert wrong is not None
    policy.may_correct(actor, wrong).require()
    outcome = documents.reveal(json.loads(wrong.document), values)
    words = canonical(outcome).decode()
    seated = Application.objects.filter(call=row, invitation__isnull=False).exists()
    rules.may_correct(anybody_seated=seated, is_same=words == wrong.outcome).require()
    require_plain(reason, actor=actor)
    move(row, CALL, "correct", actor=actor, now=now, reason=reason, ended_at=now)
    Draw.objects.filter(pk=wrong.pk).update(annulled_at=now, annulled_reason=reason.strip()[:300])
    wrong.annulled_at = now
    record("draw.annulled", wrong, actor=actor, now=now, reason=reason, clause="3.2c")
    kept = {name: getattr(wrong, name) for name in ("document", "digest", "source_kind", "source_day", "frozen_at", "frozen_by_id")}
    made = Draw.objects.create(
        government_id=row.government_id,
        call=row,
        number=wrong.number + 1,
        outcome=words,
        revealed_at=now,
        revealed_by_id=actor.person,
        **kept,
    )
    move_all(Application.objects.filter(call=row), APPLICATION, "reset", actor=actor, rank=0)
    _sort(row, outcome, actor)
    record("draw.revealed", made, actor=actor, now=now, clause="3.2c", data={"seed": outcome["seed"]})
    touch_call(row)
    return made
