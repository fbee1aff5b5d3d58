"""Deciding, announcing, putting off and cancelling a hearing; proposals to hold one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from mingtang.hearings import policy, queries
from mingtang.hearings.actions.telling import tell_people
from mingtang.hearings.models import Hearing, HearingDraw, Participant, Quota
from mingtang.hearings.rules import CATEGORY_LABELS, HEARING, METHOD_LABELS, PARTICIPANT, PRESETS
from mingtang.kernel.decision import no
from mingtang.kernel.text import t
from mingtang.platform.actor import Actor, system
from mingtang.platform.audit.acts import record, require_own
from mingtang.platform.clock import day_of
from mingtang.platform.moves import move, move_all
from mingtang.platform.web.versions import touch
from mingtang.topics import queries as topic_queries

NOTICE = (
    "title",
    "preset",
    "purpose",
    "basis",
    "starts_at",
    "place",
    "conditions",
    "selection",
    "how_to_enrol",
    "contact",
    "enrol_until",
    "seats_stated",
    "seats_note",
    "observers",
    "observers_how",
    "media_seats",
    "host",
    "presenter",
    "recorder",
    "draw_source",
    "one_per_household",
)
ART16 = "713 Art.16"
SeatsIn = Mapping[str, tuple[int, str]]


def locked(hearing_id: int, actor: Actor) -> Hearing:
    """One hearing of the actor's government, locked."""
    row = queries.for_update(hearing_id)
    require_own(row, actor)
    return row


def running(hearing_id: int, actor: Actor) -> Hearing:
    """The same, for those who run it."""
    row = locked(hearing_id, actor)
    policy.may_run(actor, row.topic.department_id).require()
    return row


def touch_hearing(row: Hearing) -> None:
    """Say that the public pages showing this hearing changed."""
    touch(row.government_id, "calendar", "hearings", f"hearing:{row.pk}", f"topic:{row.topic_id}")


@transaction.atomic
def decide_hearing(topic_id: int, *, actor: Actor, now: datetime, why: str, title: str = "", preset: str = "national") -> Hearing:
    """2.1d: decide to hold a hearing on an approved matter; while one is under way, that one is given."""
    topic = topic_queries.for_update(topic_id)
    require_own(topic, actor)
    policy.may_decide(actor, topic.department_id).require()
    found = queries.pending_of(topic_id)
    if found:
        return found
    if topic.state != "approved" or not topic.is_named:
        no(
            t("议题申报还没有批准，或不公开。", "The declaration is not approved, or the matter is not public."),
            "3.2",
            t("批准后再决定听证。", "Decide on a hearing after the approval."),
            code="not_approved",
        ).require()
    if not why.strip() or preset not in PRESETS:
        no(
            t("要写明为什么举行听证，并选一种做法。", "Say why a hearing is held, and choose a preset."),
            "713 Art.16",
            t("例如直接涉及切身利益，或者意见分歧较大。", "It touches vital interests, or views differ widely."),
            code="why",
        ).require()
    row = Hearing.objects.create(
        government_id=topic.government_id,
        topic=topic,
        title=title.strip() or f"{topic}听证会",
        preset=preset,
        why=why.strip(),
        decided_by_id=actor.person,
        decided_at=now,
    )
    record("hearing.decide", row, actor=actor, now=now, reason=why, clause="713 Art.16")
    return row


@transaction.atomic
def save_notice(hearing_id: int, *, actor: Actor, now: datetime, seats: SeatsIn | None = None, **fields: Any) -> Hearing:
    """Write the notice and the seats by category; a notice that is out changes by postponing only."""
    row = running(hearing_id, actor)
    if row.state != "decided":
        no(
            t("公告已经发出，内容不能改。", "The notice is out and cannot be changed."),
            "713 Art.16",
            t("改时间地点请先延期；报名不足请延长报名。", "Postpone it to change the day; extend enrolment if few enrol."),
            code="announced",
        ).require()
    if unknown := set(fields) - set(NOTICE):
        msg = f"no such fields of a notice: {sorted(unknown)}"
        raise TypeError(msg)
    for name, value in fields.items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    if seats is not None:
        _save_seats(row, seats)
        if "seats_stated" not in fields:
            row.seats_stated = sum(n for n, _how in seats.values())
    row.save(update_fields=[*fields, "seats_stated"])
    record("hearing.save_notice", row, actor=actor, now=now)
    return queries.for_update(row.pk)


def _save_seats(row: Hearing, seats: SeatsIn) -> None:
    row.quotas.all().delete()
    kept = [(key, *seats[key]) for key in CATEGORY_LABELS if key in seats and seats[key][0] and seats[key][1] in METHOD_LABELS]
    Quota.objects.bulk_create(
        Quota(hearing=row, position=at, category=key, seats=n, method=how) for at, (key, n, how) in enumerate(kept, 1)
    )


