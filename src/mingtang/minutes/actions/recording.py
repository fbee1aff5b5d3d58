"""The internal record: lines, positions, signing, corrections, each look (713 Art.30)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mingtang.kernel.decision import no
from mingtang.kernel.text import t
from mingtang.meetings import queries as meeting_queries
from mingtang.meetings.queries import items
from mingtang.minutes import policy, queries, rules
from mingtang.minutes.models import Record, RecordLine
from mingtang.minutes.rules import DISSENT, RECORD
from mingtang.platform.actor import Actor
from mingtang.platform.audit.acts import record, require_own
from mingtang.platform.moves import move


def _record(meeting_id: int, actor: Actor) -> Record:
    meeting = meeting_queries.for_update(meeting_id)
    require_own(meeting, actor)
    row, _ = Record.objects.get_or_create(meeting=meeting, defaults={"government_id": meeting.government_id})
    return row


@transaction.atomic
def write_record(
    item_id: int, *, actor: Actor, now: datetime, speaker: str, text: str = "", stance: str = "", dissent: bool = False
) -> RecordLine:
    """713 Art.30: the internal record, written truthfully, dissent included; lines are only ever added.

    The last line once more, by the same writer, is a form sent twice.
    """
    policy.may_draft(actor).require()
    item = meeting_queries.item_for_update(item_id)
    row = _record(item.meeting_id, actor)
    rules.may_write_line(speaker, text, stance, signed=row.state == "signed", correcting=False).require()
    given = {"speaker": speaker.strip(), "text": text.strip(), "stance": stance, "dissent": dissent or stance in DISSENT}
    last = RecordLine.objects.filter(item=item).order_by("-id").first()
    if last and last.written_by_id == actor.person_id and {name: getattr(last, name) for name in given} == given:
        return last
    line = RecordLine.objects.create(item=item, written_by_id=actor.person, written_at=now, **given)
    record("record.write", item, actor=actor, now=now, clause="713 Art.30", data={"line": line.pk, "dissent": line.dissent})
    return line


@transaction.atomic
def note_rest_agree(item_id: int, *, actor: Actor, now: datetime) -> int:
    """Every member who is here and has no position at the item agrees; how many lines that made."""
    policy.may_draft(actor).require()
    item = meeting_queries.item_for_update(item_id)
    taken = queries.positions(item.meeting_id)[item.pk].stances
    rest = [each.name for each in meeting_queries.members(item.meeting_id) if each.presence == "present" and each.name not in taken]
    for name in rest:
        write_record(item_id, actor=actor, now=now, speaker=name, stance="agree")
    return len(rest)


@transaction.atomic
def sign_record(meeting_id: int, *, actor: Actor, now: datetime) -> Record:
    """Sign the record: from here on lines are corrected, never changed; the fingerprint is kept."""
    row = _record(meeting_id, actor)
    lines = queries.record_lines(meeting_id)
    policy.may_sign(actor, frozenset(each.written_by_id for each in lines)).require()
    if row.state == "signed":
        return row
    RECORD.may(row.state, "sign").require()
    positions = tuple(queries.positions(meeting_id)[each.pk] for each in items(meeting_id))
    rules.may_sign(positions, ended=row.meeting.state in {"ended", "closed"}).require()
    print_of = queries.fingerprint(lines)
    move(row, RECORD, "sign", actor=actor, now=now, signed_at=now, signed_by_id=actor.person, lines=len(lines), sha256=print_of)
    return row


@transaction.atomic
def correct_line(line_id: int, *, actor: Actor, now: datetime, text: str, reason: str, stance: str = "") -> RecordLine:
    """Correct a line: a new one stands beside it with the reason; the first words stay."""
    policy.may_draft(actor).require()
    wrong = queries.line_of(actor.government_id, line_id)
    item = meeting_queries.item_for_update(wrong.item_id)
    row = _record(item.meeting_id, actor)
    rules.may_write_line(wrong.speaker, text, stance, signed=row.state == "signed", correcting=True).require()
    rules.may_correct(reason).require()
    given = {"text": text.strip(), "stance": stance, "why": reason.strip()}
    there = wrong.corrected_by.order_by("-id").first()
    if there and {name: getattr(there, name) for name in given} == given:
        return there
    if there:
        no(
            t("这一条已经更正过。", "This line has been corrected already."),
            "713 Art.30",
            t("请更正最新的那一条。", "Correct the newest one."),
            code="corrected",
        ).require()
    line = RecordLine.objects.create(
        item=item, speaker=wrong.speaker, dissent=stance in DISSENT, corrects=wrong, written_by_id=actor.person, written_at=now, **given
    )
    record("record.correct", item, actor=actor, now=now, reason=reason, clause="713 Art.30", data={"line": line.pk, "of": wrong.pk})
    return line


@transaction.atomic
def look_at_record(meeting_id: int, *, actor: Actor, now: datetime, purpose: str) -> list[RecordLine]:
    """711 Art.16: read the internal record; whoever does not write it says what for, and the look is kept."""
    meeting = meeting_queries.get(actor.government_id, meeting_id)
    policy.may_see_record(actor).require()
    if not policy.may_draft(actor):
        if not purpose.strip():
            no(
                t("查看内部记录要写明用途。", "Reading the internal record needs a purpose."),
                "711 Art.16",
                t("写一句为什么要看；查看会留下记录。", "Say in a sentence what for; the look is recorded."),
                code="purpose",
            ).require()
        record("record.look", meeting, actor=actor, now=now, reason=purpose.strip()[:300], clause="711 Art.16")
    return queries.record_lines(meeting_id)


@transaction.atomic
def export_record(meeting_id: int, *, actor: Actor, now: datetime) -> Record:
    """The record for the archive (713 Art.33): only the signed one, and each export is kept."""
    policy.may_see_record(actor).require()
    row = _record(meeting_id, actor)
    if row.state != "signed":
        no(
            t("会议记录还没有签署，不能归档。", "The record is not signed; it does not go to the archive."),
            "713 Art.33",
            t("先签署，再导出。", "Have it signed, then export it."),
            code="unsigned",
        ).require()
    record("record.export", row, actor=actor, now=now, clause="713 Art.33")
    return row
