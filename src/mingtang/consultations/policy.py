"""Who may do what with a consultation and its opinions. No queries; nobody reviews their own work."""

from __future__ import annotations

from collections.abc import Iterable

from mingtang.consultations.models import AdoptionReport, Consultation, DraftVersion, Inquiry, Opinion, ReportCorrection, Withholding
from mingtang.kernel.decision import YES, Decision, no
from mingtang.kernel.obligations import carries
from mingtang.kernel.text import t
from mingtang.platform.actor import ROLE_LABELS, Actor, Role
from mingtang.platform.signing.policy import may_return, may_sign
from mingtang.platform.signing.rules import Level

REVIEW_ROLES: dict[int, tuple[Role, ...]] = {1: (Role.EDITOR_1,), 2: (Role.EDITOR_2,), 3: (Role.EDITOR_3, Role.SECRECY)}


def needs(role: Role) -> Decision:
    """A refusal that names the role whose task this is."""
    return no(
        t("这一步由{role}办理。", "This is done by: {role}.", role=ROLE_LABELS[role]),
        "3.4",
        t("请联系有此岗位的同事。", "Ask a colleague who holds that role."),
        code="role",
    )


OWN_WORK = no(
    t("这是您自己经办的，不能由您审核。", "You made this yourself; somebody else must review it."),
    "711 Art.17",
    t("请由有此岗位的其他人审核。", "Another holder of the role must do it."),
    code="own_work",
)


def may_prepare(actor: Actor, department_id: int) -> Decision:
    """The clerk or head of the lead department prepares, keys in, imports, groups and drafts (3.4a)."""
    if actor.is_system or actor.holds(Role.CLERK, Role.HEAD, department_id=department_id):
        return YES
    return needs(Role.CLERK)


@carries("3.4b", title=t("三审三校，含保密审查", "Three reviews by three people, secrecy included"))
def may_review(actor: Actor, consultation: Consultation, stage: int, reviewers: frozenset[int]) -> Decision:
    """711 Art.17: three stages, three different people, none of them the preparer."""
    roles = REVIEW_ROLES[stage]
    if not actor.holds(*roles):
        return needs(roles[0])
    if actor.is_person(consultation.prepared_by_id):
        return OWN_WORK
    if actor.person_id in reviewers:
        return no(
            t("您已审过一道，三道须由三个不同的人审。", "You have passed a stage; three different people must review."),
            "711 Art.17",
            t("请由其他审核人办理这一道。", "Another reviewer must take this stage."),
            code="same_person",
        )
    return YES


def may_open_it(actor: Actor, department_id: int) -> Decision:
    """The department opens what was reviewed."""
    return may_prepare(actor, department_id)


def may_publish_version(actor: Actor, department_id: int, version: DraftVersion) -> Decision:
    """711 Art.17: the head or the office publishes a later version, never who prepared it."""
    if not (actor.holds(Role.HEAD, department_id=department_id) or actor.holds(Role.OFFICE)):
        return needs(Role.HEAD)
    return OWN_WORK if actor.is_person(version.made_by_id) else YES


def may_publish_inquiry(actor: Actor, inquiry: Inquiry) -> Decision:
    """711 Art.17: a moderator, the head or the office reviews; never who answered."""
    department = inquiry.consultation.topic.department_id
    if not (actor.holds(Role.MODERATOR, Role.OFFICE) or actor.holds(Role.HEAD, department_id=department)):
        return needs(Role.MODERATOR)
    return OWN_WORK if actor.is_person(inquiry.answered_by_id) else YES


def may_moderate(actor: Actor, opinion: Opinion) -> Decision:
    """A moderator decides; never on what they keyed in themselves."""
    if actor.is_system:
        return YES
    if not actor.holds(Role.MODERATOR):
        return needs(Role.MODERATOR)
    return OWN_WORK if actor.is_person(opinion.entered_by_id) else YES


