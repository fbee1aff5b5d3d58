"""Late items: what comes after the lead times is an exception that a leader approves with a public reason (law.md 1.18)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mingtang.kernel.days import WorkCalendar
from mingtang.kernel.decision import YES, Decision, no
from mingtang.kernel.parameters import Figures
from mingtang.kernel.text import Text, t


@dataclass(frozen=True, slots=True)
class LateFacts:
    """When an item was put on the agenda, when its paper came in, and whether a leader approved the exception."""

    position: int
    listed_on: date | None
    paper_on: date | None
    reason: str = ""
    approved: bool = False


def lateness(facts: LateFacts, meeting_on: date, figures: Figures, calendar: WorkCalendar) -> tuple[Text, ...]:
    """Which lead time an item misses; nothing when it is in time.

    Agenda settled `agenda.finalize_lead_workdays` working days ahead, papers `agenda.materials_lead_days` days ahead.
    """
    settle, lead = figures.number("agenda.finalize_lead_workdays"), figures.number("agenda.materials_lead_days")
    said = []
    if facts.listed_on and calendar.working_days_between(facts.listed_on, meeting_on) < settle:
        said.append(
            t("{day} 才列入，离会议不足 {n} 个工作日", "put on {day}, less than {n} working days ahead", day=facts.listed_on, n=settle)
        )
    if facts.paper_on and (meeting_on - facts.paper_on).days < lead:
        said.append(t("材料 {day} 才报送，离会议不足 {n} 日", "paper came {day}, less than {n} days ahead", day=facts.paper_on, n=lead))
    return tuple(said)


def may_come_late(facts: LateFacts, why: tuple[Text, ...]) -> Decision:
    """A late item is frozen into the agenda only with a leader's approval."""
    if not why or facts.approved:
        return YES
    asked = bool(facts.reason)
    return no(
        t("第 {n} 项是临时增列：{why}。", "Item {n} comes late: {why}.", n=facts.position, why=why[0]),
        "1.1",
        t("等分管领导批准后再冻结。", "It is frozen once a leader has approved it.")
        if asked
        else t("写明理由报分管领导批准，理由会公开；或移出议程。", "Give a leader the reason, which becomes public; or take it off."),
        code="late",
    )


def may_ask_late(reason: str, why: tuple[Text, ...]) -> Decision:
    """An exception is asked for where there is one, with its reason."""
    if not why:
        return no(
            t("这一项没有误期，不需要批准。", "This item is in time; no approval is needed."),
            "1.1",
            t("直接冻结议程即可。", "Freeze the agenda as it is."),
            code="in_time",
        )
    if not reason.strip():
        return no(
            t("要写明临时增列的理由，理由会公开。", "Give the reason for the late item; it becomes public."),
            "1.1",
            t("写明为什么不能留到下一次会议。", "Say why it cannot wait for the next meeting."),
            code="reason",
        )
    return YES
