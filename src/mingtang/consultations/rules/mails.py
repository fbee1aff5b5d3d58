"""Opinions by e-mail: the life of a mail, which consultation it means, what may become of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from mingtang.kernel.decision import YES, Decision, no
from mingtang.kernel.text import Text, t
from mingtang.kernel.workflow import State, Workflow, arrow

MAIL = Workflow(
    "mail",
    t("这封邮件", "The mail"),
    (
        State("waiting", t("待办", "Waiting")),
        State("automatic", t("自动邮件", "Automatic")),
        State("taken", t("已录为意见", "Made into opinions")),
        State("aside", t("已放在一边", "Set aside")),
    ),
    (
        arrow("know_automatic", "waiting", "automatic", t("认作自动邮件", "know as automatic"), "2.1"),
        arrow("take", "waiting", "taken", t("录为意见", "make into opinions"), "2.1"),
        arrow("set_aside", "waiting", "aside", t("放在一边", "set aside"), "2.1", reason_required=True),
        arrow("take_up", ("aside", "automatic"), "waiting", t("重新拿出来办", "take up again"), "2.1"),
        arrow("undo_taking", "taken", "waiting", t("撤销录入后再办", "take up after undoing"), "2.1"),
    ),
)
ASIDE_LABELS: dict[str, Text] = {
    "letter": t("写给政府的信，转领导信箱办理", "A letter to the government, passed on as such"),
    "no_opinion": t("不是意见（咨询、材料、误发）", "No opinion (a question, papers, sent by mistake)"),
    "repeated": t("同一封又寄了一遍", "The same sent once more"),
    "late": t("逾期，采纳情况报告已报批", "Too late: the adoption report is signed already"),
    "spam": t("垃圾邮件", "Spam"),
}
AUTOMATIC_LABELS: dict[str, Text] = {
    "own": t("本平台自己发出的通知", "A notice of our own"),
    "bounce": t("退信或无发件人", "A bounce, or without a sender"),
    "reply": t("自动回复", "An automatic reply"),
    "list": t("邮件列表、群发", "A mailing list"),
    "machine": t("由机器发出", "Sent by a machine"),
}
FAULT_LABELS: dict[str, Text] = {
    "cut": t("邮件过大，只取了开头；全文在邮箱里。", "The mail is too large; only its beginning was fetched. The whole lies in the box."),
    "long": t("正文过长，只留了开头；全文在邮箱里。", "The text is too long; only its beginning is kept. The whole lies in the box."),
    "parts": t("邮件分得过碎，只读了前面的部分。", "The mail has too many parts; the first were read."),
    "broken": t(
        "邮件格式有损坏，读到哪里算哪里；请对照邮箱里的原件。",
        "The mail is damaged and was read as far as it goes; compare the one in the box.",
    ),
    "encrypted": t("邮件加了密，平台读不了；请到邮箱里处理。", "The mail is encrypted and cannot be read here; see to it in the box."),
    "unread": t("邮件读不出来；原件在邮箱里。", "The mail cannot be read; it lies in the box."),
    "same_id": t("与另一封邮件编号相同，内容不同；两封都留着。", "Another mail bears the same number with other content; both are kept."),
    "many_files": t("附件过多，只收了前面的。", "Too many attachments; the first were kept."),
}
SAID = re.compile(r"[\[［【(（〔]\s*(?:征求意见|consultation)\s*[#＃:：]?\s*(\d{1,9})\s*[\]］】)）〕]", re.IGNORECASE)
SILENT = re.compile(
    r"(?:不同意|不要|请勿|勿|不得|不愿|不想|不希望|谢绝|不)\s*(?:对外)?(?:公开|公布|发表|刊登)|(?:do not|don't|not to be|please don't) publish",
    re.IGNORECASE,
)
AFTER_LATE = frozenset({"open", "closed"})


def code_of(prefix: str, consultation_id: int) -> str:
    """What stands on posters and forms and in the subject of a mail, e.g. QH-B12."""
    return f"{prefix}-B{consultation_id}"


def subject_of(code: str) -> str:
    """How the code is written in a subject so that nothing else is taken for it."""
    return f"[{code}]"


def consultations_named(subject: str, addresses: Iterable[str], prefix: str) -> frozenset[int]:
    """The numbers of the consultations that a subject or the plus-part of an address names."""
    code = re.compile(rf"(?<![A-Z0-9]){re.escape(prefix)}\s*[-－—–]\s*B\s*(\d{{1,9}})(?!\d)", re.IGNORECASE)
    half = "".join(chr(ord(each) - 0xFEE0) if "！" <= each <= "～" else each for each in subject)
    plus = " ".join(each.rpartition("@")[0].partition("+")[2] for each in addresses)
    found = [
        *code.findall(half),
        *SAID.findall(subject),
        *code.findall(plus),
        *re.findall(r"(?:^|\s)b(\d{1,9})(?:\s|$)", plus, re.IGNORECASE),
    ]
    return frozenset(int(each) for each in found)


def asks_silence(text: str) -> bool:
    """Whether the words ask that they be not published; then a mail is taken so, and the clerk sees it."""
    return bool(SILENT.search(text))


def is_late(received_on: date, closes_on: date | None) -> bool:
    """Whether a mail came after the last day of the period."""
    return closes_on is not None and received_on > closes_on


def may_assign(state: str) -> Decision:
    """A mail is given to a consultation that takes opinions, or that could have taken it."""
    if state in {"open", "closed", "report_drafted", "report_approved", "reported"}:
        return YES
    return no(
        t("这次征求意见没有公开。", "That consultation is not public."),
        "2.1",
        t("请从列表里选一次公开的征求意见。", "Choose one from the list that is public."),
        code="not_open",
    )


def may_set_aside(code: str) -> Decision:
    """What is not counted says why."""
    if code in ASIDE_LABELS:
        return YES
    return no(
        t("没有选为什么放在一边。", "It is not said why it is set aside."),
        "2.1",
        t("请从理由里选一项。", "Choose one of the reasons."),
        code="reason",
    )


def may_take_mail(state: str, *, assigned: bool) -> Decision:
    """An opinion is made of a mail that waits or was taken already, at the consultation it belongs to."""
    if not assigned:
        return no(
            t("这封邮件还没有归到哪次征求意见。", "The mail does not belong to a consultation yet."),
            "2.1",
            t("先在下面选一次征求意见。", "Choose the consultation below first."),
            code="unassigned",
        )
    if state in {"waiting", "taken"}:
        return YES
    return no(
        t("这封邮件已放在一边，或是自动邮件。", "The mail was set aside, or is an automatic one."),
        "2.1",
        t("要录为意见，先“重新拿出来办”。", "To make it an opinion, take it up again first."),
        code="not_waiting",
    )


def may_release(entries: int) -> Decision:
    """A mail of which opinions stand belongs to their consultation."""
    if not entries:
        return YES
    return no(
        t("已从这封邮件录了 {n} 条意见，不能再改归别处。", "{n} opinions were made of it; it cannot go elsewhere.", n=entries),
        "2.1",
        t("录错的先撤销，再改。", "Undo what was made by mistake first."),
        code="has_opinions",
    )


def receipts_named(subject: str, prefix: str) -> frozenset[str]:
    """Receipts in a subject: who answers the mail that gave one writes about the same consultation."""
    return frozenset(
        each.upper() for each in re.findall(rf"(?<![A-Z0-9]){re.escape(prefix)}(?:-[0-9A-Z]{{4}}){{3}}(?![0-9A-Z])", subject, re.IGNORECASE)
    )
