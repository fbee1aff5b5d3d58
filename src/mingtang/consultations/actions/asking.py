"""What a draft asks: alternatives, questions, terms; and questions from people with the department's answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from mingtang.consultations import policy, queries
from mingtang.consultations.models import Alternative, AlternativeSet, Clause, Consultation, Inquiry, Question, QuestionOption, Term
from mingtang.consultations.rules.asking import INQUIRY, LETTERS, may_ask, may_change_asked, may_inquire, may_offer
from mingtang.kernel.decision import no
from mingtang.kernel.text import t
from mingtang.platform.actor import Actor
from mingtang.platform.audit.acts import record
from mingtang.platform.guard.gate import require_plain
from mingtang.platform.moves import move
from mingtang.platform.web.versions import touch

LONGEST_INQUIRY = 500


def _asking(consultation_id: int, actor: Actor) -> Consultation:
    row = queries.for_update(consultation_id)
    policy.may_prepare(actor, row.topic.department_id).require()
    may_change_asked(row.state).require()
    return row


@transaction.atomic
def offer_alternatives(
    consultation_id: int,
    *,
    actor: Actor,
    now: datetime,
    title: str,
    options: Sequence[tuple[str, str, str]],
    intro: str = "",
    clause_id: int | None = None,
    set_id: int | None = None,
) -> AlternativeSet:
    """Offer options A, B, C for a clause or the whole draft; the same title twice changes the one there."""
    row = _asking(consultation_id, actor)
    may_offer([each[0] for each in options]).require()
    if clause_id is not None and not Clause.objects.filter(pk=clause_id, consultation=row).exists():
        no(t("没有这一条。", "There is no such clause."), "2.1", t("请从列表重选。", "Choose it from the list."), code="clause").require()
    found = row.alternative_sets.filter(pk=set_id).first() if set_id else row.alternative_sets.filter(title=title.strip()).first()
    found = found or AlternativeSet(consultation=row, position=_next(row.alternative_sets.aggregate(last=Max("position"))["last"]))
    found.title, found.intro, found.clause_id = title.strip(), intro.strip(), clause_id
    found.save()
    found.options.all().delete()
    Alternative.objects.bulk_create(
        Alternative(set=found, letter=letter, title=name, text=words, effects=effects)
        for letter, (name, words, effects) in zip(LETTERS, options, strict=False)
    )
    record("draft.offer", row, actor=actor, now=now, clause="2.1", data={"set": found.pk, "options": len(options)})
    return found


def _next(last: int | None) -> int:
    return (last or 0) + 1


@transaction.atomic
def ask_question(
    consultation_id: int,
    *,
    actor: Actor,
    now: datetime,
    kind: str,
    words: str,
    options: Sequence[str] = (),
    steps: int = 5,
    low: str = "",
    high: str = "",
) -> Question:
    """Put a question with the draft; the same words twice change the one there."""
    row = _asking(consultation_id, actor)
    may_ask(kind, options, steps).require()
    found = row.asked.filter(words=words.strip()).first()
    found = found or Question(consultation=row, words=words.strip(), position=_next(row.asked.aggregate(last=Max("position"))["last"]))
    found.kind, found.steps, found.low, found.high = kind, steps, low.strip(), high.strip()
    found.save()
    found.options.all().delete()
    if kind in {"single", "multiple"}:
        unique = dict.fromkeys(each.strip() for each in options if each.strip())
        QuestionOption.objects.bulk_create(QuestionOption(question=found, position=n, words=each) for n, each in enumerate(unique, 1))
    record("draft.ask", row, actor=actor, now=now, clause="2.1", data={"question": found.pk, "kind": kind})
    return found


@transaction.atomic
def drop_asked(consultation_id: int, what: str, row_id: int, *, actor: Actor, now: datetime) -> None:
    """Take a set of alternatives (`what` "set") or a question back before the review; gone already, nothing happens."""
    row = _asking(consultation_id, actor)
    rows = row.alternative_sets if what == "set" else row.asked
    if rows.filter(pk=row_id).delete()[0]:
        record("draft.drop", row, actor=actor, now=now, clause="2.1", data={what: row_id})


@transaction.atomic
def save_terms(consultation_id: int, terms: Sequence[tuple[str, str]], *, actor: Actor, now: datetime) -> int:
    """The glossary of the draft; may be completed while the consultation runs."""
    row = queries.for_update(consultation_id)
    policy.may_prepare(actor, row.topic.department_id).require()
    given = dict(terms)
    row.terms.all().delete()
    Term.objects.bulk_create(Term(consultation=row, term=term, explanation=said) for term, said in given.items())
    record("draft.terms", row, actor=actor, now=now, clause="2.1b", data={"terms": len(given)})
    touch(row.government_id, f"consultation:{row.pk}")
    return len(given)


@transaction.atomic
def inquire(consultation_id: int, words: str, *, actor: Actor, now: datetime, token: str = "") -> Inquiry:
    """Ask about the draft: anybody while it runs, staff of the department too. The same form twice is one question."""
    row = queries.for_update(consultation_id)
    if actor.person_id is not None:
        policy.may_prepare(actor, row.topic.department_id).require()
    may_inquire(words, row.state, LONGEST_INQUIRY).require()
    known = row.inquiries.filter(token=token).first() if token else None
    if known:
        return known
    made = Inquiry.objects.create(
        government_id=row.government_id,
        consultation=row,
        words=words.strip(),
        by_staff=actor.person_id is not None,
        asked_at=now,
        token=token or None,
    )
    record("inquiry.ask", made, actor=actor, now=now, clause="2.1")
    touch(row.government_id, f"consultation:{row.pk}")
    return made


@transaction.atomic
def answer_inquiry(inquiry_id: int, answer: str, *, actor: Actor, now: datetime) -> Inquiry:
    """The department answers; somebody else reviews before it is public."""
    row = queries.inquiry_for_update(inquiry_id)
    policy.may_prepare(actor, row.consultation.topic.department_id).require()
    if not answer.strip():
        no(t("还没有写答复。", "The answer is empty."), "2.1", t("请写下答复。", "Write the answer."), code="empty").require()
    move(row, INQUIRY, "answer", actor=actor, now=now, answer=answer.strip(), answered_by_id=actor.person_id, answered_at=now)
    return row


@transaction.atomic
def publish_inquiry(inquiry_id: int, *, actor: Actor, now: datetime) -> Inquiry:
    """711 Art.17: publish question and answer, by somebody other than who answered; a second call changes nothing."""
    row = queries.inquiry_for_update(inquiry_id)
    if row.state == "published":
        return row
    policy.may_publish_inquiry(actor, row).require()
    require_plain(row.answer, actor=actor)
    move(row, INQUIRY, "publish", actor=actor, now=now, published_by_id=actor.person_id, published_at=now)
    touch(row.government_id, f"consultation:{row.consultation_id}")
    return row


@transaction.atomic
def return_inquiry(inquiry_id: int, *, actor: Actor, now: datetime, reason: str) -> Inquiry:
    """Return the answer with a reason."""
    row = queries.inquiry_for_update(inquiry_id)
    policy.may_publish_inquiry(actor, row).require()
    move(row, INQUIRY, "return_answer", actor=actor, now=now, reason=reason)
    Inquiry.objects.filter(pk=row.pk).update(reason=reason.strip()[:300])
    return row


@transaction.atomic
def decline_inquiry(inquiry_id: int, *, actor: Actor, now: datetime, reason: str) -> Inquiry:
    """Not about the draft, or not to be answered in public: declined with a reason, counted on the page."""
    row = queries.inquiry_for_update(inquiry_id)
    policy.may_prepare(actor, row.consultation.topic.department_id).require()
    move(row, INQUIRY, "decline", actor=actor, now=now, reason=reason)
    Inquiry.objects.filter(pk=row.pk).update(reason=reason.strip()[:300])
    touch(row.government_id, f"consultation:{row.consultation_id}")
    return row
