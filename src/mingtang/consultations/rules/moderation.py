"""Four eyes on what is withheld, copies by the same person, appeals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from mingtang.kernel.decision import YES, Decision, no
from mingtang.kernel.parameters import Figures
from mingtang.kernel.text import t

AT_ONCE = frozenset({"unlawful", "personal_data"})
PROPOSED = ("doubted", "disputed", "hidden")
VISIBLE = frozenset({"shown", "disputed"})  # what was shown stays so until a second person confirms


def takes_two(figures: Figures) -> bool:
    """Whether somebody else must confirm that an opinion is withheld."""
    return figures.number("moderation.four_eyes") > 1


def may_hide(code: str) -> Decision:
    """Only what is unlawful or names somebody else is hidden before a second person looks."""
    if code in AT_ONCE:
        return YES
    return no(
        t("只有违法内容和他人个人信息可以先行隐藏。", "Only unlawful content and personal data of others are hidden at once."),
        "711 Art.14",
        t("其他情形请提出不显示，由另一人确认。", "Propose to withhold it; somebody else confirms."),
        code="not_urgent",
    )


@dataclass(frozen=True, slots=True)
class Copy:
    """What is known of the opinion said to be kept instead."""

    found: bool
    same_person: bool = False
    is_itself: bool = False
    state: str = ""


def may_be_copy(kept: Copy) -> Decision:
    """A duplicate names the opinion of the same person that is kept: nobody loses their voice by it."""
    if kept.found and kept.same_person and not kept.is_itself and kept.state not in {"withheld", "hidden", "doubted"}:
        return YES
    return no(
        t("没有找到同一人保留下来的另一条意见。", "There is no other opinion of the same person that is kept."),
        "2.1",
        t(
            "不同的人说同样的话各算一条，请归入一组；同一人的请写明保留哪一条的回执号。",
            "Different people who say the same each count: group them. For one person, give the receipt of the opinion that is kept.",
        ),
        code="copy",
    )


def appeal_until(decided_on: date, figures: Figures) -> date:
    """The last day for an appeal."""
    return decided_on + timedelta(days=figures.number("moderation.appeal_days"))


def may_appeal(state: str, *, appealed: bool, until: date | None, today: date) -> Decision:
    """Once against each decision, while the days for it run."""
    if state != "withheld" or until is None:
        return no(
            t("这条意见没有可以申诉的决定。", "There is no decision on this opinion to appeal against."),
            "711 Art.17",
            t("审核结果见回执页。", "The receipt page says how it stands."),
            code="nothing",
        )
    if appealed:
        return no(
            t("对这一决定已经申诉过了。", "This decision was appealed against already."),
            "711 Art.17",
            t("复议结果会写在回执页上。", "The outcome is written on the receipt page."),
            code="appealed",
        )
    if today > until:
        return no(
            t("申诉期限到 {day} 为止，已经过了。", "The time for an appeal ended on {day}.", day=until),
            "711 Art.17",
            t("仍有意见的，请按征求意见页上的联系方式反映。", "Use the contact on the consultation's page."),
            code="too_late",
        )
    return YES


def may_say_why(words: str) -> Decision:
    """An appeal says why."""
    if words.strip():
        return YES
    return no(
        t("还没有写申诉理由。", "The appeal has no words."),
        "711 Art.17",
        t("请写明为什么应当显示。", "Say why the opinion should be shown."),
        code="empty",
    )


def confirm_by(proposed_at: datetime, figures: Figures) -> datetime:
    """Until when an opinion hidden at once must be confirmed."""
    return proposed_at + timedelta(hours=figures.number("moderation.confirm_hours"))
