"""Reads for staff; evidence for 2.3."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Max, QuerySet
from django.urls import reverse

from mingtang.consultations import queries as consultation_queries
from mingtang.kernel.decision import no
from mingtang.kernel.obligations import Evidence, Example, evidence_for
from mingtang.kernel.text import same, t
from mingtang.meetings import queries as meeting_queries
from mingtang.platform.actor import Actor, Role
from mingtang.platform.clock import closing_of, day_of, opening_of
from mingtang.platform.figures.lookup import figures_for, work_calendar
from mingtang.platform.guard.subjects import Material, subject
from mingtang.platform.paging import Page, page_of
from mingtang.platform.web.desk import ComingDay, DeskItem
from mingtang.publishing.models import Release, ReleaseFile, ReleaseReview
from mingtang.publishing.policy import may_review
from mingtang.publishing.rules import STAGES, ReleaseFacts, due_days, interpretation_due
from mingtang.topics import queries as topic_queries
from mingtang.topics.rules import named

MOST_OWED = 100
GONE = no(t("没有找到这个发布件。", "There is no such release."), "", t("请从列表重新打开。", "Open it from its list again."), code="gone")


def get(government_id: int, release_id: int) -> Release:
    """One release; `Refused` when there is none."""
    found = (
        Release.objects.select_related("topic__department", "item__meeting", "drafted_by", "corrects")
        .prefetch_related("files__file", "reviews__person")
        .filter(government_id=government_id, pk=release_id)
        .first()
    )
    if found is None:
        GONE.require()
    assert found is not None
    return found


def for_update(release_id: int) -> Release:
    """One release, locked; `Refused` when there is none."""
    found = Release.objects.select_for_update(of=("self",)).select_related("topic__department").filter(pk=release_id).first()
    if found is None:
        GONE.require()
    assert found is not None
    return found


def releases(actor: Actor, *, state: str = "", after: str = "") -> Page[Release]:
    """One page of releases, newest first."""
    rows = Release.objects.filter(government_id=actor.government_id).select_related("topic__department")
    return page_of(rows.filter(state=state) if state else rows, after=after)


def reviewers(row: Release) -> frozenset[int]:
    """Who has passed a stage in the present round."""
    return frozenset(ReleaseReview.objects.filter(release=row, round=row.round).values_list("person_id", flat=True))


def facts(row: Release) -> ReleaseFacts:
    """What the gates to review and publication need to know."""
    listening = consultation_queries.listening(row.topic_id)
    consulted = listening is not None and listening.opened_at is not None
    decided = any(each.state == "decided" for each in meeting_queries.meetings_of(row.topic_id))
    topic = row.topic
    public = topic.first_approved_at is not None and topic.is_named and topic.disclosure == "open"
    return ReleaseFacts(
        row.title, row.body, row.kind, decided, not consulted or (listening is not None and listening.reported_at is not None), public
    )


@subject("release")
def material(government_id: int, release_id: int) -> Material:
    """What the publish guard looks through: the words and the documents of a release."""
    row = get(government_id, release_id)
    titles = "\n".join(each.title for each in row.files.all())
    words = ((t("标题", "Title"), row.title), (t("正文", "Text"), row.body), (t("文件标题", "Titles of documents"), titles))
    files = tuple(each.file for each in row.files.all())
    url, authors = reverse("workspace:release", args=[row.pk]), frozenset({row.drafted_by_id})
    return Material("release", row.pk, government_id, row.topic.department_id, row.title, url, authors, words, files, (row.topic.contact,))


def attached(government_id: int, release_id: int, file_id: int) -> ReleaseFile:
    """A document of a release, published or not, for the house; `Refused` when there is none."""
    found = (
        ReleaseFile.objects.select_related("file", "release")
        .filter(pk=file_id, release_id=release_id, release__government_id=government_id)
        .first()
    )
    if found is None:
        GONE.require()
    assert found is not None
    return found


def topics_to_publish(actor: Actor) -> list[tuple[int, str]]:
    """Approved matters a release can be written for."""
    return [(row.pk, str(row)) for row in topic_queries.approved_topics(actor.government_id)[:200]]


def desk(actor: Actor, now: datetime) -> list[DeskItem]:
    """Results to publish, reviews to give."""
    found = []
    for row in Release.objects.filter(government_id=actor.government_id, state__in=[*STAGES, "ready"]).select_related("topic__department"):
        url = reverse("workspace:release", args=[row.pk])
        if row.state in STAGES and may_review(actor, row, STAGES[row.state], reviewers(row)):
            found.append(
                DeskItem(
                    t("{stage}：{kind}", "{stage}: {kind}", stage=row.state_label, kind=row.kind_label),
                    str(row.topic),
                    url,
                    t("审核", "Review"),
                    "711 Art.17",
                )
            )
        elif row.state == "ready" and actor.holds(Role.CLERK, department_id=row.topic.department_id):
            found.append(DeskItem(t("三审通过，可以发布", "Reviewed: ready to publish"), str(row.topic), url, t("发布", "Publish"), "2.3a"))
    return [*found, *_owed(actor, now)]


def _owed(actor: Actor, now: datetime) -> list[DeskItem]:
    calendar, found = work_calendar(), []
    figures = figures_for(actor.government_id, day_of(now))
    for topic_id, title, department_id, decided_at in owed(actor.government_id):
        if actor.holds(Role.CLERK, department_id=department_id):
            due, _ = due_days(day_of(decided_at), figures, calendar)
            found.append(
                DeskItem(
                    t("公布审议结果", "Publish the result"),
                    title,
                    _begin(topic_id, "result"),
                    t("起草", "Draft"),
                    "2.3a",
                    due_on=due.day,
                    began_on=day_of(decided_at),
                    provisional=due.provisional,
                )
            )
    for row in unexplained(actor.government_id):
        if actor.holds(Role.CLERK, department_id=row.topic.department_id) and row.published_at:
            explain = interpretation_due(day_of(row.published_at), figures, calendar)
            found.append(
                DeskItem(
                    t("公布政策解读", "Publish the interpretation"),
                    str(row.topic),
                    _begin(row.topic_id, "interpretation"),
                    t("起草", "Draft"),
                    "2.3c",
                    due_on=explain.day,
                    began_on=day_of(row.published_at),
                    provisional=explain.provisional,
                )
            )
    return found


def coming(actor: Actor, first: date, last: date) -> list[ComingDay]:
    """The last days of results that are still owed, between two days, for the matters the actor may see."""
    calendar, figures = work_calendar(), figures_for(actor.government_id, first)
    seen = frozenset(topic_queries.visible(actor).filter(state="approved").values_list("pk", flat=True)) if actor.held else frozenset[int]()
    words = t("公布审议结果最后一日", "Last day to publish the result")
    days = [
        (topic_id, title, due_days(day_of(decided_at), figures, calendar)[0].day)
        for topic_id, title, _department, decided_at in owed(actor.government_id)
        if topic_id in seen
    ]
    return [
        ComingDay(day, words, title, reverse("workspace:topic", args=[topic_id])) for topic_id, title, day in days if first <= day <= last
    ]


def of_topic(topic_id: int) -> Release | None:
    """The release that tells a matter's result: published before drafted, the newest first."""
    rows = Release.objects.filter(topic_id=topic_id, kind__in=["result", "decision"]).exclude(state="withdrawn")
    return rows.filter(state="published").order_by("-id").first() or rows.order_by("-id").first()


