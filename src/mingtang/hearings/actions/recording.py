"""The record confirmed person by person, the hearing report, and telling each what became of their points."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import Q

from mingtang.hearings import policy, queries
from mingtang.hearings.actions.deciding import running, touch_hearing
from mingtang.hearings.actions.telling import tell_people
from mingtang.hearings.models import UNTOLD, Hearing, Member, Participant
from mingtang.hearings.rules import DOOR_LABELS, HEARING, PARTICIPANT, may_confirm_record, may_edit_record, may_report
from mingtang.kernel.decision import no
from mingtang.kernel.text import t
from mingtang.platform.actor import Actor
from mingtang.platform.audit.acts import record, require_own
from mingtang.platform.files.keep import keep
from mingtang.platform.files.rules import EVIDENCE
from mingtang.platform.moves import move


def _held(hearing_id: int, actor: Actor, *states: str) -> Hearing:
    row = running(hearing_id, actor)
    if row.state not in states:
        no(
            t(
                "听证会现在是“{state}”，这一步还不能办或已经办完。",
                "The hearing is “{state}”; this comes at another time.",
                state=row.state_label,
            ),
            "713 Art.17",
            t("举行、确认笔录、公布报告，依次办理。", "Hold it, confirm the record, publish the report, in this order."),
            code="wrong_state",
        ).require()
    return row


@transaction.atomic
def save_record(hearing_id: int, *, actor: Actor, now: datetime, text: str) -> Hearing:
    """Write the record; once somebody has confirmed it, it stays as it is."""
    row = _held(hearing_id, actor, "held")
    may_edit_record(queries.signed(row.pk)).require()
    Hearing.objects.filter(pk=row.pk).update(record_text=text.strip(), record_sha256="")
    row.record_text, row.record_sha256 = text.strip(), ""
    record("hearing.save_record", row, actor=actor, now=now)
    return row


@transaction.atomic
def circulate_record(hearing_id: int, *, actor: Actor, now: datetime) -> Hearing:
    """Send the record to those who were present for their confirmation; its hash says which words they confirm."""
    row = _held(hearing_id, actor, "held")
    if row.record_sha256:
        return row
    may_confirm_record(row.record_text, ()).require()
    row.record_sha256 = sha256(row.record_text.encode()).hexdigest()
    Hearing.objects.filter(pk=row.pk).update(record_sha256=row.record_sha256)
    record("hearing.circulate_record", row, actor=actor, now=now, clause="713 Art.17", data={"sha256": row.record_sha256})
    tell_people(row, "record", now, states=("present",))
    return row


def _signing(row: Participant) -> None:
    if row.hearing.state == "held" and row.hearing.record_sha256 and row.seat == "participant":
        return
    no(
        t("现在没有要确认的笔录。", "There is no record to confirm now."),
        "713 Art.17",
        t("笔录整理好会发到您的链接。", "It is sent to your link once it is written."),
        code="no_record",
    ).require()


@transaction.atomic
def sign_record(token: str, *, actor: Actor, now: datetime, accept: bool, reason: str = "") -> Participant:
    """The participant confirms the record by their own link, or refuses and says why; the same twice changes nothing."""
    found = queries.by_token(token) or queries.gone(t("参加人", "participant"))
    row = queries.person_for_update(found.pk)
    require_own(row, actor)
    if row.state == ("signed" if accept else "refused"):
        return row
    _signing(row)
    return _signed(row, actor, now, "electronic" if accept else "refused", reason)


def _signed(row: Participant, actor: Actor, now: datetime, way: str, reason: str, **also: Any) -> Participant:
    name = "refuse" if way == "refused" else "sign"
    move(
        row,
        PARTICIPANT,
        name,
        actor=actor,
        now=now,
        reason=reason,
        signed_at=now,
        signed_way=way,
        signed_reason=reason.strip()[:300],
        **also,
    )
    touch_hearing(row.hearing)
    return row


@transaction.atomic
def record_signature(
    participant_id: int, *, actor: Actor, now: datetime, upload: Any = None, file_name: str = "", reason: str = ""
) -> Participant:
    """The desk keeps the scanned signature of somebody, or the reason why they refused to sign."""
    row = queries.person_for_update(participant_id)
    require_own(row, actor)
    policy.may_run(actor, row.hearing.topic.department_id).require()
    if row.state in {"signed", "refused"}:
        return row
    _signing(row)
    if upload is None:
        return _signed(row, actor, now, "refused", reason)
    stored = keep(upload, file_name, government_id=row.government_id, person_id=actor.person_id, now=now, allowed=EVIDENCE)
    return _signed(row, actor, now, "scanned", reason, signed_file=stored)


@transaction.atomic
def confirm_record(hearing_id: int, *, actor: Actor, now: datetime) -> Hearing:
    """713 Art.17: each who was present has confirmed, or refused with a reason."""
    row = running(hearing_id, actor)
    HEARING.may(row.state, "confirm_record").require()
    may_confirm_record(row.record_text if row.record_sha256 else "", queries.unsigned(row.pk)).require()
    move(row, HEARING, "confirm_record", actor=actor, now=now, confirmed_at=now)
    touch_hearing(row)
    return row


@transaction.atomic
def save_report(hearing_id: int, *, actor: Actor, now: datetime, text: str) -> Hearing:
    """Write the hearing report."""
    row = _held(hearing_id, actor, "held", "confirmed")
    Hearing.objects.filter(pk=row.pk).update(report_text=text.strip())
    row.report_text = text.strip()
    record("hearing.save_report", row, actor=actor, now=now)
    return row


@transaction.atomic
def publish_report(hearing_id: int, *, actor: Actor, now: datetime) -> Hearing:
    """Publish the report; each point stands among the opinions of the matter and is answered with them."""
    row = running(hearing_id, actor)
    HEARING.may(row.state, "publish_report").require()
    may_report(row.report_text, len(queries.points_of(row.pk)), queries.unplaced(row.pk)).require()
    move(row, HEARING, "publish_report", actor=actor, now=now, reported_at=now)
    touch_hearing(row)
    return row


@transaction.atomic
def record_told(participant_id: int, *, actor: Actor, now: datetime, door: str) -> Participant:
    """1.12: the desk notes that somebody without e-mail was told what became of their points."""
    row = queries.person_for_update(participant_id)
    require_own(row, actor)
    policy.may_run(actor, row.hearing.topic.department_id).require()
    _outcome_out(out=row.hearing.outcomes_at is not None, door=door)
    if not row.is_told:
        Participant.objects.filter(pk=row.pk).update(told_at=now, told_by_door=door)
        row.told_at, row.told_by_door = now, door
        record("participant.record_told", row, actor=actor, now=now, reason=str(DOOR_LABELS[door]))
    return row


def _outcome_out(*, out: bool, door: str) -> None:
    if out and door in DOOR_LABELS:
        return
    no(
        t("采纳情况还没有公布，或没有选告知方式。", "The outcome is not published, or the way of telling is not chosen."),
        "2.1e",
        t("采纳情况报告公布后再告知。", "Tell them once the adoption report is out."),
        code="no_outcome",
    ).require()


@transaction.atomic
def record_told_many(hearing_id: int, participant_ids: Sequence[int], *, actor: Actor, now: datetime, door: str) -> int:
    """1.12: several people of a hearing were told in one go, each recorded; gives how many had not been told before."""
    here = Participant.objects.filter(Q(told_at=None) | UNTOLD, hearing_id=hearing_id, pk__in=participant_ids).order_by("pk")
    rows = list(here.values_list("pk", flat=True))
    for pk in rows:
        record_told(pk, actor=actor, now=now, door=door)
    return len(rows)


@transaction.atomic
def record_members_told(activity_id: int, member_ids: Sequence[int], *, actor: Actor, now: datetime, door: str) -> int:
    """2.1e: people heard in an activity were told what became of their points, each recorded; gives how many had to be told."""
    row = queries.activity_for_update(activity_id)
    require_own(row, actor)
    policy.may_run(actor, row.topic.department_id).require()
    _outcome_out(out=queries.answers_out(row.topic_id), door=door)
    here = Member.objects.filter(Q(told_at=None) | UNTOLD, activity=row, pk__in=member_ids, points__isnull=False).distinct().order_by("pk")
    told = list(here)
    for each in told:
        Member.objects.filter(pk=each.pk).update(told_at=now, told_by_door=door)
        record("activity.record_told", row, actor=actor, now=now, reason=str(DOOR_LABELS[door]), data={"member": each.pk})
    return len(told)
