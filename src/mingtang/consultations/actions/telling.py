"""Telling those who left an address: what was decided on their matter, what was improved later; and a department whose door stays quiet."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from mingtang.consultations.actions.mailing import with_address, write_to_author
from mingtang.consultations.models import Consultation, Opinion, OpinionPoint, ReportCorrection
from mingtang.consultations.queries.preparing import tallies
from mingtang.consultations.rules.opening import low_response, unused_doors
from mingtang.platform.accounts.directory import people_in
from mingtang.platform.actor import Role
from mingtang.platform.clock import day_of
from mingtang.platform.events import Happened, Reaction
from mingtang.platform.figures.lookup import figures_for
from mingtang.platform.jobs.registry import Progress, enqueue
from mingtang.platform.outbox.post import inbox, post

MILESTONE, ANSWERS, CORRECTED = "consultations.milestone", "consultations.answers", "consultations.corrected"
MILESTONES = frozenset({"result", "decision", "improvement"})
MOST_OPEN = 500
PIECE = 500


def tell_answers(row: Consultation, *, now: datetime) -> None:
    """Queue the letters to the authors of a report just published; a hundred thousand are written without keeping the clerk waiting."""
    enqueue(ANSWERS, now=now, government_id=row.government_id, dedupe=f"{ANSWERS}:{row.pk}", consultation_id=row.pk)


def write_answers(consultation_id: int, *, now: datetime, progress: Progress) -> int:
    """2.1f: write to everybody who left an address that the opinion was answered, once each; gives how many. Safe to run again."""
    return _write_each(Opinion.objects.filter(consultation_id=consultation_id), "answered", "answered", now, progress)


def write_corrected(correction_id: int, *, now: datetime, progress: Progress) -> int:
    """2.1e: write to the authors whose published answer was corrected, once each; gives how many. Safe to run again."""
    made = ReportCorrection.objects.get(pk=correction_id)
    pointed = OpinionPoint.objects.filter(group=made.group_id or 0).values("opinion")
    answered = Q(group=made.group_id) | Q(pk__in=pointed) if made.group_id else Q(pk=made.opinion_id or 0)
    rows = Opinion.objects.filter(answered)
    return _write_each(rows, "corrected", f"corrected:{made.pk}", now, progress, why=made.why)


def _write_each(rows: QuerySet[Opinion], letter: str, key: str, now: datetime, progress: Progress, **words: str) -> int:
    found = with_address(rows)
    every, done = found.count(), 0
    progress(done, every)
    for opinion in found.iterator(chunk_size=PIECE):
        write_to_author(opinion, opinion.contact.email, letter, now=now, dedupe=f"{key}:{opinion.pk}", **words)
        done += 1
        if done % PIECE == 0:
            progress(done, every)
    progress(done, every)
    return done


def tells_of_release(job: str) -> Reaction:
    """Reaction to ``release.publish``: a result, a decision or an improvement, but no correction, is told by the job of this name (2.3a, 2.3f)."""

    def react(happened: Happened) -> None:
        row = happened.subject
        if row.kind in MILESTONES and not row.corrects_id:
            about = {"topic_id": row.topic_id, "release_id": row.pk, "title": row.title.replace("|", "")}
            enqueue(job, now=happened.now, government_id=row.government_id, dedupe=f"{job}:{row.pk}", **about)

    return react


def tells_of_correction(job: str) -> Reaction:
    """Reaction to ``correction.publish``: that a published answer was corrected is told by the job of this name, once (2.1e)."""

    def react(happened: Happened) -> None:
        row = happened.subject
        about = {"group_id": row.group_id, "opinion_id": row.opinion_id, "why": row.why, "at": happened.now.isoformat()}
        enqueue(job, now=happened.now, government_id=row.government_id, dedupe=f"{job}:{row.pk}", correction_id=row.pk, **about)

    return react


release_published = tells_of_release(MILESTONE)
correction_published = tells_of_correction(CORRECTED)


def letter_key(news: str, address: str) -> str:
    """The same for one address and one piece of news, through whichever door its owner spoke: one letter, not two."""
    return f"{news}:{sha256(address.lower().encode()).hexdigest()[:24]}"


def tell_milestone(*, topic_id: int, release_id: int, title: str, now: datetime, progress: Progress) -> int:
    """Write to everybody who left an address with an opinion on the matter, once each; gives how many. Safe to run again."""
    rows = Opinion.objects.filter(consultation__topic_id=topic_id, consultation__state="reported").exclude(state="withheld")
    found, told = with_address(rows), set[str]()
    every = found.order_by().values(address=Lower("contact__email")).distinct().count()
    progress(0, every)
    for opinion in found.iterator(chunk_size=PIECE):
        address = opinion.contact.email.lower()
        if address in told:
            continue
        told.add(address)
        dedupe = letter_key(f"milestone:{release_id}", address)
        write_to_author(opinion, opinion.contact.email, "milestone", now=now, dedupe=dedupe, title=title)
        if len(told) % PIECE == 0:
            progress(len(told), every)
    progress(len(told), every)
    return len(told)


def tell_of_silence(now: datetime) -> int:
    """Write once to the clerks of a consultation that few people answered when half its period is over; gives how many."""
    today, told = day_of(now), 0
    rows = Consultation.objects.filter(state="open", opened_at__isnull=False, closes_on__gte=today).select_related("topic")
    for row in rows.filter(opened_at__lt=now - timedelta(days=1)).order_by("pk")[:MOST_OPEN]:
        assert row.opened_at is not None
        assert row.closes_on is not None
        numbers, figures = tallies(row.pk), figures_for(row.government_id, today)
        if low_response(day_of(row.opened_at), row.closes_on, today, numbers.get(("people", ""), 0), figures):
            told += _tell_clerks(row, numbers, now)
    return told


def _tell_clerks(row: Consultation, numbers: dict[tuple[str, str], int], now: datetime) -> int:
    words: dict[str, Any] = {"n": numbers.get(("all", ""), 0), "p": numbers.get(("people", ""), 0), "doors": unused_doors(numbers)}
    told = [
        post(
            "consultations/email/silence.txt",
            to=inbox(person),
            government_id=row.government_id,
            now=now,
            about=row,
            url=f"/workspace/consultations/{row.pk}/",
            dedupe=f"silence:{row.pk}:{person.pk}",
            topic=str(row.topic),
            closes_on=row.closes_on,
            **words,
        )
        for person in people_in(row.topic.department_id, Role.CLERK)
    ]
    return sum(each is not None for each in told)
