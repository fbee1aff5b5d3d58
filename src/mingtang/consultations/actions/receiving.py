"""Receiving one opinion: row, receipt and counters in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import F

from mingtang.consultations import policy, queries
from mingtang.consultations.actions.answering import take_answers
from mingtang.consultations.actions.arriving import OpinionIn, marks_of, quoted, said_before, sent_before
from mingtang.consultations.actions.mailing import write_to_author
from mingtang.consultations.models import ONCE, Clause, Consultation, Opinion, OpinionContact, OpinionFile, Tally
from mingtang.consultations.published.behind import behind
from mingtang.consultations.published.logged import OPINION_ROW, content_of
from mingtang.consultations.rules import may_receive, may_stand, may_take_opinions, names_a_number
from mingtang.consultations.rules.likeness import text_key
from mingtang.consultations.rules.taking import may_speak_for
from mingtang.consultations.rules.verifying import may_prove_for, may_speak_unverified, may_use_proof
from mingtang.kernel.decision import no
from mingtang.kernel.text import t
from mingtang.platform.actor import Actor
from mingtang.platform.audit.acts import record
from mingtang.platform.clock import day_of
from mingtang.platform.codes import new_code
from mingtang.platform.figures.lookup import figures_for
from mingtang.platform.files.keep import keep
from mingtang.platform.files.rules import EVIDENCE
from mingtang.platform.ledger.writing import Promise, promise
from mingtang.platform.web.versions import touch


@transaction.atomic
def receive_opinion(consultation_id: int, given: OpinionIn, *, actor: Actor, now: datetime, token: str = "") -> Opinion:
    """Take an opinion and give its receipt.

    Without words of its own it may still choose among alternatives and answer questions.
    From the web by anybody while the period runs; other channels are keyed in by the department. The
    same `token` (of one form) twice gives the same receipt.
    """
    row = queries.for_update(consultation_id)
    given = said_before(row, given)
    offline = given.channel != "web"
    if offline:
        policy.may_prepare(actor, row.topic.department_id).require()
    may_take_opinions(row.state, row.closes_on, day_of(now), offline=offline).require()
    may_stand(given.stance, given.channel).require()
    figures = figures_for(row.government_id, day_of(now))
    if given.text.strip() or not (given.choices or given.answers):
        may_receive(given.text, figures.number("opinion.max_characters")).require()
    if not offline:
        asked = figures.on("opinion.real_name") and given.adds_to is None
        may_speak_for(given.on_behalf, given.organisation, given.name, real_name=asked).require()
    outside, known = sent_before(row, given, token)
    if known and known.outside_id == outside:
        return known
    if not offline:
        _verified(row, given)
    given = replace(
        given, adds_to=(known.adds_to or known) if known else given.adds_to, marks=(*given.marks, *marks_of(row, given, figures, now))
    )
    opinion = build(row, given, outside, actor, now)
    count(row, [opinion])
    opinion.save()
    promise_opinions([opinion], now)
    _attach(opinion, given, actor, now)
    bump(row.pk, take_answers(opinion, given.choices, given.answers))
    record("opinion.receive", opinion, actor=actor, now=now, clause="2.1", data={"channel": opinion.channel})
    touch(row.government_id, f"consultation:{row.pk}", f"topic:{row.topic_id}", "consultations", "home")
    return opinion


def _verified(row: Consultation, given: OpinionIn) -> None:
    """`Refused` where verified opinions alone are taken, and when a proof was used before."""
    demanded = row.verified_only_reason if given.adds_to is None else ""
    may_speak_unverified(demanded, verified=given.verified is not None).require()
    if given.verified:
        may_prove_for(given.on_behalf).require()
        used = Opinion.objects.filter(ONCE, consultation=row, verified_once=given.verified.once).exists()
        may_use_proof(there=True, used=used).require()


def promise_opinions(opinions: Sequence[Opinion], now: datetime) -> None:
    """Sign the receipts of opinions just added: the promise that the public log will hold them."""
    if not opinions:
        return
    promises = (
        Promise(
            "opinion.receive",
            each.receipt,
            content_of(each),
            (OPINION_ROW, each.pk),
            {
                "about": f"consultation:{each.consultation_id}",
                "channel": each.channel,
                **({"withheld": each.withheld_code} if each.withheld_code else {}),
            },
        )
        for each in opinions
    )
    promise(promises, government_id=opinions[0].government_id, now=now)


def build(row: Consultation, given: OpinionIn, outside: str | None, actor: Actor, now: datetime) -> Opinion:
    """The row of an opinion, not yet saved; `Refused` if its clause belongs elsewhere or its quotation stands nowhere."""
    clause = Clause.objects.filter(pk=given.clause_id, consultation=row).first() if given.clause_id is not None else None
    if given.clause_id is not None and clause is None:
        no(
            t("没有这一条。", "There is no such clause."),
            "2.1",
            t("请从草案页重新选择条款。", "Choose the clause on the draft's page."),
            code="clause",
        ).require()
    receipt = new_code(row.government.code_prefix)
    return Opinion(
        government_id=row.government_id,
        consultation=row,
        clause_id=given.clause_id,
        text=given.text.strip(),
        stance=given.stance,
        channel=given.channel,
        audience=given.audience,
        author_key=_key(row, given, receipt),
        display_name=given.display_name[:40],
        publish_consent=given.publish_consent,
        received_at=given.received_at or now,
        receipt=receipt,
        outside_id=outside,
        flagged=names_a_number(given.text),
        entered_by_id=actor.person_id if given.channel != "web" else None,
        proposed=given.proposed.strip(),
        source_url=given.source_url,
        on_behalf=given.on_behalf,
        organisation=given.organisation.strip() if given.on_behalf == "organisation" else "",
        adds_to=given.adds_to,
        same_as_id=given.same_as_id,
        text_key=text_key(given.text),
        marks=" ".join(dict.fromkeys(given.marks)),
        **_proved(given),
        **quoted(clause, given),
    )


def _key(row: Consultation, given: OpinionIn, receipt: str) -> str:
    """The key of a verified person before any other; a supplement is by the author of the first."""
    if given.verified:
        return given.verified.mark
    return given.adds_to.author_key if given.adds_to else author_key(row, given, receipt)


def _proved(given: OpinionIn) -> dict[str, Any]:
    """What is kept of a verification: by which issuer, when, and the number that makes its proof good for once."""
    if given.verified is None:
        return {}
    return {"verified_by": given.verified.issuer, "verified_at": given.verified.at, "verified_once": given.verified.once}


def author_key(row: Consultation, given: OpinionIn, receipt: str) -> str:
    """A salted hash that tells distinct people apart within one consultation, and says nothing else.

    A person who leaves no name is counted by the submission.
    """
    who = given.author or given.phone or given.email or receipt
    return sha256(f"{row.pk}|{row.created_at.isoformat()}|{who.strip().lower()}".encode()).hexdigest()


def _attach(opinion: Opinion, given: OpinionIn, actor: Actor, now: datetime) -> None:
    if given.name or given.phone or given.email:
        OpinionContact.objects.create(opinion=opinion, name=given.name, phone=given.phone, email=given.email, consent_at=now)
    for upload in given.uploads:
        stored = keep(upload, government_id=opinion.government_id, person_id=actor.person_id, now=now, allowed=EVIDENCE)
        OpinionFile.objects.create(opinion=opinion, file=stored)
    if given.email:
        found = behind(opinion.government_id, opinion.receipt)
        write_to_author(opinion, given.email, "receipt", now=now, whole=found.line if found else "")


def count(row: Consultation, opinions: Sequence[Opinion]) -> None:
    """Bring the counters up to date for opinions about to be added."""
    bump(row.pk, counted(row, opinions))


def counted(row: Consultation, opinions: Sequence[Opinion]) -> Counter[tuple[str, str]]:
    """What opinions about to be added change in the counters."""
    speaking = [each.author_key for each in opinions if each.state != "withheld"]
    added = Counter({("people", ""): queries.newcomers(row.pk, speaking)})
    alike = Counter(map(_counted, opinions))  # of a thousand opinions few differ in what is counted
    for (channel, state, clause, stance, day, audience, code, verified), number in alike.items():
        for key in (
            ("all", ""),
            ("channel", channel),
            ("state", state),
            ("clause", str(clause)),
            ("stance", f"{clause}:{stance}"),
            ("day", day.isoformat()),
            ("audience", audience),
            *([("withheld", code)] if state == "withheld" else []),
            *([("verified", "")] if verified else []),
        ):
            added[key] += number
    return added


def _counted(each: Opinion) -> tuple[str, str, int, str, date, str, str, bool]:
    return (
        each.channel,
        each.state,
        each.clause_id or 0,
        each.stance,
        day_of(each.received_at),
        each.audience,
        each.withheld_code,
        each.is_verified,
    )


def bump(consultation_id: int, changes: Counter[tuple[str, str]]) -> None:
    """Add to (or take from) counters."""
    for (dimension, key), number in sorted(changes.items()):
        if not number:
            continue
        rows = Tally.objects.filter(consultation_id=consultation_id, dimension=dimension, key=key)
        if not rows.update(number=F("number") + number):
            Tally.objects.get_or_create(consultation_id=consultation_id, dimension=dimension, key=key)
            rows.update(number=F("number") + number)
