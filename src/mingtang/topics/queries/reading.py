"""Reads of matters for staff, and the facts other capabilities' gates ask for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse

from mingtang.kernel.decision import Decision, no
from mingtang.kernel.text import Text, same, t
from mingtang.platform.actor import Actor, Role
from mingtang.platform.audit.acts import acts_of
from mingtang.platform.figures.lookup import figures_for, work_calendar
from mingtang.platform.guard.subjects import Material, closed_titles, subject
from mingtang.platform.paging import Page, page_of
from mingtang.topics.models import StatutoryStep, Topic, TopicDocument
from mingtang.topics.rules import ACT_LABELS, Facts
from mingtang.topics.rules.planning import Needs, Plan, plan

MOST_NUMBER = 10**9


def gone(what: Text) -> Decision:
    """A refusal for a row that does not exist in this government."""
    return no(
        t("没有找到{what}。", "No such thing here: {what}.", what=what),
        "",
        t("请从列表重新打开。", "Open it from its list again."),
        code="gone",
    )


def get(government_id: int, topic_id: int) -> Topic:
    """One matter with everything the dossier shows; `Refused` when there is none."""
    found = (
        Topic.objects.select_related("government", "department", "drafted_by")
        .prefetch_related(
            "focus_areas",
            "forms",
            "audiences",
            "co_departments",
            Prefetch("steps", StatutoryStep.objects.select_related("document__file")),
            Prefetch("documents", TopicDocument.objects.select_related("file", "redacted").prefetch_related("redactions").order_by("id")),
        )
        .filter(government_id=government_id, pk=topic_id)
        .first()
    )
    if found is None:
        gone(t("这件议题", "this matter")).require()
    assert found is not None
    return found


def approved_text(topic: Topic) -> dict[str, Any]:
    """The words that are approved together and that the public reads, kept for the time they are changed again."""
    names = ("title", "title_en", "summary", "form_reason", "contact", "meeting_kind")
    return {
        **{name: getattr(topic, name) for name in names},
        "forms": [each.form for each in topic.forms.all()],
        "audiences": [[each.audience, each.seats, each.rationale] for each in topic.audiences.all()],
    }


def for_update(topic_id: int) -> Topic:
    """One matter, locked; `Refused` when there is none."""
    found = Topic.objects.select_for_update(of=("self",)).select_related("government", "department").filter(pk=topic_id).first()
    if found is None:
        gone(t("这件议题", "this matter")).require()
    assert found is not None
    return found


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list of matters is narrowed by."""

    words: str = ""
    state: str = ""
    department_id: int | None = None
    area: str = ""
    year: int | None = None


def visible(actor: Actor) -> QuerySet[Topic]:
    """The matters an actor may see (see `policy.may_see`)."""
    rows = Topic.objects.filter(government_id=actor.government_id)
    if actor.is_system:
        return rows
    wide = {
        Role.OFFICE,
        Role.LEADER,
        Role.LEGALITY,
        Role.SECRECY,
        Role.INSPECTOR,
        Role.OPERATOR,
        Role.EDITOR_1,
        Role.EDITOR_2,
        Role.EDITOR_3,
    }
    whole = any(
        each.role in wide or (each.department_id is None and each.role in {Role.CLERK, Role.HEAD, Role.MODERATOR}) for each in actor.held
    )
    return rows if whole else rows.filter(department_id__in=actor.department_ids)


def _as_number(words: str) -> int:
    """The number of a matter typed as 17, 00017 or QH-2026-00017; -1 when it is none."""
    tail = words.rpartition("-")[2]
    return int(tail) if tail.isascii() and tail.isdecimal() and int(tail) < MOST_NUMBER else -1


def topics(actor: Actor, filters: Filters, after: str = "") -> Page[Topic]:
    """One page of matters, newest change first."""
    rows = visible(actor).select_related("department", "government")
    if filters.words:
        rows = rows.filter(Q(title__icontains=filters.words) | Q(number=_as_number(filters.words)))
    if filters.state:
        rows = rows.filter(state=filters.state)
    if filters.department_id:
        rows = rows.filter(department_id=filters.department_id)
    if filters.area:
        rows = rows.filter(focus_areas__area=filters.area)
    if filters.year:
        rows = rows.filter(year=filters.year)
    return page_of(rows, key=("-changed_at", "-id"), after=after)


def facts_of(topic: Topic) -> Facts:
    """The declaration as values for the rules."""
    audiences = list(topic.audiences.all())
    return Facts(
        title=topic.title,
        background=topic.background,
        content=topic.content,
        focus_areas=frozenset(each.area for each in topic.focus_areas.all()),
        touches_interests=topic.touches_interests,
        is_major=topic.is_major,
        major_category=topic.major_category,
        exclusion=topic.exclusion,
        forms=frozenset(each.form for each in topic.forms.all()),
        broadcast_url=topic.broadcast_url,
        closing_ground=topic.closing_ground,
        closing_reason=topic.closing_reason,
        seats={each.audience: each.seats for each in audiences},
        rationales={each.audience: each.rationale for each in audiences},
        seats_total=topic.seats_total,
        disclosure=topic.disclosure,
        disclosure_ground=topic.disclosure_ground,
        form_reason=topic.form_reason,
        meeting_kind=topic.meeting_kind,
        wished_on=topic.wished_on,
        contact=topic.contact,
        interpretation_plan=topic.interpretation_plan,
        documents=frozenset(each.kind for each in topic.documents.all()),
        steps_answered=len(topic.steps.all()),
        is_secret=topic.is_secret,
    )


