"""Reaching the holder of a seat: by mail with the day for their calendar, else by text message."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import F

from mingtang.platform.clock import local
from mingtang.platform.outbox.calendar import Entry, calendar_text
from mingtang.platform.outbox.messengers import messenger
from mingtang.platform.outbox.post import Recipient, post, whole_link
from mingtang.representatives.models import Invitation, RepresentativeContact

ASKED = frozenset({"invitation", "notice", "change", "materials"})
ENDED = frozenset({"declined", "revoked", "cancel", "postpone"})


def reach(row: Invitation, template: str, dedupe: str, now: datetime, *, prefer: str = "email", **also: Any) -> str:
    """Queue a message to the holder of a seat; gives the door it takes (``email`` or ``sms``), empty when there is none.

    The mail carries the day for their calendar: one entry for each seat, asked for or ended, each time with a higher
    sequence. A text message goes where there is no e-mail address, or where the desk prefers it.
    """
    contact = RepresentativeContact.objects.filter(representative_id=row.representative_id).first()
    doors = _doors(contact)
    door = prefer if prefer in doors else next(iter(doors), "")
    if contact is None or not door:
        return ""
    meeting, path = row.meeting, f"/invitation/{row.token}/"
    post(
        f"representatives/{door}/{template}.txt",
        to=Recipient(None, contact.email) if door == "email" else Recipient(phone=contact.phone),
        government_id=row.government_id,
        now=now,
        about=row,
        dedupe=dedupe,
        url=path,
        calendar_ics=_calendar(row, contact.email, template, now) if door == "email" else "",
        name=row.representative.name,
        meeting=str(meeting),
        topic=str(row.item.topic),
        starts_at=local(meeting.starts_at).strftime("%Y-%m-%d %H:%M"),
        place=meeting.place,
        requirements=row.requirements,
        link=whole_link(row.government_id, path),
        **also,
    )
    return door


def _doors(contact: RepresentativeContact | None) -> list[str]:
    if contact is None:
        return []
    return [*(["email"] if contact.email else []), *(["sms"] if contact.phone and messenger() else [])]


def _calendar(row: Invitation, address: str, template: str, now: datetime) -> str:
    if template not in ASKED | ENDED:
        return ""
    row.calendar_sequence += 1
    Invitation.objects.filter(pk=row.pk).update(calendar_sequence=F("calendar_sequence") + 1)
    meeting = row.meeting
    entry = Entry(
        f"invitation-{row.pk}@{meeting.government.host}",
        row.calendar_sequence,
        f"{meeting}：{row.item.topic}",
        meeting.starts_at,
        meeting.place,
        to=(row.representative.name, address),
        organiser=(meeting.government.name, settings.DEFAULT_FROM_EMAIL),
    )
    return calendar_text(entry, "CANCEL" if template in ENDED else "REQUEST", now=now)
