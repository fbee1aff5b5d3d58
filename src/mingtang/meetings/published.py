"""Meetings as the public sees them: calendar, agenda, outcome; closed items as a stub."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Prefetch, Q, QuerySet
from django.urls import reverse

from mingtang.kernel.days import WorkCalendar
from mingtang.kernel.parameters import Figures
from mingtang.kernel.text import NOTHING, Text, same, t
from mingtang.meetings.models import AgendaItem, Meeting
from mingtang.meetings.rules import version_letter
from mingtang.platform.clock import closing_of, day_of, local, opening_of
from mingtang.platform.web.chain import ChainEntry, Progress, Stage, Tombstone
from mingtang.topics import published as topics_published
from mingtang.topics.rules import GROUND_LABELS, KIND_LABELS
from mingtang.topics.rules.kinds import GROUND_CLAUSES

SEEN = ("frozen", "convened", "running", "ended", "closed", "postponed", "cancelled")
UNSETTLED = ("frozen", "postponed")
ON_AGENDA = Count("items", filter=~Q(items__state="withdrawn"))


def _seen(government_id: int) -> QuerySet[Meeting]:
    """What the public may see: meetings whose agenda was frozen at least once."""
    return Meeting.objects.filter(government_id=government_id, state__in=SEEN, version__gt=0)


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting in a list."""

    id: int
    title: Text
    kind: Text
    starts_at: datetime
    place: str
    state: str
    state_label: Text
    items: int
    broadcast: bool


def _row(row: Meeting, items: int) -> MeetingRow:
    return MeetingRow(
        row.pk, row.title, row.kind_label, row.starts_at, row.place, row.state, row.state_label, items, bool(row.broadcast_url)
    )


def _rows(rows: Iterable[Meeting]) -> list[MeetingRow]:
    return [_row(row, row.n) for row in rows]  # type: ignore[attr-defined]  # annotated by the callers


def upcoming(government_id: int, now: datetime, most: int = 6) -> list[MeetingRow]:
    """Meetings to come, the next on top."""
    rows = _seen(government_id).filter(starts_at__gte=opening_of(day_of(now)), state__in=["frozen", "convened", "running", "postponed"])
    return _rows(rows.annotate(n=ON_AGENDA).order_by("starts_at", "id")[:most])


def last_held(government_id: int) -> MeetingRow | None:
    """The meeting held last."""
    rows = _seen(government_id).filter(started_at__isnull=False).annotate(n=ON_AGENDA)
    return next(iter(_rows(rows.order_by("-starts_at", "-id")[:1])), None)


def named(government_id: int, words: str, most: int = 20) -> list[MeetingRow]:
    """Meetings by name, kind or number (“第 18 次”), the latest first."""
    digits = "".join(each for each in words if each.isascii() and each.isdecimal())[:6]
    kinds = [kind for kind, label in KIND_LABELS.items() if any(each in words or words in each for each in (label.zh, label.en))]
    wanted = Q(name__icontains=words) | Q(kind__in=kinds)
    wanted = wanted & Q(number=int(digits)) if digits and kinds else wanted | (Q(number=int(digits)) if digits else Q())
    return _rows(_seen(government_id).filter(wanted).annotate(n=ON_AGENDA).order_by("-starts_at", "-id")[:most])


def month(government_id: int, first: date, kind: str = "") -> list[MeetingRow]:
    """The meetings of one month."""
    last = date(first.year, first.month, calendar.monthrange(first.year, first.month)[1])
    rows = _seen(government_id).filter(starts_at__gte=opening_of(first), starts_at__lt=closing_of(last))
    rows = rows.filter(kind=kind) if kind else rows
    return _rows(rows.annotate(n=ON_AGENDA).order_by("starts_at", "id"))


@dataclass(frozen=True, slots=True)
class Day:
    """One cell of the month grid."""

    day: date
    inside: bool
    works: bool
    today: bool
    meetings: tuple[MeetingRow, ...]


def grid(first: date, rows: list[MeetingRow], work: WorkCalendar, today: date) -> list[list[Day]]:
    """The weeks of a month, Monday first."""
    by_day: dict[date, list[MeetingRow]] = {}
    for row in rows:
        by_day.setdefault(local(row.starts_at).date(), []).append(row)
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    return [
        [Day(day, day.month == first.month, work.is_working_day(day), day == today, tuple(by_day.get(day, ()))) for day in week]
        for week in weeks
    ]


def open_meetings(government_id: int, year: int) -> int:
    """Meetings held in a year."""
    return Meeting.objects.filter(government_id=government_id, started_at__isnull=False, year=year).count()


@dataclass(frozen=True, slots=True)
class ItemView:
    """One agenda item as the public sees it."""

    id: int
    position: int
    title: str
    topic_id: int
    department: Text
    attendance: Text
    began_at: datetime | None
    statement_at: datetime | None
    statement_by: str
    decided_at: datetime | None
    outcome: Text
    outcome_text: str
    tomb: Tombstone | None


@dataclass(frozen=True, slots=True)
class MeetingView:
    """A meeting's page."""

    row: MeetingRow
    chair: str
    version: str
    broadcast_url: str
    convened_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None
    emergency_reason: str
    change_reason: str
    items: tuple[ItemView, ...]
    public_at: datetime | None


