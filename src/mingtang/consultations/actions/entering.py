"""Keying in papers one after another, and taking back what was just mistyped."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction

from mingtang.consultations import policy, queries
from mingtang.consultations.actions.arriving import OpinionIn
from mingtang.consultations.actions.receiving import receive_opinion
from mingtang.consultations.actions.taking import take_back
from mingtang.consultations.models import Entry, Mail, Opinion
from mingtang.consultations.queries.entering import entry_of
from mingtang.consultations.rules.entering import (
    ENTRY_CHANNELS,
    MIS_KEYED,
    NOON,
    may_enter_again,
    may_enter_number,
    may_have_come,
    may_undo,
    number_typed,
    words_of,
)
from mingtang.consultations.rules.mails import MAIL
from mingtang.consultations.rules.taking import may_withdraw
from mingtang.kernel.decision import no
from mingtang.kernel.text import t
from mingtang.platform.actor import Actor
from mingtang.platform.audit.acts import record
from mingtang.platform.clock import at_hour, day_of
from mingtang.platform.moves import move

GONE = no(t("没有这次录入。", "There is no such entry."), "2.1", t("请回到录入页再看。", "Go back to the entry page."), code="gone")


@dataclass(frozen=True, slots=True)
class Paper:
    """What a clerk types from one paper; `code` is what the forms of this draft carry in print."""

    number: str
    received_on: date
    code: str


@transaction.atomic
def enter_paper(consultation_id: int, paper: Paper, given: OpinionIn, *, actor: Actor, now: datetime, token: str) -> Entry:
    """Take what stands on a paper; the same form sent twice gives the same entry, the same paper is refused."""
    row = queries.for_update(consultation_id)
    policy.may_prepare(actor, row.topic.department_id).require()
    sent = f"entry:{token}"
    known = Entry.objects.filter(consultation=row, opinion__outside_id=sent).select_related("opinion").first()
    if known:
        return known
    number, place = number_typed(paper.number), given.clause_id or 0
    if given.channel not in ENTRY_CHANNELS:
        no(t("请选来源。", "Choose the source."), "2.1", t("从列表里选一项。", "Pick one from the list."), code="channel").require()
    may_enter_number(number, given.channel, paper.code).require()
    there = entry_of(row.pk, number, place)
    may_enter_again(number, there.opinion.receipt if there else "").require()
    today = day_of(now)
    may_have_come(paper.received_on, today, day_of(row.opened_at) if row.opened_at else None).require()
    came = now if paper.received_on == today else max(at_hour(paper.received_on, NOON), row.opened_at or now)
    words = words_of(given.text, given.stance, given.channel)
    author = f"paper:{number}" if number else ""  # several clauses of one paper are one person
    opinion = receive_opinion(
        row.pk, replace(given, text=words, received_at=came, outside_id=sent, author=given.author or author), actor=actor, now=now
    )
    return Entry.objects.create(
        consultation=row, opinion=opinion, number=number, place=place, entered_by_id=actor.person_id, entered_at=now
    )


@transaction.atomic
def undo_entry(entry_id: int, reason: str, *, actor: Actor, now: datetime) -> Entry:
    """Take back what one has just mistyped: the opinion leaves a tombstone, the paper can be keyed in again."""
    mine = Entry.objects.filter(pk=entry_id, entered_by_id=actor.person_id, consultation__government_id=actor.government_id)
    found = mine.values_list("consultation_id", flat=True).first()
    if found is None:
        GONE.require()
    assert found is not None
    row = queries.for_update(found)
    policy.may_prepare(actor, row.topic.department_id).require()
    entry = mine.select_for_update(of=("self",)).get()
    if entry.undone_at:
        return entry
    may_undo(entry.entered_at, now, reason).require()
    opinion = Opinion.objects.select_for_update(of=("self",)).select_related("consultation").get(pk=entry.opinion_id)
    may_withdraw(row.state, opinion.withheld_code).require()
    take_back(opinion, MIS_KEYED, actor=actor, now=now, note=reason.strip()[:300])
    entry.undone_at, entry.undo_reason = now, reason.strip()[:300]
    entry.save(update_fields=["undone_at", "undo_reason"])
    _give_back(entry, actor, now)
    record("opinion.undo_entry", opinion, actor=actor, now=now, reason=entry.undo_reason, clause="2.1", data={"number": entry.number})
    return entry


def _give_back(entry: Entry, actor: Actor, now: datetime) -> None:
    """A mail of which no opinion stands any more waits again."""
    mail = Mail.objects.select_for_update(of=("self",)).filter(entry=entry, state="taken").first()
    if mail is not None and not Entry.objects.filter(mail=mail, undone_at=None).exists():
        move(mail, MAIL, "undo_taking", actor=actor, now=now, handled_by_id=actor.person_id, handled_at=now)
