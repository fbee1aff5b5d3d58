"""People with seats for tests: selected, invited, accepted, told."""

from __future__ import annotations

from datetime import date, datetime

from mingtang.platform.actor import Role, stranger
from mingtang.representatives.actions import (
    add_representative,
    answer_invitation,
    invite,
    notify,
    publish_house_rules,
    select_representative,
)
from mingtang.representatives.models import HouseRules, Invitation, Representative
from tests.factories.meetings import Planned
from tests.factories.platform import NOW, actor

TEXTS = {
    "selection": "社区推荐，抽签产生。",
    "duties": "准时到会，如实反映。",
    "organisation": "签到后入座。",
    "discipline": "手机静音，不录音录像。",
}


def house_rules(of: Planned, *, now: datetime = NOW, in_force_on: date = date(2026, 1, 1), **texts: str) -> HouseRules:
    """House rules of the lead department, in force."""
    head = actor(of.home, Role.HEAD, within=of.department)
    return publish_house_rules(of.department.pk, actor=head, now=now, in_force_on=in_force_on, **{**TEXTS, **texts})


def pooled(of: Planned, name: str = "张三", **fields: object) -> Representative:
    """Somebody in the pool."""
    given = {"audience": "public", "unit": "向阳小区", "email": "zs@example.org", "phone": "000-1234", "publish_name": True}
    return add_representative(actor=of.operator, now=NOW, name=name, **{**given, **fields})


def selected(of: Planned, name: str = "张三", **fields: object) -> Invitation:
    """Somebody with a seat at the item."""
    who = pooled(of, name, **fields)
    return select_representative(of.item.pk, who.pk, actor=of.operator, now=NOW, method="nomination", reason="街道推荐")


def invited(of: Planned, name: str = "张三", **fields: object) -> Invitation:
    """Somebody invited; house rules are published where there are none."""
    if not HouseRules.objects.filter(department=of.department).exists():
        house_rules(of)
    return invite(selected(of, name, **fields).pk, actor=of.operator, now=NOW)


def accepted(of: Planned, name: str = "张三", **fields: object) -> Invitation:
    """Somebody who said yes."""
    row = invited(of, name, **fields)
    return answer_invitation(
        row.token, actor=stranger(of.home.pk), now=NOW, accept=True, accepted_rules=True, publish_name=row.publish_name
    )


def told(of: Planned, name: str = "张三", *, now: datetime = NOW, door: str = "hand", **fields: object) -> Invitation:
    """Somebody who was told in person, with papers."""
    return notify(accepted(of, name, **fields).pk, actor=of.operator, now=now, requirements="八点四十到东门，带身份证件。", door=door)
