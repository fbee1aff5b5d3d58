"""Reads for staff and facts for later stages; evidence for 1.1a and 2.2c."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db.models import Max, QuerySet
from django.urls import reverse

from mingtang.kernel.decision import no
from mingtang.kernel.obligations import Evidence, Example, evidence_for
from mingtang.kernel.text import Text, same, t
from mingtang.meetings.models import AgendaItem, Meeting
from mingtang.meetings.rules import SETTLING, timing
from mingtang.platform.clock import closing_of, day_of, opening_of
from mingtang.platform.figures.lookup import figures_for, work_calendar
from mingtang.platform.paging import Page, page_of
from mingtang.topics import queries as topic_queries
from mingtang.topics.rules import named

GONE = no(t("没有找到这次会议。", "There is no such meeting."), "", t("请从列表重新打开。", "Open it from its list again."), code="gone")


def get(government_id: int, meeting_id: int) -> Meeting:
    """One meeting with its items; `Refused` when there is none."""
    found = (
        Meeting.objects.select_related("government")
        .prefetch_related("items__topic__department", "versions")
        .filter(government_id=government_id, pk=meeting_id)
        .first()
    )
    if found is None:
        GONE.require()
    assert found is not None
    return found


def for_update(meeting_id: int) -> Meeting:
    """One meeting, locked; `Refused` when there is none."""
    found = Meeting.objects.select_for_update(of=("self",)).select_related("government").filter(pk=meeting_id).first()
    if found is None:
        GONE.require()
    assert found is not None
    return found


def item_for_update(item_id: int) -> AgendaItem:
    """One agenda item, locked; `Refused` when there is none.

    Its meeting is locked first: whoever ends or freezes the meeting reaches for the items next, and two
    people who lock in different orders would wait for each other.
    """
    Meeting.objects.select_for_update().filter(pk__in=AgendaItem.objects.filter(pk=item_id).values("meeting_id")).first()
    found = AgendaItem.objects.select_for_update(of=("self",)).select_related("meeting", "topic__department").filter(pk=item_id).first()
    if found is None:
        no(t("没有找到这个议程项。", "There is no such item."), "", t("请刷新页面。", "Reload the page."), code="gone").require()
    assert found is not None
    return found


def items(meeting_id: int) -> list[AgendaItem]:
    """The items of a meeting in order, without those taken off."""
    rows = AgendaItem.objects.filter(meeting_id=meeting_id).exclude(state="withdrawn")
    return list(rows.select_related("topic__department").order_by("position", "id"))


def recorded_items(meeting_id: int) -> list[AgendaItem]:
    """The items a recording may show, in the order in which they began: closed ones are in none."""
    rows = AgendaItem.objects.filter(meeting_id=meeting_id, began_at__isnull=False).exclude(state="withdrawn").exclude(attendance="closed")
    return list(rows.select_related("topic__department").order_by("began_at", "id"))


def items_of(meeting_ids: Iterable[int]) -> dict[int, list[AgendaItem]]:
    """The same for many meetings, in one query."""
    rows = AgendaItem.objects.filter(meeting_id__in=list(meeting_ids)).exclude(state="withdrawn")
    found: dict[int, list[AgendaItem]] = {}
    for each in rows.select_related("topic__department").order_by("position", "id"):
        found.setdefault(each.meeting_id, []).append(each)
    return found


def as_lines(order: list[AgendaItem]) -> list[dict[str, object]]:
    """An agenda as its frozen version keeps it; papers by name and digest."""
    papers: dict[int, list[tuple[str, str]]] = {}
    for each in topic_queries.documents_of_many([item.topic_id for item in order], "material", "adoption_note"):
        papers.setdefault(each.topic_id, []).append((each.title, each.file.sha256))
    return [
        {
            "position": each.position,
            "topic": each.topic_id,
            "title": str(each.topic),
            "attendance": each.attendance,
            "minutes": each.planned_minutes,
            "papers": [list(paper) for paper in papers.get(each.topic_id, [])],
        }
        for each in order
    ]


def as_frozen(meeting: Meeting, *, lines: list[dict[str, object]] | None = None) -> bool:
    """Whether the agenda still is the last frozen version; with `lines` day, place and papers count too."""
    last = meeting.versions.order_by("-number").first()
    if last is None:
        return False
    if lines is not None:
        moved = (last.starts_at or meeting.starts_at, last.place or meeting.place) != (meeting.starts_at, meeting.place)
        return not moved and [_whole(line) for line in last.lines] == [_whole(line) for line in lines]
    return [_key(line) for line in last.lines] == [_key(line) for line in as_lines(items(meeting.pk))]


def _key(line: Mapping[str, object]) -> tuple[object, ...]:
    return line["position"], line["topic"], line["attendance"], line["minutes"]


def _whole(line: Mapping[str, object]) -> tuple[object, ...]:
    return *_key(line), line.get("papers")


def warnings(meeting: Meeting, now: datetime) -> tuple[Text, ...]:
    """Local lead times that a meeting still being planned does not keep."""
    rows = AgendaItem.objects.filter(meeting=meeting, topic__documents__kind="material").exclude(state="withdrawn")
    came = rows.aggregate(came=Max("topic__documents__added_at"))["came"]
    figures = figures_for(meeting.government_id, day_of(meeting.starts_at))
    return timing(meeting.starts_at, now, came, figures, work_calendar()).warnings


def meetings(government_id: int, *, kind: str = "", state: str = "", after: str = "") -> Page[Meeting]:
    """One page of meetings, the latest first."""
    rows = Meeting.objects.filter(government_id=government_id)
    rows = rows.filter(kind=kind) if kind else rows
    return page_of(rows.filter(state=state) if state else rows, key=("-starts_at", "-id"), after=after)


def meetings_of(topic_id: int) -> list[AgendaItem]:
    """Where a matter was or is on an agenda, the latest first."""
    return list(
        AgendaItem.objects.filter(topic_id=topic_id)
        .exclude(meeting__state="cancelled")
        .exclude(state="withdrawn")
        .select_related("meeting")
        .order_by("-meeting__starts_at")
    )


def candidates(meeting: Meeting) -> list[tuple[int, str]]:
    """Approved matters that are not on this agenda and not decided yet."""
    there = AgendaItem.objects.filter(meeting=meeting).exclude(state="withdrawn").values("topic_id")
    rows = topic_queries.approved_topics(meeting.government_id).exclude(pk__in=there)
    rows = rows.exclude(agenda_items__outcome__in=SETTLING)
    return [(row.pk, str(row)) for row in rows[:200]]


def _held(government_id: int, first: date, last: date) -> QuerySet[Meeting]:
    return Meeting.objects.filter(government_id=government_id, started_at__gte=opening_of(first), started_at__lt=closing_of(last))


@evidence_for("1.1a")
def meetings_shown(government_id: int, first: date, last: date) -> Evidence:
    """Meetings held with a public agenda."""
    rows = _held(government_id, first, last)
    return Evidence(
        rows.count(), examples=tuple(Example(same(str(row)), reverse("portal:meeting", args=[row.pk])) for row in rows.order_by("-id")[:5])
    )


def _example(row: AgendaItem) -> Example:
    return Example(same(f"{row.position}. {row.topic.approved_title}"), reverse("portal:meeting", args=[row.meeting_id]))


@evidence_for("2.2c")
def statements_given(government_id: int, first: date, last: date) -> Evidence:
    """Consulted matters deliberated with the statement on adoption, and without."""
    rows = AgendaItem.objects.filter(
        meeting__in=_held(government_id, first, last), state="decided", topic__consultations__opened_at__isnull=False
    ).distinct()
    rows = rows.distinct()
    kept = rows.filter(statement_at__isnull=False)
    return Evidence(
        kept.count(),
        rows.filter(statement_at=None).count(),
        tuple(_example(row) for row in kept.filter(**named("topic__")).select_related("topic").order_by("-id")[:5]),
    )
