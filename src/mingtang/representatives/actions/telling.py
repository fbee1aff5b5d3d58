"""3.2d: requirements and papers to each person, and the proof that they came."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mingtang.kernel.decision import no
from mingtang.kernel.text import t
from mingtang.platform.actor import Actor
from mingtang.platform.audit.acts import record
from mingtang.platform.clock import day_of
from mingtang.platform.events import Happened
from mingtang.platform.moves import move
from mingtang.platform.outbox.post import whole_link
from mingtang.representatives import policy, queries
from mingtang.representatives.actions.inviting import locked, mail, touch_seat
from mingtang.representatives.models import Invitation, Material
from mingtang.representatives.rules import DOOR_LABELS, INVITATION, OVER, may_answer
from mingtang.topics import queries as topic_queries

PAPERS = ("material", "draft", "adoption_note", "explanation")
OFFLINE = frozenset({"hand", "post", "phone"})


@transaction.atomic
def notify(invitation_id: int, *, actor: Actor, now: datetime, requirements: str, door: str = "email") -> Invitation:
    """3.2d: tell the requirements and hand over the papers; by e-mail, or by post or hand as the clerk records.

    Late notices are recorded as they are; whether the meeting may be convened is asked then. A second
    notice changes nothing: what was sent first stays the proof.
    """
    row = locked(invitation_id, actor)
    policy.may_select(actor, row.item.topic.department_id).require()
    if row.state == "noticed":
        return row
    INVITATION.may(row.state, "notice").require()
    may_answer(row.meeting.state).require()
    if not requirements.strip():
        no(
            t("要写明列席的有关要求。", "The requirements are needed."),
            "3.2d",
            t("时间、地点、注意事项。", "Time, place, what to mind."),
            code="requirements",
        ).require()
    papers = topic_queries.documents_of(row.item.topic_id, *PAPERS)
    if not papers:
        no(
            t("没有可以提供的审议材料。", "There are no papers to hand over."),
            "3.2d",
            t("先在议题档案附上“会议审议材料”。", "Attach the meeting paper in the dossier first."),
            code="no_papers",
        ).require()
    Material.objects.bulk_create(
        (Material(invitation=row, document=each, sha256=each.file.sha256, handed_at=now) for each in papers), ignore_conflicts=True
    )
    row.requirements = requirements.strip()
    mailed = door == "email" and mail(row, "notice", f"notice:{row.token}", now)
    used = door if door != "email" or mailed else "link"
    delivered_at = now if used in {"hand", "post"} else None
    move(
        row,
        INVITATION,
        "notice",
        actor=actor,
        now=now,
        requirements=row.requirements,
        noticed_at=now,
        noticed_by_door=used,
        delivered_at=delivered_at,
    )
    touch_seat(row)
    return row


@transaction.atomic
def notify_all(meeting_id: int, *, actor: Actor, now: datetime, requirements: str) -> int:
    """Notify everybody who accepted and whom the actor may notify; all or nobody. Returns how many."""
    rows = [
        each
        for each in queries.invitations(meeting_id)
        if each.state == "accepted" and policy.may_select(actor, each.item.topic.department_id)
    ]
    for each in rows:
        notify(each.pk, actor=actor, now=now, requirements=requirements)
    return len(rows)


def tell_receipt(row: Invitation, code: str, now: datetime) -> None:
    """Send a representative the receipt of what they suggested, if an address is known; within the caller's transaction."""
    link = whole_link(row.government_id, f"/r/{code}/")
    mail(row, "suggestion", f"suggestion:{code}", now, receipt=code, receipt_link=link)


@transaction.atomic
def record_delivery(invitation_id: int, *, actor: Actor, now: datetime, door: str) -> Invitation:
    """The clerk records that the notice reached the person: by phone, by hand, by post. The first record stays."""
    row = locked(invitation_id, actor)
    policy.may_select(actor, row.item.topic.department_id).require()
    if row.noticed_at is None:
        no(
            t("还没有发出告知。", "No notice was sent yet."),
            "3.2d",
            t("先告知要求并提供材料。", "Send requirements and papers first."),
            code="not_noticed",
        ).require()
    if door not in OFFLINE:
        no(
            t("请选择怎样送达的。", "Say how it reached them."),
            "3.2d",
            t("电话、当面或邮寄。", "By phone, by hand or by post."),
            code="door",
        ).require()
    if row.delivered_at is None:
        Invitation.objects.filter(pk=row.pk).update(delivered_at=now)
        row.delivered_at = now
        record("invitation.record_delivery", row, actor=actor, now=now, clause="3.2d", reason=str(DOOR_LABELS[door]))
    return row


@transaction.atomic
def remind(invitation_id: int, *, actor: Actor, now: datetime) -> Invitation:
    """Remind somebody who has not answered, or not opened the notice; one mail a day at most."""
    row = locked(invitation_id, actor)
    policy.may_select(actor, row.item.topic.department_id).require()
    may_answer(row.meeting.state).require()
    if row.state not in {"invited", "accepted", "noticed"}:
        no(
            t("这份邀请现在不用提醒。", "There is nothing to remind of now."),
            "2.2a",
            t("邀请之后、会议之前才提醒。", "Remind between the invitation and the meeting."),
            code="wrong_state",
        ).require()
    if row.reminded_at and day_of(row.reminded_at) == day_of(now):
        return row
    if not mail(row, "reminder", f"remind:{row.token}:{day_of(now)}", now):
        no(
            t("没有留邮箱，请打电话提醒。", "There is no e-mail address; please call."),
            "2.2a",
            t("电话在联系方式里。", "The number stands with the contact data."),
            code="no_address",
        ).require()
    Invitation.objects.filter(pk=row.pk).update(reminded_at=now)
    row.reminded_at = now
    record("invitation.remind", row, actor=actor, now=now)
    return row


@transaction.atomic
def open_link(token: str, *, now: datetime) -> Invitation | None:
    """Note that the personal link was opened after the notice: part of the proof."""
    row = queries.by_token(token)
    if row and row.noticed_at and row.opened_at is None:
        Invitation.objects.filter(pk=row.pk, opened_at=None).update(opened_at=now)
        row.opened_at = now
    return row


@transaction.atomic
def fetch_material(token: str, document_id: int, *, now: datetime) -> Material | None:
    """Note that a paper was fetched; None when it was not handed to this person or the meeting is over."""
    found = (
        Material.objects.select_related("document__file", "invitation__meeting")
        .filter(invitation__token=token, document_id=document_id)
        .first()
    )
    if found is None or found.invitation.state in {"declined", "revoked", "lapsed"} or found.invitation.meeting.state in OVER:
        return None
    if found.fetched_at is None:
        Material.objects.filter(pk=found.pk, fetched_at=None).update(fetched_at=now)
        Invitation.objects.filter(pk=found.invitation_id, opened_at=None).update(opened_at=now)
    return found


def delivered(happened: Happened) -> None:
    """Reaction to ``notice.delivered``: an e-mailed notice reached the recipient's server."""
    notice = happened.subject
    if notice.about_type == "representatives.invitation" and notice.template.endswith("notice.txt"):
        Invitation.objects.filter(pk=notice.about_id, delivered_at=None).update(delivered_at=happened.now)
