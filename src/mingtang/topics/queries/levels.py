"""Whose turn it is: approval levels, who holds them, what waits on a desk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.urls import reverse

from mingtang.kernel.text import Text, t
from mingtang.platform.accounts.models import Assignment
from mingtang.platform.actor import Actor, Role
from mingtang.platform.clock import day_of
from mingtang.platform.web.desk import DeskItem
from mingtang.topics.models import Approval, ApprovalLevel, Topic
from mingtang.topics.policy import may_approve
from mingtang.topics.queries.reading import visible
from mingtang.topics.rules import Level, next_level
from mingtang.topics.rules.workflow import DEFAULT_LEVELS

OF_DEPARTMENT = frozenset({Role.CLERK, Role.HEAD})
ON_DESK = 100


def levels(government_id: int) -> tuple[Level, ...]:
    """The approval levels of a government, the shipped three when it set none."""
    rows = ApprovalLevel.objects.filter(government_id=government_id).order_by("position")
    own = tuple(Level(row.position, Role(row.role), Text(row.title, row.title_en or row.title)) for row in rows)
    return own or DEFAULT_LEVELS


@dataclass(frozen=True)
class LevelBook:
    """The levels of a government and who holds them: read once, asked for many matters."""

    levels: tuple[Level, ...]
    held: frozenset[tuple[str, int | None]]

    def of(self, department_id: int) -> tuple[Level, ...]:
        """The levels somebody holds; an empty one is skipped."""
        return tuple(level for level in self.levels if self._is_held(level, department_id))

    def _is_held(self, level: Level, department_id: int) -> bool:
        if level.role in OF_DEPARTMENT:
            return (level.role, department_id) in self.held or (level.role, None) in self.held
        return any(role == level.role for role, _ in self.held)

    def waiting(self, topic: Topic, given: Iterable[Approval]) -> Level | None:
        """The level that must approve next in the present round."""
        return next_level(self.of(topic.department_id), [each.position for each in given if each.round == topic.round])


def level_book(government_id: int, day: date) -> LevelBook:
    """The levels and who holds them on `day`; two queries."""
    rows = Assignment.objects.filter(person__government_id=government_id, person__is_active=True, since_on__lte=day)
    rows = rows.filter(Q(until_on__isnull=True) | Q(until_on__gte=day))
    own = levels(government_id)
    held = rows.filter(role__in=[level.role for level in own]).values_list("role", "department_id").distinct()
    return LevelBook(own, frozenset(held))


def levels_for(topic: Topic, day: date) -> tuple[Level, ...]:
    """The levels this declaration passes."""
    return level_book(topic.government_id, day).of(topic.department_id)


def waiting_level(topic: Topic, day: date) -> Level | None:
    """The level that must approve next in the present round."""
    return level_book(topic.government_id, day).waiting(topic, Approval.objects.filter(topic=topic, round=topic.round))


def approvers(topic: Topic) -> frozenset[int]:
    """Who has approved a level in the present round."""
    return frozenset(Approval.objects.filter(topic=topic, round=topic.round).values_list("person_id", flat=True))


@dataclass(frozen=True, slots=True)
class LevelView:
    """One level on the dossier: given by whom and when, waiting, or skipped because nobody holds it."""

    level: Level
    given: Approval | None
    waiting: bool
    skipped: bool


def level_views(topic: Topic, day: date) -> list[LevelView]:
    """Every level of the present round, in order; wants `topic.approvals` prefetched."""
    book = level_book(topic.government_id, day)
    given = {each.position: each for each in topic.approvals.all() if each.round == topic.round}
    passed = book.of(topic.department_id)
    waiting = book.waiting(topic, given.values()) if topic.state == "submitted" else None
    return [
        LevelView(level, given.get(level.position), level == waiting, level not in passed and level.position not in given)
        for level in book.levels
    ]


def desk(actor: Actor, now: datetime) -> list[DeskItem]:
    """Declarations that wait for the actor: to approve, to mend, to finish. The same queries for 1 and for 100."""
    return [*_to_approve(actor, now), *_to_write(actor)]


def _to_approve(actor: Actor, now: datetime) -> list[DeskItem]:
    rows = visible(actor).filter(state="submitted").select_related("department").prefetch_related("approvals")
    book = level_book(actor.government_id, day_of(now))
    items = []
    for topic in rows.order_by("submitted_at", "id")[: 2 * ON_DESK]:
        given = [each for each in topic.approvals.all() if each.round == topic.round]
        level = book.waiting(topic, given)
        if level and may_approve(actor, topic, level, frozenset(each.person_id for each in given)):
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
