"""What is on its way to the public and has findings nobody cleared: counted when it is sent, told on the reviewers' desks.

Looking a thing through costs more than a desk may cost, so the number is kept: from the moment it is sent to review until
it is public, sent back, or its last finding is cleared.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.urls import reverse

from mingtang.kernel.decision import Refused
from mingtang.kernel.text import t
from mingtang.platform.actor import Actor
from mingtang.platform.events import Happened, Reaction
from mingtang.platform.guard.looking import look
from mingtang.platform.guard.models import Hold
from mingtang.platform.guard.policy import REVIEWERS, may_clear
from mingtang.platform.guard.subjects import Material, provider_of
from mingtang.platform.web.desk import DeskItem

MOST = 100


def count_stops(material: Material, now: datetime) -> int:
    """Keep how many findings of a thing nobody cleared; none, and nothing is kept. Gives the number."""
    stops = sum(each.stops for each in look(material, now))
    if not stops:
        let_go(material.government_id, material.kind, material.id)
        return 0
    facts: dict[str, Any] = {
        "department_id": material.department_id,
        "title": material.title[:300],
        "authors": sorted(material.authors),
        "stops": stops,
        "counted_at": now,
    }
    key: dict[str, Any] = {"government_id": material.government_id, "subject_kind": material.kind, "subject_id": material.id}
    Hold.objects.update_or_create(**key, defaults=facts)
    return stops


def let_go(government_id: int, kind: str, subject_id: int) -> None:
    """The thing is public, was sent back or has nothing left to clear."""
    Hold.objects.filter(government_id=government_id, subject_kind=kind, subject_id=subject_id).delete()


def counts(kind: str, key: str = "pk", *, when: Callable[[Any], bool] = bool) -> Reaction:
    """Reaction to a thing being sent on its way: its findings are counted (where `when` holds for its row)."""

    def react(happened: Happened) -> None:
        provider = provider_of(kind)
        if provider is not None and when(happened.subject):
            count_stops(provider(happened.actor.government_id, getattr(happened.subject, key)), happened.now)

    return react


def lets_go(kind: str, key: str = "pk") -> Reaction:
    """Reaction to a thing being sent back or given up: nothing is left to clear for now."""

    def react(happened: Happened) -> None:
        let_go(happened.actor.government_id, kind, getattr(happened.subject, key))

    return react


def desk(actor: Actor, _now: datetime) -> list[DeskItem]:
    """For whoever may clear them: things with findings that keep them from going public, the oldest first; one query."""
    if not actor.holds(*REVIEWERS):
        return []
    rows = Hold.objects.filter(government_id=actor.government_id).order_by("counted_at", "id")[:MOST]
    return [_item(row) for row in rows if may_clear(actor, _material(row))]


def recount(now: datetime) -> int:
    """Count again what is held: files may have been taken away or added since it was sent. Gives how many are held still."""
    for row in Hold.objects.order_by("id")[:MOST]:
        provider = provider_of(row.subject_kind)
        try:
            material = provider(row.government_id, row.subject_id) if provider is not None else None
        except (Refused, ObjectDoesNotExist):  # it was deleted meanwhile
            material = None
        if material is None:
            row.delete()
        else:
            count_stops(material, now)
    return Hold.objects.count()


def _material(row: Hold) -> Material:
    return Material(row.subject_kind, row.subject_id, row.government_id, row.department_id, row.title, "", frozenset(row.authors))


def _item(row: Hold) -> DeskItem:
    return DeskItem(
        t("公开前有 {n} 处要放行或退回修改", "{n} places to clear before publishing", n=row.stops),
        row.title,
        reverse("workspace:guard", args=[row.subject_kind, row.subject_id]),
        t("逐处查看", "Look at each"),
        "711 Art.17",
    )
