"""Whoever was heard follows the matter further, as authors of opinions do: corrected answers, decisions, improvements (2.1e, 2.3a, 2.3f)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from mingtang.consultations.actions.telling import letter_key, tells_of_correction, tells_of_release
from mingtang.hearings.models import Member, Participant, Point
from mingtang.platform.jobs.registry import Progress
from mingtang.platform.outbox.post import Recipient, post

MILESTONE, CORRECTED = "hearings.milestone", "hearings.corrected"
PIECE = 100

release_published = tells_of_release(MILESTONE)
correction_published = tells_of_correction(CORRECTED)


@dataclass(frozen=True, slots=True)
class _Heard:
    """Somebody heard, where, their address (empty when none was left) and their own page."""

    row: Member | Participant
    government_id: int
    address: str
    heard_at: str
    path: str

    def write(self, letter: str, news: str, now: datetime, **words: str) -> bool:
        """Queue ``hearings/email/<letter>.txt``; False when the address was told this news before."""
        made = post(
            f"hearings/email/{letter}.txt",
            to=Recipient(None, self.address),
            government_id=self.government_id,
            now=now,
            about=self.row,
            dedupe=letter_key(news, self.address),
            url=self.path,
            name=self.row.name,
            heard_at=self.heard_at.replace("|", ""),
            **words,
        )
        return made is not None


def tell_heard(*, topic_id: int, release_id: int, title: str, now: datetime, progress: Progress) -> int:
    """Write to everybody heard on the matter who left an address; gives how many letters are new.

    One letter for each address, whether its owner spoke at several places or sent an opinion too. Safe to run again.
    """
    members = Member.objects.filter(activity__topic_id=topic_id, points__isnull=False).exclude(email="").distinct()
    people = Participant.objects.filter(hearing__topic_id=topic_id, state__in=["signed", "refused"])
    people = people.exclude(contact=None).exclude(contact__email="")
    every, done, sent = members.count() + people.count(), 0, 0
    progress(done, every)
    for heard in _heard(members, people):
        sent += heard.write("milestone", f"milestone:{release_id}", now, title=title)
        done += 1
        if done % PIECE == 0:
            progress(done, every)
    progress(done, every)
    return sent


def tell_of_correction(
    correction_id: int, *, group_id: int | None, opinion_id: int | None, why: str, at: datetime, now: datetime, progress: Progress
) -> int:
    """2.1e: tell everybody heard whose point has the answer corrected `at` that moment; gives how many letters are new.

    One letter for each address. Whoever left none stands at the desk as to be told by hand. Safe to run again.
    """
    points = Point.objects.filter(Q(opinion__group_id=group_id) if group_id else Q(opinion_id=opinion_id or 0)).values("pk")
    members = Member.objects.filter(points__in=points).distinct()
    people = Participant.objects.filter(points__in=points).distinct()
    every, done, sent = members.count() + people.count(), 0, 0
    progress(done, every)
    for heard in _heard(members, people):
        here = type(heard.row).objects.filter(pk=heard.row.pk)
        here.update(corrected_at=at)
        if heard.address:
            sent += heard.write("corrected", f"heard_corrected:{correction_id}", now, why=why)
            here.filter(Q(told_at=None) | Q(told_at__lt=at)).update(told_at=now, told_by_door="email")
        done += 1
        progress(done, every)
    return sent


def _heard(members: QuerySet[Member], people: QuerySet[Participant]) -> Iterator[_Heard]:
    for one in members.select_related("activity").order_by("pk").iterator():
        yield _Heard(one, one.activity.government_id, one.email, one.activity.title, f"/listening-mine/{one.token}/")
    for each in people.select_related("hearing", "contact").order_by("pk").iterator():
        contact = getattr(each, "contact", None)
        address = contact.email if contact else ""
        yield _Heard(each, each.government_id, address, each.hearing.title, f"/hearing-mine/{each.token}/")
