"""Every write on people and roles; the security administrator's work (three separate administrators)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from mingtang.kernel.decision import YES, Decision, no
from mingtang.kernel.text import t
from mingtang.platform.accounts.models import Assignment, Department, Person
from mingtang.platform.actor import ADMIN_ROLES, BUSINESS_ROLES, ROLE_LABELS, Actor, Role
from mingtang.platform.audit.acts import ELSEWHERE, record
from mingtang.platform.clock import day_of


def may_administer(actor: Actor) -> Decision:
    """Only the security administrator gives and takes roles."""
    if actor.is_system or actor.holds(Role.SECURITY_ADMIN):
        return YES
    return no(
        t("人员和岗位由安全管理员管理。", "People and roles are the security administrator's."),
        "",
        t("请联系安全管理员。", "Ask the security administrator."),
        code="role",
    )


def may_hold(held: frozenset[Role], role: Role) -> Decision:
    """Three administrators: one person holds at most one of the three, and no business role beside it."""
    conflict = (held & ADMIN_ROLES - {role}) if role in ADMIN_ROLES else frozenset()
    mixed = bool(held & BUSINESS_ROLES) if role in ADMIN_ROLES else role in BUSINESS_ROLES and bool(held & ADMIN_ROLES)
    if not conflict and not mixed:
        return YES
    return no(
        t(
            "系统管理员、安全管理员、审计员互相独立，也不能兼业务岗位；不能再给“{role}”。",
            "The three administrators are separate and hold no business role; “{role}” cannot be added.",
            role=ROLE_LABELS[role],
        ),
        "",
        t("请换一个人，或先收回冲突的岗位。", "Choose another person, or take the conflicting role back first."),
        code="separate",
    )


@transaction.atomic
def add_person(
    *, actor: Actor, now: datetime, username: str, name: str, password: str, email: str = "", department_id: int | None = None
) -> Person:
    """Add a member of staff; the password follows the rules and is changed at the first sign-in."""
    may_administer(actor).require()
    if Person.objects.filter(username=username).exists():
        no(
            t("登录名“{name}”已有人用。", "The login name “{name}” is taken.", name=username),
            "",
            t("请换一个登录名。", "Choose another."),
            code="taken",
        ).require()
    person = Person(
        username=username,
        name=name,
        email=email,
        government_id=actor.government_id,
        department_id=department_id,
        joined_at=now,
        password_changed_at=now,
        must_change_password=True,
    )
    _check_password(password, person)
    person.set_password(password)
    person.save()
    record("person.add", person, actor=actor, now=now)
    return person


def _check_password(password: str, person: Person) -> None:
    try:
        validate_password(password, person)
    except ValidationError as problems:
        no(
            t("密码不合规定：{why}", "The password does not follow the rules: {why}", why=" ".join(problems.messages)),
            "",
            t("请换一个密码。", "Choose another."),
            code="password",
        ).require()


def _person(person_id: int, actor: Actor) -> Person:
    found = Person.objects.select_for_update(of=("self",)).filter(pk=person_id, government_id=actor.government_id).first()
    if found is None:
        ELSEWHERE.require()
    assert found is not None
    return found


@transaction.atomic
def give_role(
    person_id: int, role: Role, *, actor: Actor, now: datetime, department_id: int | None = None, since: date | None = None
) -> Assignment:
    """Give a role from today; the same role twice gives the one held."""
    may_administer(actor).require()
    person = _person(person_id, actor)
    if actor.is_person(person_id):
        no(
            t("不能给自己加岗位。", "You cannot give yourself a role."),
            "",
            t("请由另一位安全管理员办理。", "Another security administrator must do it."),
            code="own",
        ).require()
    today = since or day_of(now)
    rows = Assignment.objects.filter(person=person, until_on=None)
    found = rows.filter(role=role, department=department_id).first()
    if found:
        return found
    may_hold(frozenset(Role(each) for each in rows.values_list("role", flat=True)), role).require()
    if department_id is not None and not Department.objects.filter(pk=department_id, government_id=actor.government_id).exists():
        no(t("没有这个部门。", "There is no such department."), "", code="department").require()
    same_day: dict[str, Any] = {"person": person, "role": role, "department_id": department_id, "since_on": today}
    row, _ = Assignment.objects.update_or_create(**same_day, defaults={"until_on": None})  # given again on one day is one row
    record("person.give_role", person, actor=actor, now=now, data={"role": role.value, "department": department_id})
    return row


@transaction.atomic
def take_role(assignment_id: int, *, actor: Actor, now: datetime) -> None:
    """Take a role back; it ends yesterday, the history stays."""
    may_administer(actor).require()
    row = (
        Assignment.objects.select_for_update()
        .select_related("person")
        .filter(pk=assignment_id, person__government_id=actor.government_id, until_on=None)
        .first()
    )
    if row is None:
        return
    row.until_on = date.fromordinal(day_of(now).toordinal() - 1)
    row.save(update_fields=["until_on"])
    record("person.take_role", row.person, actor=actor, now=now, data={"role": row.role, "department": row.department_id})


@transaction.atomic
def set_active(person_id: int, *, actor: Actor, now: datetime, active: bool) -> Person:
    """Close or reopen an account."""
    may_administer(actor).require()
    person = _person(person_id, actor)
    if person.is_active != active:
        person.is_active = active
        person.save(update_fields=["is_active"])
        record("person.set_active", person, actor=actor, now=now, data={"active": active})
    return person
