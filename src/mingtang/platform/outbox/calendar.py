"""The day for somebody's calendar: an iCalendar message (RFC 5545, 5546) that rides on a mail.

Whoever changes a day sends the same `uid` with a higher `sequence`; whoever ends it sends the method CANCEL.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from icalendar import Calendar, Event, vCalAddress, vText

Method = Literal["REQUEST", "CANCEL"]
MINUTES = 180  # a meeting lasts about so long when nobody said


@dataclass(frozen=True, slots=True)
class Entry:
    """One day of one person; `to` and `organiser` are (name, address), `minutes` how long it lasts."""

    uid: str
    sequence: int
    title: str
    starts_at: datetime
    place: str
    to: tuple[str, str]
    organiser: tuple[str, str]
    minutes: int = MINUTES


def calendar_text(entry: Entry, method: Method, *, now: datetime) -> str:
    """The message as it is attached; the same entry at the same moment gives the same text."""
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", entry.starts_at.astimezone(UTC))
    event.add("dtend", (entry.starts_at + timedelta(minutes=entry.minutes)).astimezone(UTC))
    event.add("summary", entry.title)
    event.add("location", entry.place)
    event.add("status", "CANCELLED" if method == "CANCEL" else "CONFIRMED")
    event.add("organizer", _address(*entry.organiser), encode=False)
    attendee = _address(*entry.to)
    attendee.params["RSVP"] = vText("FALSE")  # answers come by the personal link
    event.add("attendee", attendee, encode=False)
    calendar = Calendar()
    calendar.add("prodid", "-//Mingtang//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(event)
    made: bytes = calendar.to_ical()
    return made.decode()


def method_of(text: str) -> str:
    """The method a message carries, which its content type has to repeat (RFC 6047); REQUEST when it names none."""
    return str(Calendar.from_ical(text).get("method", "REQUEST"))


def _address(name: str, address: str) -> vCalAddress:
    """A name in quotation marks can hold anything but quotation marks and control signs."""
    made = vCalAddress(f"mailto:{address}")
    made.params["CN"] = vText("".join(each for each in name if each != '"' and each.isprintable()))
    return made
