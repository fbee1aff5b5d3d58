"""Withholding by four eyes: proposed by one person, confirmed or rejected by another; shown again with a reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from mingtang.consultations import policy, queries
from mingtang.consultations.actions.mailing import write_to_author
from mingtang.consultations.actions.moderating import correct_report, locked, one_opinion, put_aside, settle
from mingtang.consultations.models import Appeal, Opinion, OpinionContact, Withholding
from mingtang.consultations.rules import OPINION
from mingtang.consultations.rules.moderation import PROPOSED, Copy, may_be_copy, may_hide, takes_two
from mingtang.consultations.rules.opinions import WITHHOLD_CLAUSES, WITHHOLD_LABELS, may_restore, may_withhold
from mingtang.consultations.rules.taking import TAKEN_BACK
from mingtang.kernel.decision import no
from mingtang.kernel.text import t
from mingtang.platform.actor import Actor
from mingtang.platform.clock import day_of
from mingtang.platform.figures.lookup import figures_for
from mingtang.platform.moves import move

Changes = Counter[tuple[str, str]]


@transaction.atomic
def propose_withholding(
    consultation_id: int,
    opinion_ids: Sequence[int],
    *,
    actor: Actor,
    now: datetime,
    code: str,
    note: str = "",
    at_once: bool = False,
    kept: str = "",
) -> int:
    """Propose to withhold opinions for one of the published reasons; somebody else confirms. Returns how many.

    What was shown stays shown until then, unless it is hidden `at_once`. A duplicate names the opinion that is kept
    (by its receipt; the oldest of the same person when `kept` is empty). Where one person suffices it is withheld now.
    """
    may_withhold(code).require()
    if at_once:
        may_hide(code).require()
    alone = not takes_two(figures_for(actor.government_id, day_of(now)))
    changes: Changes = Counter()
    sources = OPINION.arrow("hide").sources if at_once else ("received", "shown")
    rows = locked(consultation_id, opinion_ids, *sources)
    for opinion in rows:
        policy.may_moderate(actor, opinion).require()
        made = _proposal(opinion, actor, now, code, note, at_once=at_once, kept=_kept(opinion, code, kept, {each.pk for each in rows}))
        if alone:
            _withhold(opinion, made, actor, now, changes)
            continue
        before = opinion.state
        step = "hide" if at_once else {"received": "doubt", "shown": "dispute"}[before]
        public: dict[str, Any] = {"withheld_code": code, "withheld_note": note} if at_once else {}
        move(opinion, OPINION, step, actor=actor, now=now, reason=note or WITHHOLD_LABELS[code].zh, withholding_id=made.pk, **public)
        changes.update({("state", before): -1, ("state", opinion.state): 1})
        if at_once:
            tell_author(opinion, made, "hidden", now)
    settle(consultation_id, changes)
    if rows and alone:
        correct_report(consultation_id, actor=actor, now=now, kind="withheld", opinions=len(rows))
    return len(rows)


def _proposal(opinion: Opinion, actor: Actor, now: datetime, code: str, note: str, *, at_once: bool, kept: Opinion | None) -> Withholding:
    """The proposal; one that waits already is replaced by hiding at once."""
    Withholding.objects.filter(opinion=opinion, outcome="").update(
        outcome="shown", decided_by_id=actor.person_id, decided_at=now, reason="改为先行隐藏"
    )
    return Withholding.objects.create(
        opinion=opinion, code=code, note=note, kept=kept, at_once=at_once, proposed_by_id=actor.person_id, proposed_at=now
    )


def _kept(opinion: Opinion, code: str, receipt: str, chosen: set[int]) -> Opinion | None:
    if code != "duplicate":
        return None
    others = Opinion.objects.filter(consultation_id=opinion.consultation_id)
    if receipt:
        found = others.filter(receipt=receipt).first()
    else:
        same = others.filter(author_key=opinion.author_key).exclude(pk__in=chosen)
        found = same.exclude(state__in=["withheld", "hidden", "doubted"]).order_by("pk").first()
    known = Copy(True, found.author_key == opinion.author_key, found.pk == opinion.pk, found.state) if found else Copy(found=False)
    may_be_copy(known).require()
    return found


@transaction.atomic
def confirm_withholding(consultation_id: int, opinion_ids: Sequence[int], *, actor: Actor, now: datetime) -> int:
    """Confirm what somebody else proposed: a tombstone stays, the text is kept, its author is told. Returns how many.

    An opinion already in a group or answered leaves its place: withheld is a place of its own.
    """
    two = takes_two(figures_for(actor.government_id, day_of(now)))
    changes: Changes = Counter()
    rows = locked(consultation_id, opinion_ids, *PROPOSED)
    for opinion in rows:
        made = _open(opinion)
        (policy.may_confirm(actor, opinion, made) if two else policy.may_moderate(actor, opinion)).require()
        if made.kept:
            may_be_copy(Copy(found=True, same_person=True, state=made.kept.state)).require()
        _withhold(opinion, made, actor, now, changes)
    settle(consultation_id, changes)
    if rows:
        correct_report(consultation_id, actor=actor, now=now, kind="withheld", opinions=len(rows))
    return len(rows)


def _open(opinion: Opinion) -> Withholding:
    return Withholding.objects.select_for_update().get(opinion=opinion, outcome="")


def _withhold(opinion: Opinion, made: Withholding, actor: Actor, now: datetime, changes: Changes) -> None:
    Withholding.objects.filter(pk=made.pk).update(outcome="withheld", decided_by_id=actor.person_id, decided_at=now)
    reason, facts = made.note or WITHHOLD_LABELS[made.code].zh, {"clause": WITHHOLD_CLAUSES[made.code]}
    who: dict[str, Any] = {"actor": actor, "now": now}
    changes.update(put_aside(opinion, "withhold", code=made.code, note=made.note, made=made, reason=reason, facts=facts, **who))
    tell_author(opinion, made, "withheld", now)


@transaction.atomic
def dismiss_withholding(consultation_id: int, opinion_ids: Sequence[int], *, actor: Actor, now: datetime, reason: str) -> int:
    """Reject a proposal, or take one's own back, with a reason: the opinion is shown. Returns how many."""
    changes: Changes = Counter()
    rows = locked(consultation_id, opinion_ids, *PROPOSED)
    for opinion in rows:
        policy.may_moderate(actor, opinion).require()
        before, made = opinion.state, _open(opinion)
        Withholding.objects.filter(pk=made.pk).update(outcome="shown", decided_by_id=actor.person_id, decided_at=now, reason=reason)
        _show_again(opinion, "dismiss", actor, now, reason)
        changes.update({("state", before): -1, ("state", "shown"): 1})
        if made.at_once:
            tell_author(opinion, made, "shown", now, reason)
    settle(consultation_id, changes)
    return len(rows)


