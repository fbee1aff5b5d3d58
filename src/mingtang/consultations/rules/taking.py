"""Taking part: for whom one speaks, what an opinion is marked with, what its author may do with it afterwards."""

from __future__ import annotations

from mingtang.consultations.rules.moderation import VISIBLE
from mingtang.kernel.decision import YES, Decision, no
from mingtang.kernel.text import NOTHING, Text, t

BEHALF_LABELS: dict[str, Text] = {
    "person": t("本人", "Myself"),
    "organisation": t("代表单位或组织", "An organisation"),
    "helper": t("代别人写（帮写）", "Somebody I help"),
}
BEHALF_MARKS: dict[str, Text] = {"organisation": t("单位意见", "For an organisation"), "helper": t("帮写", "Written by a helper")}
MARK_LABELS: dict[str, Text] = {
    "same": t("文字相同的意见较多", "Many opinions with the same words"),
    "burst": t("短时间内集中收到", "Arrived in a burst"),
    "unchecked": t("提交较密时没有完成人机校验", "Sent in a busy hour without the check for robots"),
}
WITHDRAWN = "deleted_by_author"
TAKEN_BACK = frozenset({WITHDRAWN, "mis_keyed"})  # by its author, or by the clerk who mistyped it
HELPED_LABELS: dict[str, Text] = {"yes": t("答复了我的问题", "It answers me"), "no": t("没有答复我的问题", "It does not answer me")}


def may_speak_for(behalf: str, organisation: str, name: str, *, real_name: bool) -> Decision:
    """Whoever speaks for an organisation names it; a name is asked only where the government has set it so."""
    if behalf not in BEHALF_LABELS:
        return no(
            t("没有选择代表谁提意见。", "It is not said for whom this is."),
            "2.1",
            t("请从列出的选项里选。", "Choose from the list."),
            code="behalf",
        )
    if behalf == "organisation" and not organisation.strip():
        return no(
            t("代表单位或组织提意见，还没有写名称。", "The organisation is not named."),
            "2.1",
            t("请写单位或组织的名称；个人提意见请选“本人”。", "Name it; or choose “Myself”."),
            code="organisation",
        )
    if real_name and not name.strip():
        return no(
            t("本政府规定提意见须留姓名。", "This government asks for a name."),
            "2.1",
            t("请写姓名；姓名不公开，页面上仍显示“匿名”。", "Give your name; it is not published, the page still says “anonymous”."),
            code="real_name",
        )
    return YES


def may_withdraw(consultation_state: str, withheld_code: str) -> Decision:
    """An opinion is its author's until the report that answers it is public."""
    if withheld_code and withheld_code != WITHDRAWN:
        return no(
            t("这条意见已依法不显示，不必再撤回。", "This opinion is withheld already; there is nothing to withdraw."),
            "2.1",
            t("如要删除联系方式，请用下面的“删除个人信息”。", "To have contact data deleted use “Delete personal data” below."),
            code="withheld",
        )
    if consultation_state == "reported":
        return no(
            t(
                "采纳情况报告已公布，这条意见已经答复并计数。",
                "The adoption report is public; this opinion was answered and counted in it.",
            ),
            "2.1e",
            t(
                "报告公布后不再撤回；个人信息仍可删除，也可以写明答复是否解决了您的问题。",
                "It stays as it is; personal data can still be deleted, and you can say whether the reply answered you.",
            ),
            code="report_done",
        )
    return YES


def may_say_helped(consultation_state: str, withheld_code: str, answer: str) -> Decision:
    """Whether the reply answered is asked once there is a reply."""
    if answer not in HELPED_LABELS:
        return no(t("还没有选。", "Nothing is chosen."), "2.1f", t("请选“是”或“否”。", "Choose yes or no."), code="helped")
    if consultation_state == "reported" and not withheld_code:
        return YES
    return no(
        t("这条意见还没有答复。", "There is no reply to this opinion."),
        "2.1f",
        t("采纳情况报告公布后再来评价。", "Come back when the adoption report is published."),
        code="no_reply",
    )


def may_say_the_same(state: str, *, public: bool) -> Decision:
    """One can only join an opinion that everybody can read."""
    if state in VISIBLE and public:
        return YES
    return no(
        t("这条意见现在不显示，不能跟着提。", "That opinion is not shown now; it cannot be joined."),
        "2.1",
        t("请用自己的话写下意见。", "Write it in your own words."),
        code="not_shown",
    )


def mark_labels(marks: str) -> tuple[Text, ...]:
    """What the moderator is told about an opinion; marks never hide anything."""
    return tuple(MARK_LABELS[each] for each in marks.split() if each in MARK_LABELS)


def behalf_mark(behalf: str) -> Text:
    """The mark an opinion carries in public; nothing for a person's own."""
    return BEHALF_MARKS.get(behalf, NOTHING)
