"""Setting the levels."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from mingtang.kernel.decision import no
from mingtang.kernel.text import t
from mingtang.platform.accounts.models import Department, Government
from mingtang.platform.actor import Actor
from mingtang.platform.audit.acts import record
from mingtang.platform.signing import policy, reads
from mingtang.platform.signing.models import LevelSet, SetLevel, fields_of
from mingtang.platform.signing.rules import KIND_LABELS, Level, may_set


@transaction.atomic
def set_levels(kind: str, levels: Sequence[Level], *, actor: Actor, now: datetime, reason: str) -> LevelSet:
    """3.4b: set the levels of one kind of document for what is submitted from now on; running documents keep their chain.

    Setting what is in force already changes nothing.
    """
    policy.may_set_levels(actor).require()
    if kind not in KIND_LABELS:
        no(
            t("没有这种文件。", "There is no such kind of document."), "3.4", t("请从列表打开。", "Open it from the list."), code="gone"
        ).require()
    may_set(levels, reason).require()
    Government.objects.select_for_update().get(pk=actor.government_id)
    _own_departments(actor.government_id, levels)
    newest = LevelSet.objects.filter(government_id=actor.government_id, kind=kind).order_by("-id").first()
    before = reads.levels(actor.government_id, kind)
    if newest is not None and before == tuple(levels):
        return newest
    row = LevelSet.objects.create(
        government_id=actor.government_id, kind=kind, reason=reason.strip(), set_by_id=actor.person_id, set_at=now
    )
    SetLevel.objects.bulk_create(SetLevel(of=row, **fields_of(each)) for each in levels)
    data = {"kind": kind, "before": [str(each.role) for each in before], "after": [str(each.role) for each in levels]}
    record("levels.set", row, actor=actor, now=now, reason=reason.strip(), clause="3.4b", data=data)
    return row


def _own_departments(government_id: int, levels: Sequence[Level]) -> None:
    named = {each.department_id for each in levels if each.department_id is not None}
    if Department.objects.filter(government_id=government_id, closed_on=None, pk__in=named).count() < len(named):
        no(
            t("有一级限定的部门不存在或已撤销。", "A level is bound to a department that is not there, or was closed."),
            "3.4",
            t("请重新选择部门。", "Choose the department again."),
            code="department",
        ).require()
