"""Results and decisions as the public sees them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse

from mingtang.kernel.days import WorkCalendar
from mingtang.kernel.parameters import Figures
from mingtang.kernel.text import NOTHING, Text, same, t
from mingtang.meetings import published as meetings_published
from mingtang.platform.clock import day_of
from mingtang.platform.files.models import StoredFile
from mingtang.platform.guard.gate import public_file
from mingtang.platform.ledger.belonging import Part
from mingtang.platform.paging import Page, page_of
from mingtang.platform.web.chain import ChainEntry, DocumentLink, Progress, Stage
from mingtang.platform.web.feeds import MOST as MOST_NEWS
from mingtang.platform.web.feeds import News
from mingtang.publishing.models import Release, ReleaseFile
from mingtang.publishing.rules import KIND_LABELS, due_days
from mingtang.topics import published as topics_published
from mingtang.topics.rules import named

SEEN = ("published", "withdrawn")
FILES = Prefetch("files", ReleaseFile.objects.select_related("file__public_copy__copy"))


def _seen(government_id: int) -> QuerySet[Release]:
    rows = Release.objects.filter(government_id=government_id, state__in=SEEN, **named("topic__"))
    return rows.select_related("topic__department", "topic__government", "item__meeting")


@dataclass(frozen=True, slots=True)
class ReleaseRow:
    """A release in a list."""

    id: int
    topic_id: int
    title: str
    kind: Text
    number: str
    department: Text
    published_at: datetime
    withdrawn: bool
    meeting: Text
    meeting_id: int
    meeting_at: datetime | None
    outcome: Text
    topic: str


def _row(row: Release) -> ReleaseRow:
    item = row.item
    hidden = item is None or item.attendance == "closed"
    assert row.published_at is not None
    return ReleaseRow(
        row.pk,
        row.topic_id,
        row.title,
        row.kind_label,
        row.number,
        same(row.topic.department),
        row.published_at,
        row.state == "withdrawn",
        NOTHING if hidden or item is None else item.meeting.title,
        0 if hidden or item is None else item.meeting_id,
        None if hidden or item is None else item.meeting.starts_at,
        NOTHING if hidden or item is None else item.outcome_label,
        topics_published.title_of(row.topic),
    )


def published_in(government_id: int, year: int) -> int:
    """How many results and decisions were published in a year."""
    return _seen(government_id).filter(kind__in=["result", "decision"], published_at__year=year).count()


def results(
    government_id: int, *, kind: str = "", words: str = "", after: str = "", size: int = 30
) -> tuple[Page[Release], list[ReleaseRow]]:
    """One page of releases, the newest first."""
    rows = _seen(government_id)
    rows = rows.filter(kind=kind) if kind in KIND_LABELS else rows
    rows = rows.filter(Q(title__icontains=words) | Q(number__icontains=words)) if words else rows
    found = page_of(rows, key=("-published_at", "-id"), after=after, size=size)
    return found, [_row(row) for row in found.rows]


def news(government_id: int, *, area: str = "", department: int = 0) -> list[News]:
    """The newest releases, of one focus area or department or of all."""
    rows = _seen(government_id).filter(state="published")
    if area:
        rows = rows.filter(topic__focus_areas__area=area)
    if department:
        rows = rows.filter(topic__department_id=department)
    found = rows.order_by("-published_at", "-id")[:MOST_NEWS]
    return [_news(row) for row in found]


def _news(row: Release) -> News:
    assert row.published_at is not None
    title = t("{kind}：{x}", "{kind}: {x}", kind=row.kind_label, x=row.title.replace("|", ""))
    return News(row.published_at, str(title), topics_published.plain_title(row.topic), reverse("portal:release", args=[row.pk]))


def latest_results(government_id: int, most: int = 5) -> list[ReleaseRow]:
    """The newest results and decisions, one a matter."""
    rows = _seen(government_id).filter(kind__in=["result", "decision"], state="published").order_by("-published_at", "-id")
    newest: dict[int, ReleaseRow] = {}
    for row in rows[: most * 3]:
        newest.setdefault(row.topic_id, _row(row))
    return list(newest.values())[:most]


@dataclass(frozen=True, slots=True)
class ReleaseView:
    """A release's page."""

    row: ReleaseRow
    body: str
    withdraw_reason: str
    documents: tuple[DocumentLink, ...]
    corrects: int
    corrected_by: tuple[tuple[int, str], ...]
    siblings: tuple[ReleaseRow, ...]


