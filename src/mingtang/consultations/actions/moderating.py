"""Showing and withholding opinions; looking at contact data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Manager, QuerySet

from mingtang.consultations import policy, queries
from mingtang.consultations.actions.receiving import bump
from mingtang.consultations.models import Opinion, OpinionContact, OpinionFile
from mingtang.consultations.published.logged import OPINION_ROW
from mingtang.consultations.rules import OPINION
from mingtang.consultations.rules.opinions import ERASE_CLAUSES, WITHHOLD_CLAUSES, WITHHOLD_LABELS, may_erase, may_restore, may_withhold
from mingtang.consultations.rules.taking import WITHDRAWN
from mingtang.kernel.decision import no
from mingtang.kernel.text import t
from mingtang.platform.actor import Actor
from mingtang.platform.audit.acts import ELSEWHERE, record
from mingtang.platform.ledger.writing import forget
from mingtang.platform.moves import move, move_all
from mingtang.platform.outbox.post import forget as forget_notices
from mingtang.platform.web.versions import touch

ERASED = dict.fromkeys(("text", "display_name", "proposed", "source_url", "organisation", "text_key", "helped_why"), "")


@transaction.atomic
def show_opinions(consultation_id: int, opinion_ids: Sequence[int], *, actor: Actor, now: datetime) -> int:
    """Show opinions that wait; those already decided are left as they are. Returns how many changed."""
    changed = 0
    for opinion in _locked(consultation_id, opinion_ids, "received"):
        policy.may_moderate(actor, opinion).require()
        move(opinion, OPINION, "show", actor=actor, now=now, moderated_by_id=actor.person_id, moderated_at=now)
        changed += 1
    _settle(consultation_id, Counter({("state", "received"): -changed, ("state", "shown"): changed}))
    return changed


@transaction.atomic
def show_all(consultation_id: int, *, actor: Actor, now: datetime) -> int:
    """Show everything that waits, in one step recorded once: for opinions moderated where they came from."""
    policy.may_moderate_any(actor).require()
    row = queries.for_update(consultation_id)
    rows = Opinion.objects.filter(consultation_id=consultation_id)
    if actor.person_id is not None:
        rows = rows.exclude(entered_by_id=actor.person_id)
    changed = move_all(rows, OPINION, "show", actor=actor, moderated_by_id=actor.person_id, moderated_at=now)
    record("consultation.show_all", row, actor=actor, now=now, data={"opinions": changed})
    _settle(consultation_id, Counter({("state", "received"): -changed, ("state", "shown"): changed}))
    return changed


@transaction.atomic
def withhold_opinions(consultation_id: int, opinion_ids: Sequence[int], *, actor: Actor, now: datetime, code: str, note: str = "") -> int:
    """Withhold opinions with one of the published reasons; a tombstone stays, the text is kept for the record.

    An opinion already in a group or answered leaves its place: withheld is a place of its own.
    """
    may_withhold(code).require()
    moved: Counter[tuple[str, str]] = Counter()
    for opinion in _locked(consultation_id, opinion_ids, "received", "shown"):
        policy.may_moderate(actor, opinion).require()
        left, lost = queries.leaving(Opinion.objects.filter(pk=opinion.pk))
        moved.update(lost)
        before = opinion.state
        moved["state", before] -= 1
        moved["state", "withheld"] += 1
        _withhold(opinion, actor, now, code, note)
        moved["people", ""] -= queries.newcomers(consultation_id, [opinion.author_key])
        for each in left:
            queries.recount_group(each)
    _settle(consultation_id, moved)
    return moved["state", "withheld"]


def _withhold(opinion: Opinion, actor: Actor, now: datetime, code: str, note: str) -> None:
    Opinion.objects.filter(pk=opinion.pk).update(group=None, verdict="", reason="", landed_in="", answered_at=None)
    move(
        opinion,
        OPINION,
        "withhold",
        actor=actor,
        now=now,
        reason=note or WITHHOLD_LABELS[code].zh,
        facts={"clause": WITHHOLD_CLAUSES[code]},
        withheld_code=code,
        withheld_note=note,
        moderated_by_id=actor.person_id,
        moderated_at=now,
    )


@transaction.atomic
def restore_opinion(opinion_id: int, *, actor: Actor, now: datetime, reason: str) -> Opinion:
    """Show again what was withheld, with a reason."""
    queries.for_update(_one(Opinion.objects, opinion_id, actor).consultation_id)  # first, as in `_locked`
    opinion = _one(Opinion.objects.select_for_update(of=("self",)), opinion_id, actor)
    policy.may_moderate(actor, opinion).require()
    OPINION.may(opinion.state, "restore", reason=reason).require()
    may_restore(opinion.consultation.state, withdrawn=opinion.withheld_code == WITHDRAWN and opinion.moderated_by_id is None).require()
    heard = queries.newcomers(opinion.consultation_id, [opinion.author_key])
    move(
        opinion,
        OPINION,
        "restore",
        actor=actor,
        now=now,
        reason=reason,
        withheld_code="",
        withheld_note="",
        moderated_by_id=actor.person_id,
        moderated_at=now,
    )
    _settle(opinion.consultation_id, Counter({("state", "withheld"): -1, ("state", "shown"): 1, ("people", ""): heard}))
    return opinion


@transaction.atomic
def erase_opinion(opinion_id: int, *, actor: Actor, now: datetime, reason: str) -> Opinion:
    """Destroy the words, files and contact data of a withheld opinion that may not be kept, and the secret of its receipt.

    The row, its place in the counts and its entry in the public log stay; the log gains a tombstone.
    """
    opinion = _one(Opinion.objects.select_for_update(of=("self",)), opinion_id, actor)
    policy.may_moderate(actor, opinion).require()
    may_erase(opinion.state, opinion.withheld_code, reason).require()
    contacts, _each = OpinionContact.objects.filter(opinion=opinion).delete()
    files, _each = OpinionFile.objects.filter(opinion=opinion).delete()
    if not (contacts or files or any(getattr(opinion, name) for name in ERASED)):
        return opinion
    opinion.pairs.all().delete()
    Opinion.objects.filter(pk=opinion.pk).update(**ERASED)
    forget(OPINION_ROW, opinion.pk)
    forget_notices(opinion)
    record("opinion.erase", opinion, actor=actor, now=now, reason=reason, clause=ERASE_CLAUSES[opinion.withheld_code])
    touch(opinion.government_id, f"consultation:{opinion.consultation_id}")
    opinion.refresh_from_db()
    return opinion


def _one(rows: QuerySet[Opinion] | Manager[Opinion], opinion_id: int, actor: Actor) -> Opinion:
    found = rows.select_related("consultation__topic").filter(pk=opinion_id, government_id=actor.government_id).first()
    if found is None:
        ELSEWHERE.require()
    assert found is not None
    return found


def _locked(consultation_id: int, opinion_ids: Sequence[int], *states: str) -> list[Opinion]:
    """The opinions, locked; their consultation first, as everybody does who groups or answers them."""
    queries.for_update(consultation_id)
    return list(
        Opinion.objects.select_for_update().filter(consultation_id=consultation_id, pk__in=opinion_ids, state__in=states).order_by("pk")
    )


def _settle(consultation_id: int, changes: Counter[tuple[str, str]]) -> None:
    if not any(changes.values()):
        return
    bump(consultation_id, changes)
    row = queries.for_update(consultation_id)
    touch(row.government_id, f"consultation:{consultation_id}", f"topic:{row.topic_id}", "home")


@transaction.atomic
def look_at_contact(opinion_id: int, *, actor: Actor, now: datetime, purpose: str) -> OpinionContact | None:
    """Open the contact data of an opinion for a stated purpose; the look is recorded (PIPL Art.6, 51)."""
    opinion = _one(Opinion.objects, opinion_id, actor)
    policy.may_see_contact(actor, opinion.consultation.topic.department_id).require()
    if not purpose.strip():
        no(
            t("查看个人信息要写明用途。", "Looking at personal data needs a purpose."),
            "711 Art.15",
            t("请写明为什么要联系。", "Say why you need it."),
            code="purpose",
        ).require()
    record("opinion.look_at_contact", opinion, actor=actor, now=now, reason=purpose)
    return OpinionContact.objects.filter(opinion=opinion).first()
