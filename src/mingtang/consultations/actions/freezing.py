"""The draft as it went before the public, kept as its first version."""

from __future__ import annotations

from datetime import datetime

from mingtang.consultations.models import Consultation, DraftVersion, VersionClause
from mingtang.platform.actor import Actor

COPIED = ("stem", "position", "label", "heading", "part", "chapter", "section", "text", "origin")


def freeze_draft(row: Consultation, *, actor: Actor, now: datetime) -> DraftVersion:
    """Publish version 1 with the clauses as they stand; called by the opening, once."""
    version, _ = DraftVersion.objects.get_or_create(
        consultation=row, number=1, defaults={"kind": "for_comment", "made_by_id": actor.person_id, "made_at": now}
    )
    version.clauses.all().delete()
    VersionClause.objects.bulk_create(
        VersionClause(version=version, **{name: getattr(each, name) for name in COPIED}) for each in row.clauses.order_by("position")
    )
    version.published_by_id, version.published_at = actor.person_id, now
    version.save(update_fields=["published_by", "published_at"])
    return version
