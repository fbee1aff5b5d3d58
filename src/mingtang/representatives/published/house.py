"""The house rules of the departments in their versions, what changed between two of them, and the one that binds a seat (3.2b)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from mingtang.consultations.rules.drafting.comparing import Piece, compare
from mingtang.kernel.text import Text, same, t
from mingtang.platform.clock import day_of
from mingtang.representatives.models import HouseRules, Invitation
from mingtang.representatives.rules import must_confirm_anew

PARTS: dict[str, Text] = {
    "selection": t("代表产生机制", "How representatives are found"),
    "duties": t("代表责任义务", "Duties"),
    "organisation": t("会议组织安排", "Organisation"),
    "discipline": t("会议纪律", "Discipline"),
}


@dataclass(frozen=True, slots=True)
class RulesView:
    """The house rules of a department in one version."""

    department: Text
    department_id: int
    version: int
    in_force_on: date
    published_at: datetime
    selection: str
    duties: str
    organisation: str
    discipline: str


def house_rules(government_id: int, now: datetime) -> list[RulesView]:
    """The rules in force of every department (3.2b)."""
    rows = HouseRules.objects.filter(government_id=government_id, in_force_on__lte=day_of(now)).select_related("department")
    newest: dict[int, HouseRules] = {}
    for row in rows.order_by("department_id", "-version"):
        newest.setdefault(row.department_id, row)
    return [house_rules_view(row) for row in newest.values()]


def house_rules_view(row: HouseRules) -> RulesView:
    """One version as the public sees it."""
    texts = (row.selection, row.duties, row.organisation, row.discipline)
    return RulesView(same(row.department), row.department_id, row.version, row.in_force_on, row.published_at, *texts)


def rules_for(row: Invitation, now: datetime) -> HouseRules | None:
    """The rules that bind a seat: the newest in force on the day of its meeting, or today where that is past."""
    day = max(day_of(now), day_of(row.meeting.starts_at)) if row.meeting.started_at is None else day_of(row.meeting.starts_at)
    rows = HouseRules.objects.filter(department_id=row.item.topic.department_id, in_force_on__lte=day)
    return rows.select_related("department").order_by("-version").first()


def confirms_anew(row: Invitation, now: datetime) -> bool:
    """Whether somebody accepted other rules than those that bind their seat."""
    binding = rules_for(row, now)
    return must_confirm_anew(row.rules.version if row.rules else None, binding.version if binding else None, row.state)


def compare_url(department_id: int, before: int, after: int) -> str:
    """Where the differences between two versions stand."""
    return f"{reverse('portal:house-rules-of', args=[department_id])}?from={before}&to={after}"


@dataclass(frozen=True, slots=True)
class PartView:
    """One of the four rules in a version, with what changed from the other version."""

    title: Text
    pieces: tuple[Piece, ...]
    changed: bool


@dataclass(frozen=True, slots=True)
class VersionsView:
    """Every version of a department's rules, and one of them beside an earlier one."""

    department: Text
    department_id: int
    versions: tuple[RulesView, ...]
    shown: RulesView
    before: RulesView | None
    parts: tuple[PartView, ...]
    in_force: int


def versions_of(government_id: int, department_id: int, now: datetime, *, before: str = "", after: str = "") -> VersionsView | None:
    """The versions of one department, newest first; `after` (else the newest) beside `before` (else the one before it).

    Beside itself a version is shown whole. None without any.
    """
    rows = HouseRules.objects.filter(government_id=government_id, department_id=department_id).select_related("department")
    views = tuple(house_rules_view(row) for row in rows.order_by("-version"))
    if not views:
        return None
    numbers = {str(each.version): each for each in views}
    shown = numbers.get(after, views[0])
    other = numbers.get(before) or next((each for each in views if each.version < shown.version), None)
    other = None if other is shown else other
    parts = tuple(_part(key, title, other, shown) for key, title in PARTS.items())
    now_on = next((each.version for each in views if each.in_force_on <= day_of(now)), 0)
    return VersionsView(views[0].department, department_id, views, shown, other, parts, now_on)


def _part(key: str, title: Text, before: RulesView | None, after: RulesView) -> PartView:
    new = getattr(after, key)
    old = getattr(before, key) if before else new
    return PartView(title, compare(old, new), old != new)
