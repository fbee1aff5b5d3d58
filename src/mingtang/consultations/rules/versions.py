"""Versions of a draft: for comment, revised, final; what may be changed when, and what is immutable."""

from __future__ import annotations

from mingtang.kernel.decision import YES, Decision, no
from mingtang.kernel.obligations import carries
from mingtang.kernel.text import Text, t

VERSION_LABELS: dict[str, Text] = {
    "for_comment": t("征求意见稿", "Draft for comment"),
    "revised": t("修改稿", "Revised draft"),
    "final": t("最终文本", "Final text"),
}
AFTER_CLOSING = frozenset({"closed", "report_drafted", "report_approved", "reported"})


def may_revise(state: str, kind: str) -> Decision:
    """2.1e: a revised draft follows the period; the final text follows the published report."""
    if kind == "revised" and state in AFTER_CLOSING:
        return YES
    if kind == "final" and state == "reported":
        return YES
    if kind == "final":
        return no(
            t("采纳情况报告还没有公布，不能登记最终文本。", "The adoption report is not published; there is no final text yet."),
            "2.1e",
            t("先公布采纳情况报告；之前的改动登记为修改稿。", "Publish the report first; enter changes before that as a revised draft."),
            code="too_early",
        )
    return no(
        t("征求意见截止后才有修改稿。", "A revised draft follows the end of the period."),
        "2.1",
        t(
            "期限内公众看到的草案不能改，可以延长期限或发布问答说明。",
            "What the public comments on stays; extend the period or publish an answer.",
        ),
        code="open",
    )


def may_change(*, published: bool) -> Decision:
    """A version the public has seen is never changed; a correction is a new version."""
    if not published:
        return YES
    return no(
        t("这一稿已经公开，不能再改。", "This version is public and cannot be changed."),
        "711 Art.6",
        t("如需更正，请另登记一稿，写明改了什么。", "To correct it, enter a further version and say what changed."),
        code="published",
    )


@carries("2.1e", title=t("各稿逐条可对照", "Versions can be compared clause by clause"))
def may_publish_version(clauses: int, unresolved: int, note: str) -> Decision:
    """A version goes public with all its blocks placed and with what changed and why."""
    if not clauses:
        return no(
            t("这一稿还没有条款。", "This version has no clauses."),
            "2.1e",
            t("请导入文件或粘贴文字。", "Import a file or paste the text."),
            code="no_clauses",
        )
    if unresolved:
        return unplaced(unresolved)
    if not note.strip():
        return no(
            t("还没有写这一稿改了什么、为什么。", "What changed in this version and why is not written."),
            "2.1e",
            t("用一两句话写明，会随这一稿公开。", "Say it in a sentence or two; it is published with the version."),
            code="no_note",
        )
    return YES


def unplaced(number: int, url: str = "") -> Decision:
    """Nothing of the file is dropped: every block that was not recognised is placed by a person first."""
    return no(
        t("文件里有 {n} 段没有识别，还没有处理。", "{n} blocks of the file were not recognised and are not placed yet.", n=number),
        "2.1a",
        t("在对照页逐段确认：归入哪一条，或写明理由不收入。", "Place each on the side-by-side page, or leave it out with a reason."),
        code="unrecognised",
        url=url,
    )


def may_place(kind: str, label: str, reason: str) -> Decision:
    """A clause has a number; what is left out has a reason."""
    if kind in {"clause", "chapter", "section"} and not label.strip():
        return no(
            t("没有写条号或章号。", "The number is missing."),
            "2.1a",
            t("请写“第三条”“二、”这样的编号，公众据此提意见。", "Write it as it is printed, for instance 第三条; people refer to it."),
            code="label",
        )
    if kind == "ignored" and not reason.strip():
        return no(
            t("不收入草案要写明理由。", "Leaving it out needs a reason."),
            "2.1a",
            t("如“页眉”“重复的标题”。", "For instance: running head, repeated title."),
            code="reason",
        )
    return YES
