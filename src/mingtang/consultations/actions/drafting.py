"""Reading a file into a version of the draft, and the clerk's corrections of what was recognised."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from mingtang.consultations import policy, queries
from mingtang.consultations.actions.placing import parts_of, write_draft
from mingtang.consultations.actions.preparing import editable
from mingtang.consultations.models import DraftBlock, DraftVersion
from mingtang.consultations.rules.drafting import Draft, Kind, Part, assemble, blocks_of, recognise
from mingtang.consultations.rules.drafting.shapes import article, item, plain
from mingtang.consultations.rules.versions import may_change, may_place
from mingtang.kernel.decision import no
from mingtang.kernel.text import t
from mingtang.platform.actor import Actor
from mingtang.platform.audit.acts import record
from mingtang.platform.documents.reading import read_blocks
from mingtang.platform.files.keep import keep
from mingtang.platform.files.models import StoredFile

NUMBERED = frozenset({Kind.CLAUSE, Kind.CHAPTER, Kind.SECTION})


@transaction.atomic
def import_draft(consultation_id: int, content: bytes, name: str, *, actor: Actor, now: datetime) -> Draft:
    """Read a DOCX, ODT, PDF, Markdown or text file into the draft for comment; the file is kept with it."""
    row = editable(consultation_id, actor)
    found = recognise(read_blocks(content, name))
    file = keep(content, name, government_id=row.government_id, person_id=actor.person_id, now=now)
    _store(_working(consultation_id, actor, now), found, actor, now, file)
    return found


@transaction.atomic
def split_draft(consultation_id: int, words: str, *, actor: Actor, now: datetime) -> Draft:
    """Split a text into the draft's clauses; every block that was not recognised waits for a person to place it.

    Clauses that grew from one that stood there keep its plain words and the rule now in force. A text
    without any clause leaves the clauses as they were.
    """
    editable(consultation_id, actor)
    found = recognise(blocks_of(words))
    _store(_working(consultation_id, actor, now), found, actor, now, None)
    return found


@transaction.atomic
def import_version(version_id: int, words: str = "", *, content: bytes = b"", name: str = "", actor: Actor, now: datetime) -> Draft:
    """Read a later version from a file or a text; its clauses are aligned with the version before."""
    version = changeable(version_id, actor)
    if not content:
        found, file = recognise(blocks_of(words)), None
    else:
        found = recognise(read_blocks(content, name))
        file = keep(content, name, government_id=version.consultation.government_id, person_id=actor.person_id, now=now)
    _store(version, found, actor, now, file)
    return found


def _working(consultation_id: int, actor: Actor, now: datetime) -> DraftVersion:
    made, _ = DraftVersion.objects.get_or_create(
        consultation_id=consultation_id, number=1, defaults={"kind": "for_comment", "made_by_id": actor.person_id, "made_at": now}
    )
    return made


def changeable(version_id: int, actor: Actor) -> DraftVersion:
    """A version that is not public yet, with its consultation locked; `Refused` otherwise."""
    version = queries.version_for_update(version_id)
    if version.number == 1:
        editable(version.consultation_id, actor)
    policy.may_prepare(actor, version.consultation.topic.department_id).require()
    may_change(published=version.published_at is not None).require()
    return version


def _store(version: DraftVersion, found: Draft, actor: Actor, now: datetime, file: StoredFile | None) -> None:
    version.blocks.all().delete()
    DraftBlock.objects.bulk_create(_block(version, n, each) for n, each in enumerate(found.parts, 1))
    version.title, version.scheme, version.file, version.made_by_id, version.made_at = (
        found.title[:300],
        found.scheme,
        file,
        actor.person_id,
        now,
    )
    version.save(update_fields=["title", "scheme", "file", "made_by", "made_at"])
    write_draft(version, None, drafted(version))
    data = {"version": version.number, **found.counts}
    record("draft.read", version.consultation, actor=actor, now=now, clause="2.1", data=data)


def drafted(version: DraftVersion) -> Draft:
    """The draft that a version's blocks make as they stand."""
    return assemble(parts_of(version), by_articles=version.scheme != "outline")


def _block(version: DraftVersion, position: int, part: Part) -> DraftBlock:
    return DraftBlock(
        version=version,
        position=position,
        place=part.n,
        text=part.text,
        kind=part.kind.value,
        label=part.label[:40],
        heading=part.heading[:300],
        body=part.body,
        level=part.level,
        joins=part.joins,
        why=part.why,
    )


