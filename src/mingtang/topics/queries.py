"""Reads for staff, and the facts other capabilities' gates ask for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse

from mingtang.kernel.decision import Decision, no
from mingtang.kernel.obligations import Evidence, Example, evidence_for
from mingtang.kernel.text import Text, same, t
from mingtang.platform.actor import Actor, Role
from mingtang.platform.audit.acts import acts_of
from mingtang.platform.audit.models import Act
from mingtang.platform.clock import closing_of, opening_of
from mingtang.platform.figures.lookup import figures_for, work_calendar
from mingtang.platform.web.desk import DeskItem
from mingtang.platform.web.paging import Page, page_of
from mingtang.topics.models import Approval, ApprovalLevel, StatutoryStep, Topic, TopicDocument
from mingtang.topics.policy import may_approve
from mingtang.topics.rules import Facts, Level, StatutoryFacts, StepFact, next_level
from mingtang.topics.rules.planning import Needs, Plan, plan
from mingtang.topics.rules.workflow import DEFAULT_LEVELS


def gone(what: Text) -> Decision:
    """A refusal for a row that does not exist in this government."""
    return no(t("没有找到{what}。", "No such thing here: {what}.", what=what), "", t("请从列表重新打开。", "Open it from its list again."), code="gone")


def get(government_id: int, topic_id: int) -> Topic:
    """One matter with everything the dossier shows; `Refused` when there is none."""
    found = (
        Topic.objects.select_related("government", "department", "drafted_by")
        .prefetch_related(
            "focus_areas", "forms", "audiences", "co_departments",
            Prefetch("steps", StatutoryStep.objects.select_related("document__file")),
            Prefetch("documents", TopicDocument.objects.select_related("file").order_by("id")),
            Prefetch("approvals", Approval.objects.select_related("person").order_by("round", "position")),
        )
        .filter(government_id=government_id, pk=topic_id)
        .first()
    )
    if found is None:
        gone(t("这件议题", "this matter")).require()
    assert found is not None  # noqa: S101 - require() raised otherwise
    return found


def for_update(topic_id: int) -> Topic:
    """One matter, locked; `Refused` when there is none."""
    found = Topic.objects.select_for_update(of=("self",)).select_related("government", "department").filter(pk=topic_id).first()
    if found is None:
        gone(t("这件议题", "this matter")).require()
    assert found is not None  # noqa: S101 - require() raised otherwise
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
    wide = {Role.OFFICE, Role.LEADER, Role.LEGALITY, Role.SECRECY, Role.INSPECTOR, Role.OPERATOR, Role.EDITOR_1, Role.EDITOR_2, Role.EDITOR_3}
    whole = any(each.role in wide or (each.department_id is None and each.role in {Role.CLERK, Role.HEAD, Role.MODERATOR}) for each in actor.held)
    return rows if whole else rows.filter(department_id__in=actor.department_ids)


def topics(actor: Actor, filters: Filters, after: str = "") -> Page[Topic]:
    """One page of matters, newest change first."""
    rows = visible(actor).select_related("department", "government")
    if filters.words:
        rows = rows.filter(Q(title__icontains=filters.words) | Q(number=int(filters.words) if filters.words.isdigit() else -1))
    if filters.state:
        rows = rows.filter(state=filters.state)
    if filters.department_id:
        rows = rows.filter(department_id=filters.department_id)
    if filters.area:
        rows = rows.filter(focus_areas__area=filters.area)
    if filters.year:
        rows = rows.filter(year=filters.year)
    return page_of(rows, key=("-changed_at", "-id"), after=after)


def levels(government_id: int) -> tuple[Level, ...]:
    """The approval levels of a government, the shipped three when it set none."""
    rows = ApprovalLevel.objects.filter(government_id=government_id).order_by("position")
    own = tuple(Level(row.position, Role(row.role), Text(row.title, row.title_en or row.title)) for row in rows)
    return own or DEFAULT_LEVELS


def waiting_level(topic: Topic) -> Level | None:
    """The level that must approve next in the present round."""
    given = Approval.objects.filter(topic=topic, round=topic.round).values_list("position", flat=True)
    return next_level(levels(topic.government_id), given)


def approvers(topic: Topic) -> frozenset[int]:
    """Who has approved a level in the present round."""
    return frozenset(Approval.objects.filter(topic=topic, round=topic.round).values_list("person_id", flat=True))


def facts_of(topic: Topic) -> Facts:
    """The declaration as values for the rules."""
    audiences = list(topic.audiences.all())
    return Facts(
        title=topic.title, background=topic.background, content=topic.content,
        focus_areas=frozenset(each.area for each in topic.focus_areas.all()),
        touches_interests=topic.touches_interests, is_major=topic.is_major,
        major_category=topic.major_category, exclusion=topic.exclusion,
        forms=frozenset(each.form for each in topic.forms.all()), broadcast_url=topic.broadcast_url,
        closing_ground=topic.closing_ground, closing_reason=topic.closing_reason,
        seats={each.audience: each.seats for each in audiences},
        rationales={each.audience: each.rationale for each in audiences},
        seats_total=topic.seats_total, disclosure=topic.disclosure, disclosure_ground=topic.disclosure_ground,
        form_reason=topic.form_reason, meeting_kind=topic.meeting_kind, wished_on=topic.wished_on,
        contact=topic.contact, interpretation_plan=topic.interpretation_plan,
        documents=frozenset(each.kind for each in topic.documents.all()),
        steps_answered=len(topic.steps.all()), is_secret=topic.is_secret,
    )


def statutory_facts(topic_id: int) -> StatutoryFacts:
    """What the gate to the meeting needs to know (3.1a)."""
    is_major = bool(Topic.objects.values_list("is_major", flat=True).get(pk=topic_id))
    rows = StatutoryStep.objects.filter(topic_id=topic_id)
    steps = {
        row.kind: StepFact(row.kind, row.status, row.started_on, row.done_on, row.outcome, row.reason, row.people, row.document_id is not None)
        for row in rows
    }
    return StatutoryFacts(is_major, steps)


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
    topic = Topic.objects.prefetch_related("forms", "audiences").get(pk=topic_id)
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


def documents_of(topic_id: int, *kinds: str) -> list[TopicDocument]:
    """The documents of a matter, of certain kinds or all, in order."""
    rows = TopicDocument.objects.filter(topic_id=topic_id).select_related("file").order_by("id")
    return list(rows.filter(kind__in=kinds) if kinds else rows)


def trace(topic: Topic) -> list[Act]:
    """Everything done to a matter, newest first, at most 200."""
    return list(acts_of(topic).order_by("-id")[:200])


def planned(topic: Topic, today: date, *, consulted: bool = False, reported: bool = False) -> Plan:
    """The planner for this matter from today, leaving out what is done."""
    steps = {each.kind: each.status for each in topic.steps.all()}
    kind = "major" if topic.is_major else "other"
    needs = Needs(
        approval=topic.state != "approved",
        consultation="" if consulted else kind,
        report=not reported,
        legality=bool(topic.is_major) and steps.get("legality") != "done",
        attendance=any(each.form == "attendance" for each in topic.forms.all()),
    )
    return plan(today, topic.wished_on, needs, figures_for(topic.government_id, today), work_calendar())


def desk(actor: Actor, now: datetime) -> list[DeskItem]:  # noqa: ARG001 - every capability's desk has the same signature
    """Declarations that wait for the actor: to approve, to mend, to finish."""
    rows = visible(actor).filter(state__in=["submitted", "returned", "drafting"]).select_related("department")
    return [item for topic in rows.order_by("-changed_at")[:100] if (item := _desk_item(actor, topic))]


def _desk_item(actor: Actor, topic: Topic) -> DeskItem | None:
    url = reverse("workspace:topic", args=[topic.pk])
    if topic.state == "submitted":
        level = waiting_level(topic)
        if level and may_approve(actor, topic, level, approvers(topic)):
            return DeskItem(t("审批申报表：{level}", "Approve the declaration: {level}", level=level.title), str(topic), url, t("审批", "Approve"), "3.2")
        return None
    if not actor.holds(Role.CLERK, department_id=topic.department_id):
        return None
    edit = reverse("workspace:topic-edit", args=[topic.pk, 1])
    if topic.state == "returned":
        return DeskItem(t("申报表被退回，请修改", "The declaration was returned; mend it"), str(topic), edit, t("修改", "Mend"), "3.4")
    return DeskItem(t("申报表草稿", "Draft of a declaration"), str(topic), edit, t("接着填", "Continue"), "3.2")


def _approved_in(government_id: int, first: date, last: date) -> QuerySet[Topic]:
    return Topic.objects.filter(
        government_id=government_id, first_approved_at__gte=opening_of(first), first_approved_at__lt=closing_of(last), is_secret=False
    )


def _examples(rows: QuerySet[Topic]) -> tuple[Example, ...]:
    return tuple(Example(same(str(topic)), reverse("workspace:topic", args=[topic.pk])) for topic in rows[:5])


@evidence_for("3.2a", "1.3b", "3.4a", "3.1c")
def declared_together(government_id: int, first: date, last: date) -> Evidence:
    """Declarations approved with form and audiences on them."""
    rows = _approved_in(government_id, first, last).filter(forms__isnull=False).distinct()
    return Evidence(kept=rows.count(), examples=_examples(rows))


@evidence_for("1.2a")
def opened_areas(government_id: int, first: date, last: date) -> Evidence:
    """Matters of the focus areas opened, against those closed without a ground."""
    rows = _approved_in(government_id, first, last)
    broken = rows.filter(forms__form="closed", closing_ground="").count()
    return Evidence(rows.exclude(forms__form="closed", closing_ground="").count(), broken, _examples(rows))


@evidence_for("1.3a")
def audiences_addressed(government_id: int, first: date, last: date) -> Evidence:
    """Matters that name at least one of the seven audiences."""
    rows = _approved_in(government_id, first, last).filter(audiences__isnull=False).distinct()
    return Evidence(rows.count(), examples=_examples(rows))


@evidence_for("3.4b")
def office_reviewed(government_id: int, first: date, last: date) -> Evidence:
    """Declarations the government office approved."""
    rows = _approved_in(government_id, first, last).filter(approvals__role=Role.OFFICE).distinct()
    return Evidence(rows.count(), examples=_examples(rows))


@evidence_for("3.1a")
def five_steps(government_id: int, first: date, last: date) -> Evidence:
    """Major matters whose every step is answered."""
    rows = _approved_in(government_id, first, last).filter(is_major=True)
    kept = [topic for topic in rows.prefetch_related("steps")[:500] if len(topic.steps.all()) == 5]  # noqa: PLR2004 - five steps
    return Evidence(len(kept), examples=_examples(rows))
