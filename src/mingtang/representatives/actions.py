"""Every write on representatives: one function, one transaction per use case."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from mingtang.kernel.decision import no
from mingtang.kernel.text import t
from mingtang.meetings import queries as meeting_queries
from mingtang.platform.actor import Actor
from mingtang.platform.audit.acts import record
from mingtang.platform.clock import day_of, local
from mingtang.platform.codes import new_token
from mingtang.platform.events import Happened
from mingtang.platform.figures.lookup import figures_for
from mingtang.platform.moves import move
from mingtang.platform.outbox.post import Recipient, post
from mingtang.platform.web.versions import touch
from mingtang.representatives import policy, queries, rules
from mingtang.representatives.models import HouseRules, Invitation, Material, Representative, RepresentativeContact
from mingtang.representatives.rules import INVITATION
from mingtang.topics import queries as topic_queries

SETTLED = frozenset({"frozen", "convened", "running"})


@transaction.atomic
def publish_house_rules(  # noqa: PLR0913 - four texts by name
    department_id: int, *, actor: Actor, now: datetime, selection: str, duties: str, organisation: str, discipline: str, in_force_on: date
) -> HouseRules:
    """3.2b: publish a new version of a department's house rules."""
    policy.may_publish_rules(actor, department_id).require()
    if not all(each.strip() for each in (selection, duties, organisation, discipline)):
        no(t("四项规定都要写。", "All four rules are needed."), "3.2b", t("代表产生、责任义务、会议组织、会议纪律。", "Selection, duties, organisation, discipline."), code="incomplete").require()
    last = HouseRules.objects.filter(department_id=department_id).aggregate(last=Max("version"))["last"] or 0
    row = HouseRules.objects.create(
        government_id=actor.government_id, department_id=department_id, version=last + 1, selection=selection, duties=duties,
        organisation=organisation, discipline=discipline, in_force_on=in_force_on, published_at=now, published_by_id=actor.person_id,
    )
    record("house_rules.publish", row, actor=actor, now=now, clause="3.2b")
    touch(actor.government_id, "house-rules")
    return row


@transaction.atomic
def add_representative(  # noqa: PLR0913 - every fact of the person by name
    *, actor: Actor, now: datetime, audience: str, name: str, unit: str = "", nominated_by: str = "", phone: str = "", email: str = "",
    publish_name: bool = False,
) -> Representative:
    """Add somebody to the pool; the same name, audience and unit twice gives the one already there."""
    policy.may_keep_pool(actor).require()
    found = Representative.objects.filter(government_id=actor.government_id, audience=audience, name=name.strip(), unit=unit.strip(), left_on=None).first()
    if found:
        return found
    row = Representative.objects.create(
        government_id=actor.government_id, audience=audience, name=name.strip(), unit=unit.strip(), nominated_by=nominated_by.strip(), publish_name=publish_name, added_at=now
    )
    RepresentativeContact.objects.create(representative=row, phone=phone, email=email)
    record("representative.add", row, actor=actor, now=now)
    return row


@transaction.atomic
def select_representative(item_id: int, representative_id: int, *, actor: Actor, now: datetime, method: str, reason: str = "") -> Invitation:
    """3.2c: give a seat of the approved audience to a person; a second call gives the seat already there."""
    item = meeting_queries.item_for_update(item_id)
    policy.may_select(actor, item.topic.department_id).require()
    person = Representative.objects.get(pk=representative_id, government_id=item.government_id)
    found = Invitation.objects.filter(item=item, representative=person).first()
    if found:
        return found
    seats = topic_queries.openness(item.topic_id).audiences
    rules.may_select(person.audience, seats, queries.taken(item_id), method, reason).require()
    row = Invitation.objects.create(
        government_id=item.government_id, meeting_id=item.meeting_id, item=item, representative=person, audience=person.audience, method=method,
        method_reason=reason.strip(), token=new_token(), publish_name=person.publish_name,
    )
    record("invitation.select", row, actor=actor, now=now, reason=reason, clause="3.2c")
    touch(row.government_id, f"meeting:{row.meeting_id}")
    return row


