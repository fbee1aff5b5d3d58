"""Versions of a draft and their blocks, for those who prepare them."""

from __future__ import annotations

from django.db.models import Count, Q

from mingtang.consultations.models import DraftVersion
from mingtang.consultations.rules.drafting import Kind
from mingtang.kernel.decision import no
from mingtang.kernel.text import t

NO_VERSION = no(
    t("没有找到这一稿。", "There is no such version."), "", t("请从征求意见页重新打开。", "Open it from the consultation again."), code="gone"
)
LEFT = Count("blocks", filter=Q(blocks__kind=Kind.UNRECOGNISED.value))


def version_for_update(version_id: int) -> DraftVersion:
    """One version, locked; `Refused` when there is none."""
    found = (
        DraftVersion.objects.select_for_update(of=("self",))
        .select_related("consultation__topic", "consultation__government")
        .filter(pk=version_id)
        .first()
    )
    if found is None:
        NO_VERSION.require()
    assert found is not None
    return found


def version(government_id: int, consultation_id: int, number: int) -> DraftVersion:
    """One version with its blocks and clauses, for staff; `Refused` when there is none."""
    found = (
        DraftVersion.objects.select_related("consultation__topic__department", "file", "made_by", "published_by")
        .filter(consultation_id=consultation_id, consultation__government_id=government_id, number=number)
        .first()
    )
    if found is None:
        NO_VERSION.require()
    assert found is not None
    return found


def versions(consultation_id: int) -> list[DraftVersion]:
    """All versions with the number of blocks still to be placed (`left`)."""
    return list(DraftVersion.objects.filter(consultation_id=consultation_id).annotate(left=LEFT).select_related("file", "made_by"))


def unplaced(consultation_id: int) -> int:
    """How many blocks of the draft for comment nobody has placed yet."""
    rows = DraftVersion.objects.filter(consultation_id=consultation_id, number=1).annotate(left=LEFT)
    return int(rows.values_list("left", flat=True).first() or 0)
