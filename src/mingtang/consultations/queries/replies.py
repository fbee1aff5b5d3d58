"""Which other groups a reply was given to as well; one query, and no more groups than the desk offers."""

from __future__ import annotations

from mingtang.consultations.models import OpinionGroup
from mingtang.consultations.rules.replies import same_paragraph

MOST_GROUPS = 200


def answered_alike(group: OpinionGroup) -> list[OpinionGroup]:
    """The largest groups of the same consultation that have the same, or nearly the same, paragraph as their reason."""
    if not group.reason.strip():
        return []
    others = OpinionGroup.objects.filter(consultation_id=group.consultation_id).exclude(pk=group.pk).exclude(reason="")
    return [each for each in others.order_by("-people_count", "-id")[:MOST_GROUPS] if same_paragraph(group.reason, each.reason)]
