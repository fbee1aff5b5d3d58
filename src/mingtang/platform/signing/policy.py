"""Who sets the levels, and who signs one. No queries; nobody signs their own work, nobody signs twice."""

from __future__ import annotations

from collections.abc import Iterable

from mingtang.kernel.decision import YES, Decision, no
from mingtang.kernel.text import t
from mingtang.platform.actor import ROLE_LABELS, Actor, Role
from mingtang.platform.signing.rules import Level


def _needs(role: Role) -> Decision:
    return no(
        t("这一步由{role}办理。", "This is done by: {role}.", role=ROLE_LABELS[role]),
        "3.4",
        t("请联系有此岗位的同事，或请安全管理员核对岗位。", "Ask a colleague who holds that role, or the security administrator."),
        code="role",
    )


def may_set_levels(actor: Actor) -> Decision:
    """3.4b: the government office sets the levels of sign-off."""
    return YES if actor.is_system or actor.holds(Role.OFFICE) else _needs(Role.OFFICE)


def may_sign(
    actor: Actor, level: Level | None, *, department_id: int, drafter_id: int | None, given_by: frozenset[int] = frozenset()
) -> Decision:
    """3.4b: the holder of the level's role signs; never the drafter, never twice the same person. None: every level is given."""
    if level is None:
        return no(t("各级都已批准。", "Every level has approved."), "3.2", code="done")
    if not actor.holds(level.role, department_id=level.within(department_id)):
        return _needs(level.role)
    if actor.is_person(drafter_id):
        return no(
            t("这是您起草的，不能由您批准。", "You drafted this; you cannot approve it."),
            "3.4",
            t("请由同岗位的其他人批准。", "Another holder of the role must approve it."),
            code="own_work",
        )
    if actor.person_id in given_by:
        return no(
            t("您已在本轮批准过一级，须由不同的人批准。", "You have approved a level in this round; somebody else must give this one."),
            "3.4",
            t("请由有此岗位的其他人批准。", "Another holder of the role must approve it."),
            code="same_person",
        )
    return YES


def may_return(actor: Actor, levels: Iterable[Level], *, department_id: int, drafter_id: int | None) -> Decision:
    """3.4b: the holder of any level of the chain returns the document, never who drafted it."""
    refused = [may_sign(actor, level, department_id=department_id, drafter_id=drafter_id) for level in levels]
    return next((each for each in refused if each), refused[0] if refused else _needs(Role.HEAD))
