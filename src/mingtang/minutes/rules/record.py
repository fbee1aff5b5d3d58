"""The internal record (713 Art.30; law.md 1.19–1.20): positions, dissent, the head against the majority, signing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from mingtang.kernel.days import ONE_DAY
from mingtang.kernel.decision import YES, Decision, all_of, no
from mingtang.kernel.obligations import carries
from mingtang.kernel.text import Text, t
from mingtang.kernel.workflow import State, Workflow, arrow

RECORD = Workflow(
    "record",
    t("会议记录", "The record"),
    (
        State("open", t("记录中", "Being written")),
        State("signed", t("已签署", "Signed"), final=True),
    ),
    (arrow("sign", "open", "signed", t("签署", "sign"), "713 Art.30"),),
)
STANCE_LABELS: dict[str, Text] = {
    "agree": t("同意", "Agrees"),
    "disagree": t("不同意", "Disagrees"),
    "reserve": t("保留意见", "Reserves"),
    "absent": t("缺席", "Absent"),
}
WAY_LABELS: dict[str, Text] = {
    "": t("待本人确认", "To be confirmed"),
    "link": t("本人已在手机确认", "Confirmed by the person's link"),
    "signature": t("本人已签字确认", "Confirmed by signature"),
    "own": t("本人书面提交", "Written by the person"),
}
DISSENT = frozenset({"disagree", "reserve"})
SAID = frozenset({"agree", "disagree", "reserve"})


@dataclass(frozen=True, slots=True)
class ItemPositions:
    """The positions of an item as they stand: of each member by name; of the head, who is among them or not."""

    position: int
    decided: bool
    stances: Mapping[str, str]
    head: str = ""
    head_reason: str = ""


def majority(stances: Iterable[str]) -> str:
    """“agree” or “disagree” when more than half of those who took a position did; else nothing."""
    counted = Counter(each for each in stances if each in SAID)
    for stance in ("agree", "disagree"):
        if counted[stance] * 2 > counted.total():
            return stance
    return ""


def head_differs(item: ItemPositions) -> bool:
    """Whether the head's position is another than the majority's."""
    head = item.stances.get(item.head, "")
    most = majority(stance for name, stance in item.stances.items() if name != item.head)
    return bool(head and most and head != most)


def may_write_line(speaker: str, text: str, stance: str, *, signed: bool, correcting: bool) -> Decision:
    """A line has somebody and their words or position; after signing only corrections are added, with a reason."""
    if signed and not correcting:
        return no(
            t("会议记录已经签署，不能再补写。", "The record is signed; nothing more is written."),
            "713 Art.30",
            t("有误的逐条更正，原文保留。", "Correct the line that is wrong; the first words stay."),
            code="signed",
        )
    if not speaker.strip() or not (text.strip() or stance):
        return no(
            t("记录要有发言人和内容。", "A line needs speaker and words."),
            "713 Art.30",
            t("写明谁、说了什么；只表态的选一种态度。", "Say who said what; choose the position where that is all."),
            code="empty",
        )
    if stance in DISSENT and not text.strip():
        return no(
            t("不同意或保留意见，要如实写明内容。", "Dissent is recorded with its words."),
            "713 Art.30",
            t("写明不同的意见是什么。", "Write what the dissent is."),
            code="dissent",
        )
    return YES


def may_correct(reason: str) -> Decision:
    """A correction says why."""
    if reason.strip():
        return YES
    return no(
        t("更正要写明原因。", "A correction needs its reason."),
        "713 Art.30",
        t("写明哪里有误、依据是什么。", "Say what was wrong and how you know."),
        code="reason",
    )


@carries("3.1a", title=t("会议记录如实载明不同意见", "The record holds dissent and the head's reason"))
def may_sign(items: tuple[ItemPositions, ...], *, ended: bool) -> Decision:
    """713 Art.30: after the meeting; each item has something; the head's reason stands where they differ from the majority."""
    over = (
        YES
        if ended
        else no(
            t("会议还没有结束。", "The meeting is not over."),
            "713 Art.30",
            t("会议结束以后签署。", "Sign once it has ended."),
            code="not_ended",
        )
    )
    return all_of(over, *(_written(each) for each in items if each.decided), *(_reasoned(each) for each in items))


def _written(item: ItemPositions) -> Decision:
    if item.stances:
        return YES
    return no(
        t("第 {n} 项没有记录任何人的意见。", "Nobody's position is recorded for item {n}.", n=item.position),
        "713 Art.30",
        t("补记组成人员的意见；一致同意的也要写明。", "Write down the positions of the members, also when all agreed."),
        code="no_positions",
    )


def _reasoned(item: ItemPositions) -> Decision:
    if not head_differs(item) or item.head_reason.strip():
        return YES
    return no(
        t(
            "第 {n} 项行政首长的意见与多数人不一致，没有写明理由。",
            "At item {n} the head differs from the majority without a reason.",
            n=item.position,
        ),
        "713 Art.30",
        t("补记行政首长在会上说明的理由。", "Write down the reason the head gave at the meeting."),
        code="head_reason",
    )


def digest(lines: Iterable[tuple[str, ...]]) -> str:
    """The fingerprint of a record's lines in order; one changed sign gives another."""
    return sha256("\n".join("\t".join(line) for line in lines).encode()).hexdigest()


def may_write_in(ended_at: datetime | None, ended_on: date | None, today: date, days: int) -> Decision:
    """rep.written_opinion_days: who was at the meeting may still write for so many days after it."""
    if ended_at is None or ended_on is None:
        return no(
            t("会议还没有结束。", "The meeting is not over."),
            "2.2",
            t("会上请先口头提；书面意见会后从这里交。", "Speak at the meeting; a written opinion follows here."),
            code="not_ended",
        )
    last = ended_on + days * ONE_DAY
    if today <= last:
        return YES
    return no(
        t("书面意见收到 {day} 24:00 为止，已经过了。", "Written opinions were taken until {day} 24:00.", day=last),
        "2.2",
        t("仍想反映的，请打公开电话或写信。", "Call or write to us if you still wish to say something."),
        code="too_late",
    )
