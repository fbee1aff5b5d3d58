"""Who may invite, notify and check in. No queries."""

from __future__ import annotations

from mingtang.kernel.decision import YES, Decision, no
from mingtang.kernel.text import t
from mingtang.platform.actor import BUSINESS_ROLES, ROLE_LABELS, Actor, Role


def _needs(role: Role) -> Decision:
    return no(
        t("这一步由{role}办理。", "This is done by: {role}.", role=ROLE_LABELS[role]),
        "3.4",
        t("请联系有此岗位的同事。", "Ask a colleague who holds that role."),
        code="role",
    )


def may_select(actor: Actor, department_id: int) -> Decision:
    """3.2c: the lead department settles who attends its item; the operator may key it in."""
    if actor.is_system or actor.holds(Role.OPERATOR) or actor.holds(Role.CLERK, Role.HEAD, department_id=department_id):
        return YES
    return _needs(Role.CLERK)


def may_keep_pool(actor: Actor) -> Decision:
    """Clerks, operators and the office keep the pool."""
    return YES if actor.is_system or actor.holds(Role.CLERK, Role.OPERATOR, Role.OFFICE) else _needs(Role.OPERATOR)


def may_publish_rules(actor: Actor, department_id: int) -> Decision:
    """3.2b: the head of the department publishes its house rules."""
    return YES if actor.holds(Role.HEAD, department_id=department_id) else _needs(Role.HEAD)


def may_check_in(actor: Actor) -> Decision:
    """The meeting operator checks in."""
    return YES if actor.is_system or actor.holds(Role.OPERATOR, Role.OFFICE) else _needs(Role.OPERATOR)


def may_see_contact(actor: Actor) -> Decision:
    """Those who must reach a representative."""
    return YES if actor.holds(Role.CLERK, Role.OPERATOR) else _needs(Role.OPERATOR)


def may_see(actor: Actor) -> Decision:
    """Names of representatives are for those who work with them; not for system administrators."""
    return YES if actor.is_system or bool(actor.roles & BUSINESS_ROLES) else _needs(Role.OPERATOR)