def may_confirm(actor: Actor, opinion: Opinion, proposal: Withholding) -> Decision:
    """711 Art.17: a second moderator; never who proposed it, nor who keyed the opinion in."""
    if not actor.holds(Role.MODERATOR):
        return needs(Role.MODERATOR)
    if actor.is_person(proposal.proposed_by_id):
        return no(
            t("这是您自己提出的，须由另一人确认。", "You proposed this yourself; somebody else must confirm it."),
            "711 Art.17",
            t("请由另一位意见审核人确认或驳回。", "Another moderator confirms or rejects it."),
            code="own_work",
        )
    return OWN_WORK if actor.is_person(opinion.entered_by_id) else YES


def may_decide_appeal(actor: Actor, opinion: Opinion, decision: Withholding) -> Decision:
    """An appeal is decided by a moderator or the office; never by who proposed, confirmed or keyed in."""
    if not actor.holds(Role.MODERATOR, Role.OFFICE):
        return needs(Role.MODERATOR)
    if actor.person_id in {decision.proposed_by_id, decision.decided_by_id, opinion.entered_by_id}:
        return no(
            t("您经手过这个决定，不能由您复议。", "You had a part in this decision; somebody else must decide the appeal."),
            "711 Art.17",
            t("请由没有经手的意见审核人或区政府办审核人复议。", "A moderator or office reviewer who had no part in it decides."),
            code="own_work",
        )
    return YES


def may_see_queue(actor: Actor) -> Decision:
    """Moderators work through the queue; the office sees it, for it decides appeals."""
    return YES if actor.is_system or actor.holds(Role.MODERATOR, Role.OFFICE) else needs(Role.MODERATOR)


def may_moderate_any(actor: Actor) -> Decision:
    """Open the moderation queue."""
    return YES if actor.is_system or actor.holds(Role.MODERATOR) else needs(Role.MODERATOR)


def may_see_contact(actor: Actor, department_id: int | None) -> Decision:
    """PIPL Art.6: contact data are seen by the department's clerk only, each time with a purpose; of what belongs nowhere yet, by any clerk."""
    return YES if actor.holds(Role.CLERK, department_id=department_id) else needs(Role.CLERK)


def may_sort_mail(actor: Actor, department_id: int | None) -> Decision:
    """Mails are read and sorted by the office, and by clerk and head of the department; what belongs nowhere yet by any of them."""
    if actor.is_system or actor.holds(Role.OFFICE) or actor.holds(Role.CLERK, Role.HEAD, department_id=department_id):
        return YES
    return needs(Role.CLERK)


def may_see(actor: Actor, department_id: int) -> Decision:
    """Staff of the department and of the office's functions."""
    wide = (
        Role.OFFICE,
        Role.LEADER,
        Role.LEGALITY,
        Role.SECRECY,
        Role.INSPECTOR,
        Role.MODERATOR,
        Role.OPERATOR,
        Role.EDITOR_1,
        Role.EDITOR_2,
        Role.EDITOR_3,
    )
    if actor.is_system or actor.holds(*wide) or actor.holds(Role.CLERK, Role.HEAD, department_id=department_id):
        return YES
    return needs(Role.CLERK)


@carries("3.4b", title=t("采纳报告逐级签署", "The adoption report is signed level by level"))
def may_sign_report(
    actor: Actor, department_id: int, report: AdoptionReport, level: Level | None, given_by: frozenset[int] = frozenset()
) -> Decision:
    """3.4a, 3.4b: the holder of the next level's role signs; never the drafter, never twice the same person."""
    return may_sign(actor, level, department_id=department_id, drafter_id=report.drafted_by_id, given_by=given_by)


def may_return_report(actor: Actor, department_id: int, report: AdoptionReport, levels: Iterable[Level]) -> Decision:
    """3.4b: the holder of any level of its chain returns the report, never who drafted it."""
    return may_return(actor, levels, department_id=department_id, drafter_id=report.drafted_by_id)


def may_decide_correction(actor: Actor, correction: ReportCorrection) -> Decision:
    """3.4b: the government office decides on a change of a published report; never who asked for it."""
    if not actor.holds(Role.OFFICE):
        return needs(Role.OFFICE)
    return OWN_WORK if actor.is_person(correction.asked_by_id) else YES
