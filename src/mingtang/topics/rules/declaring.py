"""What a declaration must say before it may be submitted (3.2a, 1.2a, 1.3a–b; law.md Appendix E)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from mingtang.kernel.decision import YES, Decision, all_of, no
from mingtang.kernel.obligations import carries
from mingtang.kernel.text import NOTHING, Text, t
from mingtang.topics.rules.kinds import PARTIAL, OpennessForm


@dataclass(frozen=True, slots=True)
class Facts:
    """A declaration as values, for the rules."""

    title: str = ""
    background: str = ""
    content: str = ""
    focus_areas: frozenset[str] = frozenset()
    touches_interests: bool | None = None
    is_major: bool | None = None
    major_category: str = ""
    exclusion: str = ""
    forms: frozenset[str] = frozenset()
    broadcast_url: str = ""
    closing_ground: str = ""
    closing_reason: str = ""
    seats: Mapping[str, int] = field(default_factory=dict)
    rationales: Mapping[str, str] = field(default_factory=dict)
    seats_total: int = 0
    disclosure: str = ""
    disclosure_ground: str = ""
    form_reason: str = ""
    meeting_kind: str = ""
    wished_on: date | None = None
    contact: str = ""
    interpretation_plan: str = ""
    documents: frozenset[str] = frozenset()
    steps_answered: int = 0
    is_secret: bool = False


@dataclass(frozen=True, slots=True)
class Missing:
    """One item of the declaration: present, absent or wrong, and in which step of the wizard it is."""

    step: int
    label: Text
    why: Text = NOTHING
    clause: str = ""
    present: bool = False
    wrong: bool = False


Check = tuple[int, Text, str, Callable[[Facts], bool]]

ITEMS: tuple[Check, ...] = (
    (1, t("议题名称", "Title"), "3.2", lambda facts: bool(facts.title)),
    (1, t("背景和依据", "Background and basis"), "3.2", lambda facts: bool(facts.background)),
    (1, t("主要内容", "Main content"), "3.2", lambda facts: bool(facts.content)),
    (1, t("重点领域", "Focus area"), "1.2", lambda facts: bool(facts.focus_areas) or facts.touches_interests is False),
    (1, t("是否关系群众切身利益", "Does it touch people's interests"), "1.2", lambda facts: facts.touches_interests is not None),
    (1, t("联系方式", "Contact"), "3.2", lambda facts: bool(facts.contact)),
    (2, t("会议开放形式", "Form of openness"), "3.2", lambda facts: bool(facts.forms)),
    (2, t("为什么这样开放", "Why this form"), "3.1", lambda facts: bool(facts.form_reason)),
    (2, t("邀请代表类别和席位", "Audiences and seats"), "1.3", lambda facts: not _attended(facts) or bool(facts.seats)),
    (
        2,
        t("为什么请这些人", "Why these people"),
        "1.3",
        lambda facts: not _attended(facts) or (bool(facts.seats) and all(facts.rationales.get(each, "").strip() for each in facts.seats)),
    ),
    (3, t("是否重大行政决策", "Is it a major decision"), "3.1", lambda facts: facts.is_major is not None),
    (
        3,
        t("重大事项类别或排除理由", "Category or reason for exclusion"),
        "713 Art.3",
        lambda facts: bool(facts.major_category if facts.is_major else facts.exclusion),
    ),
    (3, t("五项程序逐项填写", "Each of the five steps answered"), "3.1", lambda facts: not facts.is_major or facts.steps_answered == 5),  # noqa: PLR2004 - five statutory steps
    (4, t("决策草案（文件）", "Draft (document)"), "2.1", lambda facts: "draft" in facts.documents),
    (4, t("决策依据（文件）", "Basis (document)"), "2.1", lambda facts: "basis" in facts.documents),
    (4, t("起草说明（文件）", "Explanation (document)"), "713 Art.15", lambda facts: "explanation" in facts.documents),
    (4, t("公开属性", "Disclosure"), "711 Art.5", lambda facts: bool(facts.disclosure)),
    (4, t("解读方案", "Plan for interpretation"), "2.3", lambda facts: bool(facts.interpretation_plan)),
    (5, t("拟上会议类型", "Kind of meeting"), "1.1", lambda facts: bool(facts.meeting_kind)),
    (5, t("希望上会日期", "Wished day"), "3.2", lambda facts: facts.wished_on is not None),
)


def _attended(facts: Facts) -> bool:
    return OpennessForm.ATTENDANCE in facts.forms


@carries("3.2a", "1.3a", "1.3b", title=t("申报表完整性检查", "Completeness of the declaration"))
def completeness(facts: Facts) -> tuple[Missing, ...]:
    """Every required item in the wizard's order, each present, absent or wrong; a secret stub has its name only."""
    if facts.is_secret:
        return (Missing(1, t("代号", "Code name"), clause="711 Art.14", present=bool(facts.title)),)
    wrong = {(item.step, item.label): item for item in _wrong(facts)}
    items = [wrong.pop((step, label), Missing(step, label, clause=clause, present=check(facts))) for step, label, clause, check in ITEMS]
    return (*items, *wrong.values())