def _show_again(opinion: Opinion, step: str, actor: Actor, now: datetime, reason: str) -> None:
    move(
        opinion,
        OPINION,
        step,
        actor=actor,
        now=now,
        reason=reason,
        withheld_code="",
        withheld_note="",
        withholding_id=None,
        moderated_by_id=actor.person_id,
        moderated_at=now,
    )


@transaction.atomic
def restore_opinion(opinion_id: int, *, actor: Actor, now: datetime, reason: str) -> Opinion:
    """Show again what was withheld, with a reason; an appeal that waits is decided instead."""
    queries.for_update(one_opinion(Opinion.objects, opinion_id, actor).consultation_id)  # first, as in `locked`
    opinion = one_opinion(Opinion.objects.select_for_update(of=("self",)), opinion_id, actor)
    policy.may_moderate(actor, opinion).require()
    OPINION.may(opinion.state, "restore", reason=reason).require()
    may_restore(opinion.consultation.state, withdrawn=opinion.withheld_code in TAKEN_BACK and opinion.moderated_by_id is None).require()
    if Appeal.objects.filter(withholding=opinion.withholding_id, state="waiting").exists():
        no(
            t("对这条意见的申诉还没有复议。", "An appeal on this opinion waits."),
            "711 Art.17",
            t("请在“申诉”一栏由没有经手的人作出决定。", "Somebody who had no part in it decides it under “Appeals”."),
            code="appeal_waiting",
        ).require()
    settle(opinion.consultation_id, bring_back(opinion, actor, now, reason))
    return opinion


def bring_back(opinion: Opinion, actor: Actor, now: datetime, reason: str) -> Changes:
    """Show a withheld opinion again; gives what changes in the counters."""
    code, heard = opinion.withheld_code, queries.newcomers(opinion.consultation_id, [opinion.author_key])
    _show_again(opinion, "restore", actor, now, reason)
    return Counter({("state", "withheld"): -1, ("withheld", code): -1, ("state", "shown"): 1, ("people", ""): heard})


def tell_author(opinion: Opinion, made: Withholding, what: str, now: datetime, why: str = "") -> None:
    """Mail the author who left an address: the rule, the reason, the clause and the way to appeal."""
    address = OpinionContact.objects.filter(opinion=opinion).values_list("email", flat=True).first()
    if not address:
        return
    days = figures_for(opinion.government_id, day_of(now)).number("moderation.appeal_days")
    told: dict[str, Any] = {"what": what, "rule": made.label, "note": made.note, "clause": made.clause, "why": why, "days": days}
    write_to_author(opinion, address, "moderated", now=now, **told)
