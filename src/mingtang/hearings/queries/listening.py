"""Reads of the other activities, and the decisions that start and end them."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Count, Prefetch

from mingtang.hearings.models import Activity, Member, Point, Question
from mingtang.hearings.queries.reading import gone, points
from mingtang.hearings.rules import (
    ExpertFact,
    SurveyFacts,
    may_ask_departments,
    may_finish_asking,
    may_finish_expert,
    may_finish_meeting,
    may_finish_survey,
)
from mingtang.kernel.decision import YES, Decision
from mingtang.kernel.text import t
from mingtang.platform.accounts.models import Department
from mingtang.platform.actor import Actor
from mingtang.platform.clock import day_of
from mingtang.platform.figures.lookup import figures_for, work_calendar
from mingtang.platform.paging import Page, page_of

WHAT = t("听取意见活动", "activity")


def activity_for_update(activity_id: int) -> Activity:
    """One activity, locked; `Refused` when there is none."""
    rows = Activity.objects.select_for_update(of=("self",)).select_related("topic__department", "government")
    return rows.filter(pk=activity_id).first() or gone(WHAT)


def activity(government_id: int, activity_id: int) -> Activity:
    """One activity with its members and questions; `Refused` when there is none."""
    rows = Activity.objects.select_related("topic__department", "made_by")
    members = Member.objects.select_related("department", "read_by").annotate(said=Count("points")).order_by("id")
    rows = rows.prefetch_related(Prefetch("members", members), Prefetch("questions", Question.objects.prefetch_related("options")))
    return rows.filter(government_id=government_id, pk=activity_id).first() or gone(WHAT)


def activities(actor: Actor, *, kind: str = "", after: str = "") -> Page[Activity]:
    """One page of activities, newest first."""
    rows = Activity.objects.filter(government_id=actor.government_id).select_related("topic__department")
    return page_of(rows.filter(kind=kind) if kind else rows, after=after)


def member(government_id: int, member_id: int) -> Member:
    """Somebody heard in an activity; `Refused` when there is none."""
    rows = Member.objects.select_related("activity__topic__department", "activity__government", "department")
    return rows.filter(activity__government_id=government_id, pk=member_id).first() or gone(t("参加人", "participant"))


def member_by_token(token: str) -> Member | None:
    """The member behind a personal link."""
    return Member.objects.select_related("activity__topic__government", "activity__government").filter(token=token).first()


def activity_points(activity_id: int) -> list[Point]:
    """The points of one activity."""
    return points(Point.objects.filter(activity_id=activity_id))


def department_name(government_id: int, department_id: int) -> str:
    """The name of a department of this government; `Refused` when there is none."""
    found = Department.objects.filter(government_id=government_id, pk=department_id, closed_on=None).first()
    return str(found.name) if found else gone(t("部门", "department"))


def due_activities(today: date) -> list[Activity]:
    """Consultations of departments whose last day is tomorrow or over."""
    rows = Activity.objects.filter(kind="departments", state="under_way", due_on__isnull=False).select_related("government", "topic")
    return [row for row in rows if row.due_on and (row.due_on - today).days <= 1]


def starting(row: Activity, now: datetime) -> Decision:
    """Whether an activity may begin: departments need time to answer, the others may."""
    if row.kind != "departments":
        return YES
    today = day_of(now)
    figures = figures_for(row.government_id, today)
    return may_ask_departments(today, row.due_on, row.members.count(), row.due_reason, figures, work_calendar())


def finishing(row: Activity, now: datetime) -> Decision:
    """Whether an activity has what its kind asks for."""
    today = day_of(now)
    members = list(row.members.all())
    if row.kind == "expert":
        facts = [ExpertFact(each.name, each.own_department, each.conflict, each.declared_at is not None, each.stance) for each in members]
        return may_finish_expert(facts, figures_for(row.government_id, today), major=bool(row.topic.is_major))
    if row.kind == "departments":
        return may_finish_asking(today, row.due_on, [each.name for each in members if each.replied_at is None])
    if row.kind == "survey":
        return may_finish_survey(row.reach, row.answered, row.asked, survey_facts(row))
    return may_finish_meeting(max(len(members), row.answered), row.summary)


def survey_facts(row: Activity) -> list[SurveyFacts]:
    """The questions of a survey as the rules count them."""
    found = []
    for each in row.questions.prefetch_related("options"):
        options = list(each.options.all())
        found.append(SurveyFacts(each.words, len(options), sum(one.count for one in options), each.several))
    return found


def requests_to(actor: Actor) -> list[Member]:
    """Requests to the actor's departments that wait for an answer."""
    rows = Member.objects.filter(
        activity__government_id=actor.government_id, activity__state="under_way", department_id__in=actor.department_ids, replied_at=None
    )
    return list(rows.select_related("activity__topic").order_by("activity__due_on", "id"))
