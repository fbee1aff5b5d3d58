"""What outsiders may read of the pool: what it is for, its conditions; and, by a personal link or receipt, what is theirs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from mingtang.kernel.text import Text
from mingtang.platform.clock import day_of
from mingtang.platform.figures.lookup import figures_for
from mingtang.representatives.models import Conflict, Invitation, NameConsent, Representative, RepresentativeContact
from mingtang.representatives.rules import CONFLICT, CONSENT, CONSENTS, conditions, may_renew
from mingtang.topics import published as topics_published
from mingtang.topics.rules import AUDIENCE_LABELS

SEATED = ("invited", "accepted", "noticed", "present", "absent")


MOST_SEATS = 50
CONSENT_WORDS = CONSENTS[CONSENT]


@dataclass(frozen=True, slots=True)
class PoolTerms:
    """What joining means here: conditions, term, seats a year, how long data are kept."""

    conditions: tuple[Text, ...]
    years: int
    most_seats: int
    ask_days: int
    kept_days: int
    kept_years: int
    audiences: list[tuple[str, Text]]
    consent: Text


def pool_terms(government_id: int, today: date) -> PoolTerms:
    """The figures in force for people who think about joining."""
    figures = figures_for(government_id, today)
    return PoolTerms(
        conditions(figures),
        figures.number("rep.term_years"),
        figures.number("rep.max_repeat_per_year"),
        figures.number("rep.renew_ask_days"),
        figures.number("pii.retain_days_unselected"),
        figures.number("pii.retain_years_reps"),
        list(AUDIENCE_LABELS.items()),
        CONSENTS[CONSENT],
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """How somebody who came forward stands, by the receipt alone: nothing that names anybody."""

    receipt: str
    state: str
    state_label: Text
    added_at: datetime
    until_on: date | None


def standing(government_id: int, receipt: str) -> Standing | None:
    """How the person with this receipt stands; None when there is none."""
    row = Representative.objects.filter(government_id=government_id, receipt=receipt).first() if receipt else None
    return Standing(receipt, row.state, row.state_label, row.added_at, row.until_on) if row else None


@dataclass(frozen=True, slots=True)
class OwnSeat:
    """One seat of one's own."""

    meeting: str
    meeting_id: int
    topic: str
    day: date
    state: Text


@dataclass(frozen=True, slots=True)
class OwnConsent:
    """What one said about one's name, to which wording."""

    version: int
    words: str
    agreed: bool
    said_at: datetime


@dataclass(frozen=True, slots=True)
class OwnData:
    """Everything the pool keeps about the holder of a link."""

    token: str
    receipt: str
    state: str
    state_label: Text
    reason: str
    audience: Text
    source: Text
    name: str
    unit: str
    area: str
    trade: str
    specialities: str
    nominated_by: str
    phone: str
    email: str
    publish_name: bool
    added_at: datetime
    verified_at: datetime | None
    until_on: date | None
    may_renew: bool
    seats_this_year: int
    seats: tuple[OwnSeat, ...]
    consents: tuple[OwnConsent, ...]
    conflicts: tuple[tuple[str, str, datetime], ...]
    declared: tuple[int, ...]


def own(government_id: int, token: str, now: datetime) -> OwnData | None:
    """Everything about the person behind a link; None when it is nobody's."""
    people = Representative.objects.filter(government_id=government_id, token=token).exclude(state="left")
    row = people.first() if token else None
    if row is None:
        return None
    contact = RepresentativeContact.objects.filter(representative=row).first() or RepresentativeContact()
    held = Invitation.objects.filter(representative=row, state__in=SEATED).select_related("meeting", "item").order_by("-id")
    seats, conflicts = list(held[:MOST_SEATS]), list(Conflict.objects.filter(representative=row).order_by("-id"))
    names = topics_published.titles([*(each.item.topic_id for each in seats), *(each.topic_id for each in conflicts)])
    today = day_of(now)
    return OwnData(
        token,
        row.receipt or "",
        row.state,
        row.state_label,
        row.reason,
        row.audience_label,
        row.source_label,
        row.name,
        row.unit,
        row.area,
        row.trade,
        row.specialities,
        row.nominated_by,
        contact.phone,
        contact.email,
        row.publish_name,
        row.added_at,
        row.verified_at,
        row.until_on,
        _may_renew(row, today),
        len({each.meeting_id for each in seats if each.meeting.year == today.year}),
        tuple(_seat(each, names) for each in seats),
        tuple(OwnConsent(each.version, each.words, each.agreed, each.said_at) for each in _consents(row)),
        tuple((_plain(names, each.topic_id), each.reason, each.declared_at) for each in conflicts),
        tuple(each.topic_id for each in conflicts),
    )


def _consents(row: Representative) -> list[NameConsent]:
    return list(NameConsent.objects.filter(representative=row).order_by("-id"))


def _may_renew(row: Representative, today: date) -> bool:
    running = row.until_on if row.state == "listed" else None
    return row.state in {"listed", "lapsed"} and bool(may_renew(running, today, figures_for(row.government_id, today)))


def _plain(names: Mapping[int, str], topic_id: int) -> str:
    """The title of a public matter; a dash for one that is not."""
    return names.get(topic_id, "—").replace("|", "")


def _seat(row: Invitation, names: Mapping[int, str]) -> OwnSeat:
    title = _plain(names, row.item.topic_id)
    return OwnSeat(str(row.meeting.title), row.meeting_id, title, day_of(row.meeting.starts_at), row.state_label)


def matters_to_declare(government_id: int, data: OwnData) -> list[tuple[int, str]]:
    """Public matters, newest first, in which one has declared nothing yet."""
    _page, rows = topics_published.matters(government_id)
    return [(row.id, row.title.replace("|", "")) for row in rows if row.id not in data.declared and not row.withdrawn]


def own_file(data: OwnData) -> dict[str, Any]:
    """One's own data as a file to take away (PIPL Art.45)."""
    names = ("receipt", "name", "unit", "area", "trade", "specialities", "nominated_by", "phone", "email", "publish_name")
    consents = [{"version": c.version, "words": c.words, "agreed": c.agreed, "at": c.said_at.isoformat()} for c in data.consents]
    seats = [{"meeting": s.meeting, "matter": s.topic, "day": s.day.isoformat(), "state": s.state.within("zh")} for s in data.seats]
    days = {"added_at": data.added_at, "verified_at": data.verified_at, "until_on": data.until_on}
    return {
        **{name: getattr(data, name) for name in names},
        **{name: value.isoformat() if value else None for name, value in days.items()},
        "state": data.state_label.within("zh"),
        "audience": data.audience.within("zh"),
        "source": data.source.within("zh"),
        "consents": consents,
        "seats": seats,
        "conflicts": [{"matter": matter, "reason": reason, "at": at.isoformat()} for matter, reason, at in data.conflicts],
    }


@dataclass(frozen=True, slots=True)
class FreedSeat:
    """A seat not given, or given back, because a conflict was declared."""

    item: int
    audience: Text
    reason: Text


def freed(meeting_id: int) -> list[FreedSeat]:
    """Seats of a meeting taken back because of a declared conflict: the audience and the words “conflict declared”, nothing more."""
    rows = Invitation.objects.filter(meeting_id=meeting_id, state="revoked").select_related("item").order_by("item__position", "id")
    barred = set(Conflict.objects.filter(representative__invitations__meeting_id=meeting_id).values_list("representative_id", "topic_id"))
    return [
        FreedSeat(row.item.position, row.audience_label, CONFLICT) for row in rows if (row.representative_id, row.item.topic_id) in barred
    ]
