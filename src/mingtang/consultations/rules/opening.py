"""When a consultation may open and until when it runs (2.1a–b; 713 Art.14–15)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from mingtang.consultations.rules.opinions import CHANNEL_LABELS, Channel
from mingtang.consultations.rules.verifying import may_demand
from mingtang.consultations.rules.versions import unplaced
from mingtang.kernel.days import Counted, WorkCalendar
from mingtang.kernel.decision import YES, Decision, all_of, no, warn
from mingtang.kernel.obligations import carries
from mingtang.kernel.parameters import Figures
from mingtang.kernel.text import Text, t

CONSULTATION_KINDS: dict[str, Text] = {
    "major": t("重大行政决策", "Major decision"),
    "normdoc": t("规范性文件", "Normative document"),
    "market": t("涉企规范性文件", "Normative document on business"),
    "rule_draft": t("规章草案", "Draft rule"),
    "other": t("其他", "Other"),
}
PERIODS: dict[str, tuple[str, bool, str]] = {
    "major": ("consult.min_days_major", False, "713 Art.15"),
    "normdoc": ("consult.min_workdays_normdoc", True, "2.1"),
    "market": ("consult.min_days_market", False, "2.1"),
    "rule_draft": ("consult.min_days_rule_draft", False, "2.1"),
    "other": ("consult.min_days_other", False, "2.1"),
}


@dataclass(frozen=True, slots=True)
class OpeningFacts:
    """What the gate to opening needs to know."""

    kind: str
    documents: frozenset[str]
    clauses: int
    summary: str
    effects: int
    contact: str
    channels: int
    closes_on: date | None
    shorten_reason: str
    topic_approved: bool
    is_major: bool = False
    unplaced: int = 0
    unplaced_url: str = ""
    verified_only_reason: str = ""
    ways: str = ""
    provider: bool = False


def minimum_closing_day(kind: str, opens_on: date, figures: Figures, calendar: WorkCalendar) -> Counted:
    """The first day on which a consultation of this kind may close, counted from the day after opening."""
    key, by_workdays, _clause = PERIODS[kind]
    amount = figures.number(key)
    return calendar.add_working_days(opens_on, amount) if by_workdays else calendar.add_days(opens_on, amount)


@carries("2.1a", "2.1b", title=t("公开征求意见的条件", "Conditions for opening a consultation"))
def may_open(facts: OpeningFacts, opens_on: date, figures: Figures, calendar: WorkCalendar) -> Decision:
    """2.1a–b: approved, draft, basis and explanation there, plain words given, period long enough."""
    return all_of(
        _approved(facts),
        _kind(facts),
        *_documents(facts),
        _clauses(facts),
        unplaced(facts.unplaced, facts.unplaced_url) if facts.unplaced else YES,
        _plain_words(facts),
        _contact(facts),
        may_demand(facts.verified_only_reason, provider=facts.provider, ways=facts.ways),
        _period(facts, opens_on, figures, calendar),
        _channels(facts, figures),
    )


def _approved(facts: OpeningFacts) -> Decision:
    if facts.topic_approved:
        return YES
    return no(
        t("议题申报还没有批准。", "The declaration is not approved."),
        "3.2",
        t("先完成逐级审批。", "Finish the approval first."),
        code="not_approved",
    )


def _kind(facts: OpeningFacts) -> Decision:
    if facts.kind == "major" or not facts.is_major:
        return YES
    return no(
        t(
            "这是重大行政决策，不能按“{kind}”征求意见。",
            "This is a major decision; it cannot be consulted on as “{kind}”.",
            kind=CONSULTATION_KINDS[facts.kind],
        ),
        "713 Art.15",
        t("请把征求意见类型改为“重大行政决策”。", "Set the kind to “Major decision”."),
        code="kind",
    )


def _documents(facts: OpeningFacts) -> list[Decision]:
    wanted = (
        ("draft", t("决策草案", "draft"), "2.1a"),
        ("basis", t("决策依据", "basis"), "2.1a"),
        ("explanation", t("起草说明", "explanation"), "713 Art.15"),
    )
    return [
        no(
            t("还没有附上可以公开的{what}。", "There is no public {what} attached.", what=label),
            clause,
            t("在议题档案中附上文件，公开属性选“主动公开”。", "Attach it in the dossier with disclosure “public”."),
            code=f"no_{kind}",
        )
        for kind, label, clause in wanted
        if kind not in facts.documents
    ]


def _clauses(facts: OpeningFacts) -> Decision:
    if facts.clauses:
        return YES
    return no(
        t("草案还没有分条录入。", "The draft has no clauses yet."),
        "2.1a",
        t("粘贴文字或导入 DOCX，公众才能逐条提意见。", "Paste the text or import a DOCX so that people can comment clause by clause."),
        code="no_clauses",
    )


def _plain_words(facts: OpeningFacts) -> Decision:
    if facts.summary.strip() and facts.effects:
        return YES
    return no(
        t("还没有写“这件事与您有什么关系”。", "What it means for people is not written yet."),
        "2.1b",
        t("写一段大白话说明，并至少写明一类人受到的影响。", "Write a plain summary and name at least one group and what changes for it."),
        code="no_summary",
    )


def _contact(facts: OpeningFacts) -> Decision:
    if facts.contact.strip():
        return YES
    return no(
        t("没有写联系方式和提意见的办法。", "No contact is given."),
        "713 Art.15",
        t("写明电话、地址等提意见的途径。", "Say how people can send opinions."),
        code="no_contact",
    )


def _period(facts: OpeningFacts, opens_on: date, figures: Figures, calendar: WorkCalendar) -> Decision:
    key, by_workdays, clause = PERIODS[facts.kind]
    if facts.closes_on is None:
        return no(
            t("没有填截止日期。", "No closing day is given."), clause, t("请填写截止日期。", "Give the closing day."), code="no_closing"
        )
    least = minimum_closing_day(facts.kind, opens_on, figures, calendar).day
    if facts.closes_on >= least or facts.shorten_reason.strip():
        return (
            YES
            if facts.closes_on > opens_on
            else no(t("截止日期要晚于开始日期。", "It must close after it opens."), clause, code="backwards")
        )
    unit = t("个工作日", "working days") if by_workdays else t("日", "days")
    return no(
        t(
            "{closes} 截止不足法定 {n} {unit}。",
            "Closing on {closes} is short of the required {n} {unit}.",
            closes=facts.closes_on,
            n=figures.number(key),
            unit=unit,
        ),
        clause,
        t(
            "请改到 {least} 或以后；确因情况紧急等缩短的，写明理由，理由会公开。",
            "Move it to {least} or later; if urgency requires less, give the reason, which is published.",
            least=least,
        ),
        code="too_short",
    )


def _channels(facts: OpeningFacts, figures: Figures) -> Decision:
    least = figures.number("consult.min_channels")
    if facts.channels >= least:
        return YES
    return warn(
        t("只有 {n} 个公布渠道，宜不少于 {least} 个。", "Only {n} channels; at least {least} are advised.", n=facts.channels, least=least)
    )


def may_extend(state: str, closes_on: date | None, wanted: date, today: date) -> Decision:
    """713 Art.15: while it runs, and only to a later day; what has closed is not opened again."""
    if state == "open" and closes_on is not None and today > closes_on:
        return no(
            t("征求意见已于 {day} 24:00 截止，不能再延长。", "It closed on {day} at 24:00 and cannot be extended.", day=closes_on),
            "713 Art.15",
            t("截止后仍可录入线下意见。", "Opinions from paper and phone can still be keyed in."),
            code="over",
        )
    if closes_on is not None and wanted <= closes_on:
        return no(
            t("新的截止日期要晚于 {day}。", "The new closing day must be after {day}.", day=closes_on),
            "713 Art.15",
            t("期限只能延长，不能缩短。", "A period may be extended, not shortened."),
            code="shorter",
        )
    return YES


DOORS = (Channel.PAPER, Channel.PHONE, Channel.ON_SITE, Channel.SYMPOSIUM, Channel.VISIT, Channel.SURVEY, Channel.EMAIL, Channel.LETTER)


def low_response(opened_on: date, closes_on: date, today: date, people: int, figures: Figures) -> bool:
    """Whether half of the period is over and fewer people spoke than the figure expects: time to tell people again.

    Distinct people count: ten letters by one hand are one voice.
    """
    half_over = (today - opened_on) * 2 >= closes_on - opened_on
    return half_over and people < figures.number("consult.low_response_alert")


def unused_doors(numbers: Mapping[tuple[str, str], int]) -> list[Text]:
    """The ways of hearing people through which nothing came yet, those that reach most first."""
    return [CHANNEL_LABELS[door] for door in DOORS if not numbers.get(("channel", door))]


@carries("2.1a", title=t("期限内才能提意见", "Opinions are taken within the period"))
def may_take_opinions(state: str, closes_on: date | None, today: date, *, offline: bool = False) -> Decision:
    """713 Art.15: until 24:00 of the closing day; what arrived on paper or by phone may be keyed in until the report.

    The day is read when asked, so that no worker is needed for the period to end.
    """
    if state == "open" and (offline or closes_on is None or today <= closes_on):
        return YES
    if offline and state == "closed":
        return YES
    if state in {"open", "closed", "report_drafted", "report_approved", "reported"}:
        return no(
            t("征求意见已于 {day} 24:00 截止。", "The consultation closed on {day} at 24:00.", day=closes_on),
            "713 Art.15",
            t("可以在结果公布后提后续意见，或写信给领导信箱。", "You can still send a follow-up opinion after the result."),
            code="closed",
        )
    return no(t("这里现在不征求意见。", "No opinions are taken here now."), "2.1", code="not_open")
