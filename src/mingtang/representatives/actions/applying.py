"""Applications: by oneself without an account, keyed in from paper; left out, withdrawn, looked at, forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from mingtang.kernel.decision import no
from mingtang.kernel.text import t
from mingtang.platform.actor import Actor, system
from mingtang.platform.audit.acts import record, require_own
from mingtang.platform.clock import day_of
from mingtang.platform.codes import as_code, new_code
from mingtang.platform.figures.lookup import figures_for
from mingtang.platform.ledger.writing import Promise, promise
from mingtang.platform.moves import move
from mingtang.representatives import policy, queries, rules
from mingtang.representatives.actions.calling import locked_call, touch_call
from mingtang.representatives.actions.counting import count
from mingtang.representatives.actions.keeping import forgot
from mingtang.representatives.models import Application, ApplicationContact, Call
from mingtang.representatives.published.receipts import APPLICATION_ROW, RECEIVED, content_of
from mingtang.representatives.rules import APPLICATION, CHANNELS, GROUNDS


@dataclass(frozen=True, slots=True)
class ApplicationIn:
    """Somebody who applies, as the form or the desk gives it; `answers`: the value in each category, the audience among them; `household`: the word they agreed on with those they live with."""

    name: str
    answers: Mapping[str, str] = field(default_factory=dict)
    phone: str = ""
    email: str = ""
    of_age: bool = False
    says_conflict: bool = False
    publish_name: bool = False
    channel: str = "web"
    household: str = ""


@transaction.atomic
def apply_for_seat(call_id: int, given: ApplicationIn, *, actor: Actor, now: datetime, token: str = "") -> Application:
    """Take an application and give its receipt, promised to the log; the same form (`token`) twice gives one application."""
    row = locked_call(call_id, actor)
    offline = given.channel != "web"
    if offline:
        policy.may_run_call(actor, row.topic.department_id).require()
    known = _known(row, given, token)
    if known:
        return known
    rules.may_apply(row.state, row.closes_on, day_of(now), offline=offline).require()
    figures = figures_for(row.government_id, day_of(now))
    reachable = bool(given.name.strip() and (given.phone.strip() or given.email.strip()))
    rules.may_be_taken(given.answers, row.lines(), of_age=given.of_age, reachable=reachable, figures=figures).require()
    made = _add(row, given, actor, now, token)
    count(made, applied=1, standing=1)
    about = {"about": f"call:{row.pk}", "channel": made.channel}
    promise(
        [Promise(RECEIVED, made.receipt, content_of(made), (APPLICATION_ROW, made.pk), about)], government_id=row.government_id, now=now
    )
    record("application.receive", made, actor=actor, now=now, clause="2.2a", data={"channel": made.channel})
    touch_call(row)
    return made


def _known(row: Call, given: ApplicationIn, token: str) -> Application | None:
    """The application this form already made; somebody else's is never handed out for a name and a number."""
    live = Application.objects.filter(call=row).exclude(state="withdrawn")
    found = live.filter(form_token=token).first() if token else None
    if found:
        return found
    same = ApplicationContact.objects.filter(application__in=live, name=given.name.strip())
    phone, email = given.phone.strip(), given.email.strip()
    if (phone and same.filter(phone=phone).exists()) or (email and same.filter(email__iexact=email).exists()):
        no(
            t("这个姓名和联系方式已经报过名。", "This name and contact have applied already."),
            "2.2a",
            t("每人报一次。请用报名时给您的回执号查看。", "One application for each person. Look it up by the receipt you were given."),
            code="already",
        ).require()
    return None


def _add(row: Call, given: ApplicationIn, actor: Actor, now: datetime, token: str) -> Application:
    last = Application.objects.filter(call=row).order_by("-number").values_list("number", flat=True).first()
    categories = {each.category for each in row.quotas.all()}
    made = Application.objects.create(
        government_id=row.government_id,
        call=row,
        number=f"{int(last or 0) + 1:04d}",
        answers={category: given.answers[category] for category in sorted(categories)},
        household=rules.household_mark(row.household_salt, given.household) if row.household_limit else "",
        channel=given.channel if given.channel in CHANNELS else "web",
        receipt=new_code(row.government.code_prefix),
        form_token=token,
        applied_at=now,
        entered_by_id=actor.person_id,
        says_conflict=given.says_conflict,
    )
    ApplicationContact.objects.create(
        application=made,
        name=given.name.strip(),
        phone=given.phone.strip(),
        email=given.email.strip(),
        publish_name=given.publish_name,
        consent_at=now,
    )
    return made


