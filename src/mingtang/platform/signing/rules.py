"""START HERE. The levels at which a document is signed, their order, and what a government may set (3.2a, 3.4b). No Django.

A level names a role. A head or a clerk signs for the department that drafted the document, unless the level names a
department of its own (say, the head of finance); every other role signs for the whole government. A level nobody holds
when the document is submitted is skipped. A document keeps the chain it was submitted with.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from mingtang.kernel.decision import YES, Decision, no
from mingtang.kernel.text import Text, t
from mingtang.platform.actor import BUSINESS_ROLES, Role

OF_DEPARTMENT = frozenset({Role.CLERK, Role.HEAD})
MOST_LEVELS = 6


class Kind(StrEnum):
    """What is signed level by level."""

    DECLARATION = "declaration"
    REPORT = "report"


KIND_LABELS: dict[str, Text] = {
    Kind.DECLARATION: t("议题申报表", "Declaration of a matter"),
    Kind.REPORT: t("意见采纳情况报告", "Adoption report"),
}


@dataclass(frozen=True, slots=True)
class Level:
    """One level: its place in the row, the role that signs, its name, and the department it is bound to, if any."""

    position: int
    role: Role
    title: Text
    department_id: int | None = None

    def __str__(self) -> str:
        return str(self.title)

    def within(self, department_id: int) -> int | None:
        """For which department the role must be held, for a document of `department_id`; None means anywhere."""
        if self.department_id is not None:
            return self.department_id
        return department_id if self.role in OF_DEPARTMENT else None

    def held_in(self, held: frozenset[tuple[str, int | None]], department_id: int) -> bool:
        """Whether anybody among `held` (role, department or None for the whole government) may sign it."""
        within = self.within(department_id)
        return any(role == self.role and (within is None or where in (None, within)) for role, where in held)


HEAD = Level(1, Role.HEAD, t("部门负责人", "Department head"))
DEFAULTS: dict[str, tuple[Level, ...]] = {
    Kind.DECLARATION: (
        HEAD,
        Level(2, Role.OFFICE, t("区政府办审核", "Government office")),
        Level(3, Role.LEADER, t("分管领导审批", "Leader in charge")),
    ),
    Kind.REPORT: (HEAD, Level(2, Role.OFFICE, t("区政府办", "Government office"))),
}


def next_level(levels: Iterable[Level], given: Iterable[int]) -> Level | None:
    """The first level not given yet, None when all are."""
    done = set(given)
    return next((level for level in sorted(levels, key=lambda each: each.position) if level.position not in done), None)


def may_be_approved(levels: Iterable[Level]) -> Decision:
    """3.4b: somebody must be there to approve; a level nobody holds is skipped, but not all of them."""
    if any(levels):
        return YES
    return no(
        t("还没有人担任审批岗位，报上去也没有人批。", "Nobody holds an approving role yet, so nobody could approve it."),
        "3.4",
        t("请安全管理员先为审批链上的岗位设人。", "Ask the security administrator to assign somebody to a role of the chain first."),
        code="no_level",
    )


def may_set(levels: Sequence[Level], reason: str) -> Decision:
    """3.4b: what a government may set: one level at least, each with a name and a signing role, none twice, with a reason."""
    unnamed = [each.position for each in levels if not each.title.zh.strip()]
    checks = (
        (not levels, NONE),
        (len(levels) > MOST_LEVELS, MANY),
        (bool(unnamed), _unnamed(unnamed)),
        (any(each.role not in BUSINESS_ROLES for each in levels), ADMINISTRATOR),
        (len({(each.role, each.department_id) for each in levels}) < len(levels), TWICE),
        (not reason.strip(), NO_REASON),
    )
    return next((refusal for broken, refusal in checks if broken), YES)


def _refused(what: Text, remedy: Text, code: str) -> Decision:
    return no(what, "3.4", remedy, code=code)


def _unnamed(positions: Sequence[int]) -> Decision:
    return _refused(
        t("第 {n} 级没有名称。", "Level {n} has no name.", n=list(positions)),
        t("写上这一级的名称，如“科室复核”。", "Name it, for instance “Section check”."),
        "title",
    )


NONE = _refused(t("一级都没有。", "There is no level."), t("至少写一级。", "Write one level at least."), "none")
MANY = _refused(t("最多 {n} 级。", "At most {n} levels.", n=MOST_LEVELS), t("请合并层级。", "Join some of them."), "many")
ADMINISTRATOR = _refused(
    t("管理员岗位不签业务文件。", "Administrators sign no documents of business."), t("请换一个岗位。", "Choose another role."), "role"
)
TWICE = _refused(
    t("同一岗位写了两级。", "The same role stands at two levels."),
    t("每一级由不同的岗位签；要两人签，请限定不同部门。", "Each level has a role of its own; bind them to different departments."),
    "twice",
)
NO_REASON = _refused(
    t("没有写理由。", "No reason is given."), t("写明依据或为什么改。", "Write the basis, or why it changes."), "reason_missing"
)
