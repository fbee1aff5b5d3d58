"""Who sits: seats in the order of enrolment, selection by rule with reasons, the settled list and its publication."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from mingtang.hearings import policy, queries, rules
from mingtang.hearings.actions.deciding import running, touch_hearing
from mingtang.hearings.actions.telling import tell_people
from mingtang.hearings.models import Hearing, Participant
from mingtang.hearings.rules import HEARING, PARTICIPANT, may_choose, may_publish_list, may_seat_in_order, may_settle, periods_for
from mingtang.kernel.decision import no
from mingtang.kernel.text import t
from mingtang.platform.actor import Actor
from mingtang.platform.audit.acts import record, require_own
from mingtang.platform.clock import day_of
from mingtang.platform.figures.lookup import figures_for
from mingtang.platform.moves import move, move_all

CHOOSING = frozenset({"enrolling", "drawn", "listed"})


@transaction.atomic
def seat_in_order(hearing_id: int, *, actor: Actor, now: datetime) -> Hearing:
    """Seat those admitted in the order of enrolment, where no seat is drawn; a second time changes nothing."""
    row = running(hearing_id, actor)
    if row.drawn_at is not None:
        return row
    over = row.enrol_until is not None and day_of(now) > row.enrol_until
    firsts, lots = queries.waiting_for(row, "order"), queries.waiting_for(row, "lot")
    numbers = {name: sum(map(len, found.values())) for name, found in (("waiting", firsts), ("to_draw", lots))}
    may_seat_in_order(row.state, over=over, **numbers).require()
    seat_those_first(row, actor)
    Hearing.objects.filter(pk=row.pk).update(drawn_at=now)
    row.drawn_at = now
    record("hearing.seat_in_order", row, actor=actor, now=now, clause="713 Art.16", data={"people": numbers["waiting"]})
    touch_hearing(row)
    return row


def seat_those_first(row: Hearing, actor: Actor) -> None:
    """Within the caller's transaction: the first of each category filled by order take its free seats, the others are in reserve."""
    firsts = queries.waiting_for(row, "order")
    for key, seats in queries.free_seats(row, firsts).items():
        seat_ranked(row, firsts[key], seats, "order", actor)


def seat_ranked(row: Hearing, numbers: Sequence[str], seats: int, method: str, actor: Actor) -> None:
    """Seat the first of a ranked list and hold the rest in reserve; who left meanwhile stays away."""
    for at, number in enumerate(numbers, 1):
        name = "choose" if at <= seats else "hold_in_reserve"
        move_all(Participant.objects.filter(hearing=row, number=number), PARTICIPANT, name, actor=actor, method=method, rank=at)


def _person(participant_id: int, actor: Actor) -> Participant:
    row = queries.person_for_update(participant_id)
    require_own(row, actor)
    policy.may_run(actor, row.hearing.topic.department_id).require()
    if row.hearing.state not in CHOOSING:
        no(
            t("现在不能改参加人。", "The participants cannot be changed now."),
            "713 Art.16",
            t("公告之后、材料送达完毕之前可以。", "Between the announcement and the end of delivery."),
            code="wrong_state",
        ).require()
    return row


@transaction.atomic
def choose(participant_id: int, *, actor: Actor, now: datetime, reason: str) -> Participant:
    """Choose somebody by rule, or seat a reserve in a freed seat; the written reason is published."""
    row = _person(participant_id, actor)
    if row.state == "chosen":
        return row
    seats = (
        queries.seats_of(row.hearing)
        if row.seat == "participant"
        else {"": row.hearing.observers if row.seat == "observer" else row.hearing.media_seats}
    )
    taken = queries.taken(row.hearing_id) if row.seat == "participant" else ["" for _ in queries.seated(row.hearing_id, seat=row.seat)]
    _by_rule(row)
    may_choose(row.category, seats, taken, "rule", reason).require()
    method = row.method if row.state == "reserve" and row.method else "rule"
    move(row, PARTICIPANT, "choose", actor=actor, now=now, reason=reason, method=method, method_reason=reason.strip()[:300])
    touch_hearing(row.hearing)
    return row


