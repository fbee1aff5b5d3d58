"""The clock of consultations, and the archive of a published report."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import datetime

from django.db import DatabaseError

from mingtang.consultations.actions.fetching import Place, begin_reading, hold_box, let_go_box, store_mail
from mingtang.consultations.actions.forgetting import forget_mails
from mingtang.consultations.actions.indexing import index_opinions
from mingtang.consultations.actions.matching import carry_on
from mingtang.consultations.actions.packing import ARCHIVE, build_archive
from mingtang.consultations.actions.preparing import close_due
from mingtang.consultations.actions.proposing import failed_proposals, propose_newly_come, run_proposals
from mingtang.consultations.actions.sketching import sketch_opinions
from mingtang.consultations.actions.telling import (
    ANSWERS,
    CORRECTED,
    MILESTONE,
    tell_milestone,
    tell_of_silence,
    write_answers,
    write_corrected,
)
from mingtang.consultations.actions.wording import BATCH, word_opinions
from mingtang.consultations.models import Mailbox
from mingtang.consultations.rules.proposing import NIGHT, PROPOSE
from mingtang.consultations.rules.stepping import CARRY
from mingtang.platform.actor import Actor, system
from mingtang.platform.clock import local
from mingtang.platform.jobs.registry import Progress, every, job
from mingtang.platform.mailbox.addresses import boxes_with_governments
from mingtang.platform.mailbox.boxes import Box
from mingtang.platform.mailbox.fetching import BoxError, MessageError, Reader, opened
from mingtang.platform.mailbox.reading import read_letter
from mingtang.platform.outbox.bouncing import note_bounce

log = logging.getLogger(__name__)
MOST_AT_ONCE = 200
MOST_LOST = 5
MOST_TURNS = 10


@every("consultations.close", seconds=60)
def close_what_is_over(now: datetime) -> None:
    """Close consultations whose period has ended."""
    close_due(now)


@job(ARCHIVE)
def pack_export(*, now: datetime, progress: Progress, consultation_id: int) -> str:
    """Pack the public data of a published report for download."""
    progress(0, 1)
    return build_archive(consultation_id, now=now)


@job(ANSWERS)
def tell_of_answers(*, now: datetime, progress: Progress, consultation_id: int) -> str:
    """Tell the authors that the report answers them."""
    return f"{write_answers(consultation_id, now=now, progress=progress)} addresses"


@job(CORRECTED)
def tell_of_corrected(*, now: datetime, progress: Progress, correction_id: int, **_about: object) -> str:
    """Tell the authors that their published answer was corrected."""
    return f"{write_corrected(correction_id, now=now, progress=progress)} addresses"


@job(MILESTONE)
def tell_authors(*, now: datetime, progress: Progress, topic_id: int, release_id: int, title: str) -> str:
    """Tell the authors what was decided on their matter, or improved later."""
    return f"{tell_milestone(topic_id=topic_id, release_id=release_id, title=title, now=now, progress=progress)} addresses"


@job(PROPOSE)
def propose(*, now: datetime, progress: Progress, run_id: int) -> str:
    """Look through a consultation and propose groups; a run that comes to nothing is noted, so that another can be asked for."""
    try:
        return run_proposals(run_id, now=now, progress=progress)
    except Exception:
        failed_proposals(run_id, now)
        raise


@job(CARRY)
def carry(*, now: datetime, progress: Progress, step_id: int) -> str:
    """Go on with a step of the grouping desk that moves many opinions."""
    return carry_on(step_id, now=now, progress=progress)


@every("consultations.propose", minutes=60)
def propose_by_night(now: datetime) -> None:
    """At night the machine looks through what came since it last looked, open consultations too."""
    if local(now).hour == NIGHT:
        propose_newly_come(now)


@every("consultations.index", seconds=60)
def index_what_was_said(_now: datetime) -> None:
    """Keep the index of wordings up to date: nearest groups, and similar opinions while typing."""
    index_opinions()


@every("consultations.silence", minutes=60)
def tell_of_silent_doors(now: datetime) -> None:
    """Write to the clerks of consultations that few people answered at half time."""
    tell_of_silence(now)


@every("consultations.forget_mails", seconds=86400)
def forget_what_was_set_aside(now: datetime) -> None:
    """Destroy what mails said that became no opinion, when their days are over."""
    forget_mails(now)


@every("consultations.sketch", seconds=60)
def sketch_what_is_shown(_now: datetime) -> None:
    """Make newly shown opinions findable for whoever is about to say something similar."""
    sketch_opinions()


@every("consultations.words", seconds=10)
def word_what_came(_now: datetime) -> None:
    """Make opinions findable by their words; a hundred thousand within a minute or two."""
    for _turn in range(MOST_TURNS):
        if word_opinions() < BATCH:
            return


@dataclass(frozen=True, slots=True)
class Read:
    """How reading a box went: what was fetched (new or known), what went wrong, whether another runner holds it."""

    box: str
    fetched: int = 0
    problem: str = ""
    held: bool = False


@every("consultations.fetch_mail", seconds=180)
def fetch_mail_now_and_then(now: datetime) -> None:
    """Read the boxes."""
    fetch_mail(now)


def fetch_mail(now: datetime) -> list[Read]:
    """Read every box once; mails become rows. What goes wrong with one box is kept for the desk and stops no other."""
    return [_read(box, government_id, now) for box, government_id in boxes_with_governments()]


def _read(box: Box, government_id: int, now: datetime) -> Read:
    row = hold_box(government_id, box.key, now=now)
    if row is None:
        return Read(str(box), held=True)
    gone = _Round()
    try:
        while _walk(box, row, gone, now):
            pass
    except (BoxError, MessageError) as found:
        gone.problems[0] = str(found)
    finally:
        problem = "; ".join(f"{uid}: {said}" if uid else said for uid, said in gone.problems.items())
        let_go_box(row, now=now, problem=problem)
    if problem:
        log.warning("mailbox %s: %s", box, problem)
    return Read(str(box), gone.took, problem)


@dataclass(slots=True)
class _Round:
    """What was taken in this round, and which messages made trouble."""

    took: int = 0
    problems: dict[int, str] = field(default_factory=dict)


def _walk(box: Box, row: Mailbox, gone: _Round, now: datetime) -> bool:
    """Go through what waits, except what made trouble in this round; whether the line was lost and it must be done again.

    A message that cannot be taken stays unseen and is tried again in the next round; those behind it go on, for servers hang
    up over a message they cannot give. After MOST_LOST of them the round ends.
    """
    with opened(box) as reader:
        after = begin_reading(row, reader.validity)
        for uid in reader.waiting(after)[:MOST_AT_ONCE]:
            if uid in gone.problems:
                continue
            try:
                gone.took += take_in(reader, uid, row.pk, actor=system(row.government_id), now=now)
            except (MessageError, DatabaseError) as found:
                gone.problems[uid] = str(found)
            except BoxError as found:
                gone.problems[uid] = str(found)
                return len(gone.problems) < MOST_LOST
    return False


def take_in(reader: Reader, uid: int, box_id: int, *, actor: Actor, now: datetime) -> int:
    """One message: its row first, in a transaction of its own, then the mark in the box. A kill between the two does no harm."""
    given = reader.fetch(uid)
    if given is None:
        return 0
    letter = read_letter(given.raw, whole_size=given.size)
    store_mail(letter, received_at=given.received_at, actor=actor, now=now, place=Place(box_id, uid))
    note_bounce(given.raw, government_id=actor.government_id, now=now)
    reader.mark_seen(uid)
    return 1
