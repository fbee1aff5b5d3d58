"""The one function that moves a row along its workflow."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet

from mingtang.kernel.decision import no
from mingtang.kernel.text import t
from mingtang.kernel.workflow import Workflow
from mingtang.platform import events
from mingtang.platform.actor import Actor
from mingtang.platform.audit.acts import record, require_own


def move(
    row: Model,
    workflow: Workflow,
    name: str,
    *,
    actor: Actor,
    now: datetime,
    reason: str = "",
    facts: Mapping[str, Any] | None = None,
    **also: object,
) -> None:
    """Move `row` along the arrow `name`, record the act and tell the listeners.

    `row` has the fields ``state`` and ``government_id``; `also` names further own fields set in the
    same update (their new values). The update is conditional on the state read before, so two people
    acting at once cannot both succeed. The event announced is ``<workflow>.<arrow>``.

    Raises `Refused` when the table has no such arrow from here, a needed reason is missing, somebody
    else was first, or the row belongs to another government.
    """
    require_own(row, actor)
    before = row.state  # type: ignore[attr-defined]  # contract of the docstring
    workflow.may(before, name, reason=reason).require()
    arrow = workflow.arrow(name)
    changed = type(row)._default_manager.filter(pk=row.pk, state=before).update(state=arrow.target, **also)  # noqa: SLF001 - Django's public name for it
    if not changed:
        no(
            t("{title}刚刚被别人改动了。", "{title} has just been changed by somebody else.", title=workflow.title),
            arrow.clause,
            t("请刷新页面，看清现状后再操作。", "Reload the page, look at how it stands, then act again."),
            code="overtaken",
        ).require()
    for field, value in {"state": arrow.target, **also}.items():
        setattr(row, field, value)
    event = f"{workflow.name}.{name}"
    record(event, row, actor=actor, now=now, reason=reason, clause=arrow.clause, data={"from": before, "to": arrow.target})
    events.announce(events.Happened(event, row, actor, now, {"reason": reason, **(facts or {})}))


def move_all(rows: QuerySet[Any], workflow: Workflow, name: str, *, actor: Actor, **also: object) -> int:
    """Move all of `rows` that stand where the arrow begins, in one update; gives how many moved.

    For thousands at once, where the caller records one act for the whole: no act and no event for each row,
    so only for arrows without a reason and without listeners. Rows of other governments stay as they are.
    """
    arrow = workflow.arrow(name)
    if arrow.reason_required:
        msg = f"{workflow.name}.{name} needs a reason for each row"
        raise ValueError(msg)
    return rows.filter(state__in=arrow.sources, government_id=actor.government_id).update(state=arrow.target, **also)