def locked_application(application_id: int, actor: Actor) -> Application:
    """One application of the actor's government, locked after its call: nobody freezes or moves up meanwhile."""
    locked_call(queries.application(actor.government_id, application_id).call_id, actor)
    row = queries.application_for_update(application_id)
    policy.may_run_call(actor, row.call.topic.department_id).require()
    return row


def _before_freezing(row: Application) -> None:
    rules.may_apply(row.call.state, None, day_of(row.applied_at), offline=True).require()


@transaction.atomic
def leave_out(application_id: int, *, actor: Actor, now: datetime, ground: str, reason: str) -> Application:
    """Leave somebody out of the draw before it is frozen: a conflict of interest, or a condition not met; the number and the ground are published."""
    row = locked_application(application_id, actor)
    if row.state == "excluded" and row.ground == ground:
        return row
    _before_freezing(row)
    if ground not in GROUNDS:
        no(
            t("请选不列入的依据。", "Choose the ground."),
            "3.2c",
            t("有利益冲突，或不符合公布的条件。", "A conflict of interest, or a published condition not met."),
            code="ground",
        ).require()
    move(row, APPLICATION, "exclude", actor=actor, now=now, reason=reason, ground=ground, ground_reason=reason.strip()[:300])
    count(row, standing=-1)
    touch_call(row.call)
    return row


@transaction.atomic
def take_in(application_id: int, *, actor: Actor, now: datetime) -> Application:
    """Take somebody who was left out into the draw again, before it is frozen."""
    row = locked_application(application_id, actor)
    if row.state == "received":
        return row
    _before_freezing(row)
    move(row, APPLICATION, "admit", actor=actor, now=now, ground="", ground_reason="")
    count(row, standing=1)
    touch_call(row.call)
    return row


@transaction.atomic
def withdraw_application(receipt: str, *, actor: Actor, now: datetime) -> Application:
    """Withdraw by the receipt: who it was is deleted at once. After the freezing the number stays, and a reserve takes its seat."""
    found = Application.objects.filter(receipt=as_code(receipt), government_id=actor.government_id).first()
    if found is None:
        queries.NO_APPLICATION.require()
    assert found is not None
    locked_call(found.call_id, actor)
    row = queries.application_for_update(found.pk)
    if row.state == "withdrawn":
        return row
    count(row, applied=-1, standing=0 if row.state == "excluded" else -1)
    move(row, APPLICATION, "withdraw", actor=actor, now=now)
    ApplicationContact.objects.filter(application=row).delete()
    touch_call(row.call)
    return row


@transaction.atomic
def look_at_applicant(application_id: int, *, actor: Actor, now: datetime, purpose: str) -> ApplicationContact | None:
    """Open who somebody is for a stated purpose; the look is recorded. None when it was deleted."""
    row = queries.application_for_update(application_id)
    require_own(row, actor)
    policy.may_see_applicant(actor, row.call.topic.department_id).require()
    if not purpose.strip():
        no(
            t("查看个人信息要写明用途。", "Looking at personal data needs a purpose."),
            "711 Art.15",
            t("请写明为什么要看。", "Say why you need it."),
            code="purpose",
        ).require()
    record("application.look_at_contact", row, actor=actor, now=now, reason=purpose.strip())
    return ApplicationContact.objects.filter(application=row).first()


def forget_applicants(now: datetime) -> int:
    """Delete who the applicants were when the figure's days after the draw (or the cancelling) are over; gives how many.

    Those who got a seat are in the pool by then, under its own rules.
    """
    gone = 0
    for row in Call.objects.filter(ended_at__lt=now, applications__contact__isnull=False).distinct().order_by("pk"):
        days = figures_for(row.government_id, day_of(now)).number("pii.retain_days_unselected")
        if rules.is_forgotten(row.ended_at, days, now):
            gone += _forget(row, now)
    return gone


@transaction.atomic
def _forget(row: Call, now: datetime) -> int:
    deleted, _each = ApplicationContact.objects.filter(application__call=row).exclude(application__state__in=["drawn"]).delete()
    if deleted:
        record("call.forget_applicants", row, actor=system(row.government_id), now=now, data={"people": deleted})
        forgot(
            row.government_id, "unselected", deleted, figures_for(row.government_id, day_of(now)).number("pii.retain_days_unselected"), now
        )
    return deleted
