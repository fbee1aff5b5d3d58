"""Who may record, draft and issue. No queries."""

from __future__ import annotations

from mingtang.kernel.decision import YES, Decision, no
from mingtang.kernel.text import t
from mingtang.minutes.models import Minutes, SectionComment
from mingtang.platform.actor import BUSINESS_ROLES, ROLE_LABELS, Actor, Role


def _needs(role: Role) -> Decision:
    return no(
        t("这一步由{role}办理。", "This is done by: {role}.", role=ROLE_LABELS[role]),
        "3.4",
        t("请联系有此岗位的同事。", "Ask a colleague who holds that role."),
        code="role",
    )


def may_draft(actor: Actor) -> Decision:
    """The meeting operator records and drafts."""
    return YES if actor.is_system or actor.holds(Role.OPERATOR) else _needs(Role.OPERATOR)


def may_judge(actor: Actor, department_id: int) -> Decision:
    """The lead department or the office judges a suggestion."""
    return YES if actor.holds(Role.OFFICE) or actor.holds(Role.CLERK, Role.HEAD, department_id=department_id) else _needs(Role.OFFICE)


def may_issue(actor: Actor, row: Minutes, writers: frozenset[int] = frozenset()) -> Decision:
    """3.4b: the government office issues; not the drafter, nor anybody who wrote at this version (`writers`)."""
    if not actor.holds(Role.OFFICE):
        return _needs(Role.OFFICE)
    if actor.is_person(row.drafted_by_id) or any(map(actor.is_person, writers)):
        return no(
            t("纪要是您起草或参与起草的，不能由您印发。", "You drafted the minutes or wrote at them; you cannot issue them."),
            "3.4",
            t("请由其他审核人印发。", "Another reviewer must issue them."),
            code="own_work",
        )
    return YES


def may_see(actor: Actor) -> Decision:
    """Suggestions and names before their publication are for the house, not for its administrators."""
    return YES if actor.is_system or bool(actor.roles & BUSINESS_ROLES) else _needs(Role.OPERATOR)


def may_see_record(actor: Actor) -> Decision:
    """711 Art.16: the internal record is for the operator, the office and leaders."""
    return YES if actor.holds(Role.OPERATOR, Role.OFFICE, Role.LEADER) else _needs(Role.OPERATOR)


def may_comment(actor: Actor) -> Decision:
    """Departments, the office and leaders comment on circulated minutes; so does the operator."""
    return YES if actor.holds(Role.OPERATOR, Role.OFFICE, Role.LEADER, Role.HEAD, Role.CLERK) else _needs(Role.OFFICE)


def may_close_comment(actor: Actor, row: SectionComment) -> Decision:
    """Whoever made a comment closes it, or the office."""
    return YES if may_comment(actor) and (actor.is_person(row.written_by_id) or may_close_any(actor)) else _needs(Role.OFFICE)


def may_close_any(actor: Actor) -> Decision:
    """The office closes anybody's comment."""
    return YES if actor.holds(Role.OFFICE) else _needs(Role.OFFICE)


def may_sign(actor: Actor, writers: frozenset[int] = frozenset()) -> Decision:
    """713 Art.30: the office or a leader signs the record, not anybody who wrote it."""
    if not actor.holds(Role.OFFICE, Role.LEADER):
        return _needs(Role.OFFICE)
    if any(map(actor.is_person, writers)):
        return no(
            t("记录里有您写的内容，不能由您签署。", "You wrote at this record; you cannot sign it."),
            "3.4",
            t("请由其他审核人签署。", "Another reviewer must sign it."),
            code="own_work",
        )
    return YES
