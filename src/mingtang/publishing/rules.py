"""START HERE. States of a release, its reviews, its due days (2.3a, 2.3c, 2.3e; 711 Art.17, 26)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mingtang.kernel.days import Counted, WorkCalendar
from mingtang.kernel.decision import YES, Decision, all_of, no
from mingtang.kernel.obligations import carries
from mingtang.kernel.parameters import Bound, Figures, Level, Parameter, Unit
from mingtang.kernel.text import Text, t
from mingtang.kernel.workflow import State, Workflow, arrow

RELEASE = Workflow(
    "release",
    t("发布件", "The release"),
    (
        State("drafting", t("起草中", "Drafting")),
        State("review_1", t("一审", "First review")),
        State("review_2", t("二审", "Second review")),
        State("review_3", t("三审（含保密审查）", "Third review, with secrecy")),
        State("ready", t("待发布", "Ready")),
        State("published", t("已发布", "Published")),
        State("withdrawn", t("已撤下", "Withdrawn"), final=True),
    ),
    (
        arrow("submit", "drafting", "review_1", t("送审", "submit"), "711 Art.17"),
        arrow("pass_1", "review_1", "review_2", t("一审通过", "pass the first review"), "711 Art.17"),
        arrow("pass_2", "review_2", "review_3", t("二审通过", "pass the second review"), "711 Art.17"),
        arrow("pass_3", "review_3", "ready", t("三审通过", "pass the third review"), "711 Art.17"),
        arrow("return", ("review_1", "review_2", "review_3", "ready"), "drafting", t("退回", "return"), "711 Art.17", reason_required=True),
        arrow("publish", "ready", "published", t("发布", "publish"), "2.3a"),
        arrow("withdraw", "published", "withdrawn", t("撤下", "withdraw"), "711 Art.14", reason_required=True),
    ),
)
STAGES = {"review_1": 1, "review_2": 2, "review_3": 3}
KIND_LABELS: dict[str, Text] = {
    "result": t("审议结果", "Result"),
    "decision": t("决定和文件", "Decision"),
    "interpretation": t("政策解读", "Interpretation"),
    "improvement": t("后续改进", "Improvement"),
}
LAW = t("《政府信息公开条例》", "Regulation on Open Government Information")
LOCAL = t("本区规定，可自定", "Local rule; each government may set its own")
S711, LOC = date(2019, 5, 15), date(2026, 1, 1)
FIGURES: tuple[Parameter, ...] = (
    Parameter(
        "result.publish_workdays",
        t("会后公布结果", "Result published after the meeting"),
        5,
        Unit.WORKDAYS,
        LOC,
        LOCAL,
        Level.WARN,
        floor=20,
        bound=Bound.AT_MOST,
    ),
    Parameter(
        "publish.max_workdays",
        t("公布政府信息最长期限", "Longest time to publish"),
        20,
        Unit.WORKDAYS,
        S711,
        LAW,
        Level.HARD,
        floor=20,
        bound=Bound.AT_MOST,
    ),
    Parameter(
        "interpret.same_time",
        t("解读与文件同时公布", "Interpretation together with the document"),
        value=True,
        unit=Unit.YES_NO,
        since=LOC,
        source=LOCAL,
        level=Level.WARN,
    ),
    Parameter("interpret.max_workdays", t("解读最迟", "Interpretation at the latest"), 3, Unit.WORKDAYS, LOC, LOCAL, Level.WARN),
    Parameter("publish.review_levels", t("公开前审核道数", "Reviews before publication"), 3, Unit.COUNT, LOC, LOCAL, Level.HARD),
    Parameter(
        "publish.distinct_reviewers",
        t("各道由不同的人审", "Different reviewers"),
        value=True,
        unit=Unit.YES_NO,
        since=S711,
        source=LAW,
        level=Level.HARD,
        floor=True,
        bound=Bound.EXACTLY,
    ),
    Parameter(
        "secrecy.review_required",
        t("公开前保密审查", "Secrecy review before publication"),
        value=True,
        unit=Unit.YES_NO,
        since=S711,
        source=LAW,
        level=Level.HARD,
        floor=True,
        bound=Bound.EXACTLY,
    ),
    Parameter("secrecy.max_workdays", t("保密审查时限", "Secrecy review within"), 7, Unit.WORKDAYS, LOC, LOCAL, Level.WARN),
    Parameter("site.home_max_days", t("首页更新", "Home page updated within"), 14, Unit.DAYS, LOC, LOCAL, Level.WARN),
    Parameter("site.policy_max_days", t("政策栏目更新", "Policy column updated within"), 180, Unit.DAYS, LOC, LOCAL, Level.WARN),
)


@dataclass(frozen=True, slots=True)
class ReleaseFacts:
    """What the gate to review needs to know."""

    title: str
    body: str
    kind: str
    decided: bool
    reported_if_consulted: bool
    public_matter: bool


@carries("2.3a", "2.3e", title=t("发布结果的条件", "Conditions for publishing a result"))
def may_submit(facts: ReleaseFacts) -> Decision:
    """2.3a, 2.3e: a result follows a recorded decision; consulted matters have their adoption report public."""
    return all_of(
        YES
        if facts.public_matter
        else no(
            t("这件议题没有批准公开，不能发布。", "The matter is not approved for the public."),
            "711 Art.14",
            t("先完成申报审批；涉密或不予公开的不在本平台发布。", "Finish its approval; secret or withheld matters are not released here."),
            code="not_public",
        ),
        YES
        if facts.title.strip() and facts.body.strip()
        else no(t("标题和正文都要写。", "Title and text are needed."), "2.3a", t("请写全再送审。", "Complete it first."), code="empty"),
        YES
        if facts.decided or facts.kind in {"interpretation", "improvement"}
        else no(
            t("会议还没有对这件议题作出决定。", "The meeting has not decided on this matter."),
            "2.3a",
            t("先在会场控制台记录结果。", "Record the outcome on the console."),
            code="undecided",
        ),
        YES
        if facts.reported_if_consulted
        else no(
            t("征求意见的采纳情况还没有公布。", "The adoption report is not public."),
            "2.1e",
            t("先公布采纳情况报告。", "Publish it first."),
            code="not_reported",
        ),
    )


@carries("2.3a", "2.3e", title=t("结果公布期限", "When a result is due"))
def due_days(decided_on: date, figures: Figures, calendar: WorkCalendar) -> tuple[Counted, Counted]:
    """The day by which a result is due in this district, and the last lawful day (711 Art.26)."""
    return (
        calendar.add_working_days(decided_on, figures.number("result.publish_workdays")),
        calendar.add_working_days(decided_on, figures.number("publish.max_workdays")),
    )


@carries("2.3a", title=t("更正另发新件", "A correction is a new release"))
def may_correct(state: str, *, same_matter: bool) -> Decision:
    """711 Art.6: what was published is corrected by a release of its own; nothing is overwritten."""
    if state == "published" and same_matter:
        return YES
    return no(
        t("只能更正同一议题已发布的文件。", "Only something published on the same matter can be corrected."),
        "711 Art.6",
        t("请从要更正的文件打开“更正”。", "Open “Correct” on the document itself."),
        code="not_published",
    )


@carries("2.3c", title=t("政策解读期限", "When an interpretation is due"))
def interpretation_due(published_on: date, figures: Figures, calendar: WorkCalendar) -> Counted:
    """2.3c: a decision is explained together with its text, at the latest after `interpret.max_workdays`."""
    return calendar.add_working_days(published_on, figures.number("interpret.max_workdays"))