def _how(row: Participant) -> str:
    """How the seats are filled that this person waits for."""
    return queries.methods_of(row.hearing).get(row.category, row.hearing.observers_how)


def _by_rule(row: Participant) -> None:
    """Nobody is picked by hand out of a category whose seats are drawn."""
    if row.state == "enrolled" and _how(row) in {"lot", "order"} and row.hearing.drawn_at is None:
        no(
            t("这一类公告的是抽签或按先后，不能挑选。", "The notice says that these seats are drawn or go by order; nobody is picked."),
            "713 Art.16",
            t("报名截止后抽签。", "Draw after enrolment has closed."),
            code="by_lot",
        ).require()


def _not_frozen(row: Participant) -> None:
    """A list that is frozen cannot change until it is drawn."""
    draw = queries.draw_of(row.hearing_id) if row.state == "enrolled" and _how(row) == "lot" else None
    if draw is not None and draw.revealed_at is None:
        no(
            t("名单已经冻结，等抽签。", "The list is frozen until it is drawn."),
            "713 Art.16",
            t("抽签以后再办；名单有错的，请负责人公开作废重来。", "Wait for the draw; if the list is wrong, the head annuls it in public."),
            code="frozen",
        ).require()


@transaction.atomic
def hold_in_reserve(participant_id: int, *, actor: Actor, now: datetime) -> Participant:
    """Put somebody on the list of reserves."""
    row = _person(participant_id, actor)
    _by_rule(row)
    if row.state != "reserve":
        move(row, PARTICIPANT, "hold_in_reserve", actor=actor, now=now, method="rule")
    return row


@transaction.atomic
def pass_over(participant_id: int, *, actor: Actor, now: datetime, reason: str) -> Participant:
    """Not chosen, with a reason told to the person; serving civil servants may be kept out before the draw."""
    row = _person(participant_id, actor)
    if not rules.civil_servant(row.category, figures_for(row.government_id, day_of(now)), serving=row.civil_servant).warnings:
        _by_rule(row)
    _not_frozen(row)
    if not reason.strip():
        no(
            t("没有选上的，要写明理由。", "Somebody not chosen is given a reason."),
            "713 Art.16",
            t("理由会告诉本人。", "It is told to the person."),
            code="reason",
        ).require()
    if row.state != "passed_over":
        move(row, PARTICIPANT, "pass_over", actor=actor, now=now, reason=reason, method="rule", method_reason=reason.strip()[:300])
    return row


@transaction.atomic
def settle(hearing_id: int, *, actor: Actor, now: datetime, reason: str = "") -> Hearing:
    """Settle who takes part; everybody enrolled is told how it came out."""
    row = running(hearing_id, actor)
    HEARING.may(row.state, "settle").require()
    over = row.enrol_until is not None and day_of(now) > row.enrol_until
    if not over:
        no(
            t("报名期还没有结束。", "Enrolment has not ended."),
            "713 Art.16",
            t("报名截止后再确定。", "Settle after it has closed."),
            code="not_over",
        ).require()
    may_settle(queries.seats_of(row), queries.taken(row.pk), queries.undecided(row.pk), reason).require()
    move(row, HEARING, "settle", actor=actor, now=now, settled_at=now, short_reason=reason.strip()[:300])
    tell_people(row, "chosen", now, states=("chosen",))
    tell_people(row, "not_chosen", now, states=("reserve", "passed_over"))
    touch_hearing(row)
    return row


@transaction.atomic
def publish_list(hearing_id: int, *, actor: Actor, now: datetime) -> Hearing:
    """713 Art.16: publish the participants before the day, by name with consent, else by category and number."""
    row = running(hearing_id, actor)
    HEARING.may(row.state, "publish_list").require()
    assert row.starts_at is not None  # announced hearings have a day
    periods = periods_for(row.preset, figures_for(row.government_id, day_of(now)))
    may_publish_list(row.starts_at, periods, day_of(now)).require()
    move(row, HEARING, "publish_list", actor=actor, now=now, listed_at=now)
    touch_hearing(row)
    return row
