"""The meeting day: one item at a time, statement before decision; the year counted."""

from __future__ import annotations

from datetime import date

from mingtang.kernel.decision import YES, Decision, no
from mingtang.kernel.obligations import carries
from mingtang.kernel.text import t
from mingtang.meetings.rules.life import MEETING, OUTCOME_LABELS


def may_begin(meeting_state: str, *, other_running: bool) -> Decision:
    """Items are deliberated while the meeting runs, one at a time."""
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
    return YES


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


def version_letter(number: int) -> str:
    """The name of an agenda version: 1 is A, 27 is AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


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
