"""Meetings for tests: planned with one item, frozen; who acts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from mingtang.meetings.actions import add_item, freeze_agenda, plan_meeting
from mingtang.meetings.models import AgendaItem, Meeting
from mingtang.platform.accounts.models import Department, Government
from mingtang.platform.actor import Actor, Role
from mingtang.topics.models import Topic
from tests.factories.kept import kept
from tests.factories.platform import NOW, actor, department, government
from tests.factories.topics import approved, document, drafter

STARTS = NOW + timedelta(days=10)


@dataclass(frozen=True)
class Planned:
    """A meeting with one item, and everybody around it."""

    home: Government
    department: Department
    topic: Topic
    meeting: Meeting
    item: AgendaItem
    operator: Actor
    office: Actor
    leader: Actor
    clerk: Actor

    def now(self) -> Planned:
        """The same, read again."""
        for row in (self.meeting, self.item, self.topic):
            row.refresh_from_db()
        return self


def ready_topic(of: Department, **fields: object) -> Topic:
    """An approved matter with its meeting paper."""
    made = approved(of, **fields)
    document(made, "material", by=drafter(made))
    return made


@kept
def planned(of: Department | None = None, *, kind: str = "executive", starts_at: datetime = STARTS, **fields: object) -> Planned:
    """A meeting being planned, one matter on its agenda."""
    of = of or department(government(), name="区住房和城乡建设局")
    operator = actor(of.government, Role.OPERATOR)
    topic = ready_topic(of)
    meeting = plan_meeting(actor=operator, now=NOW, kind=kind, starts_at=starts_at, place="区政府第一会议室", chair="区长陈一", **fields)
    item = add_item(meeting.pk, topic.pk, actor=operator, now=NOW)
    office, leader = actor(of.government, Role.OFFICE), actor(of.government, Role.LEADER)
    return Planned(of.government, of, topic, meeting, item, operator, office, leader, drafter(topic))


@kept
def frozen(of: Department | None = None, **options: object) -> Planned:
    """The same with its agenda frozen."""
    made = planned(of, **options)
    freeze_agenda(made.meeting.pk, actor=made.operator, now=NOW)
    return replace(made).now()
