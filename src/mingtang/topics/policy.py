"""Who may do what with a matter. No queries; nobody approves their own work."""

from __future__ import annotations

from mingtang.kernel.decision import YES, Decision, no
from mingtang.kernel.obligations import carries
from mingtang.kernel.text import t
from mingtang.platform.actor import ROLE_LABELS, Actor, Role
from mingtang.platform.signing.policy import may_sign
from mingtang.platform.signing.rules import Level
from mingtang.topics.models import Topic, TopicDocument


def _needs(role: Role) -> Decision:
    return no(
        t("这一步由{role}办理。", "This is done by: {role}.", role=ROLE_LABELS[role]),
        "3.4",
        t("请联系有此岗位的同事，或请安全管理员核对岗位。", "Ask a colleague who holds that role, or the security administrator."),
        code="role",
    )


def may_declare(actor: Actor, department_id: int) -> Decision:
    """3.4a: the clerk or the head of the lead department declares."""
    if actor.is_system or actor.holds(Role.CLERK, Role.HEAD, department_id=department_id):
        return YES
    return _needs(Role.CLERK)


def may_edit(actor: Actor, topic: Topic) -> Decision:
    """A declaration is edited by its department while it is being drafted or was returned."""
    if topic.state not in {"drafting", "returned"}:
        return no(
            t(
                "申报表现在是“{state}”，内容不能直接改。",
                "The declaration is “{state}”; its content cannot be changed directly.",
                state=topic.state_label,
            ),
            "3.2",
            t(
                "已批准的先点“变更并重新报批”，报批中的请审批人退回。",
                "Reopen an approved one; ask the approver to return a submitted one.",
            ),
            code="wrong_state",
        )
    return may_declare(actor, topic.department_id)


def may_work(actor: Actor, topic: Topic) -> Decision:
    """Documents and statutory steps are kept by the department, at any time before withdrawal."""
    if topic.state == "withdrawn":
        return no(t("议题已撤回。", "The matter was withdrawn."), "3.2", code="wrong_state")
    return may_declare(actor, topic.department_id)


@carries("3.4b", title=t("逐级审核把关", "Approval level by level"))
def may_approve(actor: Actor, topic: Topic, level: Level | None, given_by: frozenset[int] = frozenset()) -> Decision:
    """3.4b: the holder of the next level's role approves; never the drafter, never twice the same person."""
    return may_sign(actor, level, department_id=topic.department_id, drafter_id=topic.drafted_by_id, given_by=given_by)


def may_withdraw(actor: Actor, topic: Topic) -> Decision:
    """The department's head or clerk withdraws; the office may too."""
    if actor.holds(Role.OFFICE):
        return YES
    return may_declare(actor, topic.department_id)


def may_see(actor: Actor, topic: Topic) -> Decision:
    """Staff of the department and of the office's functions see a dossier; administrators see no business."""
    if actor.is_system or actor.holds(Role.CLERK, Role.HEAD, Role.MODERATOR, department_id=topic.department_id):
        return YES
    wide = (
        Role.OFFICE,
        Role.LEADER,
        Role.LEGALITY,
        Role.SECRECY,
        Role.INSPECTOR,
        Role.OPERATOR,
        Role.EDITOR_1,
        Role.EDITOR_2,
        Role.EDITOR_3,
    )
    return YES if actor.holds(*wide) else _needs(Role.CLERK)


def may_withhold(actor: Actor, document: TopicDocument) -> Decision:
    """711 Art.17, 1.2a: the office, a leader or the secrecy reviewer approves it; never who attached it."""
    if document.disclosure == "open":
        return no(
            t("“{title}”是主动公开的文件。", "“{title}” is a public document.", title=document.title),
            "711 Art.5",
            t("公开的文件不用批准不公开。", "Nothing needs to be withheld."),
            code="open",
        )
    if not actor.holds(Role.OFFICE, Role.LEADER, Role.SECRECY):
        return _needs(Role.OFFICE)
    if actor.is_person(document.added_by_id):
        return no(
            t("文件是您附上的，不能由您批准不公开。", "You attached this document; you cannot approve withholding it."),
            "3.4",
            t("请由同岗位的其他人批准。", "Another holder of the role must approve it."),
            code="own_work",
        )
    return YES
