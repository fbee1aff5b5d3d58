"""What a meeting puts on the desk: what waits, the days to come, and the matters that cannot keep their wished day."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.urls import reverse

from mingtang.consultations import queries as consultation_queries
from mingtang.hearings import queries as hearing_queries
from mingtang.kernel.days import ONE_DAY
from mingtang.kernel.decision import Decision
from mingtang.kernel.text import Text, t
from mingtang.meetings.models import AgendaItem, Meeting
from mingtang.meetings.policy import may_approve_late
from mingtang.meetings.queries.gating import gate_of, late_waiting
from mingtang.platform.actor import BUSINESS_ROLES, Actor, Role
from mingtang.platform.clock import closing_of, day_of, local, opening_of
from mingtang.platform.web.desk import Blocked, ComingDay, DeskItem
from mingtang.topics import queries as topic_queries

if TYPE_CHECKING:
    from mingtang.topics.models import Topic

AHEAD = ("planned", "frozen", "convened", "running")
STEPS = {"legality_short": "legality", "unlawful": "legality", "risk": "risk"}


def desk(actor: Actor, now: datetime) -> list[DeskItem]:
    """Late items to let in; meetings to freeze, convene, run."""
    late = _late(actor) if actor.holds(Role.LEADER) else []
    if not actor.holds(Role.OPERATOR, Role.OFFICE):
        return late
    rows = Meeting.objects.filter(government_id=actor.government_id, state__in=["planned", "frozen", "convened", "running"]).order_by(
        "starts_at"
    )
    labels = {
        "planned": t("确定议程", "Settle the agenda"),
        "frozen": t("告知代表、召集会议", "Notify and convene"),
        "convened": t("准备开会", "Ready to start"),
        "running": t("会议进行中", "Running"),
    }
    return late + [
        DeskItem(
            labels[row.state],
            str(row),
            reverse("workspace:meeting", args=[row.pk]),
            t("打开", "Open"),
            "1.1",
            due_on=day_of(row.starts_at),
            began_on=day_of(row.created_at),
            waits=row.state != "convened" or day_of(row.starts_at) <= day_of(now),
        )
        for row in rows[:50]
    ]


def _late(actor: Actor) -> list[DeskItem]:
    """Late items a leader decides on (law.md 1.18)."""
    return [
        DeskItem(
            t("临时增列议题，等您批准", "A late item waits for you"),
            str(each.topic),
            reverse("workspace:meeting", args=[each.meeting_id]),
            t("看理由", "See the reason"),
            "1.1",
            due_on=day_of(each.meeting.starts_at),
        )
        for each in late_waiting(actor.government_id)
        if may_approve_late(actor, each)
    ]


def coming(actor: Actor, first: date, last: date) -> list[ComingDay]:
    """Meetings between two days, with the place of the actor's departments on the agenda."""
    if not actor.roles & BUSINESS_ROLES:
        return []
    rows = Meeting.objects.filter(
        government_id=actor.government_id, state__in=AHEAD, starts_at__gte=opening_of(first), starts_at__lt=closing_of(last)
    ).order_by("starts_at")
    ours: dict[int, list[int]] = defaultdict(list)
    items = AgendaItem.objects.filter(meeting__in=rows, topic__department_id__in=actor.department_ids).exclude(state="withdrawn")
    for meeting_id, position in items.order_by("position").values_list("meeting_id", "position"):
        ours[meeting_id].append(position)
    return [
        ComingDay(
            day_of(row.starts_at),
            _meets(row, ours[row.pk]),
            row.place,
            reverse("workspace:meeting", args=[row.pk]),
            local(row.starts_at).strftime("%H:%M"),
        )
        for row in rows[:50]
    ]


def _meets(row: Meeting, ours: list[int]) -> Text:
    if not ours:
        return row.title
    return t("{meeting}，您部门第 {n} 项", "{meeting}, your item {n}", meeting=row.title, n=", ".join(map(str, ours)))


def blocked(actor: Actor, now: datetime) -> list[Blocked]:
    """Approved matters of the actor's department that cannot lawfully meet on the wished day, the nearest wish first."""
    if not actor.holds(Role.CLERK, Role.HEAD):
        return []
    today = day_of(now)
    rows = topic_queries.wished(actor, today).exclude(agenda_items__decided_at__isnull=False)
    found = [_blocked(topic, today) for topic in rows[:20] if actor.holds(Role.CLERK, Role.HEAD, department_id=topic.department_id)]
    return [each for each in found if each]


def _blocked(topic: Topic, today: date) -> Blocked | None:
    listening = consultation_queries.listening(topic.pk)
    opened = listening is not None and listening.opened_at is not None
    start = max(today, listening.closes_on + ONE_DAY) if listening and opened and listening.closes_on else today
    hearing = hearing_queries.pending_of(topic.pk)
    if hearing and hearing.announced_at and hearing.starts_at:
        start = max(start, day_of(hearing.starts_at) + ONE_DAY)
    reported = listening is not None and listening.reported_at is not None
    to_announce = hearing is not None and hearing.announced_at is None
    plan = topic_queries.planned(topic, start, consulted=opened, hearing=to_announce, reported=reported)
    if plan.feasible or topic.wished_on is None:
        return None
    decision = gate_of(topic.pk, topic.meeting_kind, topic.wished_on, topic.government_id)
    if decision.allowed:
        return None
    if decision.code == "not_reported" and listening and listening.state == "open":
        decision = replace(
            decision,
            reason=t(
                "征求意见 {day} 24:00 才结束，采纳情况报告还没有。",
                "The consultation runs until {day} 24:00; there is no adoption report yet.",
                day=listening.closes_on,
            ),
        )
    url, action = _mend(topic.pk, decision)
    title = t("“{topic}”排不上 {day} 的会", "“{topic}” cannot meet on {day}", topic=topic, day=topic.wished_on)
    return Blocked(title, decision, url, action, reverse("workspace:topic", args=[topic.pk]), plan.earliest)


def _mend(topic_id: int, decision: Decision) -> tuple[str, Text]:
    if decision.code == "not_reported":
        facts = consultation_queries.listening(topic_id)
        assert facts is not None
        left = consultation_queries.without_place(facts.consultation_id)
        if left:
            return reverse("workspace:grouping", args=[facts.consultation_id]), t("去归组 {n} 条", "Group {n} opinions", n=left)
        return reverse("workspace:report", args=[facts.consultation_id]), t("写采纳报告", "Write the report")
    if decision.code == "not_consulted":
        return reverse("workspace:topic-consultation", args=[topic_id]), t("准备征求意见", "Prepare the consultation")
    if decision.code in {"no_statement", "no_material"}:
        return reverse("workspace:topic-document-add", args=[topic_id]), t("附文件", "Attach the document")
    kind = STEPS.get(decision.code, decision.code.removeprefix("step_") if decision.code.startswith("step_") else "")
    if kind:
        return reverse("workspace:topic-step", args=[topic_id, kind]), t("补这项程序", "Complete this step")
    return reverse("workspace:topic", args=[topic_id]), t("打开议题", "Open the matter")
