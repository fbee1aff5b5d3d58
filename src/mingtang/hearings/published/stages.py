"""What a hearing gives to the ledger of its matter: one column, only where a hearing was announced."""

from __future__ import annotations

from datetime import date, datetime

from django.urls import reverse

from mingtang.hearings.models import Hearing, Participant
from mingtang.hearings.published.hearing import CAME, SEATED, seen
from mingtang.hearings.rules import StageFacts, came, next_step, periods_for
from mingtang.kernel.days import WorkCalendar
from mingtang.kernel.parameters import Figures
from mingtang.kernel.text import NOTHING, Text, t
from mingtang.platform.clock import day_of
from mingtang.platform.web.chain import Progress, Stage

LABEL = t("听证", "Hearing")


def stages(topic_id: int, figures: Figures, calendar: WorkCalendar, now: datetime) -> list[Stage]:  # noqa: ARG001 - one signature for all capabilities
    """The column of the hearing last announced; none where there is no hearing."""
    row = seen().filter(topic_id=topic_id).order_by("-id").first()
    return [stage_of(row, figures, now, reverse("portal:hearing", args=[row.pk]))] if row else []


def stage_of(row: Hearing, figures: Figures, now: datetime, url: str) -> Stage:
    """The column of one hearing: its next step and the last day for it, or when it was held and how many came."""
    facts = _facts(row)
    if row.state == "cancelled":
        return Stage("hear", LABEL, Progress.SKIPPED, fact=row.state_label, basis="713 Art.16", url=url)
    step = next_step(facts, periods_for(row.preset, figures), day_of(now))
    if step is None:
        day = day_of(row.closed_at) if row.closed_at else None
        return Stage(
            "hear", LABEL, Progress.DONE, day, rule=t("会后公布听证报告", "Report published"), fact=came(facts), basis="2.1d", url=url
        )
    late = (day_of(now) - step.due_on).days if step.due_on else 0
    until = _until(late, step.due_on)
    progress = Progress.LATE if late > 0 else Progress.NOW
    return Stage("hear", LABEL, progress, _held_on(row), until, step.rule, step.what, step.clause, url)


def _held_on(row: Hearing) -> date | None:
    return day_of(row.closed_at) if row.closed_at else None


def _until(late: int, due_on: date | None) -> Text:
    if due_on is None:
        return NOTHING
    return t("逾期 {n} 日", "{n} days late", n=late) if late > 0 else t("至 {day}", "by {day}", day=due_on)


def _facts(row: Hearing) -> StageFacts:
    people = Participant.objects.filter(hearing=row, seat="participant") if row.closed_at else Participant.objects.none()
    states = list(people.filter(state__in=SEATED).values_list("state", flat=True))
    here, draws = sum(each in CAME for each in states), row.quotas.filter(method="lot").exists()
    return StageFacts(row.state, row.starts_at, row.enrol_until, row.closed_at, here, len(states), draws)
