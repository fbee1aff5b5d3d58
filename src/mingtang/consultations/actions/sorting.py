"""What clerks do with mails: give them to a consultation, make opinions of them, set them aside, look who sent them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from mingtang.consultations import policy, queries
from mingtang.consultations.actions.arriving import OpinionIn
from mingtang.consultations.actions.receiving import receive_opinion
from mingtang.consultations.models import Consultation, Entry, Mail, OpinionFile
from mingtang.consultations.queries.entering import entry_of
from mingtang.consultations.rules.entering import may_enter_again
from mingtang.consultations.rules.mails import MAIL, asks_silence, may_assign, may_release, may_set_aside, may_take_mail
from mingtang.kernel.decision import no
from mingtang.kernel.text import t
from mingtang.platform.actor import Actor
from mingtang.platform.audit.acts import ELSEWHERE, record
from mingtang.platform.moves import move

ERASED = no(
    t("这封邮件保存期已满，内容已经清除。", "The mail was kept as long as it may be; its content is gone."),
    "PIPL Art.19",
    t("原件可能还在邮箱里，请到邮箱里处理。", "It may still lie in the box; see to it there."),
    code="erased",
)


def _locked(mail_id: int, actor: Actor) -> tuple[Mail, Consultation | None]:
    """A mail and its consultation, the consultation locked first, as everybody does who takes opinions."""
    rows = Mail.objects.filter(pk=mail_id, government_id=actor.government_id)
    consultation_id = rows.values_list("consultation_id", flat=True).first()
    row = queries.for_update(consultation_id) if consultation_id else None
    mail = rows.select_for_update(of=("self",)).first()
    if mail is None:
        ELSEWHERE.require()
    assert mail is not None
    if mail.consultation_id != consultation_id:
        no(
            t("这封邮件刚刚被别人改归了别处。", "The mail has just been given elsewhere by somebody else."),
            "2.1",
            t("请刷新页面再看。", "Reload the page and look again."),
            code="overtaken",
        ).require()
    policy.may_sort_mail(actor, row.topic.department_id if row else None).require()
    return mail, row


def standing(mail: Mail) -> QuerySet[Entry]:
    """The opinions made of a mail that were not undone."""
    return Entry.objects.filter(mail=mail, undone_at=None)


@transaction.atomic
def assign_mail(mail_id: int, consultation_id: int | None, *, actor: Actor, now: datetime) -> Mail:
    """Give a mail to a consultation, or back to the tray with None; not once opinions were made of it."""
    mail, _row = _locked(mail_id, actor)
    if mail.consultation_id == consultation_id:
        return mail
    may_release(standing(mail).count()).require()
    if mail.state != "waiting":
        MAIL.may(mail.state, "take").require()
    if consultation_id is not None:
        wanted = Consultation.objects.filter(pk=consultation_id, government_id=actor.government_id).first()
        may_assign(wanted.state if wanted else "").require()
    mail.consultation_id = consultation_id
    mail.save(update_fields=["consultation"])
    record("mail.assign", mail, actor=actor, now=now, clause="2.1", data={"consultation": consultation_id or 0})
    return mail


@transaction.atomic
def set_mail_aside(mail_id: int, code: str, *, actor: Actor, now: datetime, note: str = "") -> Mail:
    """Keep a mail out of the opinions, for one of the reasons; it can be taken up again."""
    mail, _row = _locked(mail_id, actor)
    may_set_aside(code).require()
    if (mail.state, mail.aside_code) == ("aside", code):
        return mail
    note = note.strip()[:300]
    said = f"{code} {note}".strip()[:300]
    move(
        mail,
        MAIL,
        "set_aside",
        actor=actor,
        now=now,
        reason=said,
        aside_code=code,
        aside_note=note,
        handled_by_id=actor.person_id,
        handled_at=now,
    )
    return mail


@transaction.atomic
def take_up_mail(mail_id: int, *, actor: Actor, now: datetime) -> Mail:
    """Put a mail that was set aside, or taken for an automatic one, back among those that wait."""
    mail, _row = _locked(mail_id, actor)
    if mail.state == "waiting":
        return mail
    if mail.erased_at is not None:
        ERASED.require()
    move(mail, MAIL, "take_up", actor=actor, now=now, aside_code="", aside_note="", handled_by_id=actor.person_id, handled_at=now)
    return mail


@transaction.atomic
def enter_mail(mail_id: int, given: OpinionIn, *, actor: Actor, now: datetime, token: str) -> Entry:
    """Make an opinion of a mail, on one clause or the whole draft; the same form twice gives the same, a clause counts once.

    It came when the mail came. Its author gets the receipt by mail, unless the mail was an automatic one: those are
    never answered. What hung on the mail hangs on the first opinion made of it.
    """
    mail, row = _locked(mail_id, actor)
    may_take_mail(mail.state, assigned=row is not None).require()
    assert row is not None
    policy.may_prepare(actor, row.topic.department_id).require()
    sent = f"mail:{mail.pk}:{token}"
    known = Entry.objects.filter(consultation=row, opinion__outside_id=sent).select_related("opinion").first()
    if known:
        return known
    place = given.clause_id or 0
    there = entry_of(row.pk, mail.number, place)
    may_enter_again(mail.number, there.opinion.receipt if there else "").require()
    first = not standing(mail).exists()
    whole = replace(
        given,
        channel="email",
        received_at=max(mail.received_at, row.opened_at or mail.received_at),  # a mail sent before the opening counts from it
        outside_id=sent,
        author="" if mail.sender else mail.number,  # several clauses of one mail are one person
        name=mail.sender_name[:60],
        email="" if mail.automatic else mail.sender,
    )
    opinion = receive_opinion(row.pk, whole, actor=actor, now=now)
    if first:
        OpinionFile.objects.bulk_create(
            OpinionFile(opinion=opinion, file=each.file) for each in mail.files.exclude(file=None).order_by("position")
        )
    entry = Entry.objects.create(
        consultation=row, opinion=opinion, number=mail.number, place=place, mail=mail, entered_by_id=actor.person_id, entered_at=now
    )
    if mail.state == "waiting":
        move(mail, MAIL, "take", actor=actor, now=now, handled_by_id=actor.person_id, handled_at=now)
    return entry


def accept_mail(mail_id: int, *, actor: Actor, now: datetime, token: str) -> Entry:
    """Take a mail as it is for one opinion on the whole draft: its own words, not published if they ask for that."""
    mail = Mail.objects.filter(pk=mail_id, government_id=actor.government_id).first()
    if mail is None:
        ELSEWHERE.require()
    assert mail is not None
    given = OpinionIn(mail.own_words, publish_consent=not asks_silence(mail.own_words))
    return enter_mail(mail_id, given, actor=actor, now=now, token=token)


@transaction.atomic
def look_at_sender(mail_id: int, *, actor: Actor, now: datetime, purpose: str) -> Mail:
    """See who sent a mail, for a stated purpose; the look is recorded (PIPL Art.6, 51)."""
    mail = Mail.objects.select_related("consultation__topic").filter(pk=mail_id, government_id=actor.government_id).first()
    if mail is None:
        ELSEWHERE.require()
    assert mail is not None
    policy.may_see_contact(actor, mail.consultation.topic.department_id if mail.consultation else None).require()
    if not purpose.strip():
        no(
            t("查看个人信息要写明用途。", "Looking at personal data needs a purpose."),
            "711 Art.15",
            t("请写明为什么要联系。", "Say why you need it."),
            code="purpose",
        ).require()
    record("mail.look_at_sender", mail, actor=actor, now=now, reason=purpose)
    return mail
