"""Where a hearing stands on the ledger of its matter: the next step, the last lawful day for it, the rule (713 Art.16-17)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from mingtang.hearings.rules.figures import Periods
from mingtang.kernel.obligations import carries
from mingtang.kernel.text import NOTHING, Text, t
from mingtang.platform.clock import day_of


@dataclass(frozen=True, slots=True)
class StageFacts:
    """What the ledger knows of a hearing; the moments are aware, `came` of `seats` participants were there, `draws` where seats go by lot."""

    state: str
    starts_at: datetime | None
    enrol_until: date | None
    closed_at: datetime | None
    came: int = 0
    seats: int = 0
    draws: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """The next step: what it is, the last day for it (None: no day is set), the rule and the clause it rests on."""

    what: Text
    due_on: date | None
    rule: Text
    clause: str


def _ahead(facts: StageFacts, days: int) -> date | None:
    return day_of(facts.starts_at) - timedelta(days=days) if facts.starts_at else None


@carries("2.1d", title=t("听证各步的最后日期", "The last day of each step of a hearing"))
def next_step(facts: StageFacts, periods: Periods, today: date) -> Step | None:
    """The next step of a hearing with its last day; None once it is reported or cancelled.

    Days are counted back from the day of the hearing by the stricter of preset and national floor (`periods_for`).
    """
    if facts.state in {"reported", "cancelled"}:
        return None
    if facts.state in {"held", "confirmed"}:
        what = t("笔录待确认", "record unconfirmed") if facts.state == "held" else t("报告待公布", "report to come")
        return Step(what, None, t("会后公布听证报告", "Report published"), "713 Art.17" if facts.state == "held" else "2.1d")
    if facts.state == "postponed":
        return Step(t("另定时间", "a new day"), None, t("延期须另定时间", "A new day is set"), "2.1d")
    return _before(facts, periods, today)


def _before(facts: StageFacts, periods: Periods, today: date) -> Step:
    notice, listing, papers = t("公告", "Notice"), t("名单", "List"), t("材料", "Papers")
    if facts.state == "decided":
        return Step(t("待公告", "to be announced"), _ahead(facts, periods.notice), _rule(notice, periods.notice), "713 Art.16")
    if facts.state in {"announced", "enrolling"} and facts.enrol_until is not None and today <= facts.enrol_until:
        return Step(t("报名", "enrolment"), facts.enrol_until, _rule(notice, periods.notice), "713 Art.16")
    if facts.state in {"announced", "enrolling"} and facts.draws and periods.draw:
        return Step(t("抽签", "draw to come"), _ahead(facts, periods.draw), _rule(t("抽签", "Draw"), periods.draw), "713 Art.16")
    if facts.state in {"announced", "enrolling", "drawn"}:
        return Step(t("公布名单", "list to come"), _ahead(facts, periods.listing), _rule(listing, periods.listing), "713 Art.16")
    if facts.state == "listed":
        return Step(t("送达材料", "papers to come"), _ahead(facts, periods.papers), _rule(papers, periods.papers), "713 Art.16")
    return Step(t("举行", "to be held"), _ahead(facts, 0), _rule(papers, periods.papers), "713 Art.17")


def _rule(what: Text, days: int) -> Text:
    return t("{what}提前 {n} 日", "{what} {n} days ahead", what=what, n=days)


def came(facts: StageFacts) -> Text:
    """How many participants were there; nothing before the hearing."""
    return t("到会 {n} / {all}", "{n} of {all} came", n=facts.came, all=facts.seats) if facts.closed_at else NOTHING
