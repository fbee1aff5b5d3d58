"""A consultation from opening to its published report, as the public log and exports see it."""

from __future__ import annotations

import json
from typing import Any

from mingtang.consultations import actions
from mingtang.consultations.models import Consultation, Opinion, OpinionGroup
from mingtang.platform.actor import Actor, Role
from mingtang.platform.clock import closing_of
from mingtang.platform.ledger.models import LedgerEntry
from tests.factories.consultations import CLOSES, closed, withhold
from tests.factories.kept import kept
from tests.factories.platform import acting, actor, person

AFTER = closing_of(CLOSES)
REASON = "财政承受不了，改为分三年补助到位。"


@kept
def answered(opinions: int = 6, **fields: Any) -> tuple[Consultation, Actor, list[Opinion]]:
    """A closed consultation: all but two opinions in one group, one answered singly, one withheld."""
    row, clerk = closed(opinions=opinions, **fields)
    return row, clerk, answer(row, clerk)


def answer(row: Consultation, clerk: Actor) -> list[Opinion]:
    """Every opinion of a closed consultation finds its place: all but two in one group, one answered singly (a point of it by the group), one withheld."""
    rows = list(Opinion.objects.filter(consultation=row).order_by("pk"))
    ids = [each.pk for each in rows]
    actions.group_opinions(row.pk, ids[:-2], actor=clerk, now=AFTER, title="补助太少")
    group = OpinionGroup.objects.get(consultation=row)
    actions.answer_group(group.pk, actor=clerk, now=AFTER, verdict="not_adopted", reason=REASON, legal_ref="", landed_in="")
    actions.answer_opinions(row.pk, ids[-2:-1], actor=clerk, now=AFTER, verdict="adopted", reason="", landed_in="第三条")
    actions.add_point(row.pk, ids[-2], rows[-2].text[:2], actor=clerk, now=AFTER, group_id=group.pk)
    withhold(row, ids[-1:], code="advertising", now=AFTER)
    return rows


@kept
def reported(opinions: int = 6, **fields: Any) -> tuple[Consultation, Actor, list[Opinion]]:
    """The same with its report signed and published."""
    row, clerk, rows = answered(opinions, **fields)
    return finished(row, clerk), clerk, rows


def finished(row: Consultation, clerk: Actor) -> Consultation:
    """Its report written, signed, approved and published."""
    actions.save_report(row.pk, actor=clerk, now=AFTER, intro="收到的意见逐条答复如下。")
    actions.submit_report(row.pk, actor=clerk, now=AFTER)
    actions.sign_report(row.pk, actor=acting(person(row.government, Role.HEAD, within=row.topic.department)), now=AFTER)
    actions.sign_report(row.pk, actor=actor(row.government, Role.OFFICE), now=AFTER)
    return actions.publish_report(row.pk, actor=clerk, now=AFTER)


def told(kind: str) -> list[dict[str, Any]]:
    """The facts that acts of a kind told the public log, in order."""
    return [json.loads(body)["facts"] for body in LedgerEntry.objects.filter(kind=kind).order_by("id").values_list("body", flat=True)]
