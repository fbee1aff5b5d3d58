"""Writing the clauses a version's blocks make, touching only those that the correction changed."""

from __future__ import annotations

from collections.abc import Sequence

from mingtang.consultations import queries
from mingtang.consultations.actions.preparing import ClauseIn, write_clauses
from mingtang.consultations.models import Clause, DraftVersion, VersionClause
from mingtang.consultations.rules.drafting import Draft, DraftClause, Kind, Part, Standing, align

SHAPE = ("label", "heading", "part", "chapter", "section", "text")


def parts_of(version: DraftVersion) -> list[Part]:
    """A version's blocks as parts; their number is the row's."""
    return [
        Part(each.pk, Kind(each.kind), each.text, each.label, each.heading, each.body, each.level, each.joins, each.why)
        for each in version.blocks.all()
    ]


def write_draft(version: DraftVersion, before: Draft | None, after: Draft) -> None:
    """Bring the clauses in line with the blocks. Without any clause the draft stays as it was."""
    if not after.clauses and before is None:
        return
    was = {each.blocks[0]: each for each in before.clauses} if before else {}
    if version.number == 1:
        _write_working(version, was, after.clauses)
    else:
        _write_version(version, was, after.clauses)


def _shape(clause: DraftClause) -> dict[str, str]:
    return {name: getattr(clause, name) for name in SHAPE}


def _write_working(version: DraftVersion, was: dict[int, DraftClause], clauses: Sequence[DraftClause]) -> None:
    row = version.consultation
    standing = list(row.clauses.all())
    kept = _kept(standing, clauses)
    given = []
    for each in clauses:
        old, first = kept.get(each.blocks[0]), each.blocks[0]
        same = old is not None and old.origin == first and first in was and _shape(was[first]) == _shape(each)
        shape = {name: getattr(old, name) for name in SHAPE} if same else _shape(each)
        plain, now_text = (old.plain, old.now_text) if old else ("", "")
        given.append(ClauseIn(**shape, plain=plain, now_text=now_text, id=old.pk if old else None, origin=first))
    write_clauses(row, given)


def _kept(standing: Sequence[Clause], clauses: Sequence[DraftClause]) -> dict[int, Clause]:
    """Which clause each new one grew from: the one of the same block, else the likest, else that of the same number."""
    by_origin = {each.origin: each for each in standing if each.origin}
    found = {each.blocks[0]: by_origin[each.blocks[0]] for each in clauses if each.blocks[0] in by_origin}
    taken = {each.pk for each in found.values()}
    loose = [each for each in standing if each.pk not in taken]
    new = [each for each in clauses if each.blocks[0] not in found]
    stems = align([Standing(each.label, each.text, each.stem) for each in loose], [Standing(each.label, each.text) for each in new])
    by_stem = {each.stem: each for each in loose}
    for each, stem in zip(new, stems, strict=True):
        if stem in by_stem:
            found[each.blocks[0]] = by_stem.pop(stem)
    by_label = {each.label: each for each in by_stem.values()}
    for each in new:
        if each.blocks[0] not in found and each.label in by_label:
            found[each.blocks[0]] = by_label.pop(each.label)
    return found


def _write_version(version: DraftVersion, was: dict[int, DraftClause], clauses: Sequence[DraftClause]) -> None:
    standing = {each.origin: each for each in version.clauses.all()}
    kept = {each.blocks[0]: standing[each.blocks[0]] for each in clauses if each.blocks[0] in standing}
    stems = stems_for(version, {first: each.stem for first, each in kept.items()}, clauses)
    made = []
    for position, each in enumerate(clauses, 1):
        old, first = kept.get(each.blocks[0]), each.blocks[0]
        same = old is not None and first in was and _shape(was[first]) == _shape(each)
        shape = {name: getattr(old, name) for name in SHAPE} if same else _shape(each)
        by_hand = bool(old and old.by_hand)
        made.append(VersionClause(version=version, position=position, stem=stems[first], origin=first, by_hand=by_hand, **shape))
    version.clauses.all().delete()
    VersionClause.objects.bulk_create(made)


def stems_for(version: DraftVersion, fixed: dict[int, int], clauses: Sequence[DraftClause]) -> dict[int, int]:
    """The stem of each clause by its first block: what stood before keeps its own, the others are aligned."""
    earlier = VersionClause.objects.filter(version__consultation_id=version.consultation_id, version__number__lt=version.number)
    base = queries.base_clauses(version)
    old = [Standing(each.label, each.text, each.stem) for each in base.values() if each.stem not in fixed.values()]
    new = [each for each in clauses if each.blocks[0] not in fixed]
    highest = max([*fixed.values(), *earlier.values_list("stem", flat=True)], default=0)
    found = align(old, [Standing(each.label, each.text) for each in new], highest)
    return fixed | {each.blocks[0]: stem for each, stem in zip(new, found, strict=True)}
