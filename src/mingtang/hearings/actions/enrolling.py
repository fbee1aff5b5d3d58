"""Enrolment: by oneself without an account, keyed in by the desk, nominated; leaving; contact data."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from mingtang.hearings import policy, queries
from mingtang.hearings.actions.deciding import locked, running, touch_hearing
from mingtang.hearings.actions.proposing import need_purpose
from mingtang.hearings.actions.telling import mail
from mingtang.hearings.models import Hearing, Participant, ParticipantContact
from mingtang.hearings.rules import CHANNELS, PARTICIPANT, SEAT_LABELS, may_choose, may_enrol
from mingtang.kernel.decision import no
from mingtang.kernel.text import t
from mingtang.platform.actor import Actor, system
from mingtang.platform.audit.acts import record, require_own
from mingtang.platform.clock import day_of
from mingtang.platform.codes import new_token
from mingtang.platform.figures.lookup import figures_for
from mingtang.platform.moves import move

UNSELECTED = ("enrolled", "reserve", "passed_over", "withdrawn")


@dataclass(frozen=True, slots=True)
class EnrolmentIn:
    """Somebody who wants a seat, as the form or the desk gives it."""

    name: str
    seat: str = "participant"
    category: str = ""
    unit: str = ""
    words: str = ""
    publish_name: bool = False
    civil_servant: bool = False
    of_age: bool = False
    phone: str = ""
    email: str = ""
    id_tail: str = ""
    address: str = ""
    channel: str = "web"


@transaction.atomic
def enrol(hearing_id: int, given: EnrolmentIn, *, actor: Actor, now: datetime, token: str = "") -> Participant:
    """Enrol somebody while enrolment is open; the same form (`token`) twice gives one enrolment."""
    row = locked(hearing_id, actor)
    if given.channel != "web":
        policy.may_run(actor, row.topic.department_id).require()
    known = _known(row, given, token)
    if known:
        return known
    over = row.enrol_until is None or day_of(now) > row.enrol_until
    seats = (
        queries.open_seats(row)
        if given.seat == "participant"
        else {given.seat: row.observers if given.seat == "observer" else row.media_seats}
    )
    wanted = given.category if given.seat == "participant" else given.seat
    figures = figures_for(row.government_id, day_of(now))
    reachable = bool(given.name.strip() and (given.phone.strip() or given.email.strip()))
    may_enrol(row.state, seats, wanted, over=over, of_age=given.of_age, reachable=reachable, figures=figures).require()
    made = _add(row, given, now, form_token=token)
    record("participant.enrol", made, actor=actor, now=now, clause="713 Art.16", data={"number": made.number, "channel": made.channel})
    mail(made, "enrolled", f"enrolled:{made.token}", now)
    touch_hearing(row)
    return made


def _known(row: Hearing, given: EnrolmentIn, token: str) -> Participant | None:
    """The enrolment this form already made; somebody else's is never handed out for a name and a number."""
    people = Participant.objects.filter(hearing=row).exclude(state="withdrawn")
    found = people.filter(form_token=token).first() if token else None
    if found or not given.phone.strip():
        return found
    if people.filter(name=given.name.strip(), contact__phone=given.phone.strip(), seat=given.seat).exists():
        no(
            t("这个姓名和电话已经报过名。", "This name and phone number are enrolled already."),
            "713 Art.16",
            t(
                "请用报名时给您的专用链接；链接丢了请打电话核实后重新取得。",
                "Use the personal link you were given; if it is lost, call and it is given again.",
            ),
            code="already",
        ).require()
    return None


