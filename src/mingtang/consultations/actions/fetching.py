"""Mails out of a box become rows: the row first, then the box is told. A box is read by one runner at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import IntegrityError, transaction
from django.db.models import Q

from mingtang.consultations.models import Consultation, Mail, Mailbox, MailFile, Opinion
from mingtang.consultations.published.consulting import ALIVE
from mingtang.consultations.rules.mails import MAIL, consultations_named, receipts_named
from mingtang.kernel.decision import Refused
from mingtang.platform.accounts.models import Government
from mingtang.platform.actor import Actor
from mingtang.platform.audit.acts import record
from mingtang.platform.files.keep import keep
from mingtang.platform.files.rules import EVIDENCE
from mingtang.platform.mailbox.reading import Attached, Letter
from mingtang.platform.moves import move
from mingtang.topics.rules import named

LEASE = timedelta(minutes=15)
MOST_FILES = 20


@dataclass(frozen=True, slots=True)
class Place:
    """Where a letter lay: the box's row and the letter's number in it."""

    box_id: int
    uid: int


def hold_box(government_id: int, key: str, *, now: datetime) -> Mailbox | None:
    """Take a box for this runner; None while another holds it. A runner that died lets go when its lease is over."""
    box, _made = Mailbox.objects.get_or_create(key=key, defaults={"government_id": government_id})
    free = Q(lease_until=None) | Q(lease_until__lt=now)
    if not Mailbox.objects.filter(free, pk=box.pk).update(lease_until=now + LEASE, government_id=government_id):
        return None
    box.refresh_from_db()
    return box


def begin_reading(box: Mailbox, validity: int) -> int:
    """The last number already read; 0 when the server has numbered its messages anew (RFC 3501 2.3.1.1)."""
    if box.validity != validity:
        Mailbox.objects.filter(pk=box.pk).update(validity=validity, last_uid=0)
        box.validity, box.last_uid = validity, 0
    return box.last_uid


def let_go_box(box: Mailbox, *, now: datetime, problem: str = "") -> None:
    """Give a box back and keep what went wrong and since when, so that the desk can say it."""
    since = (box.problem and box.problem_at) or now
    told = {"problem": problem[:300], "problem_at": since} if problem else {"problem": "", "problem_at": None, "read_at": now}
    Mailbox.objects.filter(pk=box.pk).update(lease_until=None, **told)


@transaction.atomic
def store_mail(letter: Letter, *, received_at: datetime | None = None, actor: Actor, now: datetime, place: Place | None = None) -> Mail:
    """Keep a letter; the same one twice gives the same row. With `place`, the box is known to be read that far.

    The same Message-ID with other words is another mail: both are kept, and the second says so.
    """
    found = _known(letter, actor.government_id) or _made(letter, received_at, actor, now)
    if place:
        Mailbox.objects.filter(pk=place.box_id, last_uid__lt=place.uid).update(last_uid=place.uid)
    return found


def _keys(letter: Letter) -> tuple[str, str]:
    """The key of a letter, and the one it gets when another already bears its Message-ID."""
    first = f"id:{letter.message_id}" if letter.message_id else f"content:{letter.content_sha256}"
    return sha256(first.encode()).hexdigest(), sha256(f"{first}|{letter.content_sha256}".encode()).hexdigest()


def _known(letter: Letter, government_id: int) -> Mail | None:
    first, second = _keys(letter)
    rows = {each.key: each for each in Mail.objects.filter(government_id=government_id, key__in=[first, second])}
    found = rows.get(first)
    if found and found.content_sha256 not in {"", letter.content_sha256}:  # "": its words were erased
        return rows.get(second)
    return found


def _made(letter: Letter, received_at: datetime | None, actor: Actor, now: datetime) -> Mail:
    first, second = _keys(letter)
    taken = Mail.objects.filter(government_id=actor.government_id, key=first).exists()
    faults = [*letter.faults, *(["same_id"] if taken else []), *(["many_files"] if len(letter.attached) > MOST_FILES else [])]
    came = min(received_at or now, now)
    mail = Mail(
        government_id=actor.government_id,
        consultation=None if letter.automatic else _meant(letter, actor.government_id),
        key=second if taken else first,
        message_id=letter.message_id,
        content_sha256=letter.content_sha256,
        raw_sha256=letter.raw_sha256,
        raw_size=letter.size,
        received_at=came,
        fetched_at=now,
        sender=letter.sender,
        sender_name=letter.sender_name,
        subject=letter.subject,
        text=letter.text,
        own_end=letter.own_end,
        automatic=letter.automatic,
        faults=" ".join(faults)[:80],
    )
    try:
        with transaction.atomic():
            mail.save()
    except IntegrityError:  # another runner was first
        there = _known(letter, actor.government_id)
        if there is None:
            raise
        return there
    MailFile.objects.bulk_create(_file(mail, n, each, now) for n, each in enumerate(letter.attached[:MOST_FILES], 1))
    record("mail.store", mail, actor=actor, now=now, clause="2.1", data={"size": letter.size, "files": len(letter.attached)})
    if letter.automatic:
        move(mail, MAIL, "know_automatic", actor=actor, now=now)
    return mail


def _file(mail: Mail, position: int, given: Attached, now: datetime) -> MailFile:
    row = MailFile(mail=mail, position=position, name=given.name[:200], byte_count=len(given.content))
    try:
        row.file = keep(given.content, given.name, government_id=mail.government_id, person_id=None, now=now, allowed=EVIDENCE)
    except Refused as refused:
        row.refused_zh, row.refused_en = (refused.decision.reason.within(each)[:300] for each in ("zh", "en"))
    return row


def _meant(letter: Letter, government_id: int) -> Consultation | None:
    """The consultation a letter names by its code or by a receipt; None when it names none, or several."""
    prefix = Government.objects.values_list("code_prefix", flat=True).get(pk=government_id)
    rows = Consultation.objects.filter(ALIVE, government_id=government_id, **named("topic__"))
    codes = consultations_named(letter.subject, letter.recipients, prefix)
    found = list(rows.filter(pk__in=codes)[:2]) if codes else []
    if not codes and (receipts := receipts_named(letter.subject, prefix)):
        told = Opinion.objects.filter(government_id=government_id, receipt__in=receipts).values("consultation_id")
        found = list(rows.filter(pk__in=told)[:2])
    return found[0] if len(found) == 1 else None
