"""Writing an act, and reading acts back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet

from mingtang.kernel.decision import no
from mingtang.kernel.text import t
from mingtang.platform.actor import Actor
from mingtang.platform.audit.models import Act
from mingtang.platform.ledger.public import log_act


def record(
    event: str,
    subject: Model,
    *,
    actor: Actor,
    now: datetime,
    reason: str = "",
    clause: str = "",
    data: Mapping[str, Any] | None = None,
) -> Act:
    """Write down an act within the caller's transaction, and in the public log if it is a public one.

    `event` is ``<subject>.<verb>``; `data` holds plain values and nothing personal. Raises `Refused`
    when the row belongs to another government than the actor: nobody reaches across tenants, whatever
    id they type, and the refusal undoes the act.
    """
    require_own(subject, actor)
    act = Act.objects.create(
        government_id=actor.government_id,
        at=now,
        event=event,
        actor_id=actor.person_id,
        actor_name=actor.name[:60],
        actor_roles=",".join(sorted(actor.roles))[:200],
        subject_type=subject._meta.label_lower,  # noqa: SLF001 - Django's public name for it
        subject_id=subject.pk,
        subject_title=str(subject)[:200],
        reason=reason,
        clause=clause,
        data=dict(data or {}),
    )
    log_act(event, subject, government_id=actor.government_id, now=now, data=act.data)
    return act


def acts_of(subject: Model) -> QuerySet[Act]:
    """Every act on one row, oldest first."""
    return Act.objects.filter(
        subject_type=subject._meta.label_lower,  # noqa: SLF001 - Django's public name for it
        subject_id=subject.pk,
    ).order_by("id")


def standing_return(subject: Model, back: str, forward: str) -> Act | None:
    """The act `back` by which a row was returned, as long as the act `forward` has not sent it on again."""
    last = acts_of(subject).filter(event__in=[back, forward]).last()
    return last if last is not None and last.event == back else None


def require_own(subject: Model, actor: Actor) -> None:
    """Raise `Refused` when `subject` belongs to another government than the actor."""
    if getattr(subject, "government_id", None) not in (None, actor.government_id):
        ELSEWHERE.require()


ELSEWHERE = no(
    t("本政府没有这条记录。", "This government has no such record."),
    "",
    t("请从列表重新打开。", "Open it from its list again."),
    code="gone",
)