def _add(row: Hearing, given: EnrolmentIn, now: datetime, **also: str) -> Participant:
    last = Participant.objects.filter(hearing=row).order_by("-number").values_list("number", flat=True).first()
    made = Participant.objects.create(
        government_id=row.government_id,
        hearing=row,
        number=f"{int(last or 0) + 1:05d}",
        seat=given.seat if given.seat in SEAT_LABELS else "participant",
        category=given.category if given.seat == "participant" else "",
        name=given.name.strip(),
        unit=given.unit.strip(),
        words=given.words.strip(),
        publish_name=given.publish_name,
        civil_servant=given.civil_servant,
        channel=given.channel if given.channel in CHANNELS else "web",
        token=new_token(),
        enrolled_at=now,
        **also,
    )
    ParticipantContact.objects.create(
        participant=made,
        phone=given.phone.strip(),
        email=given.email.strip(),
        id_tail=given.id_tail.strip()[-4:],
        address=given.address.strip(),
        consent_at=now,
    )
    return made


@transaction.atomic
def nominate(hearing_id: int, given: EnrolmentIn, *, actor: Actor, now: datetime, reason: str) -> Participant:
    """Fill a seat that is nominated or invited, with the nominating body or the reason in writing."""
    row = running(hearing_id, actor)
    if row.state not in {"enrolling", "drawn", "listed"}:
        no(
            t("现在不能再加参加人。", "No participant can be added now."),
            "713 Art.16",
            t("公告之后、材料送达完毕之前可以。", "Between the announcement and the end of delivery."),
            code="wrong_state",
        ).require()
    found = Participant.objects.filter(hearing=row, name=given.name.strip(), category=given.category, unit=given.unit.strip()).first()
    if found:
        return found
    may_choose(given.category, queries.seats_of(row), queries.taken(row.pk), "nomination", reason).require()
    made = _add(row, replace(given, channel="nominated", seat="participant"), now)
    move(made, PARTICIPANT, "choose", actor=actor, now=now, method="nomination", method_reason=reason.strip()[:300])
    touch_hearing(row)
    return made


@transaction.atomic
def withdraw(participant_id: int, *, actor: Actor, now: datetime, reason: str) -> Participant:
    """The desk notes that somebody leaves; their seat is free for a reserve."""
    row = queries.person_for_update(participant_id)
    require_own(row, actor)
    policy.may_run(actor, row.hearing.topic.department_id).require()
    return _leave(row, actor, now, reason)


@transaction.atomic
def withdraw_self(token: str, *, actor: Actor, now: datetime, reason: str) -> Participant:
    """The person leaves by their own link; no reason need be given, and twice changes nothing."""
    found = queries.by_token(token) or queries.gone(t("报名", "enrolment"))
    row = queries.person_for_update(found.pk)
    require_own(row, actor)
    return _leave(row, actor, now, reason.strip() or str(t("本人退出", "left by themselves")))


def _leave(row: Participant, actor: Actor, now: datetime, reason: str) -> Participant:
    if row.state == "withdrawn":
        return row
    move(row, PARTICIPANT, "withdraw", actor=actor, now=now, reason=reason, left_reason=reason.strip()[:300])
    touch_hearing(row.hearing)
    return row


@transaction.atomic
def look_at_contact(participant_id: int, *, actor: Actor, now: datetime, purpose: str) -> ParticipantContact | None:
    """Open somebody's contact data for a stated purpose; the look is recorded."""
    row = queries.person_for_update(participant_id)
    require_own(row, actor)
    policy.may_see_contact(actor, row.hearing.topic.department_id).require()
    need_purpose(purpose)
    record("participant.look_at_contact", row, actor=actor, now=now, reason=purpose.strip())
    return ParticipantContact.objects.filter(participant=row).first()


def forget_unselected(now: datetime) -> int:
    """Delete the contact data of people without a seat once the figure's days after the hearing are over; gives how many."""
    gone = 0
    for row in Hearing.objects.filter(starts_at__lt=now, people__contact__isnull=False).distinct():
        assert row.starts_at is not None
        if (day_of(now) - day_of(row.starts_at)).days <= figures_for(row.government_id, day_of(now)).number("pii.retain_days_unselected"):
            continue
        found = ParticipantContact.objects.filter(participant__hearing=row, participant__state__in=UNSELECTED)
        deleted, _each = found.delete()
        if deleted:
            record("hearing.forget_unselected", row, actor=system(row.government_id), now=now, data={"people": deleted})
        gone += deleted
    return gone
