"""What outsiders may read: seats and how they were filled; and, by link, what is theirs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count
from django.urls import reverse

from mingtang.kernel.days import WorkCalendar
from mingtang.kernel.parameters import Figures
from mingtang.kernel.text import Text, same, t
from mingtang.platform.clock import day_of
from mingtang.platform.files.models import StoredFile
from mingtang.platform.web.chain import ChainEntry, Progress, Stage
from mingtang.representatives.models import Invitation, Material
from mingtang.representatives.published.calls import called
from mingtang.representatives.published.house import RulesView, compare_url, confirms_anew, house_rules_view, rules_for
from mingtang.representatives.rules import OVER
from mingtang.topics.rules import AUDIENCE_LABELS

SEATED = ("invited", "accepted", "noticed", "present", "absent")
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


def seats(meeting_id: int) -> list[SeatView]:
    """The seats of a meeting (1.3b, 3.2f): how each was filled and who came."""
    return [view for _topic, view in _views([meeting_id])]


def seats_of(topic_id: int) -> list[SeatView]:
    """The seats of one matter, at whichever meetings: how each was filled; names with consent, else pseudonyms."""
    meetings = Invitation.objects.filter(item__topic_id=topic_id, state__in=SEATED).values("meeting_id")
    return [view for topic, view in _views(meetings) if topic == topic_id]


def _views(meetings: Any) -> list[tuple[int, SeatView]]:
    """The seats of some meetings, each with its matter; pseudonyms are numbered within a meeting and audience."""
    rows = Invitation.objects.filter(meeting_id__in=meetings, state__in=SEATED).select_related("representative", "item")
    numbers: Counter[tuple[int, str]] = Counter()
    views = []
    for row in rows.order_by("meeting_id", "item__position", "id"):
        numbers[row.meeting_id, row.audience] += 1
        views.append((row.item.topic_id, _seat(row, numbers[row.meeting_id, row.audience])))
    return views


def _seat(row: Invitation, number: int) -> SeatView:
    named = row.publish_name
    pseudonym = t("{audience} {n}", "{audience} {n}", audience=AUDIENCE_LABELS[row.audience], n=number)
    return SeatView(
        row.item.position,
        row.audience_label,
        same(row.representative.name) if named else pseudonym,
        row.representative.unit if named else "",
        row.method_label,
        row.method_reason,
        row.state_label,
        row.state == "present",
    )


def withheld_names(meeting_id: int) -> dict[str, str]:
    """Names of people who came and did not agree to be named, each with the pseudonym `seats` shows instead."""
    rows = (
        Invitation.objects.filter(meeting_id=meeting_id, state__in=SEATED).select_related("representative").order_by("item__position", "id")
    )
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


@dataclass(frozen=True, slots=True)
class PersonalPaper:
    """A paper handed to the holder of the link."""

    document_id: int
    title: str
    kind: Text
    size: int
    format: str
    fetched_at: datetime | None


@dataclass(frozen=True, slots=True)
class PersonalView:
    """What the holder of a personal link sees."""

    token: str
    name: str
    state: str
    state_label: Text
    meeting: Text
    meeting_id: int
    meeting_state: str
    over: bool
    starts_at: datetime
    place: str
    topic: str
    position: int
    department: Text
    audience: Text
    requirements: str
    rules: RulesView | None
    papers: tuple[PersonalPaper, ...]
    reason: str
    publish_name: bool
    confirm_anew: bool
    compare_url: str


def personal(row: Invitation, now: datetime) -> PersonalView:
    """The page behind a personal link."""
    binding = rules_for(row, now)
    anew = confirms_anew(row, now)
    shown = binding if anew or row.rules is None else row.rules
    papers = tuple(
        PersonalPaper(
            each.document_id,
            each.document.title,
            each.document.kind_label,
            each.document.file.byte_count,
            each.document.file.format,
            each.fetched_at,
        )
        for each in row.materials.select_related("document__file").order_by("id")
    )
    return PersonalView(
        row.token,
        row.representative.name,
        row.state,
        row.state_label,
        row.meeting.title,
        row.meeting_id,
        row.meeting.state,
        row.meeting.state in OVER or (row.meeting.state == "running" and row.state != "present"),
        row.meeting.starts_at,
        row.meeting.place,
        str(row.item.topic),
        row.item.position,
        same(row.item.topic.department),
        row.audience_label,
        row.requirements,
        house_rules_view(shown) if shown else None,
        papers,
        row.decline_reason,
        row.publish_name,
        anew,
        compare_url(shown.department_id, row.rules.version, shown.version) if anew and shown and row.rules else "",
    )


def paper(material: Material) -> StoredFile:
    """The file of a paper handed over."""
    return material.document.file


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
