"""Who may invite, notify and check in. No queries."""

from __future__ import annotations

from mingtang.kernel.decision import YES, Decision, no
from mingtang.kernel.text import t
from mingtang.platform.actor import BUSINESS_ROLES, ROLE_LABELS, Actor, Role
from mingtang.platform.drawing.rules import four_eyes
from mingtang.representatives.models import Call, Draw, Representative


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


def may_verify_any(actor: Actor) -> Decision:
    """3.2b: the office verifies who comes forward or was imported."""
    return YES if actor.holds(Role.OFFICE) else _needs(Role.OFFICE)


def may_verify(actor: Actor, row: Representative) -> Decision:
    """3.2b: the office verifies; never whom one entered oneself."""
    if not actor.holds(Role.OFFICE):
        return may_verify_any(actor)
    if actor.is_person(row.added_by_id):
        return no(
            t("这是您自己录入的，须由另一人核验。", "You entered this yourself; somebody else must verify it."),
            "3.2b",
            t("请由区政府办的另一位审核人核验。", "Another office reviewer does it."),
            code="own_work",
        )
    return YES


def may_publish_rules(actor: Actor, department_id: int) -> Decision:
    """3.2b: the head of the department publishes its house rules."""
    return YES if actor.holds(Role.HEAD, department_id=department_id) else _needs(Role.HEAD)


def may_check_in(actor: Actor) -> Decision:
    """The meeting operator checks in."""
    return YES if actor.is_system or actor.holds(Role.OPERATOR, Role.OFFICE) else _needs(Role.OPERATOR)


def may_see_contact(actor: Actor) -> Decision:
    """Those who must reach a representative, and the office that verifies by phone."""
    return YES if actor.holds(Role.CLERK, Role.OPERATOR, Role.OFFICE) else _needs(Role.OPERATOR)


def may_see(actor: Actor) -> Decision:
    """Names of representatives are for those who work with them; not for system administrators."""
    return YES if actor.is_system or bool(actor.roles & BUSINESS_ROLES) else _needs(Role.OPERATOR)


def may_run_call(actor: Actor, department_id: int) -> Decision:
    """3.2c: clerk and head of the lead department prepare a call, key in applications, freeze, and seat those drawn."""
    if actor.is_system or actor.holds(Role.CLERK, Role.HEAD, department_id=department_id):
        return YES
    return _needs(Role.CLERK)


def may_publish_call(actor: Actor, call: Call) -> Decision:
    """711 Art.17: the head of the lead department or the office publishes, extends, relaxes, annuls; never who prepared it."""
    if not (actor.holds(Role.HEAD, department_id=call.topic.department_id) or actor.holds(Role.OFFICE)):
        return _needs(Role.HEAD)
    if actor.is_person(call.made_by_id):
        return no(
            t("这是您自己准备的，须由另一人公布。", "You prepared this yourself; somebody else must publish it."),
            "711 Art.17",
            t("请由部门负责人或区政府办审核人办理。", "The head of the department or an office reviewer does it."),
            code="own_work",
        )
    return YES


def may_reveal(actor: Actor, draw: Draw) -> Decision:
    """Four eyes: who froze the list never enters the randomness."""
    department = draw.call.topic.department_id
    if not (actor.holds(Role.OFFICE, Role.OPERATOR) or actor.holds(Role.CLERK, Role.HEAD, department_id=department)):
        return _needs(Role.OPERATOR)
    return four_eyes(froze_it=actor.is_person(draw.frozen_by_id), clause="3.2c")


def may_correct(actor: Actor, draw: Draw) -> Decision:
    """Wrong figures are corrected by the head or the office: neither who froze nor who entered them."""
    if not (actor.holds(Role.HEAD, department_id=draw.call.topic.department_id) or actor.holds(Role.OFFICE)):
        return _needs(Role.HEAD)
    if actor.person_id in {draw.frozen_by_id, draw.revealed_by_id}:
        return no(
            t("您经手过这次抽签，须由另一人更正。", "You had a part in this draw; somebody else must correct it."),
            "3.2c",
            t("请由部门负责人或区政府办审核人更正。", "The head of the department or an office reviewer does it."),
            code="own_work",
        )
    return YES


def may_see_applicant(actor: Actor, department_id: int) -> Decision:
    """PIPL Art.6: the clerk of the lead department only, each time with a purpose."""
    return YES if actor.holds(Role.CLERK, department_id=department_id) else _needs(Role.CLERK)
