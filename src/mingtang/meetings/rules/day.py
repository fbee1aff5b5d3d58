"""The meeting day: one item at a time, statement before decision; the year counted."""

from __future__ import annotations

from datetime import date

from mingtang.kernel.decision import YES, Decision, no, warn
from mingtang.kernel.obligations import carries
from mingtang.kernel.parameters import Figures
from mingtang.kernel.text import t
from mingtang.meetings.rules.life import MEETING, OUTCOME_LABELS

BREAK_MINUTES = range(1, 181)


def may_begin(meeting_state: str, *, other_running: bool, on_break: bool = False) -> Decision:
    """Items are deliberated while the meeting runs, one at a time and not during a break."""
    if meeting_state != "running":
        return no(
            t(
                "会议现在是“{state}”，不能审议议题。",
                "The meeting is “{state}”; no item can be deliberated.",
                state=MEETING.label(meeting_state),
            ),
            "2.2",
            t("会议开始以后再审议。", "Items are deliberated once it has begun."),
            code="wrong_state",
        )
    if other_running:
        return no(
            t("上一项还没有结束。", "Another item is still running."),
            "2.2",
            t("先记录上一项的决定。", "Record its decision first."),
            code="running",
        )
    if on_break:
        return no(
            t("会议正在休会。", "The meeting is on a break."),
            "2.2",
            t("先复会，再审议下一项。", "Resume first, then begin the item."),
            code="on_break",
        )
    return YES


def may_pause(meeting_state: str, minutes: int) -> Decision:
    """A running meeting takes a break of one minute to three hours."""
    if meeting_state != "running":
        return no(
            t("会议现在是“{state}”，不能休会。", "The meeting is “{state}”; it takes no break.", state=MEETING.label(meeting_state)),
            "2.2",
            t("会议开始以后可以休会。", "Breaks are for a meeting that has begun."),
            code="wrong_state",
        )
    if minutes not in BREAK_MINUTES:
        return no(
            t("休会分钟数要在 1 到 180 之间。", "A break lasts 1 to 180 minutes."),
            "2.2",
            t("请改分钟数。", "Change the minutes."),
            code="minutes",
        )
    return YES


def quorum(here: int, members: int, figures: Figures) -> Decision:
    """Yes; with a warning when not more than `meeting.quorum` of the members are here. Nothing is said without a list."""
    share = figures.ratio("meeting.quorum")
    if not members or here > members * share:
        return YES
    return warn(
        t(
            "组成人员 {members} 人，到会 {here} 人，没有超过{share}。",
            "{here} of {members} members are here, not more than {share}.",
            here=here,
            members=members,
            share=f"{share.numerator}/{share.denominator}",
        )
    )


@carries("2.2c", title=t("审议时说明意见征集和采纳情况", "The statement on adoption is given during deliberation"))
def may_decide(outcome: str, *, consulted: bool, statement_given: bool) -> Decision:
    """2.2c: a consulted matter is decided after its drafting department gave the statement."""
    if outcome not in OUTCOME_LABELS:
        return no(t("请选择审议结果。", "Choose the outcome."), "713 Art.30", code="outcome")
    if consulted and not statement_given:
        return no(
            t("牵头部门还没有说明意见征集和采纳情况。", "The drafting department has not given the statement on adoption."),
            "2.2c",
            t("先记录说明的时间，再作决定。", "Record the statement, then the decision."),
            code="no_statement",
        )
    return YES


def forecast(attended: int, least: int, today: date) -> Decision:
    """2.2b: whether the year is on its way to its attended meetings; late when the pace is behind."""
    wanted = least * today.timetuple().tm_yday / 365
    if attended >= least or attended >= wanted - 1:
        return YES
    return no(
        t(
            "今年邀请代表列席 {n} 次，原则上不少于 {least} 次。",
            "{n} attended meetings this year; at least {least} are the rule.",
            n=attended,
            least=least,
        ),
        "2.2b",
        t("请在后面的全体、常务或区长办公会议安排代表列席。", "Plan attendance for coming meetings."),
        code="behind",
    )
