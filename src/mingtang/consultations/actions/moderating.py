"""Showing opinions, erasing what may not be kept, looking at contact data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Manager, QuerySet

from mingtang.consultations import policy, queries
from mingtang.consultations.actions.forgetting import forget_mail
from mingtang.consultations.actions.indexing import drop_index
from mingtang.consultations.actions.packing import next_version, renew_report
from mingtang.consultations.actions.receiving import bump
from mingtang.consultations.actions.stepping import Stepping
from mingtang.consultations.actions.tracing import count_traces
from mingtang.consultations.actions.wording import forget_words
from mingtang.consultations.models import Opinion, OpinionContact, OpinionFile, OpinionMask, ReportCorrection, Withholding
from mingtang.consultations.published.logged import OPINION_ROW
from mingtang.consultations.rules import OPINION
from mingtang.consultations.rules.opinions import ERASE_CLAUSES, may_erase
from mingtang.consultations.rules.stepping import Place
from mingtang.consultations.rules.verifying import erased_key
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
    for opinion in locked(consultation_id, opinion_ids, "received"):
        policy.may_moderate(actor, opinion).require()
        move(opinion, OPINION, "show", actor=actor, now=now, moderated_by_id=actor.person_id, moderated_at=now)
        changed += 1
    settle(consultation_id, Counter({("state", "received"): -changed, ("state", "shown"): changed}))
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
    settle(consultation_id, Counter({("state", "received"): -changed, ("state", "shown"): changed}))
    return changed


@transaction.atomic
def erase_opinion(opinion_id: int, *, actor: Actor, now: datetime, reason: str) -> Opinion:
    """Destroy the words, files and contact data of a withheld opinion that may not be kept, and the secret of its receipt.

    The row, its place in the counts and its entry in the public log stay; the log gains a tombstone.
    """
    opinion = one_opinion(Opinion.objects.select_for_update(of=("self",)), opinion_id, actor)
    policy.may_moderate(actor, opinion).require()
    may_erase(opinion.state, opinion.withheld_code, reason).require()
    contacts, _each = OpinionContact.objects.filter(opinion=opinion).delete()
    files, _each = OpinionFile.objects.filter(opinion=opinion).delete()
    masks, _each = OpinionMask.objects.filter(opinion=opinion).delete()
    mails = forget_mail(opinion, now)
    if not (contacts or files or masks or mails or opinion.leads_to_somebody or any(getattr(opinion, name) for name in ERASED)):
        return opinion
    forget_person(opinion)
    opinion.pairs.all().delete()
    drop_index(opinion.consultation_id)
    Opinion.objects.filter(pk=opinion.pk).update(**ERASED)
    forget_words(opinion)
    forget(OPINION_ROW, opinion.pk)
    forget_notices(opinion)
    record("opinion.erase", opinion, actor=actor, now=now, reason=reason, clause=ERASE_CLAUSES[opinion.withheld_code])
    touch(opinion.government_id, f"consultation:{opinion.consultation_id}")
    opinion.refresh_from_db()
    return opinion


def forget_person(opinion: Opinion) -> None:
    """Replace the key by one that leads to nobody, for all opinions that share it: the number of people stays right."""
    rows = Opinion.objects.filter(consultation_id=opinion.consultation_id, author_key=opinion.author_key)
    rows.update(author_key=erased_key())


def one_opinion(rows: QuerySet[Opinion] | Manager[Opinion], opinion_id: int, actor: Actor) -> Opinion:
    """One opinion of the actor's government; `Refused` when there is none."""
    found = rows.select_related("consultation__topic").filter(pk=opinion_id, government_id=actor.government_id).first()
    if found is None:
        ELSEWHERE.require()
    assert found is not None
    return found


def locked(consultation_id: int, opinion_ids: Sequence[int], *states: str) -> list[Opinion]:
    """The opinions, locked; their consultation first, as everybody does who groups or answers them."""
    queries.for_update(consultation_id)
    return list(
        Opinion.objects.select_for_update().filter(consultation_id=consultation_id, pk__in=opinion_ids, state__in=states).order_by("pk")
    )


def put_aside(
    opinion: Opinion, step: str, *, actor: Actor, now: datetime, code: str, note: str, made: Withholding | None, **act: Any
) -> Counter[tuple[str, str]]:
    """Withhold an opinion along `step`: it leaves its group or its answer, a tombstone stays. Gives what changes in the counters.

    `made` is the decision of the moderators; None where its author or clerk took it back. `act` goes to `move`.
    """
    changes = Counter({("state", opinion.state): -1, ("state", "withheld"): 1, ("withheld", code): 1})
    placed = Opinion.objects.filter(pk=opinion.pk).exclude(group=None, verdict="", points="")
    if placed.exists():
        left = Stepping.begin(opinion.consultation, "withhold", actor=actor, now=now)
        left.carry(placed, Place(), bare=True)
        left.close(now)
    move(
        opinion,
        OPINION,
        step,
        actor=actor,
        now=now,
        withheld_code=code,
        withheld_note=note,
        withholding_id=made.pk if made else None,
        moderated_by_id=actor.person_id if made else None,
        moderated_at=now,
        **act,
    )
    changes["people", ""] -= queries.newcomers(opinion.consultation_id, [opinion.author_key])
    return changes


def correct_report(consultation_id: int, *, actor: Actor, now: datetime, kind: str, opinions: int = 1) -> None:
    """A published report counts anew after moderation: a version of its own that says so, and the log is told (2.1e).

    `kind` is ``withheld`` or ``restored``, `opinions` how many of them.
    """
    row = queries.for_update(consultation_id)
    if row.state != "reported":
        return
    number, who = next_version(row.pk), actor.person_id
    made = {"state": "published", "asked_by_id": who, "asked_at": now, "decided_by_id": who, "decided_at": now}
    ReportCorrection.objects.create(government_id=row.government_id, consultation=row, kind=kind, opinions=opinions, number=number, **made)
    renew_report(row, number, actor=actor, now=now)


def settle(consultation_id: int, changes: Counter[tuple[str, str]]) -> None:
    """Bring counters and pages up to date."""
    if not any(changes.values()):
        return
    bump(consultation_id, changes)
    row = queries.for_update(consultation_id)
    if row.state == "reported":
        count_traces(row)
    touch(row.government_id, f"consultation:{consultation_id}", f"topic:{row.topic_id}", "home")


@transaction.atomic
def look_at_contact(opinion_id: int, *, actor: Actor, now: datetime, purpose: str) -> OpinionContact | None:
    """Open the contact data of an opinion for a stated purpose; the look is recorded (PIPL Art.6, 51)."""
    opinion = one_opinion(Opinion.objects, opinion_id, actor)
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
