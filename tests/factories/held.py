"""A meeting as it was held: planned, invited, told, convened, run; with two representatives present."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from mingtang.meetings.actions import (
    add_item,
    begin_item,
    convene_meeting,
    decide_item,
    end_meeting,
    freeze_agenda,
    plan_meeting,
    start_meeting,
)
from mingtang.meetings.models import AgendaItem, Meeting
from mingtang.platform.accounts.models import Department, Government
from mingtang.platform.actor import Actor, Role
from mingtang.representatives.actions import (
    add_representative,
    answer_invitation,
    check_in,
    invite,
    mark_absent,
    notify,
    publish_house_rules,
    select_representative,
)
from mingtang.representatives.models import Invitation
from mingtang.topics.models import Topic
from tests.factories.kept import kept
from tests.factories.platform import NOW, actor, department, government
from tests.factories.topics import approved, document, drafter

STARTS = NOW + timedelta(days=10)
PEOPLE = (("public", "张三", "向阳小区", True), ("public", "李四", "和平小区", False), ("expert", "王五", "电梯协会", True))


@dataclass(frozen=True)
class Held:
    """Everything of one meeting a test may want to look at."""

    home: Government
    department: Department
    topic: Topic
    meeting: Meeting
    item: AgendaItem
    invitations: tuple[Invitation, ...]
    operator: Actor
    office: Actor
    clerk: Actor


@kept
def convened(of: Department | None = None, *, people: tuple[tuple[str, str, str, bool], ...] = PEOPLE) -> Held:
    """A meeting that runs with one item begun; the last of `people` stays away, the others are checked in."""
    of = of or department(government(), name="区住房和城乡建设局")
    home = of.government
    operator, office = actor(home, Role.OPERATOR), actor(home, Role.OFFICE)
    topic = approved(of)
    clerk = drafter(topic)
    document(topic, "material", by=clerk)
    meeting = plan_meeting(actor=operator, now=NOW, kind="executive", starts_at=STARTS, place="区政府第一会议室", chair="区长陈一")
    item = add_item(meeting.pk, topic.pk, actor=operator, now=NOW)
    freeze_agenda(meeting.pk, actor=operator, now=NOW)
    publish_house_rules(
        of.pk,
        actor=actor(home, Role.HEAD, within=of),
        now=NOW,
        selection="推荐",
        duties="守时",
        organisation="安排",
        discipline="静音",
        in_force_on=date(2026, 1, 1),
    )
    seated = tuple(_seat(item, operator, *each) for each in people)
    convene_meeting(meeting.pk, actor=office, now=STARTS - timedelta(days=1))
    start_meeting(meeting.pk, actor=operator, now=STARTS)
    for each in seated[:-1]:
        check_in(each.pk, actor=operator, now=STARTS)
    mark_absent(meeting.pk, actor=operator, now=STARTS)
    begin_item(item.pk, actor=operator, now=STARTS)
    return _now(Held(home, of, topic, meeting, item, seated, operator, office, clerk))


@kept
def held(
    of: Department | None = None,
    *,
    outcome: str = "passed_in_principle",
    ended: datetime | None = None,
    **options: tuple[tuple[str, str, str, bool], ...],
) -> Held:
    """A meeting that is over, its item decided."""
    running = convened(of, **options)
    over = ended or STARTS + timedelta(hours=1)
    decide_item(running.item.pk, actor=running.operator, now=over, outcome=outcome, text="按会议意见修改后印发。")
    end_meeting(running.meeting.pk, actor=running.operator, now=over)
    return _now(running)


def _seat(item: AgendaItem, operator: Actor, audience: str, name: str, unit: str, publish_name: bool) -> Invitation:  # noqa: FBT001 - a row of PEOPLE, unpacked
    person = add_representative(actor=operator, now=NOW, audience=audience, name=name, unit=unit, email="", publish_name=publish_name)
    row = select_representative(item.pk, person.pk, actor=operator, now=NOW, method="nomination", reason="街道推荐")
    invite(row.pk, actor=operator, now=NOW)
    answer_invitation(row.token, actor=operator, now=NOW, accept=True, accepted_rules=True, publish_name=publish_name)
    notify(row.pk, actor=operator, now=NOW, requirements="九点到会", door="hand")
    return row


def _now(given: Held) -> Held:
    for row in (given.topic, given.meeting, given.item, *given.invitations):
        row.refresh_from_db()
    return given