@transaction.atomic
def invite(invitation_id: int, *, actor: Actor, now: datetime) -> Invitation:
    """2.2a, 3.2b: send the invitation with a personal link; needs house rules in force and a frozen agenda."""
    row = queries.for_update(invitation_id)
    policy.may_select(actor, row.item.topic.department_id).require()
    in_force = queries.rules_in_force(row.item.topic.department_id, day_of(now))
    rules.may_invite(rules_in_force=in_force is not None, agenda_frozen=row.meeting.state in SETTLED).require()
    move(row, INVITATION, "invite", actor=actor, now=now, invited_at=now)
    _mail(row, "representatives/email/invitation.txt", f"invite:{row.pk}", now)
    return row


def _mail(row: Invitation, template: str, dedupe: str, now: datetime) -> bool:
    contact = RepresentativeContact.objects.filter(representative_id=row.representative_id).first()
    if contact is None or not contact.email:
        return False
    post(
        template, to=Recipient(None, contact.email), government_id=row.government_id, now=now, about=row, dedupe=dedupe,
        url=f"/invitation/{row.token}/", name=row.representative.name, meeting=str(row.meeting), topic=str(row.item.topic),
        starts_at=local(row.meeting.starts_at).strftime("%Y-%m-%d %H:%M"), place=row.meeting.place, requirements=row.requirements,
    )
    return True


@transaction.atomic
def answer_invitation(token: str, *, actor: Actor, now: datetime, accept: bool, accepted_rules: bool = False, publish_name: bool = False, reason: str = "") -> Invitation:
    """The representative's own answer through the personal link; the same answer twice changes nothing."""
    found = queries.by_token(token)
    if found is None:
        queries.GONE.require()
    assert found is not None  # noqa: S101 - require() raised otherwise
    row = queries.for_update(found.pk)
    if (accept and row.state in {"accepted", "noticed"}) or (not accept and row.state == "declined"):
        return row
    if not accept:
        move(row, INVITATION, "decline", actor=actor, now=now, reason=reason, answered_at=now, decline_reason=reason[:300])
        return row
    INVITATION.may(row.state, "accept").require()
    rules.may_accept(accepted_rules).require()
    in_force = queries.rules_in_force(row.item.topic.department_id, day_of(now))
    move(row, INVITATION, "accept", actor=actor, now=now, answered_at=now, rules=in_force, publish_name=publish_name)
    return row


@transaction.atomic
def notify(invitation_id: int, *, actor: Actor, now: datetime, requirements: str, door: str = "email") -> Invitation:
    """3.2d: tell the requirements and hand over the papers; by e-mail, or by post or hand as the clerk records.

    Late notices are recorded as they are; whether the meeting may be convened is asked then.
    """
    row = queries.for_update(invitation_id)
    policy.may_select(actor, row.item.topic.department_id).require()
    if row.state == "noticed":
        return row
    if not requirements.strip():
        no(t("要写明列席的有关要求。", "The requirements are needed."), "3.2d", t("时间、地点、注意事项。", "Time, place, what to mind."), code="requirements").require()
    papers = topic_queries.documents_of(row.item.topic_id, "material", "draft", "adoption_note", "explanation")
    if not papers:
        no(t("没有可以提供的审议材料。", "There are no papers to hand over."), "3.2d", t("先在议题档案附上“会议审议材料”。", "Attach the meeting paper in the dossier first."), code="no_papers").require()
    Material.objects.bulk_create(
        (Material(invitation=row, document=each, sha256=each.file.sha256, handed_at=now) for each in papers), ignore_conflicts=True
    )
    row.requirements = requirements.strip()
    mailed = door == "email" and _mail(row, "representatives/email/notice.txt", f"notice:{row.pk}", now)
    used = door if door != "email" or mailed else "link"
    delivered = now if used in {"hand", "post"} else None
    move(row, INVITATION, "notice", actor=actor, now=now, requirements=row.requirements, noticed_at=now, noticed_by_door=used, delivered_at=delivered)
    return row


