"""A consultation from its preparation to its closing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from mingtang.consultations import policy, queries
from mingtang.consultations.actions.freezing import freeze_draft
from mingtang.consultations.models import Clause, Consultation, Effect, Extension, PublicReview
from mingtang.consultations.rules import CONSULTATION, may_extend, may_open
from mingtang.kernel.decision import no
from mingtang.kernel.text import t
from mingtang.platform.actor import Actor, system
from mingtang.platform.audit.acts import record
from mingtang.platform.clock import closing_of, day_of
from mingtang.platform.figures.lookup import figures_for, work_calendar
from mingtang.platform.guard.gate import require_clean, require_plain
from mingtang.platform.moves import move
from mingtang.platform.web.versions import touch
from mingtang.topics import actions as topic_actions
from mingtang.topics import queries as topic_queries

OWN_FIELDS = frozenset(
    {"kind", "summary", "questions", "contact", "ways", "announced_in", "closes_on", "shorten_reason", "verified_only_reason"}
)
EDITABLE = frozenset({"preparing"})


@dataclass(frozen=True, slots=True)
class ClauseIn:
    """One clause as typed; `id` when it stood there before."""

    label: str
    text: str
    heading: str = ""
    chapter: str = ""
    plain: str = ""
    now_text: str = ""
    id: int | None = None
    part: str = ""
    section: str = ""
    origin: int | None = None


@transaction.atomic
def begin_consultation(topic_id: int, *, actor: Actor, now: datetime) -> Consultation:
    """Prepare the consultation of an approved matter; a second call gives the one already there.

    After a cancelled one another may be begun.
    """
    topic = topic_queries.for_update(topic_id)
    policy.may_prepare(actor, topic.department_id).require()
    found = queries.of_topic(topic_id)
    if found and found.state != "cancelled":
        return found
    if topic.state != "approved" or not topic.is_named:
        no(
            t("议题申报还没有批准，不能准备征求意见。", "The declaration is not approved; no consultation can be prepared."),
            "3.2",
            t("先完成逐级审批。", "Finish the approval first."),
            code="not_approved",
        ).require()
    made = Consultation.objects.create(
        government_id=topic.government_id,
        topic=topic,
        kind="major" if topic.is_major else "other",
        summary=topic.summary,
        contact=topic.contact,
        prepared_by_id=actor.person,
        created_at=now,
    )
    record("consultation.begin", made, actor=actor, now=now, clause="2.1")
    return made


def editable(consultation_id: int, actor: Actor) -> Consultation:
    """The consultation, locked, while its content may still be changed; `Refused` otherwise."""
    row = queries.for_update(consultation_id)
    policy.may_prepare(actor, row.topic.department_id).require()
    if row.state not in EDITABLE:
        no(
            t(
                "征求意见现在是“{state}”，内容不能改。",
                "The consultation is “{state}”; its content cannot be changed.",
                state=row.state_label,
            ),
            "2.1",
            t(
                "送审后的由审核人退回再改；已公开的不能改，只能延长或更正。",
                "A reviewer can return it; once public it can only be extended.",
            ),
            code="wrong_state",
        ).require()
    return row


@transaction.atomic
def save_consultation(
    consultation_id: int, *, actor: Actor, now: datetime, effects: Sequence[tuple[str, str]] | None = None, **fields: Any
) -> Consultation:
    """Save the notice's fields and what changes for whom; TypeError on an unknown field."""
    if unknown := set(fields) - OWN_FIELDS:
        msg = f"a consultation has no {sorted(unknown)}"
        raise TypeError(msg)
    row = editable(consultation_id, actor)
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(update_fields=[*fields])
    if effects is not None:
        row.effects.all().delete()
        Effect.objects.bulk_create(
            Effect(consultation=row, position=n, who=who.strip(), what=what.strip())
            for n, (who, what) in enumerate(effects, 1)
            if who.strip() and what.strip()
        )
    record("consultation.save", row, actor=actor, now=now, data={"fields": sorted(fields)})
    return row


@transaction.atomic
def save_clauses(consultation_id: int, clauses: Sequence[ClauseIn], *, actor: Actor, now: datetime) -> Consultation:
    """Replace the draft's clauses by these, keeping the ids of those that stood there."""
    row = editable(consultation_id, actor)
    write_clauses(row, clauses)
    record("consultation.save_clauses", row, actor=actor, now=now, data={"clauses": len(clauses)})
    return row


def write_clauses(row: Consultation, clauses: Sequence[ClauseIn]) -> None:
    """The clauses of the draft in this order; a new one gets the next free stem."""
    kept = {each.pk: each for each in row.clauses.all()}
    highest = max([each.stem for each in kept.values()], default=0)
    for position, given in enumerate(clauses, 1):
        clause = kept.pop(given.id, None) if given.id else None
        if clause is None:
            highest += 1
            clause = Clause(consultation=row, stem=highest)
        for name in ("label", "heading", "chapter", "text", "plain", "now_text", "part", "section", "origin"):
            setattr(clause, name, getattr(given, name))
        clause.position = position
        clause.save()
    Clause.objects.filter(pk__in=list(kept)).delete()


@transaction.atomic
def submit_review(consultation_id: int, *, actor: Actor, now: datetime) -> Consultation:
    """711 Art.17: send it to the three reviews; everything the opening asks must be there but the clock."""
    row = queries.for_update(consultation_id)
    policy.may_prepare(actor, row.topic.department_id).require()
    CONSULTATION.may(row.state, "submit_review").require()
    _check_opening(row, day_of(now))
    move(row, CONSULTATION, "submit_review", actor=actor, now=now, prepared_by_id=actor.person)
    return row


