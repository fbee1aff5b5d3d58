"""Replies: which kind of reason, words of one's own inside a group, corrections of a published report (2.1e–f)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from mingtang.consultations.rules.adoption import VERDICT_LABELS
from mingtang.consultations.rules.likeness import pairs, plain
from mingtang.consultations.rules.stepping import WORKING
from mingtang.kernel.decision import YES, Decision, no
from mingtang.kernel.obligations import carries
from mingtang.kernel.text import Text, t
from mingtang.kernel.workflow import State, Workflow, arrow

SAME_REPLY = 0.9
SHORTEST = 10
LONGEST = 2000


class ReasonCode(StrEnum):
    """The kind of reason a reply gives, so that reasons can be counted."""

    LAW = "law"
    HIGHER = "higher"
    POWER = "power"
    BUDGET = "budget"
    RIGHTS = "rights"
    FACTS = "facts"
    TIMING = "timing"
    ELSEWHERE = "elsewhere"
    WEIGHED = "weighed"


REASON_LABELS: dict[str, Text] = {
    ReasonCode.LAW: t("法律法规另有规定", "The law rules it out"),
    ReasonCode.HIGHER: t("与上级规划或政策不一致", "Against a plan or policy of a higher level"),
    ReasonCode.POWER: t("不在本级职权之内", "Beyond our powers"),
    ReasonCode.BUDGET: t("财力暂不能承担", "Not affordable now"),
    ReasonCode.RIGHTS: t("会影响他人权益", "Would harm the rights of others"),
    ReasonCode.FACTS: t("与调查的事实不符", "Not borne out by the facts"),
    ReasonCode.TIMING: t("条件还不成熟", "The time has not come"),
    ReasonCode.ELSEWHERE: t("已有安排或另行办理", "Already arranged, or handled elsewhere"),
    ReasonCode.WEIGHED: t("与其他意见权衡后取舍", "Weighed against other opinions"),
}

CORRECTION_KINDS: dict[str, Text] = {
    "answer": t("更正答复", "An answer corrected"),
    "withheld": t("意见改为依法不显示", "Opinions withheld"),
    "restored": t("意见恢复显示", "Opinions shown again"),
}
SINGLE_ANSWER = t("单独答复的一条意见", "An opinion answered singly")

CORRECTION = Workflow(
    "correction",
    t("这项更正", "The correction"),
    (
        State("waiting", t("待批准", "Waiting for approval")),
        State("published", t("已公布", "Published"), final=True),
        State("refused", t("未批准", "Refused"), final=True),
    ),
    (
        arrow("publish", "waiting", "published", t("批准并公布更正", "approve and publish"), "2.1e"),
        arrow("refuse", "waiting", "refused", t("不批准更正", "refuse"), "3.4b", reason_required=True),
    ),
)


@carries("2.1f", title=t("理由的类别和依据", "The kind of reason and its basis"))
def may_give_reason(code: str, legal_ref: str) -> Decision:
    """2.1f: a reason of a known kind; one that rests on the law names the provision."""
    if code not in {"", *REASON_LABELS}:
        return no(t("请选择理由的类别。", "Choose the kind of reason."), "2.1f", code="reason_code")
    if code == ReasonCode.LAW and not legal_ref.strip():
        return no(
            t("理由是法律法规另有规定，还没有写是哪一条。", "The reason is the law, but no provision is named."),
            "2.1f",
            t("在“法律依据”里写明文件和条款。", "Name the act and the article under “Legal reference”."),
            code="no_law",
        )
    return YES


def may_add_words(state: str, text: str, *, grouped: bool) -> Decision:
    """2.1e: words of its own for one opinion of a group, beside the group's answer, until the report is signed."""
    if state not in WORKING:
        return no(
            t("采纳报告已报批或公布，不能再补充答复。", "The report is signed or published; no reply can be added."),
            "2.1e",
            t("报批中的可以先退回；已公布的走更正。", "Have it returned first; once published, correct it."),
            code="wrong_state",
        )
    if not grouped:
        return no(
            t("这条意见不在组里，请单独答复。", "This opinion is in no group."),
            "2.1e",
            t("在归组页勾选后单独答复。", "Answer it singly on the grouping page."),
            code="no_group",
        )
    if len(text) > LONGEST:
        return no(t("补充答复最多 {n} 字。", "At most {n} characters.", n=LONGEST), "2.1e", code="too_long")
    return YES


@carries("2.1e", title=t("公布以后的更正", "Corrections after publication"))
def may_correct(state: str, why: str, *, changes: bool, waiting: bool) -> Decision:
    """2.1e: a published answer is changed in the open only: old and new words and the reason stay on the page."""
    if state != "reported":
        return no(
            t("采纳报告还没有公布，直接改答复即可。", "The report is not published; just change the answer."),
            "2.1e",
            t("请到归组页修改。", "Change it on the grouping page."),
            code="wrong_state",
        )
    if waiting:
        return no(
            t("这一答复已有一项更正等待批准。", "A correction of this answer already waits for approval."),
            "2.1e",
            t("请先办完那一项。", "Have it decided first."),
            code="waiting",
        )
    if not changes:
        return no(
            t("与已公布的答复完全一样，没有可更正的。", "This is what was published; there is nothing to correct."),
            "2.1e",
            t("请改动处理结果、理由、依据或落点。", "Change the verdict, the reason, its basis or where it landed."),
            code="same",
        )
    if not why.strip():
        return no(
            t("请写明为什么更正，这句话会公开。", "Say why it is corrected; the sentence is published."),
            "2.1e",
            t("如“原答复引用的条款有误”。", "For instance “the provision cited was wrong”."),
            code="no_why",
        )
    return YES


FIELD_LABELS: dict[str, Text] = {
    "verdict": t("处理", "Verdict"),
    "reason_code": t("理由类别", "Kind of reason"),
    "reason": t("理由", "Reason"),
    "legal_ref": t("法律依据", "Legal reference"),
    "landed_in": t("落在何处", "Where it landed"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One field of an answer before and after, in the words of a page."""

    label: Text
    before: Text | str
    after: Text | str


def changes(before: Mapping[str, str], after: Mapping[str, str]) -> list[Change]:
    """What differs between two answers, field by field."""
    return [
        Change(label, _spoken(name, before.get(name, "")), _spoken(name, after.get(name, "")))
        for name, label in FIELD_LABELS.items()
        if before.get(name, "") != after.get(name, "")
    ]


def _spoken(name: str, value: str) -> Text | str:
    return {"verdict": VERDICT_LABELS, "reason_code": REASON_LABELS}.get(name, {}).get(value, value)


def same_paragraph(one: str, other: str) -> bool:
    """Whether two reasons are the same or nearly the same paragraph; a few words anybody may share are not.

    Unlike the likeness of opinions this takes the share of the longer text: a beginning somebody went on from is
    another answer.
    """
    if min(len(plain(one)), len(plain(other))) < SHORTEST:
        return False
    if plain(one) == plain(other):
        return True
    mine, theirs = pairs(one), pairs(other)
    return len(mine & theirs) >= SAME_REPLY * max(len(mine), len(theirs))
