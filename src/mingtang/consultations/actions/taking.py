"""What the author of an opinion does with its receipt afterwards: add, withdraw, erase, say whether the reply answered.

Whoever holds the receipt is its author; nobody else knows the code. Every act can be repeated without harm.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from django.db import transaction

from mingtang.consultations import queries
from mingtang.consultations.actions.arriving import OpinionIn
from mingtang.consultations.actions.forgetting import forget_sender
from mingtang.consultations.actions.moderating import forget_person, put_aside
from mingtang.consultations.actions.receiving import bump, receive_opinion
from mingtang.consultations.models import Opinion, OpinionContact, Withholding
from mingtang.consultations.rules.taking import WITHDRAWN, may_say_helped, may_withdraw
from mingtang.kernel.decision import no
from mingtang.kernel.text import t
from mingtang.platform.actor import Actor
from mingtang.platform.audit.acts import record
from mingtang.platform.outbox.post import forget
from mingtang.platform.web.versions import touch

UNKNOWN = no(
    t("没有这个回执号。", "There is no such receipt."),
    "2.1",
    t("请核对回执号。", "Check the receipt's number."),
    code="receipt",
)


def _held(receipt: str, actor: Actor) -> Opinion:
    """The opinion of a receipt, locked after its consultation, as everybody locks who moves opinions."""
    rows = Opinion.objects.filter(receipt=receipt, government_id=actor.government_id)
    consultation_id = rows.values_list("consultation_id", flat=True).first()
    if consultation_id is None:
        UNKNOWN.require()
    assert consultation_id is not None
    queries.for_update(consultation_id)
    return rows.select_for_update(of=("self",)).select_related("consultation").get()


@transaction.atomic
def add_to_opinion(receipt: str, text: str, *, actor: Actor, now: datetime, token: str = "") -> Opinion:
    """A supplement: an opinion of its own with its own receipt, by the same person, on the same place."""
    first = _held(receipt, actor)
    if first.state == "withheld":
        no(
            t("这条意见已撤回或不显示，不能再补充。", "This opinion was withdrawn or withheld; nothing can be added to it."),
            "2.1",
            t("请另提一条意见。", "Send a new opinion."),
            code="withheld",
        ).require()
    given = OpinionIn(
        text,
        clause_id=first.clause_id,
        audience=first.audience,
        publish_consent=first.publish_consent,
        on_behalf=first.on_behalf,
        organisation=first.organisation,
        adds_to=first.adds_to or first,
    )
    return receive_opinion(first.consultation_id, given, actor=actor, now=now, token=token and f"add:{token}")


@transaction.atomic
def withdraw_opinion(receipt: str, *, actor: Actor, now: datetime) -> Opinion:
    """Take an opinion back before the report is public: a tombstone stays, and every counter is right."""
    opinion = _held(receipt, actor)
    may_withdraw(opinion.consultation.state, opinion.withheld_code).require()
    if opinion.withheld_code == WITHDRAWN:
        return opinion
    take_back(opinion, WITHDRAWN, actor=actor, now=now)
    return opinion


def take_back(opinion: Opinion, code: str, *, actor: Actor, now: datetime, note: str = "") -> None:
    """Leave a tombstone for a locked opinion whose author or clerk takes it back, and keep every counter right."""
    Withholding.objects.filter(opinion=opinion, outcome="").update(outcome="moot", decided_at=now)
    changes = put_aside(opinion, "withdraw", actor=actor, now=now, code=code, note=note, made=None)
    bump(opinion.consultation_id, changes)
    _touch(opinion)


@transaction.atomic
def erase_personal(receipt: str, *, actor: Actor, now: datetime) -> Opinion:
    """Destroy what names the author: contact data, the name shown, addresses on mails, and the key made of them.

    The key is replaced for all opinions that share it, so that the number of people stays right (PIPL Art.47).
    """
    opinion = _held(receipt, actor)
    gone, _each = OpinionContact.objects.filter(opinion=opinion).delete()
    sent = forget_sender(opinion)
    if not (gone or sent or opinion.display_name or opinion.leads_to_somebody):
        return opinion
    forget_person(opinion)
    Opinion.objects.filter(pk=opinion.pk).update(display_name="")
    forget(opinion)
    record("opinion.erase_personal", opinion, actor=actor, now=now, clause="711 Art.15")
    _touch(opinion)
    opinion.refresh_from_db()
    return opinion


@transaction.atomic
def say_helped(receipt: str, answer: str, *, actor: Actor, now: datetime, why: str = "") -> Opinion:
    """Whether the reply answered, and why; counted on the report, never used to rank anything. May be changed."""
    opinion = _held(receipt, actor)
    may_say_helped(opinion.consultation.state, opinion.withheld_code, answer).require()
    if (opinion.helped, opinion.helped_why) == (answer, why.strip()[:500]):
        return opinion
    changes = Counter({("helped", answer): 1})
    if opinion.helped:
        changes["helped", opinion.helped] -= 1
    opinion.helped, opinion.helped_why, opinion.helped_at = answer, why.strip()[:500], now
    opinion.save(update_fields=["helped", "helped_why", "helped_at"])
    bump(opinion.consultation_id, changes)
    record("opinion.say_helped", opinion, actor=actor, now=now, clause="2.1f", data={"answer": answer})
    _touch(opinion)
    return opinion


def _touch(opinion: Opinion) -> None:
    touch(opinion.government_id, f"consultation:{opinion.consultation_id}", f"topic:{opinion.consultation.topic_id}", "home")
