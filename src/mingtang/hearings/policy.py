"""Who may do what with hearings and the other activities. No queries."""

from __future__ import annotations

from mingtang.hearings.models import HearingDraw
from mingtang.kernel.decision import YES, Decision, no
from mingtang.kernel.text import t
from mingtang.platform.actor import BUSINESS_ROLES, ROLE_LABELS, Actor, Role
from mingtang.platform.drawing.rules import four_eyes


def needs(role: Role) -> Decision:
    """A refusal that names the role whose task this is."""
    return no(
        t("这一步由{role}办理。", "This is done by: {role}.", role=ROLE_LABELS[role]),
        "3.4",
        t("请联系有此岗位的同事。", "Ask a colleague who holds that role."),
        code="role",
    )


def may_decide(actor: Actor, department_id: int) -> Decision:
    """2.1d: the head of the lead department, or the government office, decides to hold a hearing."""
    if actor.holds(Role.OFFICE) or actor.holds(Role.HEAD, department_id=department_id):
        return YES
    return needs(Role.HEAD)


def may_run(actor: Actor, department_id: int) -> Decision:
    """3.4a: clerk and head of the lead department announce, enrol, choose, serve, record and report."""
    if actor.is_system or actor.holds(Role.CLERK, Role.HEAD, department_id=department_id):
        return YES
    return needs(Role.CLERK)


def may_reveal(actor: Actor, draw: HearingDraw, department_id: int) -> Decision:
    """713 Art.16: four eyes: who froze the list never enters the randomness."""
    if not (actor.holds(Role.OFFICE, Role.OPERATOR) or actor.holds(Role.CLERK, Role.HEAD, department_id=department_id)):
        return needs(Role.OPERATOR)
    return four_eyes(froze_it=actor.is_person(draw.frozen_by_id), clause="713 Art.16")


def may_correct(actor: Actor, draw: HearingDraw, department_id: int) -> Decision:
    """713 Art.16: wrong figures are corrected by the head or the office: neither who froze nor who entered them."""
    if not (actor.holds(Role.HEAD, department_id=department_id) or actor.holds(Role.OFFICE)):
        return needs(Role.HEAD)
    if actor.person_id in {draw.frozen_by_id, draw.revealed_by_id}:
        return no(
            t("您经手过这次抽签，须由另一人更正。", "You had a part in this draw; somebody else must correct it."),
            "713 Art.16",
            t("请由部门负责人或区政府办审核人更正。", "The head of the department or an office reviewer does it."),
            code="own_work",
        )
    return YES


def may_check_in(actor: Actor, department_id: int) -> Decision:
    """On the day the meeting operator helps at the door."""
    return YES if actor.holds(Role.OPERATOR) else may_run(actor, department_id)


def may_see(actor: Actor) -> Decision:
    """Those who work with the matter; not the three administrators."""
    return YES if actor.is_system or bool(actor.roles & BUSINESS_ROLES) else needs(Role.CLERK)


def may_see_contact(actor: Actor, department_id: int) -> Decision:
    """PIPL Art.6: the department's clerk only, each time with a purpose."""
    return YES if actor.holds(Role.CLERK, department_id=department_id) else needs(Role.CLERK)


def may_reply(actor: Actor, department_id: int | None) -> Decision:
    """A department that was asked answers through its own clerk or head."""
    if department_id is not None and actor.holds(Role.CLERK, Role.HEAD, department_id=department_id):
        return YES
    return no(
        t("由被征求意见的部门回复。", "The department that was asked replies."),
        "2.1c",
        t("请该部门经办人或负责人登录后回复。", "Its clerk or head signs in and replies."),
        code="role",
    )
