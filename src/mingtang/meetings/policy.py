"""Who may plan, convene and run a meeting. No queries."""

from __future__ import annotations

from mingtang.kernel.decision import YES, Decision, no
from mingtang.kernel.text import t
from mingtang.meetings.models import AgendaItem
from mingtang.platform.actor import ROLE_LABELS, Actor, Role


def _needs(role: Role) -> Decision:
    return no(
        t("这一步由{role}办理。", "This is done by: {role}.", role=ROLE_LABELS[role]),
        "3.4",
        t("请联系有此岗位的同事。", "Ask a colleague who holds that role."),
        code="role",
    )


def may_plan(actor: Actor) -> Decision:
    """The meeting operator or the government office plans and runs."""
    return YES if actor.is_system or actor.holds(Role.OPERATOR, Role.OFFICE) else _needs(Role.OPERATOR)


def may_convene(actor: Actor) -> Decision:
    """3.4b: the government office convenes."""
    return YES if actor.holds(Role.OFFICE) else _needs(Role.OFFICE)


def may_waive(actor: Actor) -> Decision:
    """3.2d: only a leader waives the notice period, with a public reason."""
    return YES if actor.holds(Role.LEADER) else _needs(Role.LEADER)


def may_approve_late(actor: Actor, item: AgendaItem) -> Decision:
    """Law.md 1.18: a leader lets a late item in; not the one who asked for it."""
    if not actor.holds(Role.LEADER):
        return _needs(Role.LEADER)
    if actor.is_person(item.late_asked_by_id):
        return no(
            t("临时增列是您提出的，不能由您批准。", "You asked for the late item; you cannot approve it."),
            "3.4",
            t("请由其他分管领导批准。", "Another leader must approve it."),
            code="own_work",
        )
    return YES


def may_see(actor: Actor) -> Decision:
    """Staff with a business role."""
    wide = {Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR}
    return YES if actor.is_system or (actor.is_staff and not actor.roles <= wide) else _needs(Role.OPERATOR)
