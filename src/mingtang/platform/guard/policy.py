"""Who may look at findings, and who clears them. No queries; nobody clears their own work."""

from __future__ import annotations

from mingtang.kernel.decision import YES, Decision, no
from mingtang.kernel.text import t
from mingtang.platform.actor import ROLE_LABELS, Actor, Role
from mingtang.platform.guard.subjects import Material

REVIEWERS = (Role.EDITOR_1, Role.EDITOR_2, Role.EDITOR_3, Role.SECRECY)
WIDE = (*REVIEWERS, Role.OFFICE, Role.OPERATOR, Role.MODERATOR)


def may_look(actor: Actor, material: Material) -> Decision:
    """Reviewers, the office, the operator; clerk and head of the department whose work it is."""
    if actor.is_system or actor.holds(*WIDE) or actor.holds(Role.CLERK, Role.HEAD, department_id=material.department_id):
        return YES
    return _needs(Role.EDITOR_1)


def may_clear(actor: Actor, material: Material) -> Decision:
    """711 Art.17: an editor or the secrecy reviewer clears a finding; never whoever wrote it."""
    if not actor.holds(*REVIEWERS):
        return _needs(Role.EDITOR_1)
    if actor.person_id in material.authors:
        return no(
            t("这是您自己经办的，不能由您放行。", "You made this yourself; somebody else must clear it."),
            "711 Art.17",
            t("请由其他审核编辑或保密审查人处理。", "Another editor or the secrecy reviewer must do it."),
            code="own_work",
        )
    return YES


def _needs(role: Role) -> Decision:
    return no(
        t(
            "发布检查的结果由审核编辑或保密审查人处理（{role}）。",
            "Findings are cleared by an editor or the secrecy reviewer ({role}).",
            role=ROLE_LABELS[role],
        ),
        "711 Art.17",
        t("请联系有此岗位的同事。", "Ask a colleague who holds that role."),
        code="role",
    )
