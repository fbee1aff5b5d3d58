"""What an opinion is: where it came from, how it stands, why one may be withheld."""

from __future__ import annotations

from enum import StrEnum

from mingtang.kernel.decision import YES, Decision, no
from mingtang.kernel.text import Text, t


class Channel(StrEnum):
    """Through which door an opinion came (law.md 0.15)."""

    WEB = "web"
    PHONE = "phone"
    PAPER = "paper"
    ON_SITE = "on_site"
    LETTER = "letter"
    EMAIL = "email"
    SYMPOSIUM = "symposium"
    SURVEY = "survey"
    HEARING = "hearing"
    VISIT = "visit"
    EXPERT = "expert"
    DEPARTMENT = "department"
    MEDIA = "media"
    IMPORT = "import"


CHANNEL_LABELS: dict[str, Text] = {
    Channel.WEB: t("网上", "Web"),
    Channel.PHONE: t("电话", "Phone"),
    Channel.PAPER: t("纸质", "Paper"),
    Channel.ON_SITE: t("现场", "On site"),
    Channel.LETTER: t("信函", "Letter"),
    Channel.EMAIL: t("邮件", "E-mail"),
    Channel.SYMPOSIUM: t("座谈", "Symposium"),
    Channel.SURVEY: t("问卷", "Survey"),
    Channel.HEARING: t("听证", "Hearing"),
    Channel.VISIT: t("走访", "Field visit"),
    Channel.EXPERT: t("专家", "Experts"),
    Channel.DEPARTMENT: t("部门", "Departments"),
    Channel.MEDIA: t("媒体", "Media"),
    Channel.IMPORT: t("其他平台", "Other platform"),
}
OFFLINE = frozenset(Channel) - {Channel.WEB}


class Stance(StrEnum):
    """How an opinion stands; asked, never guessed."""

    FOR = "for"
    AGAINST = "against"
    CHANGE = "change"
    ASK = "ask"
    NONE = "none"


STANCE_LABELS: dict[str, Text] = {
    Stance.FOR: t("赞成", "For"),
    Stance.AGAINST: t("反对", "Against"),
    Stance.CHANGE: t("建议修改", "Change"),
    Stance.ASK: t("只想问一问", "Question"),
    Stance.NONE: t("未注明", "Not stated"),
}

WITHHOLD_LABELS: dict[str, Text] = {
    "abuse": t("侮辱、谩骂", "Abuse"),
    "unlawful": t("含法律法规禁止的内容", "Unlawful content"),
    "personal_data": t("含他人个人信息", "Personal data of others"),
    "advertising": t("广告、刷屏", "Advertising or spam"),
    "off_topic": t("与草案无关", "Unrelated to the draft"),
    "duplicate": t("同一人重复提交", "Duplicate by the same person"),
    "empty": t("没有内容", "No content"),
    "deleted_by_author": t("提出人撤回", "Withdrawn by its author"),
    "mis_keyed": t("工作人员录入有误", "Keyed in by mistake"),
    "pending_elsewhere": t("原平台未审核通过", "Not released on its platform of origin"),
}
WITHHOLD_CLAUSES: dict[str, str] = {
    "abuse": "711 Art.14",
    "unlawful": "711 Art.14",
    "personal_data": "711 Art.15",
    "advertising": "2.1",
    "off_topic": "2.1",
    "duplicate": "2.1",
    "empty": "2.1",
    "deleted_by_author": "2.1",
    "mis_keyed": "2.1",
    "pending_elsewhere": "2.1",
}
ERASE_CLAUSES: dict[str, str] = {"unlawful": "711 Art.14", "personal_data": "PIPL Art.47", "deleted_by_author": "PIPL Art.47"}


def may_receive(text: str, most: int) -> Decision:
    """An opinion has words, and not more than the figure allows."""
    if not text.strip():
        return no(t("还没有写意见。", "The opinion is empty."), "2.1", t("请写下您的意见。", "Write what you think."), code="empty")
    if len(text) > most:
        return no(
            t("意见有 {n} 字，超过 {most} 字。", "The opinion has {n} characters; the limit is {most}.", n=len(text), most=most),
            "2.1",
            t("请精简，或分几条提交，也可以附文件。", "Shorten it, split it, or attach a file."),
            code="too_long",
        )
    return YES


def may_stand(stance: str, channel: str, withheld: str = "") -> Decision:
    """An opinion comes through a known door and takes a known stance; if withheld, for a published reason."""
    if stance in STANCE_LABELS and channel in CHANNEL_LABELS:
        return may_withhold(withheld) if withheld else YES
    return no(
        t(
            "没有“{stance}”这种态度或“{channel}”这种来源。",
            "There is no stance “{stance}” or channel “{channel}”.",
            stance=stance,
            channel=channel,
        ),
        "2.1",
        t("请从列表中选择。", "Choose from the lists."),
        code="unknown",
    )


def may_restore(consultation_state: str, *, withdrawn: bool = False) -> Decision:
    """2.1e: nothing comes back into a report that was already signed or published, nor what its author took back."""
    if withdrawn:
        return no(
            t("这条意见是提出人撤回或录入人撤销的。", "Its author withdrew this opinion, or the clerk who mistyped it."),
            "2.1",
            t("提出人可以重新提交；录错的照原件重录。", "Its author can send it again; what was mistyped is keyed in anew."),
            code="withdrawn",
        )
    if consultation_state in {"open", "closed", "cancelled"}:
        return YES
    return no(
        t(
            "采纳情况报告已报批或公布，恢复显示会多出一条没有答复的意见。",
            "The adoption report is signed or published; this would add an opinion without an answer.",
        ),
        "2.1e",
        t(
            "报告还没公布的先退回报告，归组答复后再报批。",
            "Have the report returned first, if it is not published, and answer this opinion in it.",
        ),
        code="report_done",
    )


def may_withhold(code: str) -> Decision:
    """A tombstone names one of the published reasons."""
    if code in WITHHOLD_LABELS:
        return YES
    return no(
        t("不显示须选择理由。", "Withholding needs one of the published reasons."),
        "711 Art.17",
        t("请从理由中选一项。", "Choose one of the reasons."),
        code="reason",
    )


def may_erase(state: str, code: str, reason: str) -> Decision:
    """Words are destroyed only when they may not be kept: unlawful, personal data, or at their author's wish."""
    if state != "withheld" or code not in ERASE_CLAUSES:
        return no(
            t(
                "只有违法、含个人信息或提出人要求删除而不显示的意见才能清除。",
                "Only what is withheld as unlawful, personal or deleted can be erased.",
            ),
            "PIPL Art.47",
            t("请先按相应理由设为不显示。", "Withhold it first for one of these reasons."),
            code="not_erasable",
        )
    if not reason.strip():
        return no(
            t("清除要写明理由。", "Erasing needs a reason."),
            "PIPL Art.47",
            t("请写明根据什么、应谁的请求。", "Say on what ground and at whose request."),
            code="reason",
        )
    return YES
