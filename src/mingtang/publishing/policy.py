"""Who may draft, review and publish. No queries; nobody reviews their own work."""

from __future__ import annotations

from mingtang.kernel.decision import YES, Decision, no
from mingtang.kernel.obligations import carries
from mingtang.kernel.text import t
from mingtang.platform.actor import BUSINESS_ROLES, ROLE_LABELS, Actor, Role
from mingtang.publishing.models import Release

REVIEW_ROLES: dict[int, tuple[Role, ...]] = {1: (Role.EDITOR_1,), 2: (Role.EDITOR_2,), 3: (Role.EDITOR_3, Role.SECRECY)}


def _needs(role: Role) -> Decision:
    return no(
        t("这一步由{role}办理。", "This is done by: {role}.", role=ROLE_LABELS[role]),
        "3.4",
        t("请联系有此岗位的同事。", "Ask a colleague who holds that role."),
        code="role",
    )


def may_draft(actor: Actor, department_id: int) -> Decision:
    """The lead department drafts and publishes what was reviewed (3.4a)."""
    if actor.is_system or actor.holds(Role.CLERK, Role.HEAD, department_id=department_id):
        return YES
    return _needs(Role.CLERK)


@carries("3.4b", title=t("三审三校", "Three reviews"))
def may_review(actor: Actor, row: Release, stage: int, reviewers: frozenset[int]) -> Decision:
    """711 Art.17: three different people, none of them the drafter; the third with secrecy."""
    roles = REVIEW_ROLES[stage]
    if not actor.holds(*roles):
        return _needs(roles[0])
    if actor.is_person(row.drafted_by_id) or actor.person_id in reviewers:
        return no(
            t("起草人不能审核，三道须由三个不同的人审。", "The drafter cannot review, and three different people must."),
            "711 Art.17",
            t("请由其他审核人办理这一道。", "Another reviewer must take this stage."),
            code="own_work",
        )
    return YES


def may_see(actor: Actor) -> Decision:
    """Drafts are for those who draft, review and oversee; administrators see no business."""
    return YES if actor.is_system or bool(actor.roles & BUSINESS_ROLES) else _needs(Role.CLERK)


def may_withdraw(actor: Actor) -> Decision:
    """The office takes something down; a stub with the reason stays."""
    return YES if actor.holds(Role.OFFICE, Role.SECRECY) else _needs(Role.OFFICE)
