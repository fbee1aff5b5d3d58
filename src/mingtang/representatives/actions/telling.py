"""3.2d: requirements and papers to each person, and the proof that they came."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from mingtang.kernel.decision import no
from mingtang.kernel.text import t
from mingtang.platform.actor import Actor
from mingtang.platform.audit.acts import record
from mingtang.platform.clock import day_of
from mingtang.platform.moves import move
from mingtang.platform.outbox.post import whole_link
from mingtang.representatives import policy, queries
from mingtang.representatives.actions.handing import current, hand_over
from mingtang.representatives.actions.inviting import answer_invitation, locked, touch_seat
from mingtang.representatives.actions.reaching import reach
from mingtang.representatives.models import Invitation
from mingtang.representatives.rules import DOOR_LABELS, INVITATION, may_answer

OFFLINE = frozenset({"hand", "post", "phone"})
SIGNED_FOR = frozenset({"hand", "post"})
ELECTRONIC = frozenset({"email", "sms"})


@transaction.atomic
def notify(invitation_id: int, *, actor: Actor, now: datetime, requirements: str, door: str = "email", marked: bool = False) -> Invitation:
    """3.2d: tell the requirements and hand over the papers; by mail or text message, or by post or hand as the clerk records.

    With `marked` each copy of a paper the public does not have carries the person's name. Late notices are recorded as
    they are; whether the meeting may be convened is asked then. A second notice changes nothing: what was sent first
    stays the proof.
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
    papers = current(row.item.topic_id)
    if not papers:
        no(
            t("没有可以提供的审议材料。", "There are no papers to hand over."),
            "3.2d",
            t("先在议题档案附上“会议审议材料”。", "Attach the meeting paper in the dossier first."),
            code="no_papers",
        ).require()
    row.requirements = requirements.strip()
    by_hand = door in SIGNED_FOR
    used = door if by_hand else (door in ELECTRONIC and reach(row, "notice", f"notice:{row.token}", now, prefer=door)) or "link"
    hand_over(row, papers, now, marked=marked, delivered_at=now if by_hand else None)
    move(
        row,
        INVITATION,
        "notice",
        actor=actor,
        now=now,
        requirements=row.requirements,
        noticed_at=now,
        noticed_by_door=used,
        delivered_at=now if by_hand else None,
    )
    touch_seat(row)
    return row


@transaction.atomic
def notify_all(meeting_id: int, *, actor: Actor, now: datetime, requirements: str, marked: bool = False) -> int:
    """Notify everybody who accepted and whom the actor may notify; all or nobody. Returns how many."""
    rows = [
        each
        for each in queries.invitations(meeting_id)
        if each.state == "accepted" and policy.may_select(actor, each.item.topic.department_id)
    ]
    for each in rows:
        notify(each.pk, actor=actor, now=now, requirements=requirements, marked=marked)
    return len(rows)


def tell_receipt(row: Invitation, code: str, now: datetime) -> None:
    """Send a representative the receipt of what they suggested, if an address is known; within the caller's transaction."""
    link = whole_link(row.government_id, f"/r/{code}/")
    reach(row, "suggestion", f"suggestion:{code}", now, receipt=code, receipt_link=link)


@transaction.atomic
def record_delivery(invitation_id: int, *, actor: Actor, now: datetime, door: str) -> Invitation:
    """The clerk records that notice and papers reached the person: by phone, by hand, by post. The first record stays, until a paper is added."""
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
    came_back = row.bounced_at is not None and row.delivered_at is not None and row.bounced_at >= row.delivered_at
    late = row.materials.filter(delivered_at=None, withdrawn_at=None)
    if row.delivered_at is None or came_back or late.exists():
        late.update(delivered_at=now)
        Invitation.objects.filter(pk=row.pk).update(delivered_at=now)
        row.delivered_at = now
        record("invitation.record_delivery", row, actor=actor, now=now, clause="3.2d", reason=str(DOOR_LABELS[door]))
    return row


@transaction.atomic
def record_deliveries(meeting_id: int, invitation_ids: Sequence[int], *, actor: Actor, now: datetime, door: str) -> int:
    """3.2d: several representatives of a meeting were reached in one go, each recorded; gives how many had no proof before."""
    here = Invitation.objects.filter(item__meeting_id=meeting_id, pk__in=invitation_ids).order_by("pk")
    before = {row.pk: row.delivered_at for row in here}
    return sum(record_delivery(pk, actor=actor, now=now, door=door).delivered_at != was for pk, was in before.items())


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
    if not reach(row, "reminder", f"remind:{row.token}:{day_of(now)}", now):
        no(
            t("没有能发提醒的邮箱或号码，请打电话。", "There is no address or number to remind them at; please call."),
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
def record_bounce(invitation_id: int, *, actor: Actor, now: datetime, words: str) -> Invitation:
    """The desk records that the notice came back although a server or the post had taken it; the same words twice change nothing."""
    row = locked(invitation_id, actor)
    policy.may_select(actor, row.item.topic.department_id).require()
    said = words.strip()[:200]
    if row.noticed_at is None or not said:
        no(
            t("还没有发出告知，或没有写明退回的原因。", "No notice was sent yet, or it is not said why it came back."),
            "3.2d",
            t("写明例如“邮箱不存在”。", "Say for example “no such mailbox”."),
            code="bounce",
        ).require()
    if row.bounced_at is None or row.bounce_words != said:
        Invitation.objects.filter(pk=row.pk).update(bounced_at=now, bounce_words=said)
        row.bounced_at, row.bounce_words = now, said
        record("invitation.record_bounce", row, actor=actor, now=now, reason=said, clause="3.2d")
    return row


@transaction.atomic
def acknowledge(token: str, *, actor: Actor, now: datetime) -> Invitation:
    """The representative confirms by the personal link that requirements and papers came; the first time counts."""
    found = queries.by_token(token)
    if found is None:
        queries.GONE.require()
    assert found is not None
    row = locked(found.pk, actor)
    if row.state != "noticed":
        no(
            t("还没有告知可以确认。", "There is no notice to confirm."),
            "3.2d",
            t("收到要求和材料后再确认。", "Confirm once requirements and papers have come."),
            code="not_noticed",
        ).require()
    if row.acknowledged_at is None:
        Invitation.objects.filter(pk=row.pk).update(acknowledged_at=now)
        row.acknowledged_at = now
        record("invitation.acknowledge", row, actor=actor, now=now, clause="3.2d")
    return row


@transaction.atomic
def record_answer(
    invitation_id: int, *, actor: Actor, now: datetime, accept: bool, door: str, accepted_rules: bool = False, reason: str = ""
) -> Invitation:
    """The desk records what somebody answered by phone or on paper; it counts as their own answer by the link."""
    row = locked(invitation_id, actor)
    policy.may_select(actor, row.item.topic.department_id).require()
    if door not in OFFLINE:
        no(
            t("请选择本人怎样答复的。", "Say how they answered."),
            "2.2a",
            t("电话、当面或来信。", "By phone, in person or by post."),
            code="door",
        ).require()
    done = answer_invitation(
        row.token, actor=actor, now=now, accept=accept, accepted_rules=accepted_rules, publish_name=row.publish_name, reason=reason
    )
    if done.state != row.state:
        record("invitation.record_answer", done, actor=actor, now=now, clause="2.2a", reason=str(DOOR_LABELS[door]))
    return done
