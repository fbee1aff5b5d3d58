"""Versions of a draft and their blocks, for those who prepare them."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Count, Q

from mingtang.consultations.models import Clause, DraftBlock, DraftVersion, VersionClause
from mingtang.consultations.rules.drafting import Kind
from mingtang.kernel.decision import no
from mingtang.kernel.text import t
from mingtang.platform.paging import Page, page_of

NO_VERSION = no(
    t("没有找到这一稿。", "There is no such version."),
    "",
    t("请从征求意见页重新打开。", "Open it from the consultation again."),
    code="gone",
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


def blocks(version: DraftVersion, *, only: str = "", after: str = "") -> Page[DraftBlock]:
    """One page of a version's blocks in order; `only` "left" gives those still to be placed."""
    rows = DraftBlock.objects.filter(version=version)
    return page_of(rows.filter(kind=Kind.UNRECOGNISED.value) if only == "left" else rows, key=("position", "id"), after=after, size=60)


def neighbours(rows: Sequence[DraftBlock]) -> dict[int, tuple[int, int]]:
    """For each block of a page, behind which one it stands when moved up or down; 0 is the front, -1 no move."""
    found = {}
    for n, each in enumerate(rows):
        up = (rows[n - 2].pk if n > 1 else 0) if n else -1
        found[each.pk] = (up if n != 1 or each.position == 2 else -1, rows[n + 1].pk if n + 1 < len(rows) else -1)  # noqa: PLR2004 - the second place
    return found


def left_of(version: DraftVersion) -> int:
    """How many blocks are still to be placed."""
    return DraftBlock.objects.filter(version=version, kind=Kind.UNRECOGNISED.value).count()


def blocks_total(version: DraftVersion) -> int:
    """How many blocks the file has."""
    return DraftBlock.objects.filter(version=version).count()


def clauses_standing(version: DraftVersion) -> list[Clause] | list[VersionClause]:
    """The clauses as they stand: those of the draft itself for the first version, else the version's own."""
    return list(version.consultation.clauses.all()) if version.number == 1 else list(version.clauses.all())


def base_clauses(version: DraftVersion) -> dict[int, VersionClause]:
    """The clauses of the last public version before this one, by stem."""
    before = (
        DraftVersion.objects.filter(consultation_id=version.consultation_id, number__lt=version.number, published_at__isnull=False)
        .order_by("-number")
        .first()
    )
    return {each.stem: each for each in before.clauses.all()} if before else {}
