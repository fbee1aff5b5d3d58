"""The five statutory steps of a major decision, and whether a matter may be tabled (3.1a)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from mingtang.kernel.days import WorkCalendar
from mingtang.kernel.decision import YES, Decision, all_of, no, warn
from mingtang.kernel.obligations import carries
from mingtang.kernel.parameters import Figures
from mingtang.kernel.text import Text, t
from mingtang.topics.rules.kinds import STEP_LABELS, MeetingKind, StepKind, StepStatus


@dataclass(frozen=True, slots=True)
class StepFact:
    """One step as values: how far, since when, with which outcome."""

    kind: str
    status: str = StepStatus.OPEN
    started_on: date | None = None
    done_on: date | None = None
    outcome: str = ""
    reason: str = ""
    number: int = 0
    has_document: bool = False


@dataclass(frozen=True, slots=True)
class StatutoryFacts:
    """What the gate to the meeting needs to know of a matter."""

    is_major: bool
    steps: Mapping[str, StepFact] = field(default_factory=dict)

    def step(self, kind: str) -> StepFact:
        """One step; open when nothing was recorded."""
        return self.steps.get(kind, StepFact(kind))


LEGALITY_OUTCOMES: dict[str, Text] = {
    "lawful": t("合法", "Lawful"),
    "lawful_after_change": t("修改后合法", "Lawful after changes"),
    "unlawful": t("不合法", "Unlawful"),
    "exploratory": t("探索性改革，已明示法律风险", "Exploratory reform, legal risk stated"),
}
RISK_OUTCOMES: dict[str, Text] = {
    "low": t("低风险", "Low risk"),
    "medium": t("中风险，可控", "Medium risk, controllable"),
    "high": t("高风险", "High risk"),
    "uncontrollable": t("不可控", "Not controllable"),
}
PASSED = frozenset({"lawful", "lawful_after_change", "exploratory"})
CONTROLLABLE = frozenset({"low", "medium"})
BEFORE_MEETING = (StepKind.PARTICIPATION, StepKind.EXPERT, StepKind.RISK, StepKind.LEGALITY)
NEVER_SKIPPED = frozenset({StepKind.LEGALITY, StepKind.COLLECTIVE})


@carries("3.1a", title=t("五项法定程序", "The five statutory steps"))
def may_be_tabled(facts: StatutoryFacts, kind: str, figures: Figures, calendar: WorkCalendar) -> Decision:
    """3.1a, 713 Art.14–30: a major decision is tabled with every step before the meeting done.

    It is decided only in a plenary or executive meeting; matters that are not major pass.
    """
    if not facts.is_major:
        return YES
    return all_of(
        _meeting_kind(kind),
        *(_step_done(facts.step(step)) for step in BEFORE_MEETING),
        _legality(facts.step(StepKind.LEGALITY), figures, calendar),
        _risk(facts.step(StepKind.RISK)),
        _experts(facts.step(StepKind.EXPERT), figures),
    )


def _meeting_kind(kind: str) -> Decision:
    if kind in (MeetingKind.PLENARY, MeetingKind.EXECUTIVE):
        return YES
    return no(
        t("重大行政决策只能由政府全体会议或常务会议集体讨论决定。", "A major decision is taken only by a plenary or executive meeting."),
        "713 Art.30",
        t("请改排全体会议或常务会议，或在此仅作通报。", "Put it before a plenary or executive meeting instead."),
        code="meeting_kind",
    )


def _step_done(step: StepFact) -> Decision:
    label = STEP_LABELS[step.kind]
    if step.status == StepStatus.DONE:
        return YES
    if step.status == StepStatus.NOT_NEEDED and step.kind not in NEVER_SKIPPED and step.reason.strip():
        return YES
    return no(
        t("“{label}”还没有完成。", "“{label}” is not done yet.", label=label),
        "3.1",
        t(
            "请在议题档案中完成这项程序并附文件；确不需要的写明理由。",
            "Complete it in the dossier with its document; if it is not needed, give the reason.",
        ),
        code=f"step_{step.kind}",
    )


def _legality(step: StepFact, figures: Figures, calendar: WorkCalendar) -> Decision:
    if step.status != StepStatus.DONE:
        return YES
    if step.outcome not in PASSED:
        return no(
            t("合法性审查没有通过。", "The legality review was not passed."),
            "713 Art.25",
            t("按审查意见修改后重新送审。", "Revise it as the review asks and submit it again."),
            code="unlawful",
        )
    least = figures.number("legal.min_workdays")
    taken = calendar.working_days_between(step.started_on, step.done_on) if step.started_on and step.done_on else 0
    if taken >= least:
        return YES
    return no(
        t(
            "合法性审查只用了 {taken} 个工作日，不少于 {least} 个。",
            "The legality review took {taken} working days; at least {least} are required.",
            taken=taken,
            least=least,
        ),
        "713 Art.26",
        t("审查时间从材料齐备之日起算；请补足后再上会。", "The time counts from complete papers; meet it before tabling."),
        code="legality_short",
    )


def _risk(step: StepFact) -> Decision:
    if step.status != StepStatus.DONE or step.outcome in CONTROLLABLE:
        return YES
    return no(
        t("风险评估结论不是可控。", "The risk was not found controllable."),
        "713 Art.24",
        t("采取措施把风险降到可控，重新评估后再上会。", "Bring the risk under control and assess it again."),
        code="risk",
    )


def _experts(step: StepFact, figures: Figures) -> Decision:
    if step.status != StepStatus.DONE:
        return YES
    least = figures.number("expert.min_count_major")
    if step.number < least:
        return warn(t("专家 {n} 人，一般不少于 {least} 人。", "{n} experts; usually at least {least}.", n=step.number, least=least))
    if figures.on("expert.odd") and step.number % 2 == 0:
        return warn(t("专家 {n} 人，宜为单数。", "{n} experts; an odd number is advised.", n=step.number))
    return YES


def steps_complete(facts: StatutoryFacts) -> bool:
    """Whether all five steps are done or lawfully not needed."""
    return all(bool(_step_done(facts.step(step))) for step in StepKind)


@carries("3.1a", title=t("程序不需要时须写明理由", "A step not needed has its reason"))
def may_record_step(kind: str, status: str, reason: str) -> Decision:
    """713 Art.25, 30: legality review and collective decision are never skipped; skipping needs a reason."""
    if status != StepStatus.NOT_NEEDED:
        return YES
    if kind in NEVER_SKIPPED:
        return no(
            t("“{label}”不能省略。", "“{label}” cannot be left out.", label=STEP_LABELS[kind]),
            "713 Art.25",
            t("请选择进行中或已完成。", "Choose under way or done."),
            code="never_skipped",
        )
    if not reason.strip():
        return no(
            t("“{label}”不需要，请写明理由。", "“{label}” is not needed: give the reason.", label=STEP_LABELS[kind]),
            "3.1",
            t("理由会随议题公开。", "The reason is published with the matter."),
            code="reason_missing",
        )
    return YES