@transaction.atomic
def place_block(
    version_id: int,
    block_id: int,
    *,
    actor: Actor,
    now: datetime,
    kind: str,
    label: str = "",
    heading: str = "",
    body: str = "",
    reason: str = "",
) -> DraftBlock:
    """Say what a block is. An empty line in `body` splits it; placed the same way twice, nothing changes."""
    version = changeable(version_id, actor)
    block = _of(version, block_id)
    may_place(kind, label, reason).require()
    before = drafted(version)
    said = [each.strip() for each in body.replace("\r\n", "\n").split("\n\n") if each.strip()] or [""]
    numbered = kind in NUMBERED
    block.kind, block.reason = kind, reason.strip()[:200]
    block.label, block.heading = (label.strip()[:40], heading.strip()[:300]) if numbered or kind == Kind.DIVISION else ("", "")
    block.level = _level(version, block)
    block.body, block.joins = said[0], False
    block.save()
    if len(said) > 1:
        _split(version, block, said[1:])
    write_draft(version, before, drafted(version))
    data = {"version": version.number, "block": block.place, "kind": kind}
    record("draft.place", version.consultation, actor=actor, now=now, reason=reason, clause="2.1", data=data)
    return block


def _of(version: DraftVersion, block_id: int) -> DraftBlock:
    found = DraftBlock.objects.filter(version=version, pk=block_id).first()
    if found is None:
        no(
            t("没有这一段，可能刚被重新导入。", "There is no such block; the file may have been read again."),
            "2.1",
            t("请刷新页面。", "Reload the page."),
            code="gone",
        ).require()
    assert found is not None
    return found


def _level(version: DraftVersion, block: DraftBlock) -> int:
    if version.scheme != "outline" or block.kind != Kind.CLAUSE:
        return {"division": 1, "chapter": 2, "section": 3}.get(block.kind, 0)
    marked = item(f"{block.label}　")
    before = version.blocks.filter(kind="clause", position__lt=block.position).last()
    return marked.level if marked else before.level if before else 1


def _split(version: DraftVersion, block: DraftBlock, rest: Sequence[str]) -> None:
    """Further blocks after this one; each says by its beginning whether it is a clause of its own."""
    made = [_piece(version, block, block.position + n, words) for n, words in enumerate(rest, 1)]
    after = list(version.blocks.filter(position__gt=block.position))
    if [_said(each) for each in after[: len(made)]] == [_said(each) for each in made]:
        return  # the same form sent twice: the pieces are there
    for each in after:
        each.position += len(rest)
    DraftBlock.objects.bulk_update(after, ["position"])
    DraftBlock.objects.bulk_create(made)


def _piece(version: DraftVersion, block: DraftBlock, position: int, words: str) -> DraftBlock:
    marked = article(plain(words)) if version.scheme != "outline" else item(plain(words))
    made = DraftBlock(version=version, position=position, place=block.place, text="", kind=Kind.TEXT.value, body=words)
    if marked is not None and marked.sure:
        made.kind, made.label, made.body, made.level = Kind.CLAUSE.value, marked.label[:40], marked.rest, marked.level
    return made


def _said(block: DraftBlock) -> tuple[object, ...]:
    return block.place, block.text, block.kind, block.label, block.body


@transaction.atomic
def move_block(version_id: int, block_id: int, *, after: int, actor: Actor, now: datetime) -> DraftBlock:
    """Put a block behind another one (0: to the front). The same move twice changes nothing."""
    version = changeable(version_id, actor)
    block, before = _of(version, block_id), drafted(version)
    order = [each for each in version.blocks.all() if each.pk != block.pk]
    place = next((n for n, each in enumerate(order, 1) if each.pk == after), 0)
    order.insert(place, block)
    for position, each in enumerate(order, 1):
        each.position = position
    DraftBlock.objects.bulk_update(order, ["position"])
    write_draft(version, before, drafted(version))
    record("draft.move", version.consultation, actor=actor, now=now, clause="2.1", data={"version": version.number, "block": block.place})
    return block


@transaction.atomic
def leave_out_rest(version_id: int, *, actor: Actor, now: datetime, reason: str) -> int:
    """Leave out all blocks that are still not recognised, with one reason; gives their number."""
    version = changeable(version_id, actor)
    may_place("ignored", "", reason).require()
    changed = version.blocks.filter(kind=Kind.UNRECOGNISED.value).update(kind=Kind.IGNORED.value, reason=reason.strip()[:200])
    if changed:
        data = {"version": version.number, "blocks": changed}
        record("draft.leave_out", version.consultation, actor=actor, now=now, reason=reason, clause="2.1", data=data)
    return changed
