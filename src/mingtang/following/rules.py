"""START HERE. What can be followed, how often one is told, and when an address is forgotten."""

from __future__ import annotations

from datetime import date, timedelta

from mingtang.kernel.decision import YES, Decision, no
from mingtang.kernel.obligations import carries
from mingtang.kernel.text import Text, t
from mingtang.kernel.workflow import State, Workflow, arrow

FOLLOW = Workflow(
    "follow",
    t("这项订阅", "The subscription"),
    (
        State("asked", t("待确认", "Waiting for confirmation")),
        State("confirmed", t("已确认", "Confirmed")),
    ),
    (arrow("confirm", "asked", "confirmed", t("确认订阅", "confirm"), "2.1"),),
)

KINDS: dict[str, Text] = {
    "all": t("全部征求意见和结果", "All consultations and results"),
    "area": t("一个重点领域", "One focus area"),
    "department": t("一个部门", "One department"),
    "topic": t("一件议题", "One matter"),
}
RHYTHMS: dict[str, Text] = {
    "daily": t("有新消息的当天", "On days with news"),
    "weekly": t("每周一汇总", "Weekly, on Mondays"),
}
CONFIRM_WITHIN = timedelta(days=7)
DIGEST_FROM_HOUR = 8
MOST_FOLLOWED = 50
MOST_NEWS = 40


@carries("2.1c", title=t("邮件订阅", "Following by mail"))
def may_follow(*, known: bool, rhythm: str, already: int) -> Decision:
    """2.1c: something that exists and is public, at one of two rhythms; an address follows at most fifty things."""
    if not known:
        return no(
            t("没有这个可以订阅的内容。", "There is no such thing to follow."),
            "2.1",
            t("请从“订阅”页重新选择。", "Choose again on the page “Follow”."),
            code="unknown",
        )
    if rhythm not in RHYTHMS:
        return no(t("请选择多久告诉您一次。", "Choose how often you want to be told."), "2.1", code="rhythm")
    if already >= MOST_FOLLOWED:
        return no(
            t("一个邮箱最多订阅 {n} 项。", "An address follows at most {n} things.", n=MOST_FOLLOWED),
            "2.1",
            t("可以改订“全部”，或先退订几项。", "Follow everything instead, or end some first."),
            code="too_many",
        )
    return YES


def told_before(rhythm: str, today: date) -> date:
    """A digest is due when the last one was before this day: today, or the Monday of this week.

    One that was missed (the site was down) is so made up for on the next day.
    """
    return today if rhythm == "daily" else today - timedelta(days=today.weekday())