def _wrong(facts: Facts) -> list[Missing]:
    found: list[Missing] = []
    total = sum(facts.seats.values())
    if _attended(facts) and facts.seats and facts.seats_total != total:
        why = t(
            "席位合计 {total}，各类相加是 {sum}。请改其中一个。",
            "Seats total {total}, but the audiences add up to {sum}. Change one of them.",
            total=facts.seats_total,
            sum=total,
        )
        found.append(Missing(2, t("席位合计不符", "Seats do not add up"), why, "3.2", wrong=True))
    if OpennessForm.CLOSED in facts.forms and len(facts.forms) > 1:
        why = t("选了“不开放”就不能再选其他形式。", "“Not open” excludes every other form.")
        found.append(Missing(2, t("开放形式互相矛盾", "Forms contradict each other"), why, "3.2", wrong=True))
    if OpennessForm.BROADCAST in facts.forms and not facts.broadcast_url:
        found.append(
            Missing(2, t("直播网址", "Broadcast address"), t("选了直播，请填写观看网址。", "Broadcast is chosen; give the address."), "2.2")
        )
    if facts.disclosure and facts.disclosure != "open" and not facts.disclosure_ground:
        found.append(
            Missing(
                4,
                t("不公开的法定依据", "Legal ground for not publishing"),
                t("公开是常态，不公开须写明依据。", "Openness is the rule; name the ground."),
                "711 Art.16",
            )
        )
    return found


@carries("1.2a", title=t("重点领域议题原则上开放", "Topics in focus areas are open"))
def may_close(facts: Facts) -> Decision:
    """1.2a: a topic in a focus area that touches people's interests is closed only with ground and reason."""
    if OpennessForm.CLOSED not in facts.forms:
        return YES
    if facts.closing_ground and facts.closing_reason.strip():
        return YES
    focus = bool(facts.focus_areas) or bool(facts.touches_interests)
    return no(
        t(
            "本议题属于重点领域或关系群众切身利益，选择“不开放”没有写明法定依据和理由。",
            "This matter is of a focus area or touches people's interests; “not open” lacks its legal ground and reason.",
        )
        if focus
        else t("选择“不开放”没有写明法定依据和理由。", "“Not open” lacks its legal ground and reason."),
        "1.2",
        t(
            "在第二步选择法定依据并写明理由，或改选一种开放形式。",
            "Choose the ground and write the reason in step two, or choose a form of openness.",
        ),
        code="closing",
    )


@carries("3.2a", title=t("开放形式和代表类别随申报表一同报批", "Form and audiences are approved with the declaration"))
def may_submit(facts: Facts) -> Decision:
    """3.2a: a declaration is submitted complete; a secret stub needs only its title code."""
    if facts.is_secret:
        return YES if facts.title else no(t("涉密议题须有代号。", "A secret matter needs a code name."), "3.2")
    refusals = [
        no(
            item.why or t("缺“{label}”。", "“{label}” is missing.", label=item.label),
            item.clause,
            t("请到第 {step} 步补齐。", "Complete it in step {step}.", step=item.step),
            code="incomplete",
        )
        for item in completeness(facts)
        if not item.present
    ]
    return all_of(may_close(facts), *refusals)


@carries("3.2a", title=t("批准后改变开放形式须重新报批", "A change after approval is approved anew"))
def change_reopens(before: Facts, after: Facts) -> bool:
    """3.2a: whether a change touches what was approved together: form, audiences, seats, closing."""
    watched = ("forms", "seats", "seats_total", "closing_ground", "disclosure", "meeting_kind")
    return any(getattr(before, name) != getattr(after, name) for name in watched)


REQUIRED_PAPERS = frozenset({"draft", "basis", "explanation"})


def may_remove(state: str, kind: str, *, others: bool) -> Decision:
    """2.1: what was submitted with a declaration stays with it; the last draft, basis or explanation too."""
    if state not in {"submitted", "approved"} or kind not in REQUIRED_PAPERS or others:
        return YES
    return no(
        t("这份文件已随申报表报批，不能删除。", "This document was submitted with the declaration and cannot be removed."),
        "2.1",
        t("请先附上新的一份，或退回、重新报批后再删。", "Attach a new one first, or have the declaration returned or reopened."),
        code="submitted",
    )


def may_release_part(disclosure: str, *, has_copy: bool, parts: int) -> Decision:
    """711 Art.37: what can be told apart is published; the rest is named, with the reason."""
    if disclosure != PARTIAL or (has_copy and parts):
        return YES
    if not has_copy:
        return no(
            t("部分公开要有遮盖后的副本。", "Publishing a part needs a redacted copy."),
            "711 Art.37",
            t("请上传遮盖后的副本，原件只留内部。", "Upload the redacted copy; the original stays inside."),
            code="no_copy",
        )
    return no(
        t("没有写遮盖了哪里、为什么。", "What is withheld, and why, is not said."),
        "711 Art.37",
        t("一行写一处和理由，会随副本公开。", "One place and its reason a line; they are published with the copy."),
        code="no_parts",
    )
