"""Whose turn it is: the chain of a declaration, and what waits on a desk."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q
from django.urls import reverse

from mingtang.kernel.text import t
from mingtang.platform.actor import Actor, Role
from mingtang.platform.clock import day_of
from mingtang.platform.signing.reads import StepView, chains, signers_in, steps_of, views_ahead, views_of, waiting_in
from mingtang.platform.signing.rules import Kind, Level
from mingtang.platform.web.desk import DeskItem
from mingtang.topics.models import Topic
from mingtang.topics.policy import may_approve
from mingtang.topics.queries.reading import visible

ON_DESK = 100


def waiting_level(topic: Topic) -> Level | None:
    """The level that must approve next; None before the declaration is submitted and after the last level."""
    return waiting_in(steps_of(topic.chain_id)) if topic.state == "submitted" else None


def approvers(topic: Topic) -> frozenset[int]:
    """Who has approved a level of the present chain."""
    return signers_in(steps_of(topic.chain_id))


def level_views(topic: Topic, day: date) -> list[StepView]:
    """Every level in order: of the chain it was submitted to; of the one it would get today while it is being drafted."""
    if topic.chain_id is None or topic.state in {"drafting", "returned"}:
        return views_ahead(topic.government_id, Kind.DECLARATION, topic.department_id, day)
    return views_of(steps_of(topic.chain_id), running=topic.state == "submitted")


def desk(actor: Actor, _now: datetime) -> list[DeskItem]:
    """Declarations that wait for the actor: to approve, to mend, to finish. The same queries for 1 and for 100."""
    return [*_to_approve(actor), *_to_write(actor)]


def _to_approve(actor: Actor) -> list[DeskItem]:
    rows = visible(actor).filter(state="submitted").select_related("department").prefetch_related(chains())
    items = []
    for topic in rows.order_by("submitted_at", "id")[: 2 * ON_DESK]:
        steps = list(topic.chain.steps.all()) if topic.chain else []
        level = waiting_in(steps)
        if level and may_approve(actor, topic, level, signers_in(steps)):
            title = t("审批申报表：{level}", "Approve the declaration: {level}", level=level.title)
            began = day_of(topic.submitted_at) if topic.submitted_at else None
            url = reverse("workspace:topic", args=[topic.pk])
            items.append(DeskItem(title, str(topic), url, t("审批", "Approve"), "3.2", began_on=began))
    return items[:ON_DESK]


def _to_write(actor: Actor) -> list[DeskItem]:
    rows = (
        visible(actor)
        .filter(state__in=["returned", "drafting"])
        .filter(Q(drafted_by_id=actor.person_id) | Q(department_id__in=actor.department_ids))
    )
    return [
        _writing(topic)
        for topic in rows.order_by("-changed_at", "-id")[:ON_DESK]
        if actor.holds(Role.CLERK, department_id=topic.department_id)
    ]


def _writing(topic: Topic) -> DeskItem:
    edit = reverse("workspace:topic-edit", args=[topic.pk, 1])
    if topic.state == "returned":
        return DeskItem(t("申报表被退回，请修改", "The declaration was returned; mend it"), str(topic), edit, t("修改", "Mend"), "3.4")
    return DeskItem(t("申报表草稿", "Draft of a declaration"), str(topic), edit, t("接着填", "Continue"), "3.2")
