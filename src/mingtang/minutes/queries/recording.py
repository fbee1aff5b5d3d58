"""The internal record as staff read it: lines, positions by item, its fingerprint."""

from __future__ import annotations

from collections.abc import Iterable

from mingtang.kernel.decision import no
from mingtang.kernel.text import t
from mingtang.meetings import queries as meeting_queries
from mingtang.minutes.models import Record, RecordLine, Suggestion
from mingtang.minutes.rules import ItemPositions, digest
from mingtang.platform.clock import local

NO_LINE = no(
    t("没有找到这条记录。", "There is no such line."), "", t("请从会议记录重新打开。", "Open it from the record again."), code="gone"
)


def record_of(meeting_id: int) -> Record | None:
    """The record of a meeting, None before its first line."""
    return Record.objects.select_related("signed_by").filter(meeting_id=meeting_id).first()


def record_lines(meeting_id: int) -> list[RecordLine]:
    """The internal record of a meeting, in the order of its items, then as it was written."""
    rows = RecordLine.objects.filter(item__meeting_id=meeting_id).select_related("item__topic", "written_by", "corrects")
    return list(rows.order_by("item__position", "id"))


def line_of(government_id: int, line_id: int) -> RecordLine:
    """One line of this government's records; `Refused` when there is none."""
    found = RecordLine.objects.filter(pk=line_id, item__government_id=government_id).first()
    if found is None:
        NO_LINE.require()
    assert found is not None
    return found


def fingerprint(lines: Iterable[RecordLine]) -> str:
    """The digest over the lines in the order they were written."""
    ordered = sorted(lines, key=lambda each: each.pk)
    return digest(
        (str(each.item_id), each.speaker, each.stance, str(int(each.dissent)), each.text, local(each.written_at).isoformat())
        for each in ordered
    )


def intact(row: Record, lines: list[RecordLine]) -> bool:
    """Whether the signed lines still have the fingerprint kept at signing."""
    return fingerprint(sorted(lines, key=lambda each: each.pk)[: row.lines]) == row.sha256


def positions(meeting_id: int) -> dict[int, ItemPositions]:
    """The positions of each item as they stand, corrections taken in; the head's words are the reason."""
    head = next((each.name for each in meeting_queries.members(meeting_id) if each.is_head), "")
    lines = record_lines(meeting_id)
    corrected = {each.corrects_id for each in lines}
    found = {}
    for item in meeting_queries.items(meeting_id):
        own = sorted((each for each in lines if each.item_id == item.pk and each.pk not in corrected), key=lambda each: each.pk)
        stances = {each.speaker: each.stance for each in own if each.stance}
        reason = next((each.text for each in reversed(own) if each.speaker == head and each.stance), "")
        found[item.pk] = ItemPositions(item.position, item.state == "decided", stances, head, reason)
    return found


def wordings(meeting_id: int) -> list[Suggestion]:
    """Every suggestion of a meeting with all the words it had, the wishes that wait first."""
    rows = Suggestion.objects.filter(item__meeting_id=meeting_id).select_related("invitation__representative", "item", "signature")
    found = list(rows.prefetch_related("wordings__laid_by").order_by("item__position", "id"))
    return sorted(found, key=lambda each: each.wished_at is None)
