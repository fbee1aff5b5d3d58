"""The day of the hearing: the door, the quorum, the order of speaking with its times, points in two lines."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mingtang.hearings import policy, queries
from mingtang.hearings.actions.deciding import locked, running, touch_hearing
from mingtang.hearings.actions.landing import land
from mingtang.hearings.models import Hearing, Participant, Point, Speech
from mingtang.hearings.rules import HEARING, PARTICIPANT, SPEAKER_LABELS, may_check_in, may_open
from mingtang.kernel.decision import no
from mingtang.kernel.text import t
from mingtang.platform.actor import Actor
from mingtang.platform.audit.acts import record, require_own
from mingtang.platform.clock import day_of, local
from mingtang.platform.codes import token_in
from mingtang.platform.figures.lookup import figures_for
from mingtang.platform.moves import move, move_all


@transaction.atomic
def check_in(participant_id: int, *, actor: Actor, now: datetime) -> Participant:
    """Note that the person is here; twice changes nothing."""
    row = queries.person_for_update(participant_id)
    require_own(row, actor)
    policy.may_check_in(actor, row.hearing.topic.department_id).require()
    if row.state == "present":
        return row
    may_check_in(row.hearing.state, row.seat, row.sent_at is not None).require()
    move(row, PARTICIPANT, "check_in", actor=actor, now=now, in_at=now)
    return row


@transaction.atomic
def open_hearing(hearing_id: int, *, actor: Actor, now: datetime) -> Hearing:
    """713 Art.17: open it with the quorum present; presentation first, then each participant in turn."""
    row = running(hearing_id, actor)
    HEARING.may(row.state, "open").require()
    assert row.starts_at is not None  # announced hearings have a day
    here, seats = queries.attendance(row.pk)
    may_open(local(row.starts_at), now, here, seats, figures_for(row.government_id, day_of(now))).require()
    move(row, HEARING, "open", actor=actor, now=now, opened_at=now)
    present = [each for each in queries.seated(row.pk) if each.state == "present"]
    turns = [Speech(hearing=row, position=1, kind="presenter", speaker=row.presenter, minutes=15)]
    turns += [
        Speech(hearing=row, participant=each, position=at, kind="participant", speaker=each.name) for at, each in enumerate(present, 2)
    ]
    Speech.objects.bulk_create(turns)
    touch_hearing(row)
    return row


def _in_session(hearing_id: int, actor: Actor, *states: str) -> Hearing:
    row = running(hearing_id, actor)
    if row.state not in (states or ("running",)):
        no(
            t("听证会现在是“{state}”。", "The hearing is “{state}”.", state=row.state_label),
            "713 Art.17",
            t("开会之后才能记录发言。", "Statements are noted once it is open."),
            code="wrong_state",
        ).require()
    return row


@transaction.atomic
def add_speech(hearing_id: int, *, actor: Actor, now: datetime, kind: str, speaker: str, minutes: int = 5) -> Speech:
    """Add a turn at the end of the order: a question, an answer, an expert; the last one waiting is not added twice."""
    row = _in_session(hearing_id, actor)
    if kind not in SPEAKER_LABELS or not speaker.strip():
        no(
            t("写明谁、说什么。", "Say who speaks, and in which part."),
            "713 Art.17",
            t("选环节，写发言人。", "Choose the part, name the speaker."),
            code="speaker",
        ).require()
    last = row.speeches.last()
    if last and last.began_at is None and (last.kind, last.speaker) == (kind, speaker.strip()[:120]):
        return last
    made = Speech.objects.create(hearing=row, position=row.speeches.count() + 1, kind=kind, speaker=speaker.strip()[:120], minutes=minutes)
    record("hearing.add_speech", row, actor=actor, now=now, data={"position": made.position})
    return made


@transaction.atomic
def next_speech(hearing_id: int, *, actor: Actor, now: datetime, after: int | None = None) -> Speech | None:
    """End whoever speaks and begin the next in the order; None after the last.

    `after` is the speech the console showed (0: nobody spoke yet); when another has begun since, nothing
    happens, so that a button pressed twice, or by two people, takes nobody's turn away.
    """
    row = _in_session(hearing_id, actor)
    speaking = Speech.objects.filter(hearing=row, began_at__isnull=False, ended_at=None).first()
    if after is not None and after != (speaking.pk if speaking else 0):
        return speaking
    Speech.objects.filter(hearing=row, began_at__isnull=False, ended_at=None).update(ended_at=now)
    following = Speech.objects.filter(hearing=row, began_at=None).order_by("position").first()
    if following:
        following.began_at = now
        following.save(update_fields=["began_at"])
        record("hearing.next_speech", row, actor=actor, now=now, data={"position": following.position})
    return following


@transaction.atomic
def note_point(
    hearing_id: int, *, actor: Actor, now: datetime, participant_id: int, claim: str, ground: str = "", stance: str = "change"
) -> Point:
    """Note a point in two lines, what is asked and why; it lands among the opinions of the matter at once."""
    row = _in_session(hearing_id, actor, "running", "held")
    person = Participant.objects.filter(
        hearing=row, seat="participant", pk=participant_id, state__in=["present", "signed", "refused"]
    ).first()
    if person is None or not claim.strip():
        no(
            t("要选到会的参加人，写明要点。", "Choose a participant who is present, and write the point."),
            "713 Art.17",
            t("第一行写主张，第二行写理由。", "The claim in the first line, the ground in the second."),
            code="point",
        ).require()
    known = Point.objects.filter(hearing=row, participant=person, claim=claim.strip(), ground=ground.strip()).first()
    if known:
        return known
    made = Point.objects.create(
        hearing=row,
        participant=person,
        claim=claim.strip()[:300],
        ground=ground.strip()[:600],
        stance=stance,
        noted_at=now,
        noted_by_id=actor.person_id,
    )
    record("hearing.note_point", row, actor=actor, now=now, clause="713 Art.17", data={"point": made.pk})
    land(row.topic_id, [made], actor=actor, now=now)
    touch_hearing(row)
    return made


@transaction.atomic
def close_hearing(hearing_id: int, *, actor: Actor, now: datetime) -> Hearing:
    """Close the session; who did not come is absent, and the record is begun from what was noted."""
    row = _in_session(hearing_id, actor)
    Speech.objects.filter(hearing=row, began_at__isnull=False, ended_at=None).update(ended_at=now)
    move_all(Participant.objects.filter(hearing=row), PARTICIPANT, "miss", actor=actor)
    move(row, HEARING, "close", actor=actor, now=now, closed_at=now, record_text=composed(row, now))
    touch_hearing(row)
    return row


def composed(row: Hearing, now: datetime) -> str:
    """The beginning of the record, as people write it: time, place, persons, each statement with its time and points."""
    here, seats = queries.attendance(row.pk)
    began = local(row.opened_at or now)
    lines = [
        f"{row.title.replace('|', '')}笔录",
        f"时间：{began:%Y-%m-%d %H:%M} 至 {local(now):%H:%M}　地点：{row.place}",
        f"主持人：{row.host}　陈述人：{row.presenter}　记录人：{row.recorder}",
        f"应到参加人 {seats} 人，实到 {here} 人。",
        "",
    ]
    said: dict[int | None, list[str]] = {}
    for point in queries.points_of(row.pk):
        who = point.participant.name if point.participant else ""
        said.setdefault(point.participant_id, []).append(f"　　· {who}：{point.claim}{'；' + point.ground if point.ground else ''}")
    for each in queries.speeches(row.pk):
        if each.began_at:
            lines.append(f"{local(each.began_at):%H:%M} {each.kind_label.zh}　{each.speaker}")
            lines += said.pop(each.participant_id, []) if each.participant_id else []
    lines += [line for rest in said.values() for line in rest]
    return "\n".join(lines)


@transaction.atomic
def check_in_by_code(hearing_id: int, code: str, *, actor: Actor, now: datetime) -> Participant:
    """Check in by the code of the personal link, typed or scanned, or by the number of enrolment."""
    row = locked(hearing_id, actor)
    typed = token_in(code)
    people = Participant.objects.filter(hearing=row)
    found = people.filter(token=typed).first() or people.filter(number=typed.zfill(5)).first()
    if found is None:
        no(
            t("这不是本次听证会的报名号或链接。", "This is no number or link of this hearing."),
            "713 Art.17",
            t("请核对，或在名单里签到。", "Check it, or use the list."),
            code="code",
        ).require()
    assert found is not None
    return check_in(found.pk, actor=actor, now=now)
