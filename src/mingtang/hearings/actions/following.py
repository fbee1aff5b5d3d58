"""Whoever was heard follows the matter further, as authors of opinions do: what was decided, what was improved later (2.3a, 2.3f)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Model

from mingtang.consultations.actions.telling import milestone_key, tells_of_release
from mingtang.hearings.models import Member, Participant
from mingtang.platform.outbox.post import Recipient, post

MILESTONE = "hearings.milestone"


release_published = tells_of_release(MILESTONE)


def tell_heard(*, topic_id: int, release_id: int, title: str, now: datetime) -> int:
    """Write to everybody heard on the matter who left an address; gives how many letters are new.

    One letter for each address, whether its owner spoke at several places or sent an opinion too. Safe to run again.
    """
    sent = 0
    for government_id, row, name, address, heard_at, path in _heard(topic_id):
        made = post(
            "hearings/email/milestone.txt",
            to=Recipient(None, address),
            government_id=government_id,
            now=now,
            about=row,
            dedupe=milestone_key(release_id, address),
            url=path,
            name=name,
            heard_at=heard_at.replace("|", ""),
            title=title,
        )
        sent += made is not None
    return sent


def _heard(topic_id: int) -> Iterator[tuple[int, Model, str, str, str, str]]:
    """Government, row, name, address, where they were heard and their own page."""
    members = Member.objects.filter(activity__topic_id=topic_id, points__isnull=False).exclude(email="").distinct()
    for one in members.select_related("activity").order_by("pk").iterator():
        yield one.activity.government_id, one, one.name, one.email, one.activity.title, f"/listening-mine/{one.token}/"
    people = Participant.objects.filter(hearing__topic_id=topic_id, state__in=["signed", "refused"])
    for each in people.exclude(contact=None).exclude(contact__email="").select_related("hearing", "contact").order_by("pk").iterator():
        yield each.government_id, each, each.name, each.contact.email, each.hearing.title, f"/hearing-mine/{each.token}/"
