"""Sending what is queued: leased, retried with back-off, safe under kill -9 and several workers."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.utils import make_msgid
from smtplib import SMTPException, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import DNS_NAME, EmailMessage
from django.db import transaction
from django.db.models import Q

from mingtang.platform import events
from mingtang.platform.actor import Actor, system
from mingtang.platform.audit.acts import ELSEWHERE, record
from mingtang.platform.outbox.calendar import method_of
from mingtang.platform.outbox.messengers import NotTaken, messenger
from mingtang.platform.outbox.models import Notice
from mingtang.platform.outbox.post import whole_link
from mingtang.platform.outbox.rules import LEASE, MAX_ATTEMPTS, NOTICE, is_final, wait_after


def deliver_due(now: datetime, *, at_most: int = 50) -> int:
    """Send up to `at_most` notices that are due; returns how many were sent.

    A notice whose sender died (lease over) is taken again.
    """
    due = Notice.objects.filter(Q(state="queued", next_at__lte=now) | Q(state="sending", lease_until__lt=now)).order_by("next_at", "id")
    return sum(_deliver(notice, now) for notice in due[:at_most] if _take(notice, now))


def _take(notice: Notice, now: datetime) -> bool:
    NOTICE.may(notice.state, "take").require()
    free = Q(state="queued") | Q(state="sending", lease_until__lt=now)
    taken = Notice.objects.filter(free, pk=notice.pk).update(
        state=NOTICE.arrow("take").target,
        lease_until=now + LEASE,
        attempts=notice.attempts + 1,
    )
    notice.refresh_from_db()
    return bool(taken)


def _deliver(notice: Notice, now: datetime) -> int:
    try:
        reference = _hand_over(notice)
    except SMTPRecipientsRefused as problem:
        codes = [code for code, _words in problem.recipients.values()]
        _settle_failure(notice, now, str(problem), final=is_final(codes))
    except NotTaken as problem:
        _settle_failure(notice, now, str(problem), final=problem.final)
    except (SMTPException, OSError, ValueError) as problem:  # ValueError: an address or subject no mail can carry
        _settle_failure(notice, now, str(problem))
    else:
        with transaction.atomic():
            _settle(notice, "deliver", sent_at=now, last_error="", reference=reference[:120])
            _announce("notice.delivered", notice, now)
        return 1
    return 0


def _hand_over(notice: Notice) -> str:
    """Give the notice to the mail server or the provider of text messages; gives the Message-ID or the provider's number."""
    if not notice.phone:
        message_id = make_msgid(domain=DNS_NAME.get_fqdn())
        _message(notice, message_id).send()
        return message_id
    provider = messenger()
    if provider is None:
        raise NotTaken("MINGTANG_MESSENGER is not set", final=True)
    return provider.send(notice.phone, notice.body, f"notice-{notice.pk}")


def _announce(name: str, notice: Notice, now: datetime) -> None:
    events.announce(events.Happened(name, notice, system(notice.government_id), now))


def _message(notice: Notice, message_id: str) -> EmailMessage:
    headers = {
        "Message-ID": message_id,
        "X-Mingtang-Notice": str(notice.pk),
        "Auto-Submitted": "auto-generated",
    }  # RFC 3834: no robot shall answer
    if notice.unsubscribe:
        link = whole_link(notice.government_id, notice.unsubscribe)
        headers |= {"List-Unsubscribe": f"<{link}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    message = EmailMessage(
        subject=notice.subject_line,
        body=notice.body,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[notice.address],
        headers=headers,
    )
    if notice.calendar_ics:
        message.attach("invite.ics", notice.calendar_ics, f"text/calendar; method={method_of(notice.calendar_ics)}; charset=utf-8")
    return message


def _settle_failure(notice: Notice, now: datetime, problem: str, *, final: bool = False) -> None:
    if final or notice.attempts >= MAX_ATTEMPTS:
        with transaction.atomic():
            _settle(notice, "give_up", last_error=problem)
            _announce("notice.failed", notice, now)
    else:
        _settle(notice, "retry", last_error=problem, next_at=now + wait_after(notice.attempts))


def _settle(notice: Notice, name: str, **fields: object) -> None:
    NOTICE.may(notice.state, name).require()
    Notice.objects.filter(pk=notice.pk).update(state=NOTICE.arrow(name).target, lease_until=None, **fields)
    notice.refresh_from_db()


@transaction.atomic
def resend(notice_id: int, *, actor: Actor, now: datetime) -> None:
    """Queue a failed notice once more; `Refused` when it has not failed or is not of this government."""
    notice = Notice.objects.select_for_update(of=("self",)).filter(pk=notice_id, government_id=actor.government_id).first()
    if notice is None:
        ELSEWHERE.require()
    assert notice is not None
    _settle(notice, "resend", attempts=0, next_at=now - timedelta(seconds=1))
    record("notice.resend", notice, actor=actor, now=now)
