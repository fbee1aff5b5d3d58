"""The other ways of listening: honest percentages, independent experts, departments with time to answer (2.1c)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from mingtang.hearings.rules.life import REACH_LABELS
from mingtang.kernel.days import WorkCalendar
from mingtang.kernel.decision import YES, Decision, all_of, no, warn
from mingtang.kernel.obligations import carries
from mingtang.kernel.parameters import Figures
from mingtang.kernel.text import NOTHING, Text, t

TENTHS = 1000


def percentages(counts: Sequence[int]) -> tuple[Fraction, ...]:
    """Shares in percent with one decimal that add up to 100 (largest remainder); all zero when nobody answered."""
    total = sum(counts)
    if not total:
        return tuple(Fraction(0) for _ in counts)
    exact = [Fraction(each * TENTHS, total) for each in counts]
    whole = [int(each) for each in exact]
    order = sorted(range(len(counts)), key=lambda at: (whole[at] - exact[at], at))
    for at in order[: TENTHS - sum(whole)]:
        whole[at] += 1
    return tuple(Fraction(each, 10) for each in whole)


def survey_says(reach: str, asked: int, answered: int) -> Text:
    """What every page with survey figures must say: n, how people were reached, what the figures do not show."""
    head = t("n = {n}。{how}", "n = {n}. {how}", n=answered, how=REACH_LABELS.get(reach, NOTHING))
    if asked:
        head = t("{head}，发放 {asked} 份。", "{head}, {asked} handed out.", head=head, asked=asked)
    if reach in {"self_selected", "invited"}:
        return t(
            "{head} 填答者是自己决定参加的，比例只说明这 {n} 人，不能代表全体居民。",
            "{head} Those who answered chose to; the shares describe these {n} people and not all residents.",
            head=head,
            n=answered,
        )
    if reach == "random" and asked:
        rate = percentages((answered, max(asked - answered, 0)))[0]
        return t("{head} 回收率 {rate}%。", "{head} Response rate {rate}%.", head=head, rate=decimal(rate))
    return head


def decimal(value: Fraction) -> str:
    """A share with one decimal, as people write it."""
    return f"{float(value):.1f}"


@dataclass(frozen=True, slots=True)
class SurveyFacts:
    """One survey question: how many options, how many answers in all, whether one may choose several."""

    title: str
    options: int
    answers: int
    several: bool


def may_finish_survey(reach: str, answered: int, asked: int, questions: Sequence[SurveyFacts]) -> Decision:
    """A survey says how people were reached, and no question has more answers than people."""
    if reach not in REACH_LABELS:
        return no(
            t("没有写明怎样找到填答的人。", "How people were reached is not said."),
            "2.1c",
            t("选“自愿填答”“随机抽样”或“全部对象”。", "Choose self-selected, random or everybody."),
            code="reach",
        )
    if asked and answered > asked:
        return no(
            t("收回 {n} 份多于发放的 {asked} 份。", "{n} answers to {asked} questionnaires.", n=answered, asked=asked),
            "2.1c",
            t("核对发放数和收回数。", "Check both numbers."),
            code="more_than_asked",
        )
    if not questions:
        return no(
            t("问卷没有题目。", "The survey has no questions."),
            "2.1c",
            t("先录入题目和各项人数。", "Key in the questions first."),
            code="empty",
        )
    return all_of(*(_counts(each, answered) for each in questions))


def _counts(each: SurveyFacts, answered: int) -> Decision:
    most = answered * each.options if each.several else answered
    if each.answers <= most:
        return YES
    return no(
        t(
            "“{q}”各项合计 {n}，多于填答的 {most} 人。",
            "“{q}” counts {n} answers of {most} people.",
            q=each.title,
            n=each.answers,
            most=answered,
        ),
        "2.1c",
        t("核对各项人数；多选题请标明“可多选”。", "Check the numbers; mark a question with several choices."),
        code="too_many",
    )


@dataclass(frozen=True, slots=True)
class ExpertFact:
    """One expert: of the own department, with a direct interest, for or against."""

    name: str
    own_department: bool
    conflict: bool
    declared: bool
    stance: str = ""


@carries("3.1a", "2.1c", title=t("专家论证的独立性和人数", "Experts: independence and numbers"))
def may_finish_expert(experts: Sequence[ExpertFact], figures: Figures, *, major: bool) -> Decision:
    """713 Art.20: no direct interest (hard); an odd number, enough, mostly from outside, not all of one mind (warned)."""
    return all_of(*(_independent(each) for each in experts), _how_many(len(experts), figures, major=major), _mix(experts, figures))


def _independent(each: ExpertFact) -> Decision:
    if each.conflict:
        return no(
            t("{name}与决策事项有直接利害关系。", "{name} has a direct interest in the matter.", name=each.name),
            "713 Art.20",
            t("请其回避，改请他人。", "They step back; invite somebody else."),
            code="conflict",
        )
    if not each.declared:
        return no(
            t("{name}还没有作无利害关系的声明。", "{name} has not declared that there is no interest.", name=each.name),
            "713 Art.20",
            t("请本人声明后再论证。", "Ask for the declaration first."),
            code="undeclared",
        )
    return YES


def _how_many(n: int, figures: Figures, *, major: bool) -> Decision:
    if not n:
        return no(t("还没有专家。", "There are no experts yet."), "713 Art.19", t("先录入专家。", "Add them first."), code="nobody")
    least = figures.number("expert.min_count_major" if major else "expert.min_count")
    warnings = []
    if n < least:
        warnings.append(t("专家 {n} 人，宜不少于 {least} 人。", "{n} experts; at least {least} are advised.", n=n, least=least))
    if figures.on("expert.odd") and n % 2 == 0:
        warnings.append(t("专家人数宜为单数，现为 {n} 人。", "The number of experts should be odd; it is {n}.", n=n))
    return warn(*warnings) if warnings else YES


def _mix(experts: Sequence[ExpertFact], figures: Figures) -> Decision:
    own, most = sum(each.own_department for each in experts), figures.ratio("expert.max_dept_ratio")
    warnings = []
    if own > most * len(experts):
        warnings.append(t("本部门专家 {n} 人，超过 {r}。", "{n} experts are the department's own, more than {r}.", n=own, r=str(most)))
    if experts and all(each.stance == "for" for each in experts):
        warnings.append(t("全部专家都赞成，宜有不同意见的专家。", "All experts agree; invite differing views too."))
    return warn(*warnings) if warnings else YES


@carries("2.1c", title=t("征求部门意见留够时间", "Departments have time to answer"))
def may_ask_departments(
    today: date, due_on: date | None, departments: int, reason: str, figures: Figures, calendar: WorkCalendar
) -> Decision:
    """8.1: departments have at least five working days; less only with a recorded reason."""
    if not departments:
        return no(
            t("没有选部门。", "No departments are chosen."), "2.1c", t("选与议题有关的部门。", "Choose those concerned."), code="nobody"
        )
    least = figures.number("dept_consult.min_workdays")
    earliest = calendar.add_working_days(today, least)
    if due_on is None:
        return no(t("没有填回复期限。", "No day for the reply is given."), "2.1c", t("填写期限。", "Give one."), code="no_day")
    if due_on >= earliest.day:
        return YES
    if reason.strip() and due_on > today:
        return warn(t("回复期限不足 {n} 个工作日，理由已记录。", "Fewer than {n} working days; the reason is recorded.", n=least))
    return no(
        t("{day} 前回复，不足 {n} 个工作日。", "A reply by {day} is fewer than {n} working days.", day=due_on, n=least),
        "2.1c",
        t("改到 {day} 或以后；确有紧急情况的写明理由。", "Move it to {day} or later, or write why it is urgent.", day=earliest.day),
        code="too_short",
    )


def may_finish_asking(today: date, due_on: date | None, silent: Sequence[str]) -> Decision:
    """The consultation of departments ends when all have answered or the day is over; silence is not “no opinion”."""
    if not silent:
        return YES
    if due_on is not None and today <= due_on:
        return no(
            t("期限 {day} 未到，还没有回复：{who}。", "The day is {day}; no reply yet from: {who}.", day=due_on, who=tuple(silent)),
            "2.1c",
            t("到期后再结束。", "End it when the period is over."),
            code="waiting",
        )
    return warn(t("{who}没有回复，单列，不计作“无意见”。", "No reply from {who}; counted apart from “no opinion”.", who=tuple(silent)))


def may_finish_meeting(people: int, summary: str) -> Decision:
    """A symposium or visit says whom it heard and what they said."""
    if people and summary.strip():
        return YES
    return no(
        t("还没有写参加的人和情况。", "Who was there and what was said is missing."),
        "2.1c",
        t("写明参加人数和情况摘要。", "Give the number of people and a summary."),
        code="incomplete",
    )


def told_of_it(told_at: datetime | None, corrected_at: datetime | None) -> bool:
    """1.12, 2.1e: whether somebody heard was told what became of their points, after the last correction of the answer too."""
    return told_at is not None and (corrected_at is None or told_at >= corrected_at)