def _check_opening(row: Consultation, opens_on: date) -> None:
    figures, calendar = figures_for(row.government_id, opens_on), work_calendar()
    may_open(queries.opening_facts(row), opens_on, figures, calendar).require()


@transaction.atomic
def give_review(consultation_id: int, *, actor: Actor, now: datetime, remark: str = "") -> Consultation:
    """Pass the next of the three reviews; the third, with secrecy, finishes them."""
    row = queries.for_update(consultation_id)
    CONSULTATION.may(row.state, "give_review").require()
    stage = queries.waiting_stage(row)
    policy.may_review(actor, row, stage, queries.reviewers(row)).require()
    PublicReview.objects.create(consultation=row, round=row.round, stage=stage, person_id=actor.person, given_at=now, remark=remark)
    name = "give_review" if stage < len(policy.REVIEW_ROLES) else "finish_review"
    move(row, CONSULTATION, name, actor=actor, now=now, reason=remark)
    return row


@transaction.atomic
def return_review(consultation_id: int, *, actor: Actor, now: datetime, reason: str) -> Consultation:
    """The reviewer whose turn it is returns it; the reviews start anew."""
    row = queries.for_update(consultation_id)
    CONSULTATION.may(row.state, "return_review", reason=reason).require()
    stage = queries.waiting_stage(row) if row.state == "in_review" else len(policy.REVIEW_ROLES)
    reviewers = queries.reviewers(row) if row.state == "in_review" else frozenset[int]()
    policy.may_review(actor, row, stage, reviewers).require()
    move(row, CONSULTATION, "return_review", actor=actor, now=now, reason=reason, round=row.round + 1)
    return row


@transaction.atomic
def open_consultation(consultation_id: int, *, actor: Actor, now: datetime, closes_on: date | None = None) -> Consultation:
    """2.1a: open to the public at this very moment; draft, basis and explanation become public with it.

    Opened later than planned, it may close later too: `closes_on` is a day after the one reviewed.
    """
    row = queries.for_update(consultation_id)
    policy.may_open_it(actor, row.topic.department_id).require()
    CONSULTATION.may(row.state, "open").require()
    if closes_on is not None and closes_on != row.closes_on:
        may_extend(row.state, row.closes_on, closes_on, day_of(now)).require()
        row.closes_on = closes_on
    _check_opening(row, day_of(now))
    require_clean(queries.consultation_material(row.government_id, row.pk), actor=actor, now=now)
    move(row, CONSULTATION, "open", actor=actor, now=now, opened_at=now, closes_on=row.closes_on)
    freeze_draft(row, actor=actor, now=now)
    topic_actions.publish_documents(row.topic_id, queries.OPENED_KINDS, actor=actor, now=now)
    _touch(row)
    return row


def _touch(row: Consultation) -> None:
    touch(row.government_id, "home", "consultations", f"consultation:{row.pk}", f"topic:{row.topic_id}")


@transaction.atomic
def extend_consultation(consultation_id: int, *, actor: Actor, now: datetime, closes_on: date, reason: str) -> Consultation:
    """Give people longer, with a public reason; never shorter."""
    row = queries.for_update(consultation_id)
    policy.may_prepare(actor, row.topic.department_id).require()
    CONSULTATION.may(row.state, "extend", reason=reason).require()
    may_extend(row.state, row.closes_on, closes_on, day_of(now)).require()
    require_plain(reason, actor=actor)
    before = row.closes_on or closes_on
    Extension.objects.create(consultation=row, closed_on_before=before, closes_on=closes_on, reason=reason.strip(), extended_at=now)
    move(row, CONSULTATION, "extend", actor=actor, now=now, reason=reason, closes_on=closes_on)
    _touch(row)
    return row


@transaction.atomic
def close_consultation(consultation_id: int, *, actor: Actor, now: datetime) -> Consultation:
    """Close at the end of the closing day; a second call changes nothing."""
    row = queries.for_update(consultation_id)
    if row.state == "closed":
        return row
    if row.closes_on and now < closing_of(row.closes_on):
        no(
            t("要到 {day} 24:00 才截止。", "It closes on {day} at 24:00.", day=row.closes_on),
            "713 Art.15",
            t("期限届满前不能提前截止。", "It cannot be closed before its period is over."),
            code="too_early",
        ).require()
    move(row, CONSULTATION, "close", actor=actor, now=now, closed_at=closing_of(row.closes_on) if row.closes_on else now)
    _touch(row)
    return row


def close_due(now: datetime) -> int:
    """Close every consultation whose period is over; the sweep of the jobs."""
    rows = Consultation.objects.filter(state="open", closes_on__lt=day_of(now)).values_list("pk", "government_id")
    for pk, government_id in list(rows):
        close_consultation(pk, actor=system(government_id), now=now)
    return len(rows)


@transaction.atomic
def cancel_consultation(consultation_id: int, *, actor: Actor, now: datetime, reason: str) -> Consultation:
    """Cancel with a reason, public when it was open."""
    row = queries.for_update(consultation_id)
    policy.may_prepare(actor, row.topic.department_id).require()
    require_plain(reason, actor=actor)
    move(row, CONSULTATION, "cancel", actor=actor, now=now, reason=reason, cancelled_at=now, cancel_reason=reason)
    _touch(row)
    return row