@transaction.atomic
def announce(hearing_id: int, *, actor: Actor, now: datetime) -> Hearing:
    """713 Art.16: publish the notice; enrolment begins with it."""
    row = running(hearing_id, actor)
    HEARING.may(row.state, "announce").require()
    queries.announcement(row, now).require()
    move(row, HEARING, "announce", actor=actor, now=now, announced_at=now)
    move(row, HEARING, "open_enrolment", actor=actor, now=now)
    touch_hearing(row)
    return row


@transaction.atomic
def extend_enrolment(hearing_id: int, *, actor: Actor, now: datetime, enrol_until: date, reason: str) -> Hearing:
    """Give people longer to enrol, with a public reason; not after the draw, not into the days of the papers."""
    row = running(hearing_id, actor)
    HEARING.may(row.state, "extend_enrolment", reason=reason).require()
    if row.drawn_at is not None or queries.draw_of(row.pk) is not None or (row.enrol_until and enrol_until <= row.enrol_until):
        no(
            t("名单已冻结或已经抽签，或新的截止日不晚于原来的。", "The list is frozen or drawn, or the new day is not later."),
            "713 Art.16",
            t("抽签前可以延长，只能延后。", "Extend before the draw, and only to a later day."),
            code="extend",
        ).require()
    row.enrol_until = enrol_until
    queries.announcement(row, now).require()
    words = f"{row.change_reason}\n{reason.strip()}".strip()
    move(row, HEARING, "extend_enrolment", actor=actor, now=now, reason=reason, enrol_until=enrol_until, change_reason=words)
    touch_hearing(row)
    return row


def annul_standing(row: Hearing, *, actor: Actor, now: datetime, reason: str) -> HearingDraw | None:
    """Within the caller's transaction: annul what was frozen and not drawn yet; it stays in the history with the public reason."""
    found = queries.draw_of(row.pk)
    if found is None or found.revealed_at is not None:
        return None
    found.annulled_at, found.annulled_reason = now, reason.strip()[:300]
    found.save(update_fields=["annulled_at", "annulled_reason"])
    record("hearing_draw.annulled", found, actor=actor, now=now, reason=reason, clause=ART16)
    return found


@transaction.atomic
def postpone(hearing_id: int, *, actor: Actor, now: datetime, reason: str) -> Hearing:
    """2.1d: put the hearing off (no quorum, papers late, …) with a public reason; everybody enrolled is told."""
    row = running(hearing_id, actor)
    move(row, HEARING, "postpone", actor=actor, now=now, reason=reason, change_reason=reason.strip())
    annul_standing(row, actor=actor, now=now, reason=reason)
    came = Participant.objects.filter(hearing=row)
    move_all(came.filter(seat="participant"), PARTICIPANT, "wait_again", actor=actor, in_at=None)
    move_all(came.exclude(seat="participant"), PARTICIPANT, "keep_seat", actor=actor, in_at=None)
    tell_people(row, "change", now, reason=reason.strip())
    touch_hearing(row)
    return row


@transaction.atomic
def reschedule(
    hearing_id: int, *, actor: Actor, now: datetime, starts_at: datetime, place: str = "", enrol_until: date | None = None
) -> Hearing:
    """Set a new day for a hearing put off: the list stands if it was published, else people may enrol again."""
    row = running(hearing_id, actor)
    name = "reschedule" if row.listed_at else "reopen_enrolment"
    HEARING.may(row.state, name).require()
    if day_of(starts_at) <= day_of(now) or (not row.listed_at and (enrol_until is None or enrol_until < day_of(now))):
        no(
            t("新的时间要在今天以后；重新报名的要有截止日期。", "The new day is after today; renewed enrolment needs its last day."),
            "713 Art.16",
            t("填写新的时间。", "Give the new day."),
            code="no_day",
        ).require()
    fields: dict[str, Any] = {"starts_at": starts_at, "place": place.strip() or row.place}
    if not row.listed_at:
        fields["enrol_until"] = enrol_until
    move(row, HEARING, name, actor=actor, now=now, **fields)
    tell_people(row, "change", now, reason=row.change_reason)
    touch_hearing(row)
    return row


@transaction.atomic
def cancel(hearing_id: int, *, actor: Actor, now: datetime, reason: str) -> Hearing:
    """Cancel with a reason, public once it was announced; who decided it cancels it."""
    row = locked(hearing_id, actor)
    policy.may_decide(actor, row.topic.department_id).require()
    told = row.announced_at is not None
    move(row, HEARING, "cancel", actor=actor, now=now, reason=reason, change_reason=reason.strip())
    if told:
        tell_people(row, "change", now, reason=reason.strip())
    touch_hearing(row)
    return row


def remind_due(now: datetime) -> int:
    """Remind of papers that no one has opened, once a day; the sweep of the jobs."""
    from mingtang.hearings.actions.serving import remind_papers  # noqa: PLC0415 - serving builds on this module

    rows = Hearing.objects.filter(state="listed", starts_at__gt=now)
    return sum(remind_papers(row, actor=system(row.government_id), now=now) for row in rows)
