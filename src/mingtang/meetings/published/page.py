"""A meeting's page, the place of a matter on agendas; closed items as a stub."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from mingtang.kernel.days import WorkCalendar
from mingtang.kernel.parameters import Figures
from mingtang.kernel.text import NOTHING, Text, same, t
from mingtang.meetings.models import AgendaItem, Meeting
from mingtang.meetings.published.listing import SEEN, MeetingRow, row_of, seen
from mingtang.meetings.published.recording import moment_of
from mingtang.meetings.rules import HELD, as_time, version_letter
from mingtang.platform.clock import day_of, local
from mingtang.platform.web.chain import ChainEntry, Progress, Stage, Tombstone
from mingtang.topics import published as topics_published
from mingtang.topics.rules import GROUND_LABELS
from mingtang.topics.rules.kinds import GROUND_CLAUSES

UNSETTLED = ("frozen", "postponed")


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
    statement_text: str
    late_reason: str
    late_on: datetime | None
    decided_at: datetime | None
    outcome: Text
    outcome_text: str
    tomb: Tombstone | None
    moment: str


@dataclass(frozen=True, slots=True)
class MeetingView:
    """A meeting's page."""

    row: MeetingRow
    chair: str
    version: str
    broadcast_url: str
    recorded: bool
    convened_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None
    emergency_reason: str
    change_reason: str
    items: tuple[ItemView, ...]
    public_at: datetime | None


def meeting(government_id: int, meeting_id: int) -> MeetingView | None:
    """One public meeting, None when there is none at this address."""
    row = seen(government_id).prefetch_related(in_order(), "versions").filter(pk=meeting_id).first()
    if row is None:
        return None
    items = tuple(_item(row, each) for each in as_frozen(row))
    return MeetingView(
        row_of(row, len(items)),
        row.chair,
        version_letter(row.version),
        row.broadcast_url,
        bool(row.recording_url) and row.state in HELD,
        row.convened_at,
        row.started_at,
        row.ended_at,
        row.emergency_reason,
        row.change_reason,
        items,
        min((each.frozen_at for each in row.versions.all()), default=None),
    )


def in_order() -> Prefetch[Any]:
    """The items of an agenda but those withdrawn, as `as_frozen` needs them."""
    return Prefetch("items", AgendaItem.objects.exclude(state="withdrawn").select_related("topic__department"))


def as_frozen(row: Meeting) -> list[AgendaItem]:
    """The items of the last frozen version in its order: what is changed afterwards is public when frozen again."""
    order = list(row.items.all())
    if row.state not in UNSETTLED:
        return order
    lines = {line["topic"]: line for version in row.versions.all() if version.number == row.version for line in version.lines}
    shown = [each for each in order if each.topic_id in lines]
    for each in shown:
        each.position, each.attendance = lines[each.topic_id]["position"], lines[each.topic_id]["attendance"]
    return sorted(shown, key=lambda each: each.position)


def _item(row: Meeting, each: AgendaItem) -> ItemView:
    hidden, moment = each.attendance == "closed", moment_of(row, each)
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
        each.statement_text if each.statement_at and not hidden else "",
        each.late_reason if each.late_approved_at and not hidden else "",
        each.late_approved_at,
        each.decided_at,
        NOTHING if hidden else _outcome(each),
        "" if hidden else each.outcome_text,
        tomb,
        "" if moment is None else as_time(moment),
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


def outcome_of(topic_ids: list[int]) -> dict[int, tuple[Text, int, Text, datetime]]:
    """The latest decided outcome by matter: outcome, meeting id, meeting title, when."""
    found: dict[int, tuple[Text, int, Text, datetime]] = {}
    rows = AgendaItem.objects.filter(topic_id__in=topic_ids, state="decided", meeting__state__in=SEEN).exclude(attendance="closed")
    for item in rows.select_related("meeting").order_by("decided_at"):
        assert item.decided_at is not None
        found[item.topic_id] = (item.outcome_label, item.meeting_id, item.meeting.title, item.decided_at)
    return found
