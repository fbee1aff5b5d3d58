"""Who acts: a value handed to every action and policy, never looked up inside them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from mingtang.kernel.text import Text, t


class Role(StrEnum):
    """What a person may be asked to do (product.md, "Roles")."""

    CITIZEN = "citizen"
    REPRESENTATIVE = "representative"
    CLERK = "clerk"
    HEAD = "head"
    OFFICE = "office"
    LEGALITY = "legality"
    SECRECY = "secrecy"
    LEADER = "leader"
    EDITOR_1 = "editor_1"
    EDITOR_2 = "editor_2"
    EDITOR_3 = "editor_3"
    MODERATOR = "moderator"
    OPERATOR = "operator"
    INSPECTOR = "inspector"
    AUDITOR = "auditor"
    SYSTEM_ADMIN = "sysadmin"
    SECURITY_ADMIN = "secadmin"


ROLE_LABELS: dict[Role, Text] = {
    Role.CITIZEN: t("公众", "Citizen"),
    Role.REPRESENTATIVE: t("列席代表", "Representative"),
    Role.CLERK: t("经办人", "Clerk"),
    Role.HEAD: t("部门负责人", "Department head"),
    Role.OFFICE: t("区政府办审核人", "Office reviewer"),
    Role.LEGALITY: t("合法性审查人", "Legality reviewer"),
    Role.SECRECY: t("保密审查人", "Secrecy reviewer"),
    Role.LEADER: t("分管领导", "Leader"),
    Role.EDITOR_1: t("一审编辑", "Editor, first review"),
    Role.EDITOR_2: t("二审编辑", "Editor, second review"),
    Role.EDITOR_3: t("三审编辑", "Editor, third review"),
    Role.MODERATOR: t("意见审核人", "Moderator"),
    Role.OPERATOR: t("会务人员", "Meeting operator"),
    Role.INSPECTOR: t("督查人员", "Inspector"),
    Role.AUDITOR: t("审计员", "Auditor"),
    Role.SYSTEM_ADMIN: t("系统管理员", "System administrator"),
    Role.SECURITY_ADMIN: t("安全管理员", "Security administrator"),
}

STAFF_ROLES = frozenset(Role) - {Role.CITIZEN, Role.REPRESENTATIVE}
ADMIN_ROLES = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR})
BUSINESS_ROLES = STAFF_ROLES - ADMIN_ROLES


@dataclass(frozen=True, slots=True)
class Held:
    """A role held for one department, or for the whole government when `department_id` is None."""

    role: Role
    department_id: int | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """The acting person (or the system, or a stranger) within one government."""

    government_id: int
    person_id: int | None = None
    name: str = ""
    held: frozenset[Held] = field(default_factory=frozenset)
    is_system: bool = False

    @property
    def person(self) -> int:
        """The acting person's id; TypeError when nobody in person acts (the system, a stranger)."""
        if self.person_id is None:
            msg = "this act needs a person"
            raise TypeError(msg)
        return self.person_id

    @property
    def is_staff(self) -> bool:
        """Whether any staff role is held."""
        return any(each.role in STAFF_ROLES for each in self.held)

    @property
    def roles(self) -> frozenset[Role]:
        """The roles held, for whichever department."""
        return frozenset(each.role for each in self.held)

    @property
    def department_ids(self) -> frozenset[int]:
        """The departments for which some role is held."""
        return frozenset(each.department_id for each in self.held if each.department_id is not None)

    def holds(self, *roles: Role, department_id: int | None = None) -> bool:
        """Whether one of `roles` is held for `department_id`.

        A role held for the whole government counts for each department; with `department_id` None,
        holding it anywhere is enough.
        """
        return any(each.role in roles and (department_id is None or each.department_id in (None, department_id)) for each in self.held)

    def is_person(self, person_id: int | None) -> bool:
        """Whether the actor is this very person; a stranger is nobody."""
        return person_id is not None and self.person_id == person_id


def system(government_id: int) -> Actor:
    """The platform itself acting on a clock: sweeps, reminders, derived states."""
    return Actor(government_id, name="系统", is_system=True)


def stranger(government_id: int) -> Actor:
    """Somebody without an account."""
    return Actor(government_id)
