"""713 Art.16: the papers to each participant, seven days ahead, and the proof that they came."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mingtang.hearings import policy, queries
from mingtang.hearings.actions.deciding import running, touch_hearing
from mingtang.hearings.actions.telling import mail, send
from mingtang.hearings.models import Hearing, Paper, Participant
from mingtang.hearings.rules import DOOR_LABELS, HEARING, PARTICIPANT, may_finish_serving, periods_for
from mingtang.kernel.decision import no
from mingtang.kernel.text import t
from mingtang.platform.actor import Actor
from mingtang.platform.audit.acts import record, require_own
from mingtang.platform.clock import day_of, opening_of
from mingtang.platform.events import Happened
from mingtang.platform.figures.lookup import figures_for
from mingtang.platform.guard.gate import public_file
from mingtang.platform.moves import move
from mingtang.topics import queries as topic_queries

PAPERS = ("draft", "explanation", "basis", "expert", "risk", "material")
SIGNED_FOR = frozenset({"hand", "post"})


def _mine(participant_id: int, actor: Actor) -> Participant:
    row = queries.person_for_update(participant_id)
    require_own(row, actor)
    policy.may_run(actor, row.hearing.topic.department_id).require()
    return row


@transaction.atomic
def serve(participant_id: int, *, actor: Actor, now: datetime, door: str = "email") -> Participant:
    """Hand the papers to one participant; by hand or signed post they have arrived, else when the link is opened.

    Done again it changes nothing: what was sent first stays the proof.
    """
    row = _mine(participant_id, actor)
    if row.state == "served":
        return row
    PARTICIPANT.may(row.state, "serve").require()
    if row.hearing.state != "listed" or row.seat != "participant":
        no(
            t("材料在名单公布后送给参加人。", "Papers go to the participants once the list is published."),
            "713 Art.16",
            t("先公布名单。", "Publish the list first."),
            code="not_listed",
        ).require()
    papers = [each for each in topic_queries.documents_of(row.hearing.topic_id, *PAPERS) if each.published_at and each.is_released]
    Paper.objects.bulk_create(
        (Paper(participant=row, document=each, sha256=public_file(each.public_file).sha256, handed_at=now) for each in papers),
        ignore_conflicts=True,
    )
    mailed = door == "email" and mail(row, "papers", f"papers:{row.token}", now)
    used = door if door in DOOR_LABELS and (door != "email" or mailed) else "link"
    arrived = now if used in SIGNED_FOR else None
    move(row, PARTICIPANT, "serve", actor=actor, now=now, sent_at=now, sent_by_door=used, delivered_at=arrived)
    touch_hearing(row.hearing)
    return row


@transaction.atomic
def serve_all(hearing_id: int, *, actor: Actor, now: datetime) -> int:
    """Send the papers to everybody who has a seat and lacks them; gives how many."""
    running(hearing_id, actor)
    waiting = [each.pk for each in queries.seated(hearing_id) if each.state == "chosen"]
    for pk in waiting:
        serve(pk, actor=actor, now=now)
    return len(waiting)


@transaction.atomic
def record_delivery(participant_id: int, *, actor: Actor, now: datetime, door: str) -> Participant:
    """The desk notes that the papers reached the person: signed for by hand or by post. The first record stays."""
    row = _mine(participant_id, actor)
    if row.sent_at is None or door not in SIGNED_FOR:
        no(
            t("还没有送出，或没有选送达方式。", "Nothing was sent yet, or the way is not chosen."),
            "713 Art.16",
            t("当面或邮寄签收才算送达。", "By hand or by post, signed for."),
            code="door",
        ).require()
    if row.delivered_at is None:
        Participant.objects.filter(pk=row.pk).update(delivered_at=now)
        row.delivered_at = now
        record("participant.record_delivery", row, actor=actor, now=now, clause="713 Art.16", reason=str(DOOR_LABELS[door]))
    return row


@transaction.atomic
def open_link(token: str, *, now: datetime) -> Participant | None:
    """Note that the personal link was opened after the papers went out: part of the proof."""
    row = queries.by_token(token)
    if row and row.sent_at and row.opened_at is None:
        Participant.objects.filter(pk=row.pk, opened_at=None).update(opened_at=now)
        row.opened_at = now
    return row


@transaction.atomic
def fetch_paper(token: str, document_id: int, *, now: datetime) -> Paper | None:
    """Note that a paper was fetched; None when it was not handed to this person."""
    rows = Paper.objects.select_related("document__file", "document__redacted", "participant")
    found = rows.filter(participant__token=token, document_id=document_id).first()
    if found is None or found.participant.state in {"withdrawn", "passed_over"} or not found.document.is_released:
        return None
    if found.fetched_at is None:
        Paper.objects.filter(pk=found.pk, fetched_at=None).update(fetched_at=now)
        Participant.objects.filter(pk=found.participant_id, opened_at=None).update(opened_at=now)
    return found


def delivered(happened: Happened) -> None:
    """Reaction to ``notice.delivered``: mailed papers reached the recipient's server."""
    notice = happened.subject
    if notice.about_type == "hearings.participant" and notice.template.endswith("papers.txt"):
        Participant.objects.filter(pk=notice.about_id, delivered_at=None).update(delivered_at=happened.now)


def remind_papers(row: Hearing, *, actor: Actor, now: datetime) -> int:
    """Remind those whose papers, sent on an earlier day, have not arrived; one mail a day at most."""
    waiting = Participant.objects.filter(
        hearing=row, state="served", delivered_at=None, opened_at=None, sent_at__lt=opening_of(day_of(now))
    )
    waiting = waiting.exclude(contact__email="").select_related("hearing__government", "contact")
    sent = sum(send(each, each.contact.email, "papers", f"papers:{each.token}:{day_of(now)}", now) for each in waiting)
    if sent:
        record("hearing.remind_papers", row, actor=actor, now=now, data={"people": sent})
    return sent


@transaction.atomic
def finish_serving(hearing_id: int, *, actor: Actor, now: datetime) -> Hearing:
    """713 Art.16: everybody's papers arrived seven days ahead at least; otherwise the hearing is put off."""
    row = running(hearing_id, actor)
    HEARING.may(row.state, "finish_serving").require()
    assert row.starts_at is not None  # announced hearings have a day
    periods = periods_for(row.preset, figures_for(row.government_id, day_of(now)))
    may_finish_serving(row.starts_at, queries.served_facts(row.pk), periods).require()
    move(row, HEARING, "finish_serving", actor=actor, now=now, served_at=now)
    touch_hearing(row)
    return row
