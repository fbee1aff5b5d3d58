"""Who has the floor: requests in order, a time budget each, the head of government last (713 Art.30, law.md 1.19)."""

from __future__ import annotations

from mingtang.kernel.decision import YES, Decision, no
from mingtang.kernel.obligations import carries
from mingtang.kernel.text import Text, t

HEAD, STATEMENT, REPRESENTATIVE = "head", "statement", "representative"
SPEECH_LABELS: dict[str, Text] = {
    STATEMENT: t("说明意见征集和采纳情况", "Statement on adoption"),
    "report": t("汇报", "Report"),
    "member": t("组成人员", "Member"),
    "expert": t("专家", "Expert"),
    REPRESENTATIVE: t("列席代表", "Representative"),
    "answer": t("部门回应", "Answer"),
    HEAD: t("行政首长", "Head of government"),
}


def may_ask(meeting_state: str, item_state: str, attendance: str, kind: str, speaker: str) -> Decision:
    """Somebody is put on the list of an item still open, by name; no representative at a closed item."""
    if meeting_state not in {"convened", "running"} or item_state not in {"listed", "running"}:
        return no(
            t("这一项现在不能登记发言。", "Nobody can ask to speak at this item now."),
            "2.2",
            t("会议召集以后、这一项审议结束以前可以登记。", "One asks after the meeting is convened and before the item is over."),
            code="wrong_state",
        )
    if kind not in SPEECH_LABELS or not speaker.strip():
        return no(
            t("要写明谁发言。", "Say who speaks."), "713 Art.30", t("选身份，写姓名。", "Choose the part, write the name."), code="speaker"
        )
    if kind == REPRESENTATIVE and attendance == "closed":
        return no(
            t("这一项不开放列席。", "This item is closed to representatives."),
            "1.2a",
            t("书面意见可在会后交来。", "A written opinion may follow the meeting."),
            code="closed",
        )
    return YES


@carries("3.1a", title=t("行政首长最后发表意见", "The head of government speaks last"))
def may_take_floor(kind: str, *, item_running: bool, others_waiting: int) -> Decision:
    """713 Art.30: the head speaks when everybody else who asked has spoken."""
    if not item_running:
        return no(
            t("这一项还没有开始审议，或已经结束。", "The item has not begun, or is over."),
            "2.2",
            t("开始审议以后再请人发言。", "Give the floor once the item has begun."),
            code="wrong_state",
        )
    if kind == HEAD and others_waiting:
        return no(
            t(
                "还有 {n} 人登记发言；行政首长最后发表意见。",
                "{n} people still wait to speak; the head of government speaks last.",
                n=others_waiting,
            ),
            "713 Art.30",
            t("先请他们发言，或从名单上划去。", "Let them speak first, or take them off the list."),
            code="head_last",
        )
    return YES


def may_end_debate(*, head_spoke: bool, spoke_after_head: str) -> Decision:
    """713 Art.30: when somebody spoke after the head, the head speaks once more before the decision."""
    if not (head_spoke and spoke_after_head):
        return YES
    return no(
        t(
            "行政首长发言之后，{who}又发了言；行政首长应当最后发表意见。",
            "{who} spoke after the head of government, who has to speak last.",
            who=spoke_after_head,
        ),
        "713 Art.30",
        t("再登记一次行政首长的发言，然后记录决定。", "Note the head's words once more, then record the decision."),
        code="head_last",
    )