def release(government_id: int, release_id: int) -> ReleaseView | None:
    """One published release, None when there is none at this address."""
    found = _seen(government_id).prefetch_related(FILES, "corrections").filter(pk=release_id).first()
    if found is None:
        return None
    gone = found.state == "withdrawn"
    others = tuple(
        _row(each)
        for each in _seen(government_id)
        .filter(topic_id=found.topic_id, state="published")
        .exclude(pk=found.pk)
        .order_by("-published_at")[:10]
    )
    corrected = tuple((each.pk, each.title) for each in found.corrections.filter(state="published"))
    return ReleaseView(
        _row(found),
        "" if gone else found.body,
        found.withdraw_reason if gone else "",
        () if gone else _links(found),
        found.corrects_id or 0,
        corrected,
        others,
    )


def _links(row: Release) -> tuple[DocumentLink, ...]:
    return tuple(
        DocumentLink(
            each.title,
            reverse("portal:release-file", args=[row.pk, each.pk]),
            row.kind_label,
            each.number,
            file.format,
            file.byte_count,
            file.sha256,
        )
        for each in row.files.all()
        for file in (public_file(each.file),)
    )


def release_file(government_id: int, release_id: int, file_id: int) -> StoredFile | None:
    """A document of a published release."""
    shown = {"release__government_id": government_id, "release__state": "published", **named("release__topic__")}
    found = ReleaseFile.objects.select_related("file__public_copy__copy").filter(pk=file_id, release_id=release_id, **shown).first()
    return public_file(found.file) if found else None


def of_topics(topic_ids: Sequence[int]) -> list[ReleaseRow]:
    """The published releases of these matters, matter by matter, the newest of each first."""
    rows = Release.objects.filter(topic_id__in=topic_ids, **named("topic__"), state="published").select_related(
        "topic__department", "topic__government", "item__meeting"
    )
    found = [_row(row) for row in rows.order_by("-published_at")]
    return sorted(found, key=lambda row: topic_ids.index(row.topic_id))


def belonging(topic_id: int) -> Part:
    """What of a matter's export is ours: the entries of its releases, withdrawn ones too."""
    rows = Release.objects.filter(topic_id=topic_id, **named("topic__"), state__in=SEEN)
    return Part((("publishing.release", list(rows.values_list("pk", flat=True))),))


def chain(topic_id: int) -> list[ChainEntry]:
    """Results, decisions, interpretations and improvements on the matter page."""
    rows = Release.objects.filter(topic_id=topic_id, **named("topic__"), state__in=SEEN).prefetch_related(FILES)
    entries = []
    for row in rows:
        assert row.published_at is not None
        url = reverse("portal:release", args=[row.pk])
        title = t("公布{kind}：{title}", "{kind} published: {title}", kind=row.kind_label, title=row.title)
        gone = row.state == "withdrawn"
        body = t("已撤下：{why}", "Withdrawn: {why}", why=row.withdraw_reason) if gone else NOTHING
        entries.append(ChainEntry(row.published_at, title, body, () if gone else _links(row), url))
    return entries


def stages(topic_id: int, figures: Figures, calendar: WorkCalendar, now: datetime) -> list[Stage]:
    """The column of the result."""
    label, n = t("结果", "Result"), figures.number("result.publish_workdays")
    rule = t("{n} 个工作日", "{n} working days", n=n)
    row = (
        Release.objects.filter(topic_id=topic_id, kind__in=["result", "decision"], state="published")
        .select_related("item")
        .order_by("published_at")
        .first()
    )
    if row and row.published_at:
        decided = row.item.decided_at if row.item else None
        took = calendar.working_days_between(day_of(decided), day_of(row.published_at)) if decided else 0
        return [
            Stage(
                "result",
                label,
                Progress.DONE,
                day_of(row.published_at),
                rule=rule,
                fact=t("{n} 个工作日", "{n} working days", n=took),
                basis="2.3",
                url=reverse("portal:release", args=[row.pk]),
            )
        ]
    outcome = meetings_published.outcome_of([topic_id]).get(topic_id)
    if outcome is None:
        return [Stage("result", label, Progress.NEXT, rule=rule, basis="2.3")]
    due, _last = due_days(day_of(outcome[3]), figures, calendar)
    late = (day_of(now) - due.day).days
    if late > 0:
        return [Stage("result", label, Progress.LATE, None, t("逾期 {n} 日", "{n} days late", n=late), rule, basis="2.3")]
    return [Stage("result", label, Progress.NOW, None, t("至 {day}", "by {day}", day=due.day), rule, basis="2.3")]
