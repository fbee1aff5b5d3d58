"""Answers: verdicts, what is concentrated, the one-place rule, when the report may be published (2.1e–f)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mingtang.kernel.decision import YES, Decision, all_of, no
from mingtang.kernel.obligations import carries
from mingtang.kernel.parameters import Figures
from mingtang.kernel.text import Text, t


class Verdict(StrEnum):
    """What became of an opinion."""

    ADOPTED = "adopted"
    PARTLY = "partly"
    COVERED = "covered"
    NOT_ADOPTED = "not_adopted"
    OUT_OF_SCOPE = "out_of_scope"
    PASSED_ON = "passed_on"


VERDICT_LABELS: dict[str, Text] = {
    Verdict.ADOPTED: t("采纳", "Adopted"),
    Verdict.PARTLY: t("部分采纳", "Partly adopted"),
    Verdict.COVERED: t("已涵盖", "Already covered"),
    Verdict.NOT_ADOPTED: t("未采纳", "Not adopted"),
    Verdict.OUT_OF_SCOPE: t("不属本件", "Out of scope"),
    Verdict.PASSED_ON: t("转办", "Passed on"),
}
VERDICT_SHAPES: dict[str, str] = {
    Verdict.ADOPTED: "full",
    Verdict.PARTLY: "half",
    Verdict.COVERED: "hatch",
    Verdict.NOT_ADOPTED: "none",
    Verdict.OUT_OF_SCOPE: "out",
    Verdict.PASSED_ON: "pass",
}
NEEDS_REASON = frozenset({Verdict.NOT_ADOPTED, Verdict.PARTLY, Verdict.OUT_OF_SCOPE, Verdict.PASSED_ON, Verdict.COVERED})


@dataclass(frozen=True, slots=True)
class Places:
    """Where the received opinions are; `homeless` must reach 0."""

    received: int
    grouped: int
    single: int
    withheld: int

    @property
    def homeless(self) -> int:
        """Opinions in no place yet."""
        return self.received - self.grouped - self.single - self.withheld


@dataclass(frozen=True, slots=True)
class GroupFact:
    """One group for the gate: its title, people, verdict and reason."""

    title: str
    people: int
    opinions: int
    verdict: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """What the gate to publishing the report needs to know; `groups` may leave out those answered at length."""

    places: Places
    people: int
    groups: tuple[GroupFact, ...]
    unanswered_singles: int
    intro: str
    signed: bool


@carries("2.1f", title=t("相对集中的意见", "Concentrated opinions"))
def concentrated(people: int, total_people: int, figures: Figures) -> bool:
    """2.1f: whether a group is concentrated: enough distinct people, or a large enough share of all.

    Copies by one person count once. A share counts only from two people on.
    """
    if people >= figures.number("opinion.concentrated_people"):
        return True
    share = figures.ratio("opinion.concentrated_ratio")
    return people > 1 and total_people > 0 and people >= share * total_people


@carries("2.1f", title=t("不采纳须说明理由", "A reason for what is not adopted"))
def may_answer(verdict: str, reason: str, *, is_concentrated: bool, figures: Figures) -> Decision:
    """2.1f: every verdict but a full adoption has a reason; for concentrated ones a real sentence."""
    if verdict not in VERDICT_LABELS:
        return no(t("请选择处理结果。", "Choose a verdict."), "2.1e", code="verdict")
    if verdict not in NEEDS_REASON:
        return YES
    label = VERDICT_LABELS[verdict]
    if not reason.strip():
        return no(
            t("“{verdict}”要说明理由。", "“{verdict}” needs a reason.", verdict=label),
            "2.1f" if is_concentrated else "2.1e",
            t(
                "写给提意见的人看：为什么、依据什么、还能怎么办。",
                "Write it for the people who said so: why, on what basis, what else they can do.",
            ),
            code="no_reason",
        )
    least = figures.number("opinion.reason_min_characters")
    if is_concentrated and len(reason.strip()) < least:
        return no(
            t(
                "这组意见相对集中，理由只有 {n} 字。",
                "This group is concentrated; its reason has only {n} characters.",
                n=len(reason.strip()),
            ),
            "2.1f",
            t("至少写 {least} 字，把道理说清楚。", "Write at least {least} characters and make the case.", least=least),
            code="short_reason",
        )
    return YES


@carries("2.1e", "2.1f", title=t("公布采纳报告的条件", "Conditions for publishing the adoption report"))
def may_publish_report(facts: ReportFacts, figures: Figures) -> Decision:
    """2.1e–f: every opinion in one place, every group answered, reasons given, every level signed."""
    return all_of(
        _all_placed(facts),
        *_groups(facts, figures),
        _singles(facts),
        _signed(facts.signed),
    )


@carries("2.1e", title=t("每条意见都有着落", "Every opinion has its place"))
def may_submit_report(facts: ReportFacts, figures: Figures) -> Decision:
    """2.1e: the report goes to signature complete."""
    intro = (
        YES
        if facts.intro.strip()
        else no(
            t("报告没有写总体情况。", "The report has no introduction."),
            "2.1e",
            t("写几句征集过程和总体情况。", "Write a few sentences on how opinions were gathered."),
            code="no_intro",
        )
    )
    return all_of(_all_placed(facts), *_groups(facts, figures), _singles(facts), intro)


def _all_placed(facts: ReportFacts) -> Decision:
    homeless = facts.places.homeless
    if homeless == 0:
        return YES
    return no(
        t("还有 {n} 条意见没有着落（共 {all} 条）。", "{n} of {all} opinions have no place yet.", n=homeless, all=facts.places.received),
        "2.1e",
        t("归入一组、单独答复，或注明依法不显示。", "Group them, answer them singly, or withhold them with the lawful reason."),
        code="homeless",
    )


def _groups(facts: ReportFacts, figures: Figures) -> list[Decision]:
    found = []
    for group in facts.groups:
        if not group.verdict:
            found.append(
                no(
                    t(
                        "“{title}”还没有处理结果（{n} 条）。",
                        "“{title}” has no verdict ({n} opinions).",
                        title=group.title,
                        n=group.opinions,
                    ),
                    "2.1e",
                    t("在分组台写上处理结果和理由。", "Give verdict and reason on the grouping desk."),
                    code="no_verdict",
                )
            )
            continue
        hot = concentrated(group.people, facts.people, figures)
        answer = may_answer(group.verdict, group.reason, is_concentrated=hot, figures=figures)
        if not answer:
            found.append(
                no(
                    t("“{title}”：{why}", "“{title}”: {why}", title=group.title, why=answer.reason),
                    answer.clause,
                    answer.remedy,
                    code=answer.code,
                )
            )
    return found


def _singles(facts: ReportFacts) -> Decision:
    if not facts.unanswered_singles:
        return YES
    return no(
        t("有 {n} 条单独答复没有理由。", "{n} single replies lack a reason.", n=facts.unanswered_singles),
        "2.1e",
        t("补写理由。", "Write the reasons."),
        code="single_reason",
    )


def _signed(signed: bool) -> Decision:  # noqa: FBT001 - a fact, not a switch
    if signed:
        return YES
    return no(
        t("报告还没有逐级签署完。", "Not every level has signed the report."),
        "3.4b",
        t("请送签，或请轮到的一级签署。", "Send it for signature, or ask the level whose turn it is."),
        code="unsigned",
    )
