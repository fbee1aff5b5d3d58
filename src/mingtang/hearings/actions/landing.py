"""Points become opinions of the same matter, with their channel, so that they land in the same groups (2.1e)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from mingtang.consultations.actions import OpinionIn, receive_opinion
from mingtang.hearings import queries
from mingtang.hearings.actions.telling import mail
from mingtang.hearings.models import Activity, Hearing, Member, Participant, Point
from mingtang.hearings.rules import KIND_CHANNELS
from mingtang.kernel.decision import no
from mingtang.kernel.text import t
from mingtang.platform.actor import Actor, system
from mingtang.platform.events import Happened
from mingtang.platform.outbox.post import Recipient, post, whole_link
from mingtang.platform.web.versions import touch


def land(topic_id: int, points: Iterable[Point], *, actor: Actor, now: datetime) -> int:
    """Hand points to the consultation of their matter while it takes opinions; gives how many landed.

    Where it has not begun they wait for its opening.
    """
    found = queries.listening_of(topic_id)
    if found is None or found.state not in queries.TAKES_POINTS:
        return 0
    landed = 0
    for each in points:
        if each.opinion_id is None:
            made = receive_opinion(found.consultation_id, _as_opinion(each), actor=actor, now=now)
            each.opinion_id = made.pk
            each.save(update_fields=["opinion"])
            landed += 1
    return landed


def _as_opinion(each: Point) -> OpinionIn:
    """The point as the consultation takes it; the author's key tells people apart and says nothing else."""
    who = each.participant or each.member
    channel = "hearing" if each.activity is None else KIND_CHANNELS[each.activity.kind]
    return OpinionIn(
        text=each.text,
        stance=each.stance,
        channel=channel,
        author=who.token if who else f"point:{each.pk}",
        received_at=each.noted_at,
        outside_id=f"point:{each.pk}",
    )


def consultation_opened(happened: Happened) -> None:
    """Reaction to ``consultation.open``: what was said before is taken in now."""
    topic_id = happened.subject.topic_id
    waiting = Point.objects.filter(activity__topic_id=topic_id, opinion=None).select_related("activity", "member")
    land(topic_id, waiting, actor=system(happened.subject.government_id), now=happened.now)


def check_points(happened: Happened) -> None:
    """Reaction to ``consultation.submit_report``: refuse while a hearing of the matter is not finished."""
    row = queries.pending_of(happened.subject.topic_id)
    if row is not None:
        no(
            t("“{title}”还没有结束（{state}）。", "“{title}” is not finished ({state}).", title=row.title, state=row.state_label),
            "2.1d",
            t(
                "听证笔录确认以后，或听证取消以后，再报批采纳情况报告。",
                "Submit the report once its record is confirmed, or it is cancelled.",
            ),
            code="hearing_pending",
        ).require()


def outcomes_known(happened: Happened) -> None:
    """Reaction to ``consultation.publish_report``: everybody heard is told what became of each point (1.12)."""
    topic_id, now = happened.subject.topic_id, happened.now
    for hearing in Hearing.objects.filter(topic_id=topic_id, state__in=["confirmed", "reported"], outcomes_at=None):
        people = Participant.objects.filter(hearing=hearing, state__in=["signed", "refused"]).select_related(
            "hearing__government", "hearing__topic"
        )
        for each in people:
            if mail(each, "outcome", f"outcome:{each.token}", now):
                Participant.objects.filter(pk=each.pk).update(told_at=now, told_by_door="email")
        Hearing.objects.filter(pk=hearing.pk).update(outcomes_at=now)
        touch(hearing.government_id, "hearings", f"hearing:{hearing.pk}")
    for member in (
        Member.objects.filter(activity__topic_id=topic_id, points__isnull=False).distinct().select_related("activity__government")
    ):
        _tell_member(member, now)
    for pk in Activity.objects.filter(topic_id=topic_id).values_list("pk", flat=True):
        touch(happened.subject.government_id, f"activity:{pk}")


def _tell_member(row: Member, now: datetime) -> None:
    if not row.email:
        return
    post(
        "hearings/email/outcome.txt",
        to=Recipient(None, row.email),
        government_id=row.activity.government_id,
        now=now,
        about=row,
        dedupe=f"outcome:{row.token}",
        url=f"/listening-mine/{row.token}/",
        name=row.name,
        hearing=row.activity.title,
        link=whole_link(row.activity.government_id, f"/listening-mine/{row.token}/"),
    )
    Member.objects.filter(pk=row.pk).update(told_at=now, told_by_door="email")