@dataclass(frozen=True, slots=True)
class OpennessFacts:
    """The approved form of openness of a matter, for the agenda and the seats."""

    approved: bool
    forms: frozenset[str]
    audiences: dict[str, int]
    rationales: dict[str, str]
    meeting_kind: str


def openness(topic_id: int) -> OpennessFacts:
    """3.2a: what was approved together with the declaration."""
    return openness_of([topic_id])[topic_id]


def openness_of(topic_ids: Iterable[int]) -> dict[int, OpennessFacts]:
    """The same for many matters, in three queries."""
    rows = Topic.objects.prefetch_related("forms", "audiences").filter(pk__in=set(topic_ids))
    return {row.pk: _openness(row) for row in rows}


def _openness(topic: Topic) -> OpennessFacts:
    audiences = list(topic.audiences.all())
    return OpennessFacts(
        topic.state == "approved",
        frozenset(each.form for each in topic.forms.all()),
        {each.audience: each.seats for each in audiences},
        {each.audience: each.rationale for each in audiences},
        topic.meeting_kind,
    )


def approved_topics(government_id: int) -> QuerySet[Topic]:
    """Approved matters, newest first: candidates for an agenda or a consultation."""
    return Topic.objects.filter(government_id=government_id, state="approved", is_secret=False).select_related("department").order_by("-id")


def wished(actor: Actor, today: date) -> QuerySet[Topic]:
    """Approved matters with a wished day still ahead, the nearest first, as `planned` reads them."""
    rows = visible(actor).filter(state="approved", is_secret=False, wished_on__gte=today)
    return rows.select_related("department").prefetch_related("steps", "forms").order_by("wished_on", "id")


def documents_of(topic_id: int, *kinds: str) -> list[TopicDocument]:
    """The documents of a matter, of certain kinds or all, in order."""
    rows = TopicDocument.objects.filter(topic_id=topic_id).select_related("file", "redacted").order_by("id")
    return list(rows.filter(kind__in=kinds) if kinds else rows)


def documents_of_many(topic_ids: Iterable[int], *kinds: str) -> list[TopicDocument]:
    """The documents of certain kinds of many matters, in order; one query."""
    return list(TopicDocument.objects.filter(topic_id__in=set(topic_ids), kind__in=kinds).select_related("file").order_by("id"))


def document_for_update(government_id: int, document_id: int) -> TopicDocument:
    """One document of this government, locked; `Refused` when there is none."""
    rows = TopicDocument.objects.select_for_update(of=("self",)).select_related("topic", "file")
    found = rows.filter(pk=document_id, topic__government_id=government_id).first()
    if found is None:
        gone(t("这份文件", "this document")).require()
    assert found is not None
    return found


@subject("topic")
def topic_material(government_id: int, topic_id: int) -> Material:
    """What the publish guard looks through before a matter's page becomes public with its approval."""
    row = get(government_id, topic_id)
    words = (
        (t("标题", "Title"), f"{row.title}\n{row.title_en}"),
        (t("摘要", "Summary"), row.summary),
        (t("背景", "Background"), row.background),
        (t("内容", "Content"), row.content),
        (t("开放形式的理由", "Why this form"), row.form_reason),
        (t("联系方式", "Contact"), row.contact),
        *((t("邀请理由", "Why invited"), each.rationale) for each in row.audiences.all()),
    )
    url = reverse("workspace:topic", args=[row.pk])
    authors = frozenset({row.drafted_by_id})
    return Material("topic", row.pk, government_id, row.department_id, str(row), url, authors, words, contacts=(row.contact,))


@closed_titles
def titles_not_public(government_id: int) -> list[str]:
    """Titles of matters that are secret or lawfully closed, for the publish guard."""
    rows = Topic.objects.filter(Q(is_secret=True) | Q(nameless=True) | Q(disclosure="closed"), government_id=government_id)
    return list(rows.values_list("title", flat=True))


@dataclass(frozen=True, slots=True)
class Trace:
    """One act on a matter, as people read it."""

    at: datetime
    who: str
    what: Text
    reason: str


def trace(topic: Topic) -> list[Trace]:
    """Everything done to a matter, newest first, at most 200."""
    rows = acts_of(topic).order_by("-id")[:200]
    return [Trace(row.at, row.actor_name, ACT_LABELS.get(row.event, same(row.event)), row.reason) for row in rows]


def planned(topic: Topic, today: date, *, consulted: bool = False, hearing: bool = False, reported: bool = False) -> Plan:
    """The planner for this matter from today, leaving out what is done; `hearing` where one is still to be announced."""
    steps = {each.kind: each.status for each in topic.steps.all()}
    kind = "major" if topic.is_major else "other"
    needs = Needs(
        approval=topic.state != "approved",
        consultation="" if consulted else kind,
        hearing=hearing,
        report=not reported,
        legality=bool(topic.is_major) and steps.get("legality") != "done",
        attendance=any(each.form == "attendance" for each in topic.forms.all()),
    )
    return plan(today, topic.wished_on, needs, figures_for(topic.government_id, today), work_calendar())


def find_by_title(government_id: int, title: str) -> Topic | None:
    """A matter of this very title: how a case knows that it was played already."""
    return Topic.objects.filter(government_id=government_id, title=title).first()