def meeting(government_id: int, meeting_id: int) -> MeetingView | None:
    """One public meeting, None when there is none at this address."""
    order = Prefetch("items", AgendaItem.objects.exclude(state="withdrawn").select_related("topic__department"))
    row = _seen(government_id).prefetch_related(order, "versions").filter(pk=meeting_id).first()
    if row is None:
        return None
    items = tuple(_item(each) for each in _as_frozen(row))
    return MeetingView(
        _row(row, len(items)),
        row.chair,
        version_letter(row.version),
        row.broadcast_url,
        row.convened_at,
        row.started_at,
        row.ended_at,
        row.emergency_reason,
        row.change_reason,
        items,
        min((each.frozen_at for each in row.versions.all()), default=None),
    )


def _as_frozen(row: Meeting) -> list[AgendaItem]:
    """The items of the last frozen version in its order: what is changed afterwards is public when frozen again."""
    order = list(row.items.all())
    if row.state not in UNSETTLED:
        return order
    lines = {line["topic"]: line for version in row.versions.all() if version.number == row.version for line in version.lines}
    shown = [each for each in order if each.topic_id in lines]
    for each in shown:
        each.position, each.attendance = lines[each.topic_id]["position"], lines[each.topic_id]["attendance"]
    return sorted(shown, key=lambda each: each.position)


def _item(each: AgendaItem) -> ItemView:
    hidden = each.attendance == "closed"
    tomb = None
    if hidden:
        ground = each.closing_ground or "process"
        tomb = Tombstone(
            t("第 {n} 项", "Item {n}", n=each.position),
            GROUND_LABELS[ground],
            GROUND_CLAUSES[ground],
            t("区政府办", "Government office"),
            None,
            reverse("portal:accessibility"),
        )
    return ItemView(
        each.pk,
        each.position,
        "" if hidden else topics_published.title_of(each.topic),
        0 if hidden else each.topic_id,
        NOTHING if hidden else same(each.topic.department),
        each.attendance_label,
        each.began_at,
        each.statement_at,
        "" if hidden else each.statement_by,
        each.decided_at,
        NOTHING if hidden else _outcome(each),
        "" if hidden else each.outcome_text,
        tomb,
    )


def _outcome(each: AgendaItem) -> Text:
    return each.state_label if each.state == "adjourned" else each.outcome_label


def _items_of(topic_id: int) -> QuerySet[AgendaItem]:
    rows = AgendaItem.objects.filter(topic_id=topic_id, meeting__state__in=SEEN, topic__first_approved_at__isnull=False).exclude(
        attendance="closed"
    )
    return (
        rows.filter(meeting__version__gt=0)
        .exclude(state__in=["withdrawn", "adjourned"])
        .select_related("meeting")
        .order_by("meeting__starts_at")
    )


def chain(topic_id: int) -> list[ChainEntry]:
    """The deliberation of a matter."""
    entries = []
    for item in _items_of(topic_id):
        url = reverse("portal:meeting", args=[item.meeting_id])
        if item.decided_at is None:
            continue
        parts = []
        if item.statement_at:
            parts.append(
                t(
                    "牵头部门于 {at} 说明意见采纳情况。",
                    "The drafting department gave its statement on adoption at {at}.",
                    at=local(item.statement_at).strftime("%H:%M"),
                )
            )
        parts.append(t("结果：{outcome}。{text}", "Outcome: {outcome}. {text}", outcome=item.outcome_label, text=item.outcome_text))
        body = t("{parts}", "{parts}", parts=tuple(parts)) if len(parts) == 1 else t("{a}{b}", "{a} {b}", a=parts[0], b=parts[-1])
        entries.append(
            ChainEntry(
                item.began_at or item.decided_at,
                t("{meeting}审议，第 {n} 项", "{meeting}, item {n}", meeting=item.meeting.title, n=item.position),
                body,
                url=url,
            )
        )
    return entries


def stages(topic_id: int, figures: Figures, calendar: WorkCalendar, now: datetime) -> list[Stage]:  # noqa: ARG001 - every capability's stages have the same signature
    """The column of the meeting."""
    label = t("上会", "Meeting")
    item = _items_of(topic_id).exclude(meeting__state="cancelled").last()
    if item is None:
        return [Stage("meet", label, Progress.NEXT, rule=t("集体审议", "Collective"), basis="3.1")]
    day, url = day_of(item.meeting.starts_at), reverse("portal:meeting", args=[item.meeting_id])
    rule = item.meeting.kind_label
    if item.decided_at:
        return [Stage("meet", label, Progress.DONE, day, rule=rule, fact=item.outcome_label, basis="3.1", url=url)]
    return [Stage("meet", label, Progress.NOW, day, rule=rule, fact=item.meeting.state_label, basis="3.1", url=url)]


def shift(first: date, months: int) -> date:
    """The first day of the month `months` away."""
    day = first.replace(day=15) + timedelta(days=30 * months)
    return day.replace(day=1)


def outcome_of(topic_ids: list[int]) -> dict[int, tuple[Text, int, Text, datetime]]:
    """The latest decided outcome by matter: outcome, meeting id, meeting title, when."""
    found: dict[int, tuple[Text, int, Text, datetime]] = {}
    rows = AgendaItem.objects.filter(topic_id__in=topic_ids, state="decided", meeting__state__in=SEEN).exclude(attendance="closed")
    for item in rows.select_related("meeting").order_by("decided_at"):
        assert item.decided_at is not None
        found[item.topic_id] = (item.outcome_label, item.meeting_id, item.meeting.title, item.decided_at)
    return found
