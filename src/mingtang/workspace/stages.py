"""The stages of one matter for its dossier: what the public ledger says, and the page where staff go on."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse

from mingtang.consultations import published as consultations_published
from mingtang.consultations import queries as consultations
from mingtang.hearings import published as hearings_published
from mingtang.hearings import queries as hearings
from mingtang.kernel.text import Text, t
from mingtang.meetings import published as meetings_published
from mingtang.meetings import queries as meetings
from mingtang.minutes import queries as minutes
from mingtang.platform.actor import Actor
from mingtang.platform.clock import day_of
from mingtang.platform.figures.lookup import figures_for, work_calendar
from mingtang.platform.web.chain import Progress, Stage, in_order
from mingtang.platform.web.dossier import StaffStage
from mingtang.publishing import published as publishing_published
from mingtang.publishing import queries as publishing
from mingtang.representatives import published as representatives_published
from mingtang.topics import published as topics_published

COLUMNS = (
    topics_published.stages,
    consultations_published.stages,
    representatives_published.stages,
    meetings_published.stages,
    publishing_published.stages,
)
Place = tuple[str, Text]
NOWHERE: Place = ("", t("", ""))


def stages(actor: Actor, topic_id: int, now: datetime) -> list[StaffStage]:
    """Every stage in order, minutes between meeting and result; the declaration alone until it is approved."""
    figures, calendar = figures_for(actor.government_id, day_of(now)), work_calendar()
    columns = [stage for part in COLUMNS for stage in part(topic_id, figures, calendar, now)]
    hearing = hearings.latest_of(topic_id)
    if hearing:
        columns.append(hearings_published.stage_of(hearing, figures, now, ""))
    columns = in_order(columns)
    places = {**_listening(topic_id), **_hearing(hearing), **_meeting(topic_id), "result": _result(topic_id)}
    if not any(each.code == "declare" for each in columns):
        return []
    found = [StaffStage(each, *places.get(each.code, NOWHERE)) for each in columns]
    at = next(index for index, each in enumerate(found) if each.stage.code == "result")
    return _led([*found[:at], _minutes(actor.government_id, topic_id, now), *found[at:]])


def _led(found: list[StaffStage]) -> list[StaffStage]:
    """Only what is done, under way or first in turn leads somewhere: a later stage is no act for today."""
    ahead = next((each for each in found if each.is_open), None)
    return [each if each is ahead or each.stage.progress is not Progress.NEXT else replace(each, url="") for each in found]


def _listening(topic_id: int) -> dict[str, Place]:
    facts = consultations.listening(topic_id)
    if facts is None:
        return {"listen": (reverse("workspace:topic-consultation", args=[topic_id]), t("准备征求意见", "Prepare it"))}
    report = reverse("workspace:report", args=[facts.consultation_id])
    left = consultations.without_place(facts.consultation_id) if facts.opened_at else 0
    if facts.reported_at:
        answering = (report, t("报告", "Report"))
    elif left and facts.closed_at:
        answering = (reverse("workspace:grouping", args=[facts.consultation_id]), t("去归组 {n} 条", "Group {n}", n=left))
    else:
        answering = (report, t("写报告", "Write it")) if facts.closed_at else NOWHERE
    return {
        "listen": (reverse("workspace:consultation", args=[facts.consultation_id]), t("{n} 条意见", "{n} opinions", n=facts.opinions)),
        "report": answering,
    }


def _hearing(row: Any) -> dict[str, Place]:
    return {"hear": (reverse("workspace:hearing", args=[row.pk]), row.state_label)} if row else {}


def _meeting(topic_id: int) -> dict[str, Place]:
    items = meetings.meetings_of(topic_id)
    if not items:
        return {"meet": (reverse("workspace:meetings"), t("排会议", "Find a meeting"))}
    meeting = items[0].meeting
    return {
        "notice": (reverse("workspace:invitations", args=[meeting.pk]), t("代表", "Representatives")),
        "meet": (reverse("workspace:meeting", args=[meeting.pk]), meeting.title),
    }


def _minutes(government_id: int, topic_id: int, now: datetime) -> StaffStage:
    label = t("纪要", "Minutes")
    meeting = next((each.meeting for each in meetings.meetings_of(topic_id) if each.meeting.ended_at), None)
    n = figures_for(government_id, day_of(now)).number("minutes.due_days")
    rule = t("会后 {n} 日内", "Within {n} days", n=n)
    if meeting is None or meeting.ended_at is None:
        return StaffStage(Stage("minutes", label, Progress.NEXT, rule=rule, basis="3.2e"))
    row, place = minutes.of_meeting(meeting.pk), reverse("workspace:minutes", args=[meeting.pk])
    if row and row.first_issued_at:
        fact = t("{n} 日", "{n} days", n=(day_of(row.first_issued_at) - day_of(meeting.ended_at)).days)
        done = Stage("minutes", label, Progress.DONE, day_of(row.first_issued_at), rule=rule, fact=fact, basis="3.2e")
        return StaffStage(done, place, t("纪要", "Minutes"))
    due = day_of(meeting.ended_at) + timedelta(days=n)
    late = (day_of(now) - due).days
    until = t("逾期 {n} 日", "{n} days late", n=late) if late > 0 else t("至 {day}", "by {day}", day=due)
    progress = Progress.LATE if late > 0 else Progress.NOW
    return StaffStage(Stage("minutes", label, progress, None, until, rule, basis="3.2e"), place, t("写纪要", "Write them"))


def _result(topic_id: int) -> Place:
    row = publishing.of_topic(topic_id)
    if row is None:
        return f"{reverse('workspace:release-new')}?topic={topic_id}&kind=result", t("起草结果", "Draft it")
    return reverse("workspace:release", args=[row.pk]), row.state_label
