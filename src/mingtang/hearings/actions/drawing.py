"""The draw of seats: frozen and logged before the randomness exists, revealed by a second person, annulled or corrected in public."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from mingtang.engines.ledger.canonical import canonical
from mingtang.engines.lottery import record as documents
from mingtang.engines.lottery.randomness import may_announce
from mingtang.hearings import policy, queries
from mingtang.hearings.actions.choosing import seat_those_first
from mingtang.hearings.actions.deciding import ART16, annul_standing, locked, running, touch_hearing
from mingtang.hearings.models import Hearing, HearingDraw, Participant
from mingtang.hearings.rules import PARTICIPANT, may_correct_draw, may_freeze_seats
from mingtang.kernel.decision import no
from mingtang.kernel.text import t
from mingtang.platform.actor import Actor
from mingtang.platform.audit.acts import record
from mingtang.platform.clock import day_of
from mingtang.platform.drawing.rules import may_reveal
from mingtang.platform.guard.gate import require_plain
from mingtang.platform.moves import move_all

NO_DRAW = no(t("没有这样的抽签。", "There is no such draw."), ART16, t("先冻结名单。", "Freeze the list first."), code="no_draw")


@transaction.atomic
def freeze_seats(hearing_id: int, *, actor: Actor, now: datetime, randomness: Mapping[str, Any]) -> HearingDraw:
    """713 Art.16: freeze who waits for drawn seats, name the randomness of a later day, and log the digest.

    A second call gives the draw that stands. The engine refuses what cannot be drawn and says why.
    """
    from mingtang.engines.lottery.freezing import freeze  # noqa: PLC0415 - only this step needs the solver

    row = running(hearing_id, actor)
    standing = queries.draw_of(row.pk)
    if standing is not None:
        return standing
    may_announce(randomness).require()
    source_day = date.fromisoformat(str(randomness["day"]))
    over = row.enrol_until is not None and day_of(now) > row.enrol_until
    pool = queries.pool_to_draw(row)
    may_freeze_seats(row.state, over=over, waiting=len(pool.people), source_day=source_day, today=day_of(now)).require()
    require_plain(json.dumps(dict(randomness), ensure_ascii=False), actor=actor)
    document = freeze(pool, randomness)
    made = HearingDraw.objects.create(
        government_id=row.government_id,
        hearing=row,
        number=HearingDraw.objects.filter(hearing=row).count() + 1,
        document=canonical(document).decode(),
        digest=documents.digest(document),
        source_kind=document["randomness"]["kind"],
        source_day=source_day,
        frozen_at=now,
        frozen_by_id=actor.person,
    )
    record("hearing_draw.frozen", made, actor=actor, now=now, clause=ART16, data={"digest": made.digest})
    touch_hearing(row)
    return made


@transaction.atomic
def reveal_seats(hearing_id: int, *, actor: Actor, now: datetime, values: Sequence[Sequence[str]]) -> HearingDraw:
    """Enter the public randomness and seat those drawn, by somebody other than who froze; a second call gives what was drawn."""
    row = locked(hearing_id, actor)
    found = _standing(row)
    policy.may_reveal(actor, found, row.topic.department_id).require()
    if found.revealed_at is not None:
        return found
    may_reveal(found.source_day, day_of(now), ART16).require()
    outcome = documents.reveal(json.loads(found.document), values)
    found.outcome, found.revealed_at, found.revealed_by_id = canonical(outcome).decode(), now, actor.person
    found.save(update_fields=["outcome", "revealed_at", "revealed_by_id"])
    _sort(row, outcome, actor)
    seat_those_first(row, actor)
    Hearing.objects.filter(pk=row.pk).update(drawn_at=now)
    record("hearing_draw.revealed", found, actor=actor, now=now, clause=ART16, data={"seed": outcome["seed"]})
    touch_hearing(row)
    return found


def _standing(row: Hearing) -> HearingDraw:
    found = queries.draw_of(row.pk)
    if found is None:
        NO_DRAW.require()
    assert found is not None
    return found


def _sort(row: Hearing, outcome: documents.Document, actor: Actor) -> None:
    """Everybody's place after the draw; who left meanwhile stays away, and their seat goes to a reserve."""
    people = Participant.objects.filter(hearing=row)
    move_all(people.filter(number__in=outcome["panel"]), PARTICIPANT, "choose", actor=actor, method="lot", rank=0)
    for numbers in outcome["reserves"].values():
        for rank, number in enumerate(numbers, 1):
            move_all(people.filter(number=number), PARTICIPANT, "hold_in_reserve", actor=actor, method="lot", rank=rank)


@transaction.atomic
def annul_seats(hearing_id: int, *, actor: Actor, now: datetime, reason: str) -> HearingDraw:
    """Annul a frozen draw before its randomness is entered, with a public reason; by head or office."""
    row = locked(hearing_id, actor)
    policy.may_decide(actor, row.topic.department_id).require()
    if not reason.strip():
        no(t("没有写理由。", "No reason is given."), ART16, t("理由会公开。", "It is published."), code="reason_missing").require()
    require_plain(reason, actor=actor)
    found = annul_standing(row, actor=actor, now=now, reason=reason)
    if found is None:
        last = HearingDraw.objects.filter(hearing=row).order_by("-number").first()
        if last is None or last.annulled_at is None:
            NO_DRAW.require()
        assert last is not None
        return last
    touch_hearing(row)
    return found


@transaction.atomic
def correct_seats(hearing_id: int, *, actor: Actor, now: datetime, values: Sequence[Sequence[str]], reason: str) -> HearingDraw:
    """Enter the right figures where wrong ones were typed: the same frozen document, drawn anew, by a third person.

    With a public reason, before the participants are settled; the wrong outcome stays in the history.
    """
    row = locked(hearing_id, actor)
    wrong = _standing(row)
    if wrong.revealed_at is None:
        NO_DRAW.require()
    policy.may_correct(actor, wrong, row.topic.department_id).require()
    outcome = documents.reveal(json.loads(wrong.document), values)
    words = canonical(outcome).decode()
    may_correct_draw(row.state, is_same=words == wrong.outcome).require()
    if not reason.strip():
        no(t("没有写理由。", "No reason is given."), ART16, t("理由会公开。", "It is published."), code="reason_missing").require()
    require_plain(reason, actor=actor)
    HearingDraw.objects.filter(pk=wrong.pk).update(annulled_at=now, annulled_reason=reason.strip()[:300])
    wrong.annulled_at = now
    record("hearing_draw.annulled", wrong, actor=actor, now=now, reason=reason, clause=ART16)
    kept = {name: getattr(wrong, name) for name in ("document", "digest", "source_kind", "source_day", "frozen_at", "frozen_by_id")}
    made = HearingDraw.objects.create(
        government_id=row.government_id,
        hearing=row,
        number=wrong.number + 1,
        outcome=words,
        revealed_at=now,
        revealed_by_id=actor.person,
        **kept,
    )
    again = Participant.objects.filter(hearing=row, method="lot")
    move_all(again, PARTICIPANT, "draw_again", actor=actor, method="", rank=0)
    _sort(row, outcome, actor)
    record("hearing_draw.revealed", made, actor=actor, now=now, clause=ART16, data={"seed": outcome["seed"]})
    touch_hearing(row)
    return made