def _begin(topic_id: int, kind: str) -> str:
    return f"{reverse('workspace:release-new')}?topic={topic_id}&kind={kind}"


def owed(government_id: int) -> list[tuple[int, str, int, datetime]]:
    """Decided matters whose result is not published: id, title, department, when decided."""
    done = Release.objects.filter(government_id=government_id, kind__in=["result", "decision"], state="published").values("topic_id")
    rows = (
        topic_queries.approved_topics(government_id).filter(disclosure="open", agenda_items__decided_at__isnull=False).exclude(pk__in=done)
    )
    rows = rows.annotate(decided_at=Max("agenda_items__decided_at"))
    return [(row.pk, str(row), row.department_id, row.decided_at) for row in rows[:MOST_OWED]]


def unexplained(government_id: int) -> list[Release]:
    """Published decisions whose matter has no published interpretation (2.3c)."""
    explained = Release.objects.filter(government_id=government_id, kind="interpretation", state="published").values("topic_id")
    rows = Release.objects.filter(government_id=government_id, kind="decision", state="published").exclude(topic_id__in=explained)
    return list(rows.select_related("topic__department").order_by("-published_at")[:MOST_OWED])


def _published(government_id: int, first: date, last: date, *kinds: str) -> QuerySet[Release]:
    return Release.objects.filter(
        government_id=government_id,
        **named("topic__"),
        kind__in=kinds,
        published_at__gte=opening_of(first),
        published_at__lt=closing_of(last),
    ).select_related("item")


def _examples(rows: QuerySet[Release]) -> tuple[Example, ...]:
    return tuple(Example(same(row.title), reverse("portal:release", args=[row.pk])) for row in rows.order_by("-id")[:5])


@evidence_for("2.3a", "2.3e")
def results_in_time(government_id: int, first: date, last: date) -> Evidence:
    """Results published by their due day, and those late or still owed past it."""
    calendar, kept, broken = work_calendar(), 0, 0
    rows = _published(government_id, first, last, "result", "decision")
    for row in rows:
        assert row.published_at is not None
        if row.item is None or row.item.decided_at is None:
            kept += 1
            continue
        due, _ = due_days(day_of(row.item.decided_at), figures_for(government_id, last), calendar)
        late = day_of(row.published_at) > due.day
        kept, broken = kept + (not late), broken + late
    for _topic, _title, _department, decided_at in owed(government_id):
        due, _ = due_days(day_of(decided_at), figures_for(government_id, last), calendar)
        broken += first <= day_of(decided_at) <= last and due.day < last
    return Evidence(kept, broken, _examples(rows))


@evidence_for("2.3c")
def interpreted(government_id: int, first: date, last: date) -> Evidence:
    """Interpretations published, and decisions left unexplained past their day."""
    rows = _published(government_id, first, last, "interpretation")
    calendar, figures = work_calendar(), figures_for(government_id, last)
    late = [
        row
        for row in unexplained(government_id)
        if row.published_at
        and first <= day_of(row.published_at) <= last
        and interpretation_due(day_of(row.published_at), figures, calendar).day < last
    ]
    return Evidence(rows.count(), len(late), examples=_examples(rows))


@evidence_for("2.3f")
def improved(government_id: int, first: date, last: date) -> Evidence:
    """Improvements published."""
    rows = _published(government_id, first, last, "improvement")
    return Evidence(rows.count(), examples=_examples(rows))
