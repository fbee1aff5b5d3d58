"""3.2d: the clock of the notice, what each person has to have, what may still change after it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mingtang.kernel.days import WorkCalendar
from mingtang.kernel.decision import YES, Decision, all_of, no
from mingtang.kernel.obligations import carries
from mingtang.kernel.parameters import Figures
from mingtang.kernel.text import Text, t
from mingtang.platform.clock import closing_of, day_of

UNFILLED_LABELS: dict[str, Text] = {
    "late": t("告知的最后时限已过，来不及递补", "the last moment of the notice was over, too late for a reserve"),
    "no_reserve": t("同类候补都已递补或不能参加", "no reserve of the audience is left"),
    "other": t("没有能递补的人", "nobody could move up"),
}


@dataclass(frozen=True, slots=True)
class NoticeFact:
    """The notice of one person: when the last of it was sent, that it reached them, with papers.

    `posted_at` is the sending of the notice or of the newest paper, whichever is later.
    """

    name: str
    posted_at: datetime | None
    delivered_at: datetime | None
    has_materials: bool


def last_notice_moment(starts_at: datetime, figures: Figures, calendar: WorkCalendar) -> datetime:
    """3.2d: the first moment that is too late: 24:00 of the day `rep.notice_lead_days` before the meeting day.

    With two days, a meeting on the 22nd is notified on the 20th at the latest. `rep.notice_in_workdays` makes
    them working days: a meeting on a Monday is then notified on Thursday at the latest.
    """
    day, lead = day_of(starts_at), figures.number("rep.notice_lead_days")
    counted = calendar.add_working_days(day, -lead) if figures.on("rep.notice_in_workdays") else calendar.add_days(day, -lead)
    return closing_of(counted.day)


def may_still_fill(starts_at: datetime, now: datetime, figures: Figures, calendar: WorkCalendar) -> Decision:
    """3.2d: a freed seat goes to the next reserve as long as that person can still be told in time."""
    if now < last_notice_moment(starts_at, figures, calendar):
        return YES
    return no(
        t("告知的最后时限已过，来不及请候补的人。", "The last moment of the notice is over; a reserve cannot be told in time."),
        "3.2d",
        t("席位空着；会议页面会说明。", "The seat stays empty, and the page of the meeting says so."),
        code="late",
    )


@carries("3.2d", title=t("提前两天告知要求并提供材料", "Requirements and papers two days ahead"))
def may_convene(starts_at: datetime, notices: tuple[NoticeFact, ...], emergency: str, figures: Figures, calendar: WorkCalendar) -> Decision:
    """3.2d: every accepted representative got requirements AND papers in time, or an emergency is recorded.

    The clock runs from the sending of the last paper; that it reached them has to be known as well. An emergency
    shortens the period, it does not do away with notice and papers.
    """
    last, lead = last_notice_moment(starts_at, figures, calendar), figures.number("rep.notice_lead_days")
    return all_of(*(_told(each, last, lead, emergency) for each in notices))


def _told(each: NoticeFact, last: datetime, lead: int, emergency: str) -> Decision:
    if each.posted_at is None or not each.has_materials:
        return no(
            t("还没有向{name}告知要求并提供材料。", "{name} has not been sent requirements and papers.", name=each.name),
            "3.2d",
            t("先发出告知，附上材料。", "Send the notice with the papers first."),
            code="not_noticed",
        )
    if each.delivered_at is None:
        return no(
            t("没有送达{name}的记录。", "Nothing shows that the notice reached {name}.", name=each.name),
            "3.2d",
            t(
                "打电话或当面告知后记录送达，或等本人打开链接。",
                "Tell them by phone or by hand and record it, or wait until they open the link.",
            ),
            code="not_delivered",
        )
    if each.posted_at >= last and not emergency.strip():
        return no(
            t(
                "{name}的告知或材料晚于会前 {n} 日的最后时限。",
                "{name} was sent the notice or a paper later than {n} days ahead.",
                name=each.name,
                n=lead,
            ),
            "3.2d",
            t("改期，或由分管领导记录紧急情况，理由公开。", "Postpone, or a leader records an emergency; its reason is published."),
            code="late_notice",
        )
    return YES