@transaction.atomic
def open_link(token: str, *, now: datetime) -> Invitation | None:
    """Note that the personal link was opened after the notice: part of the proof."""
    row = queries.by_token(token)
    if row and row.noticed_at and row.opened_at is None:
        Invitation.objects.filter(pk=row.pk).update(opened_at=now)
        row.opened_at = now
    return row


@transaction.atomic
def fetch_material(token: str, document_id: int, *, now: datetime) -> Material | None:
    """Note that a paper was fetched; None when it was not handed to this person or the meeting is over."""
    found = Material.objects.select_related("document__file", "invitation__meeting").filter(invitation__token=token, document_id=document_id).first()
    if found is None or found.invitation.state in {"declined", "revoked"} or found.invitation.meeting.state in {"ended", "closed", "cancelled"}:
        return None
    if found.fetched_at is None:
        Material.objects.filter(pk=found.pk).update(fetched_at=now)
    return found


def delivered(happened: Happened) -> None:
    """Reaction to ``notice.delivered``: an e-mailed notice reached the recipient's server."""
    notice = happened.subject
    if notice.about_type == "representatives.invitation" and notice.template.endswith("notice.txt"):
        Invitation.objects.filter(pk=notice.about_id, delivered_at=None).update(delivered_at=happened.now)


def check_notices(happened: Happened) -> None:
    """Reaction to ``meeting.convene``: refuse when somebody was not told in time (3.2d)."""
    row = happened.subject
    figures = figures_for(row.government_id, day_of(row.starts_at))
    rules.may_convene(row.starts_at, queries.notice_facts(row.pk), row.emergency_reason, figures).require()


@transaction.atomic
def check_in(invitation_id: int, *, actor: Actor, now: datetime) -> Invitation:
    """3.2f: note that the person is here; twice changes nothing."""
    row = queries.for_update(invitation_id)
    policy.may_check_in(actor).require()
    if row.state == "present":
        return row
    move(row, INVITATION, "check_in", actor=actor, now=now, in_at=now)
    touch(row.government_id, f"meeting:{row.meeting_id}")
    return row


@transaction.atomic
def check_out(invitation_id: int, *, actor: Actor, now: datetime) -> Invitation:
    """Note that the person has left (closed items follow)."""
    row = queries.for_update(invitation_id)
    policy.may_check_in(actor).require()
    if row.state == "present" and row.out_at is None:
        Invitation.objects.filter(pk=row.pk).update(out_at=now)
        record("invitation.check_out", row, actor=actor, now=now)
    return row


@transaction.atomic
def check_in_by_code(meeting_id: int, code: str, *, actor: Actor, now: datetime) -> Invitation:
    """Check in by the code of the invitation (its link or token, typed or scanned)."""
    token = code.strip().rstrip("/").rpartition("/")[2]
    found = Invitation.objects.filter(meeting_id=meeting_id, token=token).first()
    if found is None:
        no(t("这不是本次会议的邀请码。", "This code belongs to no invitation of this meeting."), "3.2f", t("请核对二维码，或在名单里签到。", "Check the code, or use the list."), code="code").require()
    assert found is not None  # noqa: S101 - require() raised otherwise
    return check_in(found.pk, actor=actor, now=now)


@transaction.atomic
def mark_absent(meeting_id: int, *, actor: Actor, now: datetime) -> int:
    """Mark everybody absent who said yes and did not come; returns how many."""
    policy.may_check_in(actor).require()
    rows = Invitation.objects.select_for_update().filter(meeting_id=meeting_id, state__in=["accepted", "noticed"])
    for row in rows:
        move(row, INVITATION, "miss", actor=actor, now=now)
    return len(rows)


@transaction.atomic
def revoke(invitation_id: int, *, actor: Actor, now: datetime, reason: str) -> Invitation:
    """Take a seat back with a reason; the link then explains it."""
    row = queries.for_update(invitation_id)
    policy.may_select(actor, row.item.topic.department_id).require()
    move(row, INVITATION, "revoke", actor=actor, now=now, reason=reason, decline_reason=reason[:300])
    return row
