"""What outsiders may read: seats, how they were filled, which stayed empty and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.db.models import Count
from django.urls import reverse

from mingtang.kernel.days import WorkCalendar
from mingtang.kernel.parameters import Figures
from mingtang.kernel.text import Text, same, t
from mingtang.meetings import published as meetings
from mingtang.platform.clock import day_of
from mingtang.platform.paging import page_of
from mingtang.platform.web.chain import ChainEntry, Progress, Stage
from mingtang.representatives.models import Invitation
from mingtang.representatives.published.calls import called
from mingtang.representatives.rules import UNFILLED_LABELS
from mingtang.topics.rules import AUDIENCE_LABELS

SEATED = ("invited", "accepted", "noticed", "present", "absent")
FIRST = 20
COUNTED = ("plenary", "executive", "mayors_office")


@dataclass(frozen=True, slots=True)
class SeatView:
    """One seat as the public sees it: a name with consent, else a pseudonym."""

    item: int
    audience: Text
    who: Text
    unit: str
    method: Text
    method_reason: str
    state: Text
    present: bool


@dataclass(frozen=True, slots=True)
class Empty:
    """Freed seats of one audience at one item that stay empty, and why."""

    item: int
    audience: Text
    n: int
    why: Text


@dataclass(frozen=True, slots=True)
class SeatsView:
    """One page of the seats of a meeting, how many there are of each audience, and those that stay empty."""

    rows: list[SeatView]
    after: str
    first: bool
    total: int
    counts: list[tuple[Text, int]]
    empty: list[Empty]

    def __len__(self) -> int:
        return self.total

    def __iter__(self) -> Iterator[SeatView]:
        return iter(self.rows)


@dataclass(frozen=True, slots=True)
class MatterSeats:
    """The first seats of a matter, and how many there are at whichever meetings."""

    rows: list[SeatView]
    total: int

    def __len__(self) -> int:
        return self.total

    def __iter__(self) -> Iterator[SeatView]:
        return iter(self.rows)


@dataclass(frozen=True, slots=True)
class AtMeeting:
    """Seats of a matter at one of its meetings, as many as one page shows; `meeting` is None while it has no public page."""

    meeting: meetings.MeetingRow | None
    rows: list[SeatView]

    def __iter__(self) -> Iterator[SeatView]:
        return iter(self.rows)


@dataclass(frozen=True, slots=True)
class AllSeats:
    """One page of all seats of a matter, meeting by meeting, and how many there are of each audience."""

    meetings: list[AtMeeting]
    after: str
    first: bool
    total: int
    counts: list[tuple[Text, int]]

    def __len__(self) -> int:
        return self.total


def seats(meeting_id: int, *, after: str = "") -> SeatsView:
    """The seats of a meeting (1.3b, 3.2f), a page at a time: how each was filled and who came.

    Pseudonyms are numbered within their audience in the order in which people were selected, on every page alike.
    """
    rows = Invitation.objects.filter(meeting_id=meeting_id, state__in=SEATED)
    found = page_of(rows.select_related("representative", "item"), key=("id",), after=after)
    counts = dict(rows.order_by().values_list("audience").annotate(n=Count("pk")))
    numbers: Counter[str] = Counter()
    if not found.first and found.rows:
        numbers.update(dict(rows.filter(pk__lt=found.rows[0].pk).order_by().values_list("audience").annotate(n=Count("pk"))))
    views = []
    for row in found.rows:
        numbers[row.audience] += 1
        views.append(_seat(row, numbers[row.audience]))
    return SeatsView(views, found.after, found.first, sum(counts.values()), _labelled(counts), empty_seats(meeting_id))


def empty_seats(meeting_id: int) -> list[Empty]:
    """Freed seats that stay empty, by item and audience."""
    rows = Invitation.objects.filter(meeting_id=meeting_id, unfilled_at__isnull=False).order_by()
    found = rows.values_list("item__position", "audience", "unfilled_why").annotate(n=Count("pk"))
    return [Empty(item, AUDIENCE_LABELS[audience], n, UNFILLED_LABELS[why]) for item, audience, why, n in sorted(found)]


def seats_of(topic_id: int) -> MatterSeats:
    """The first seats of one matter, at whichever meetings: how each was filled; names with consent, else pseudonyms as in `seats`."""
    theirs = Invitation.objects.filter(item__topic_id=topic_id, state__in=SEATED)
    seated = (each for each in _numbered(theirs.values("meeting_id")) if each[0].item.topic_id == topic_id)
    rows = list(islice(seated, FIRST))
    total = len(rows) if len(rows) < FIRST else theirs.count()
    return MatterSeats([_seat(row, number) for row, number in rows], total)


def all_seats(government_id: int, topic_id: int, *, after: str = "") -> AllSeats:
    """All seats of one matter, a page at a time, under the meetings in which it was heard; pseudonyms as in `seats`."""
    rows = Invitation.objects.filter(government_id=government_id, item__topic_id=topic_id, state__in=SEATED)
    found = page_of(rows, key=("meeting_id", "id"), after=after)
    counts = dict(rows.order_by().values_list("audience").annotate(n=Count("pk")))
    asked = {row.pk for row in found.rows}
    views: dict[int, list[SeatView]] = {row.meeting_id: [] for row in found.rows}
    for row, number in _numbered(list(views)):
        if row.pk in asked:
            views[row.meeting_id].append(_seat(row, number))
    public = meetings.announced(government_id, views)
    return AllSeats(
        [AtMeeting(public.get(pk), each) for pk, each in views.items()], found.after, found.first, sum(counts.values()), _labelled(counts)
    )


def _labelled(counts: dict[str, int]) -> list[tuple[Text, int]]:
    return [(label, counts[key]) for key, label in AUDIENCE_LABELS.items() if key in counts]


def shown_as(meetings: Any) -> dict[int, Text]:
    """What each seat of some meetings is called in public, by invitation: the name with consent, else the pseudonym of `seats`."""
    return {row.pk: _called(row, number) for row, number in _numbered(meetings)}


def _numbered(meetings: Any) -> Iterator[tuple[Invitation, int]]:
    """The seats of some meetings, each with its number within its meeting and audience, in the order of selection."""
    rows = Invitation.objects.filter(meeting_id__in=meetings, state__in=SEATED).select_related("representative", "item")
    numbers: Counter[tuple[int, str]] = Counter()
    for row in rows.order_by("meeting_id", "id").iterator(chunk_size=100):
        numbers[row.meeting_id, row.audience] += 1
        yield row, numbers[row.meeting_id, row.audience]


def _called(row: Invitation, number: int) -> Text:
    if row.publish_name:
        return same(row.representative.name)
    return t("{audience} {n}", "{audience} {n}", audience=AUDIENCE_LABELS[row.audience], n=number)


def _seat(row: Invitation, number: int) -> SeatView:
    return SeatView(
        row.item.position,
        row.audience_label,
        _called(row, number),
        row.representative.unit if row.publish_name else "",
        row.method_label,
        row.method_reason,
        row.state_label,
        row.state == "present",
    )


def withheld_names(meeting_id: int) -> dict[str, str]:
    """Names of people who came and did not agree to be named, each with the pseudonym `seats` shows instead."""
    rows = Invitation.objects.filter(meeting_id=meeting_id, state__in=SEATED).select_related("representative").order_by("id")
    numbers: Counter[str] = Counter()
    found: dict[str, str] = {}
    for row in rows:
        numbers[row.audience] += 1
        if not row.publish_name and row.representative.forgotten_at is None:
            found.setdefault(row.representative.name, f"{AUDIENCE_LABELS[row.audience].zh}{numbers[row.audience]}")
    return found


def chain(topic_id: int) -> list[ChainEntry]:
    """Representatives invited and told, on the matter page."""
    rows = Invitation.objects.filter(
        item__topic_id=topic_id,
        state__in=["noticed", "present", "absent"],
        noticed_at__isnull=False,
        meeting__state__in=["frozen", "convened", "running", "ended", "closed"],
    )
    found = rows.values("meeting_id").annotate(n=Count("pk")).order_by()
    entries = []
    for line in found:
        last = rows.filter(meeting_id=line["meeting_id"]).order_by("-noticed_at").select_related("meeting")[0]
        assert last.noticed_at is not None
        ahead = (day_of(last.meeting.starts_at) - day_of(last.noticed_at)).days
        body = t(
            "向 {n} 位列席代表告知要求并提供审议材料，最晚一位在会前 {d} 日。",
            "{n} representatives were sent requirements and papers, the last of them {d} days ahead.",
            n=line["n"],
            d=ahead,
        )
        entries.append(
            ChainEntry(
                last.noticed_at, t("告知列席代表", "Representatives notified"), body, url=reverse("portal:meeting", args=[last.meeting_id])
            )
        )
    return [*entries, *called(topic_id)]


def attended(government_id: int, year: int) -> int:
    """Meetings of a year with a representative present (2.2b)."""
    rows = Invitation.objects.filter(government_id=government_id, state="present", meeting__year=year, meeting__kind__in=COUNTED)
    return rows.values("meeting_id").distinct().count()


def stages(topic_id: int, figures: Figures, calendar: WorkCalendar, now: datetime) -> list[Stage]:  # noqa: ARG001 - every capability's stages have the same signature
    """The column of the notice to representatives (3.2d)."""
    label, n = t("告知代表", "Notice"), figures.number("rep.notice_lead_days")
    rule = t("提前 {n} 日告知", "{n} days ahead", n=n)
    rows = Invitation.objects.filter(item__topic_id=topic_id, meeting__state__in=["frozen", "convened", "running", "ended", "closed"])
    last = rows.filter(noticed_at__isnull=False).order_by("-meeting__starts_at", "-noticed_at").select_related("meeting").first()
    if last is None or last.noticed_at is None:
        return [Stage("notice", label, Progress.NEXT, rule=rule, basis="3.2d")]
    ahead = (day_of(last.meeting.starts_at) - day_of(last.noticed_at)).days
    fact = t("提前 {n} 日", "{n} days ahead", n=ahead)
    return [
        Stage(
            "notice",
            label,
            Progress.DONE,
            day_of(last.noticed_at),
            rule=rule,
            fact=fact,
            basis="3.2d",
            url=reverse("portal:meeting", args=[last.meeting_id]),
        )
    ]
