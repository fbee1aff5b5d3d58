"""When minutes may be issued (3.2e–f; 2.3; law.md 1.19–1.20)."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date

from mingtang.kernel.decision import YES, Decision, all_of, no
from mingtang.kernel.obligations import carries
from mingtang.kernel.parameters import Bound, Level, Parameter, Unit
from mingtang.kernel.text import t
from mingtang.kernel.workflow import State, Workflow, arrow

MINUTES = Workflow(
    "minutes",
    t("会议纪要", "The minutes"),
    (
        State("drafting", t("起草中", "Drafting")),
        State("circulated", t("已送审", "Circulated")),
        State("issued", t("已印发", "Issued"), final=True),
    ),
    (
        arrow("circulate", "drafting", "circulated", t("送审", "circulate"), "3.2"),
        arrow("return", "circulated", "drafting", t("退回", "return"), "3.4b", reason_required=True),
        arrow("recall", "circulated", "drafting", t("收回修改", "take back"), "3.4b"),
        arrow("issue", "circulated", "issued", t("印发", "issue"), "3.2e"),
        arrow("correct", "issued", "drafting", t("更正", "correct"), "711 Art.6", reason_required=True),
    ),
)
MARKS = {"plenary": "全体会议", "executive": "常务会议", "mayors_office": "区长办公会议"}
REGULATION = t("政府会议开放制度 3.2", "The regulation on open government meetings, 3.2")
LOCAL = t("各地做法，本区可自定", "Local practice; each government may set its own")
LOC = date(2026, 1, 1)
FIGURES: tuple[Parameter, ...] = (
    Parameter("minutes.due_days", t("纪要印发期限", "Minutes issued within"), 3, Unit.DAYS, LOC, LOCAL, Level.WARN),
    Parameter(
        "minutes.include_rep_names",
        t("列席名单载明代表姓名", "Names of representatives in the list"),
        value=True,
        unit=Unit.YES_NO,
        since=LOC,
        source=REGULATION,
        level=Level.HARD,
        floor=True,
        bound=Bound.EXACTLY,
    ),
    Parameter(
        "minutes.names_by_strokes",
        t("列席代表按姓氏笔画为序", "Representatives by strokes of their surnames"),
        value=False,
        unit=Unit.YES_NO,
        since=LOC,
        source=LOCAL,
        level=Level.INFO,
    ),
    Parameter(
        "minutes.include_suggestions",
        t("合理化建议写入纪要", "Reasonable suggestions in the minutes"),
        value=True,
        unit=Unit.YES_NO,
        since=LOC,
        source=REGULATION,
        level=Level.HARD,
        floor=True,
        bound=Bound.EXACTLY,
    ),
    Parameter(
        "followup.supervise_days", t("议定事项督查", "Decided matters are followed up within"), 30, Unit.DAYS, LOC, LOCAL, Level.WARN
    ),
)


@dataclass(frozen=True, slots=True)
class IssueFacts:
    """What the gate to issuing needs to know."""

    meeting_ended: bool
    body: str
    attendance: tuple[str, ...]
    list_text: str
    reasonable: tuple[str, ...]
    unjudged: int
    undecided: int


@carries("3.2e", "3.2f", title=t("印发纪要的条件", "Conditions for issuing the minutes"))
def may_issue(facts: IssueFacts) -> Decision:
    """3.2e–f: every reasonable suggestion and every attendee's name is in the text."""
    return all_of(_ended(facts), _written(facts), *_names(facts), *_suggestions(facts), _judged(facts))


def _written(facts: IssueFacts) -> Decision:
    if facts.body.strip():
        return YES
    return no(
        t("纪要还没有正文。", "The minutes have no text yet."),
        "3.2e",
        t("点“从会议记录汇集”，或直接填写。", "Compose them from what happened, or write them."),
        code="empty",
    )


def _ended(facts: IssueFacts) -> Decision:
    if facts.meeting_ended and not facts.undecided:
        return YES
    return no(
        t("会议还没有结束，或还有议题没有记录结果。", "The meeting is not over, or an item has no outcome."),
        "3.2",
        t("先在会场控制台记录完毕。", "Finish on the console first."),
        code="not_ended",
    )


def _names(facts: IssueFacts) -> list[Decision]:
    listed = Counter(names_in(facts.list_text))
    missing = Counter(_bare(each) for each in facts.attendance) - listed
    return [
        no(
            t("列席名单里缺{name}。", "{name} is missing from the attendance list.", name=name),
            "3.2f",
            t("签到的代表姓名都要写进列席名单；点“重新汇集”。", "Everybody checked in is listed by name; compose it anew."),
            code="name_missing",
        )
        for name in missing.elements()
    ]


def names_in(list_text: str) -> list[str]:
    """The names of an attendance list: one a line or between 、，；, whatever stands in brackets left out."""
    bare = re.sub(r"[（(][^（）()]*[）)]", "", list_text)
    return [name for name in map(_bare, re.split(r"[\n、，,；;]+", bare)) if name]


def _bare(name: str) -> str:
    return "".join(name.split())


def _suggestions(facts: IssueFacts) -> list[Decision]:
    flat = "".join(facts.body.split())
    return [
        no(
            t("合理化建议没有写入纪要：“{what}”。", "A reasonable suggestion is not in the minutes: “{what}”.", what=each[:40]),
            "3.2e",
            t("原文写入有关议题一段，或点“重新汇集”。", "Write it into the item's section, or compose it anew."),
            code="suggestion_missing",
        )
        for each in facts.reasonable
        if "".join(each.split()) not in flat
    ]


def _judged(facts: IssueFacts) -> Decision:
    if not facts.unjudged:
        return YES
    return no(
        t("还有 {n} 条代表建议没有判断是否合理。", "{n} suggestions are not judged yet.", n=facts.unjudged),
        "3.2e",
        t("逐条判断；不合理的写明理由。", "Judge each; give the reason when it is not reasonable."),
        code="unjudged",
    )


def may_change_suggestions(state: str) -> Decision:
    """3.2e: issued minutes hold what was judged; to change it, the minutes are corrected first."""
    if state != "issued":
        return YES
    return no(
        t("纪要已经印发，代表建议不能再改。", "The minutes are issued; suggestions can no longer be changed."),
        "3.2e",
        t("先更正纪要，再改建议。", "Correct the minutes first."),
        code="issued",
    )


@carries("3.2e", title=t("代表建议逐条判断", "Each suggestion is judged"))
def may_judge(reasonable: bool, reason: str) -> Decision:  # noqa: FBT001 - the judgement itself
    """3.2e: a suggestion found not reasonable is given a reason."""
    if reasonable or reason.strip():
        return YES
    return no(
        t("判断为不写入纪要，要说明理由。", "Leaving it out needs a reason."),
        "3.2e",
        t("理由会答复代表。", "The representative gets the reason."),
        code="reason",
    )
