"""Reads for staff; evidence for 2.3."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import QuerySet
from django.urls import reverse

from mingtang.consultations import queries as consultation_queries
from mingtang.kernel.decision import no
from mingtang.kernel.obligations import Evidence, Example, evidence_for
from mingtang.kernel.text import same, t
from mingtang.meetings import queries as meeting_queries
from mingtang.platform.actor import Actor, Role
from mingtang.platform.clock import closing_of, day_of, opening_of
from mingtang.platform.figures.lookup import figures_for, work_calendar
from mingtang.platform.web.desk import DeskItem
from mingtang.platform.web.paging import Page, page_of
from mingtang.publishing.models import Release, ReleaseReview
from mingtang.publishing.policy import REVIEW_ROLES, may_review
from mingtang.publishing.rules import STAGES, ReleaseFacts, due_days
from mingtang.topics import queries as topic_queries

GONE = no(t("没有找到这个发布件。", "There is no such release."), "", t("请从列表重新打开。", "Open it from its list again."), code="gone")


def get(government_id: int, release_id: int) -> Release:
    """One release; `Refused` when there is none."""
    found = Release.objects.select_related("topic__department", "item__meeting", "drafted_by").prefetch_related("files__file", "reviews__person").filter(government_id=government_id, pk=release_id).first()
    if found is None:
        GONE.require()
    assert found is not None  # noqa: S101 - require() raised otherwise
    return found


def for_update(release_id: int) -> Release:
    """One release, locked; `Refused` when there is none."""
    found = Release.objects.select_for_update(of=("self",)).select_related("topic__department").filter(pk=release_id).first()
    if found is None:
        GONE.require()
    assert found is not None  # noqa: S101 - require() raised otherwise
    return found


def releases(actor: Actor, *, state: str = "", after: str = "") -> Page[Release]:
    """One page of releases, newest first."""
    rows = Release.objects.filter(government_id=actor.government_id).select_related("topic__department")
    return page_of(rows.filter(state=state) if state else rows, after=after)


def reviewers(row: Release) -> frozenset[int]:
    """Who has passed a stage in the present round."""
    return frozenset(ReleaseReview.objects.filter(release=row, round=row.round).values_list("person_id", flat=True))


def facts(row: Release) -> ReleaseFacts:
    """What the gate to review needs to know."""
    listening = consultation_queries.listening(row.topic_id)
    consulted = listening is not None and listening.opened_at is not None
    decided = any(each.state == "decided" for each in meeting_queries.meetings_of(row.topic_id))
    return ReleaseFacts(row.title, row.body, row.kind, decided, not consulted or (listening is not None and listening.reported_at is not None))


def topics_to_publish(actor: Actor) -> list[tuple[int, str]]:
    """Approved matters a release can be written for."""
    return [(row.pk, str(row)) for row in topic_queries.approved_topics(actor.government_id)[:200]]


def desk(actor: Actor, now: datetime) -> list[DeskItem]:
    """Results to publish, reviews to give."""
    found = []
    for row in Release.objects.filter(government_id=actor.government_id, state__in=[*STAGES, "ready"]).select_related("topic__department"):
        url = reverse("workspace:release", args=[row.pk])
        if row.state in STAGES and may_review(actor, row, STAGES[row.state], reviewers(row)):
            found.append(DeskItem(t("{stage}：{kind}", "{stage}: {kind}", stage=row.state_label, kind=row.kind_label), str(row.topic), url, t("审核", "Review"), "711 Art.17"))
        elif row.state == "ready" and actor.holds(Role.CLERK, department_id=row.topic.department_id):
            found.append(DeskItem(t("三审通过，可以发布", "Reviewed: ready to publish"), str(row.topic), url, t("发布", "Publish"), "2.3a"))
    return [*found, *_owed(actor, now)]


def _owed(actor: Actor, now: datetime) -> list[DeskItem]:
    calendar, found = work_calendar(), []
    for topic_id, title, department_id, decided_at in owed(actor.government_id):
        if actor.holds(Role.CLERK, department_id=department_id):
            due, _ = due_days(day_of(decided_at), figures_for(actor.government_id, day_of(now)), calendar)
            found.append(DeskItem(t("公布审议结果", "Publish the result"), title, f"{reverse('workspace:release-new')}?topic={topic_id}", t("起草", "Draft"), "2.3a", due_on=due.day, began_on=day_of(decided_at), provisional=due.provisional))
    return found


def owed(government_id: int) -> list[tuple[int, str, int, datetime]]:
    """Decided matters whose result is not published: id, title, department, when decided."""
    done = Release.objects.filter(government_id=government_id, kind__in=["result", "decision"]).exclude(state="withdrawn").values("topic_id")
    rows = topic_queries.approved_topics(government_id).exclude(pk__in=done).filter(agenda_items__state="decided").distinct()
    found = []
    for topic in rows[:100]:
        item = next((each for each in meeting_queries.meetings_of(topic.pk) if each.decided_at), None)
        if item and item.decided_at:
            found.append((topic.pk, str(topic), topic.department_id, item.decided_at))
    return found


def _published(government_id: int, first: date, last: date, *kinds: str) -> QuerySet[Release]:
    return Release.objects.filter(government_id=government_id, kind__in=kinds, published_at__gte=opening_of(first), published_at__lt=closing_of(last)).select_related("item")


def _examples(rows: QuerySet[Release]) -> tuple[Example, ...]:
    return tuple(Example(same(row.title), reverse("portal:release", args=[row.pk])) for row in rows[:5])


@evidence_for("2.3a", "2.3e")
def results_in_time(government_id: int, first: date, last: date) -> Evidence:
    """Results published by their due day, and those late or still owed past it."""
    calendar, kept, broken = work_calendar(), 0, 0
    rows = _published(government_id, first, last, "result", "decision")
    for row in rows:
        assert row.published_at is not None  # noqa: S101 - filtered above
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
    """Interpretations published."""
    rows = _published(government_id, first, last, "interpretation")
    return Evidence(rows.count(), examples=_examples(rows))


@evidence_for("2.3f")
def improved(government_id: int, first: date, last: date) -> Evidence:
    """Improvements published."""
    rows = _published(government_id, first, last, "improvement")
    return Evidence(rows.count(), examples=_examples(rows))


def stages_of() -> dict[int, tuple[Role, ...]]:
    """Which roles give which review."""
    return REVIEW_ROLES
